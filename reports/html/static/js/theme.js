// Light, dark, or as the system: a reader's choice, kept where the browser lets a page keep something.
(function () {
  var root = document.documentElement, order = ["auto", "light", "dark"];
  function kept() { try { return localStorage.getItem("koujing-theme"); } catch (e) { return null; } }
  function set(theme) {
    if (theme === "auto") root.removeAttribute("data-theme"); else root.setAttribute("data-theme", theme);
  }
  var theme = order.indexOf(kept()) > 0 ? kept() : "auto";
  set(theme);
  koujing.ready(function () {
    var button = document.querySelector(".theme");
    function name() {
      var called = button.dataset.name + ": " + button.dataset[theme];
      button.setAttribute("aria-label", called);
      button.title = called;
      button.querySelector(".theme-word").textContent = button.dataset[theme];
    }
    name();
    button.addEventListener("click", function () {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      set(theme);
      try { localStorage.setItem("koujing-theme", theme); } catch (e) { /* for this page only, then */ }
      name();
      koujing.say(button.getAttribute("aria-label"));
    });
  });
})();
