// Files dragged onto the field are chosen in it; how many are chosen is said. Without script the field works alone.
(function () {
  "use strict";
  document.querySelectorAll("[data-drop]").forEach(function (place) {
    var input = place.querySelector("input[type=file]");
    var said = place.querySelector("[data-said]");
    function say() {
      said.textContent = input.files.length ? "已选择 " + input.files.length + " 个文件" : "";
    }
    ["dragenter", "dragover"].forEach(function (name) {
      place.addEventListener(name, function (event) {
        event.preventDefault();
        place.classList.add("over");
      });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function () {
        place.classList.remove("over");
      });
    });
    place.addEventListener("drop", function (event) {
      event.preventDefault();
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        say();
      }
    });
    input.addEventListener("change", say);
  });
})();
