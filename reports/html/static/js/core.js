// The frame: which section is shown, and what the address says. `#NAME`, `#NAME?key=value` or `#ID` of any element.
"use strict";
var koujing = (function () {
  var root = document.documentElement;
  root.classList.add("js");
  var views, tabs, heard = {};

  function address() {
    var text = location.hash.slice(1), at = text.indexOf("?");
    var name = at < 0 ? text : text.slice(0, at);
    try { name = decodeURIComponent(name); } catch (e) { /* as it is */ }
    return { name: name, asked: new URLSearchParams(at < 0 ? "" : text.slice(at + 1)) };
  }

  function show(name) {
    views.forEach(function (view) { view.classList.toggle("on", view.id === name); });
    tabs.forEach(function (tab) {
      if (tab.dataset.view === name) { tab.setAttribute("aria-current", "page"); tab.scrollIntoView({ block: "nearest", inline: "nearest" }); }
      else tab.removeAttribute("aria-current");
    });
  }

  function current() {
    var on = views.filter(function (view) { return view.classList.contains("on"); })[0];
    return on ? on.id : "";
  }

  function opened(element) {
    for (var up = element; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  }

  function go(first) {
    var to = address(), view = views.filter(function (one) { return one.id === to.name; })[0];
    if (view) {
      var same = current() === view.id;
      show(view.id);
      (heard[view.id] || []).forEach(function (hear) { hear(to.asked); });
      if (!same && !first) scrollTo(0, 0);
      return;
    }
    var element = to.name ? document.getElementById(to.name) : null;
    var around = element && element.closest(".view");
    // A finding may stand on another page by now: the index knows where.
    if (!around && first && to.name && root.dataset.index) { location.replace(root.dataset.index + "?from=here#" + to.name); return; }
    if (!around) { if (first || !to.name) show(views[0].id); return; }
    show(around.id);
    (heard[around.id] || []).forEach(function (hear) { hear(null, element); });
    if (element.closest("[hidden]")) whole();
    opened(element);
    document.querySelectorAll(".aimed").forEach(function (one) { one.classList.remove("aimed"); });
    element.classList.add("aimed");
    // What is above it may be laid out only now.
    for (var n = 0; n < 3; n++) setTimeout(function () { element.scrollIntoView({ block: "start" }); }, 30 * n);
    element.scrollIntoView({ block: "start" });
    if (element.tabIndex >= -1 && element.hasAttribute("tabindex")) element.focus({ preventScroll: true });
  }

  // Data of a section: they stand on the page, or in a file that is asked for when somebody wants them.
  var given = {}, waiting = {};
  function data(name, then) {
    var here = document.getElementById(name + "-data");
    if (here && !given[name]) given[name] = JSON.parse(here.textContent);
    if (given[name]) { then(given[name]); return; }
    if (waiting[name]) { waiting[name].push(then); return; }
    waiting[name] = [then];
    var script = document.createElement("script");
    script.src = "assets/" + name + ".js?" + root.dataset.made;
    document.head.appendChild(script);
  }
  function take(name, text) {
    given[name] = JSON.parse(text);
    (waiting[name] || []).forEach(function (then) { then(given[name]); });
  }

  // Of many elements those that are wanted. The first are shown at once, the rest a slice at a time: so thousands answer
  // each key, and still the browser's own search finds them all. `fresh` begins anew where all were shown.
  var lists = [];
  function list(size) {
    var turn = 0, rest = [];
    function some(n) { rest.splice(0, n).forEach(function (one) { one.hidden = false; }); }
    function later(mine) {
      setTimeout(function () { if (mine === turn && rest.length) { some(size); later(mine); } }, 16);
    }
    lists.push(function () { some(rest.length); });
    return function (all, hits, fresh) {
      var shown = 0;
      turn++;
      rest = [];
      all.forEach(function (one, i) {
        if (!hits[i]) { if (!one.hidden) one.hidden = true; return; }
        if (++shown <= size) { if (one.hidden) one.hidden = false; return; }
        if (fresh && !one.hidden) one.hidden = true;
        if (one.hidden) rest.push(one);
      });
      if (rest.length) later(turn);
      return shown;
    };
  }
  // Something that is done with each of many while nobody types, a few at a time.
  function idle(all, each) {
    var i = 0;
    function some() {
      for (var end = Math.min(all.length, i + 50); i < end; i++) each(all[i]);
      if (i < all.length) later();
    }
    function later() { (window.requestIdleCallback || setTimeout)(some); }
    later();
  }
  function whole() { lists.forEach(function (all) { all(); }); }

  function ready(begin) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
    else begin();
  }

  ready(function () {
    views = Array.from(document.querySelectorAll(".view"));
    tabs = Array.from(document.querySelectorAll(".tabs a[data-view]"));
    // Sections hear of the address once all of them listen.
    setTimeout(function () { go(true); root.classList.add("ready"); }, 0);
    addEventListener("hashchange", function () { go(false); });
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[data-filter]");
      if (link) { event.preventDefault(); location.hash = link.getAttribute("href").slice(1) + "?" + link.dataset.filter; }
    });
    addEventListener("beforeprint", function () {
      whole();
      document.querySelectorAll("details:not([open])").forEach(function (one) { one.open = true; one.dataset.shut = "1"; });
    });
    addEventListener("afterprint", function () {
      document.querySelectorAll("details[data-shut]").forEach(function (one) { one.open = false; delete one.dataset.shut; });
    });
  });

  return {
    ready: ready,
    // Calls back with a value that the page has under a name; `take` is called by the file that it may stand in.
    data: data,
    take: take,
    list: list,
    whole: whole,
    idle: idle,
    current: current,
    // Called with what the address asks of a section, or with null and the element in it that it names.
    hear: function (view, told) { (heard[view] = heard[view] || []).push(told); },
    // Write what a section shows into the address, without a step of history for each keystroke.
    write: function (view, asked) {
      var text = asked.toString();
      history.replaceState(null, "", "#" + view + (text ? "?" + text : ""));
    },
    say: function (text) { document.getElementById("said").textContent = text; }
  };
})();
