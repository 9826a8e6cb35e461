// What the reader chose in the toolbar: size of type, contrast, care mode. Runs in the head, so that nothing flickers.
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = "gongkai.display";
  var chosen = { size: "1", contrast: "", care: "" };
  var allowed = { size: ["1", "2", "3"], contrast: ["", "high"], care: ["", "on"] };

  function read() {
    try {
      var found = JSON.parse(window.localStorage.getItem(kept) || "{}");
      Object.keys(chosen).forEach(function (name) {
        if (allowed[name].indexOf(found[name]) >= 0) chosen[name] = found[name];
      });
    } catch (error) {
      // A browser that keeps nothing still shows what is chosen on this page.
    }
  }

  function keep() {
    try {
      window.localStorage.setItem(kept, JSON.stringify(chosen));
    } catch (error) {
      // As above.
    }
  }

  function show() {
    Object.keys(chosen).forEach(function (name) {
      if (chosen[name]) root.setAttribute("data-" + name, chosen[name]);
      else root.removeAttribute("data-" + name);
    });
    document.querySelectorAll("[data-choose]").forEach(function (button) {
      var on = chosen[button.dataset.choose] === button.dataset.value;
      button.setAttribute("aria-pressed", String(on));
    });
  }

  function press(event) {
    var button = event.target.closest ? event.target.closest("[data-choose]") : null;
    if (!button) return;
    var name = button.dataset.choose;
    var toggles = allowed[name][0] === "";
    chosen[name] = toggles && chosen[name] === button.dataset.value ? "" : button.dataset.value;
    keep();
    show();
  }

  root.setAttribute("data-script", "");
  read();
  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", press);
  window.addEventListener("storage", function () {
    read();
    show();
  });
})();
