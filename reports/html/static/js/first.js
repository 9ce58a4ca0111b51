// The first lines of a page beside the index: nothing flashes, and the script that such pages share is asked for.
(function () {
  var root = document.documentElement, script = document.createElement("script"), theme;
  root.classList.add("js");
  try { theme = localStorage.getItem("koujing-theme"); } catch (e) { /* as the system */ }
  if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  script.src = "{script}";
  script.onerror = function () { root.classList.remove("js"); };
  document.head.appendChild(script);
})();
