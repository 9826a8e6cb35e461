// Small things that a page does without: printing, the tree folded on a phone, the summary of errors read first.
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });
  if (window.matchMedia("(max-width: 56rem)").matches) {
    document.querySelectorAll("details.tree").forEach(function (tree) {
      tree.open = false;
    });
  }
  var summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
