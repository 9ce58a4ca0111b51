// The to-do list, of one author or of some words.
koujing.ready(function () {
  var form = document.getElementById("todo-filter");
  if (!form) return;
  var sheets = Array.from(document.querySelectorAll("#todo .sheet")), texts = new Map(), show = koujing.list(100);
  function asked() {
    var found = new URLSearchParams();
    Array.from(form.elements).forEach(function (field) {
      if (field.name && (field.type === "checkbox" ? field.checked : field.value.trim())) found.set(field.name, field.value.trim());
    });
    return found;
  }
  function textOf(one) {
    if (!texts.has(one)) texts.set(one, one.textContent.toLowerCase());
    return texts.get(one);
  }
  function apply(fresh) {
    var found = asked(), words = (found.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    var shown = show(sheets, sheets.map(function (one) {
      return (!found.has("author") || one.dataset.author.trim() === found.get("author")) && (!found.has("blocks") || one.dataset.blocks)
        && words.every(function (word) { return textOf(one).indexOf(word) >= 0; });
    }), fresh);
    document.getElementById("none-todo").hidden = shown > 0;
    form.querySelector("output").textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", sheets.length);
    return found;
  }
  function set(wanted) {
    Array.from(form.elements).forEach(function (field) {
      if (!field.name) return;
      var value = wanted.get(field.name) || "";
      if (field.type === "checkbox") field.checked = value === field.value;
      else { field.value = value; if (field.value !== value) field.value = ""; }
    });
    apply(true);
  }
  koujing.hear("todo", function (wanted) { if (wanted) set(wanted); });
  form.addEventListener("input", function () { koujing.write("todo", apply()); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) { event.preventDefault(); set(new URLSearchParams()); koujing.write("todo", asked()); });
  apply(true);
  koujing.idle(sheets, textOf);
});
