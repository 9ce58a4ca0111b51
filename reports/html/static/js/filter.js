// Findings filtered and sorted; the filter stands in the address.
koujing.ready(function () {
  var form = document.getElementById("filter");
  if (!form) return;
  var list = document.getElementById("cards"), cards = Array.from(list.children), texts = [];
  var none = document.getElementById("none-match"), output = form.querySelector("output");
  var several = { article: true, author: true }, fields = Array.from(form.elements).filter(function (f) { return f.name; });
  var sorted = "", first = cards, show = koujing.list(100);

  // Where cards are on pages of their own, what they say stands in a file.
  var more = null, apart = list.tagName === "OL";
  function load() {
    if (!apart) return;
    apart = false;
    koujing.data("findings", function (given) {
      more = given;
      texts = [];
      if (form.elements.q.value.trim()) apply();
      koujing.idle(first, textOf);
    });
  }
  function textOf(card) {
    var n = card.dataset.n;
    if (texts[n] === undefined) texts[n] = (card.textContent + (more ? "\n" + more[n - 1] : "")).toLowerCase();
    return texts[n];
  }
  function asked() {
    var found = new URLSearchParams();
    fields.forEach(function (field) {
      if (field.type === "checkbox" ? field.checked : field.value.trim()) found.set(field.name, field.value.trim());
    });
    return found;
  }
  function matches(card, wanted, words) {
    for (var k = 0; k < wanted.length; k++) {
      var has = card.dataset[wanted[k][0]] || "";
      if (several[wanted[k][0]] ? (" " + has).indexOf(" " + wanted[k][1] + " ") < 0 : has !== wanted[k][1]) return false;
    }
    return words.every(function (word) { return textOf(card).indexOf(word) >= 0; });
  }
  function sort(key) {
    if (key === sorted) return false;
    sorted = key;
    var order = first.slice();
    function by(value) { order.sort(function (a, b) { return value(a, b) || a.dataset.n - b.dataset.n; }); }
    if (key === "articles") by(function (a, b) { return b.dataset.articles - a.dataset.articles; });
    if (key === "latest") by(function (a, b) { return a.dataset.latest < b.dataset.latest ? 1 : a.dataset.latest > b.dataset.latest ? -1 : 0; });
    if (key === "topic") by(function (a, b) { return a.dataset.topic < b.dataset.topic ? -1 : a.dataset.topic > b.dataset.topic ? 1 : 0; });
    var all = document.createDocumentFragment();
    cards = order;
    cards.forEach(function (card) { all.appendChild(card); });
    list.appendChild(all);
    return true;
  }
  function apply(fresh) {
    var found = asked(), words = (found.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = Array.from(found.entries()).filter(function (pair) { return pair[0] !== "q" && pair[0] !== "sort"; });
    var moved = sort(found.get("sort") || "");
    var shown = show(cards, cards.map(function (card) { return matches(card, wanted, words); }), fresh || moved);
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
    apply(true);
  }

  koujing.hear("conflicts", function (wanted, element) {
    load();
    if (wanted) { set(wanted); return; }
    var card = element.closest("[data-n]"), line = card && card.querySelector("a.line-text");
    // Who comes with the address of a finding wants its card.
    if (line && !location.search && element === card) { location.replace(line.href); return; }
    koujing.whole();
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
  apply(true);
  if (!apart) koujing.idle(first, textOf);
});
