// Findings filtered and sorted; the filter stands in the address.
koujing.ready(function () {
  var form = document.getElementById("filter");
  if (!form) return;
  var list = document.getElementById("cards"), cards = Array.from(list.children), texts = [];
  var none = document.getElementById("none-match"), output = form.querySelector("output");
  var several = { article: true, author: true }, fields = Array.from(form.elements).filter(function (f) { return f.name; });
  var sorted = "";

  function textOf(i) {
    if (texts[i] === undefined) texts[i] = cards[i].textContent.toLowerCase();
    return texts[i];
  }
  // All texts are taken while nobody types, a few at a time.
  function prepare(i) {
    for (var end = Math.min(cards.length, i + 100); i < end; i++) textOf(i);
    if (i < cards.length) later(function () { prepare(i); });
  }
  function later(what) { (window.requestIdleCallback || setTimeout)(what); }
  function asked() {
    var found = new URLSearchParams();
    fields.forEach(function (field) {
      if (field.type === "checkbox" ? field.checked : field.value.trim()) found.set(field.name, field.value.trim());
    });
    return found;
  }
  function matches(card, i, wanted, words) {
    for (var k = 0; k < wanted.length; k++) {
      var has = card.dataset[wanted[k][0]] || "";
      if (several[wanted[k][0]] ? (" " + has).indexOf(" " + wanted[k][1] + " ") < 0 : has !== wanted[k][1]) return false;
    }
    return words.every(function (word) { return textOf(i).indexOf(word) >= 0; });
  }
  function sort(key) {
    if (key === sorted) return;
    sorted = key;
    var order = cards.slice();
    function by(value) { order.sort(function (a, b) { return value(a, b) || a.dataset.n - b.dataset.n; }); }
    if (key === "articles") by(function (a, b) { return b.dataset.articles - a.dataset.articles; });
    if (key === "latest") by(function (a, b) { return a.dataset.latest < b.dataset.latest ? 1 : a.dataset.latest > b.dataset.latest ? -1 : 0; });
    if (key === "topic") by(function (a, b) { return a.dataset.topic < b.dataset.topic ? -1 : a.dataset.topic > b.dataset.topic ? 1 : 0; });
    var all = document.createDocumentFragment();
    order.forEach(function (card) { all.appendChild(card); });
    list.appendChild(all);
  }
  function apply() {
    var found = asked(), words = (found.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    var wanted = Array.from(found.entries()).filter(function (pair) { return pair[0] !== "q" && pair[0] !== "sort"; });
    sort(found.get("sort") || "");
    cards.forEach(function (card, i) {
      var hit = matches(card, i, wanted, words);
      if (card.hidden === hit) card.hidden = !hit;
      if (hit) shown++;
    });
    none.hidden = shown > 0;
    output.textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", cards.length);
    return found;
  }
  function set(wanted) {
    fields.forEach(function (field) {
      var value = wanted.get(field.name) || "";
      if (field.type === "checkbox") field.checked = value === field.value;
      else { field.value = value; if (field.value !== value) field.value = ""; }
    });
    apply();
  }

  koujing.hear("conflicts", function (wanted, element) {
    if (wanted) { set(wanted); return; }
    var card = element.closest(".card");
    if (card && card.hidden) set(new URLSearchParams());
  });
  form.addEventListener("input", function () { koujing.write("conflicts", apply()); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    set(new URLSearchParams());
    koujing.write("conflicts", asked());
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (koujing.current() !== "conflicts") location.hash = "conflicts";
      setTimeout(function () { form.elements.q.focus(); form.elements.q.select(); }, 0);
    }
    if (event.key === "Escape" && event.target === form.elements.q) event.target.blur();
  });
  // A narrow screen is for the findings.
  if (innerWidth < 720) form.querySelector(".filter-more").open = false;
  apply();
  later(function () { prepare(0); });
});
