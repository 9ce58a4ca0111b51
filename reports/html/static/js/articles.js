// Articles: the list sorted and filtered, one text at a time, and what a mark in it means.
koujing.ready(function () {
  var view = document.getElementById("articles") || document.querySelector(".view#page"), list = view && view.querySelector(".listing");
  if (!view) return;
  var wide = matchMedia("(min-width: 64.01rem)"), pop = null, from = null, later = 0;

  // The list.
  var form = list && list.querySelector("form"), table = list && list.querySelector("table");
  var first = table ? Array.from(table.tBodies[0].rows) : [], rows = first, sorted = { key: "", down: false }, texts = new Map(), show = koujing.list(100);
  function asked() {
    var found = new URLSearchParams();
    Array.from(form.elements).forEach(function (field) {
      if (field.name && (field.type === "checkbox" ? field.checked : field.value.trim())) found.set(field.name, field.value.trim());
    });
    if (sorted.key) found.set("sort", (sorted.down ? "-" : "") + sorted.key);
    return found;
  }
  function textOf(row) {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  }
  function apply(fresh) {
    var found = asked(), words = (found.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    var shown = show(rows, rows.map(function (row) {
      return (!found.has("author") || row.dataset.author === found.get("author")) && (!found.has("found") || row.dataset.found)
        && words.every(function (word) { return textOf(row).indexOf(word) >= 0; });
    }), fresh);
    document.getElementById("none-article").hidden = shown > 0;
    form.querySelector("output").textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
    return found;
  }
  function sort(key, down) {
    sorted = { key: key, down: down };
    var number = table.querySelector('th[data-sort="' + key + '"][data-kind="number"]');
    var order = first.map(function (row, i) { return { row: row, i: i, value: number ? +row.dataset[key] : row.dataset[key] || "" }; });
    if (key) order.sort(function (a, b) {
      var by = number ? a.value - b.value : a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
      return (down ? -by : by) || a.i - b.i;
    });
    var all = document.createDocumentFragment();
    rows = order.map(function (one) { return one.row; });
    rows.forEach(function (row) { row.hidden = true; all.appendChild(row); });
    table.tBodies[0].appendChild(all);
    table.querySelectorAll("th[data-sort]").forEach(function (head) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }
  if (form) {
    table.querySelectorAll("th[data-sort]").forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sorter";
      button.title = head.dataset.name;
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var again = sorted.key === head.dataset.sort;
        sort(head.dataset.sort, again ? !sorted.down : head.dataset.kind === "number" || head.dataset.sort === "date");
        koujing.write("articles", apply(true));
      });
    });
    form.addEventListener("input", function () { koujing.write("articles", apply()); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      set(new URLSearchParams());
      koujing.write("articles", asked());
    });
    apply(true);
    koujing.idle(first, textOf);
  }
  function set(wanted) {
    if (!form) return;
    Array.from(form.elements).forEach(function (field) {
      if (!field.name) return;
      var value = wanted.get(field.name) || "";
      if (field.type === "checkbox") field.checked = value === field.value;
      else { field.value = value; if (field.value !== value) field.value = ""; }
    });
    var key = wanted.get("sort") || "";
    if (key !== (sorted.down ? "-" : "") + sorted.key) sort(key.replace("-", ""), key[0] === "-");
    apply(true);
  }

  // One text at a time.
  koujing.hear(view.id, function (wanted, element) {
    close();
    var text = element && element.closest(".text");
    view.classList.toggle("reading", Boolean(text && list));
    view.querySelectorAll(".text.on").forEach(function (one) { one.classList.remove("on"); });
    if (text) text.classList.add("on");
    if (wanted) set(wanted);
    if (element && element.matches(".m")) light(element, true);
    if (element && element.matches(".note") && !wide.matches) {
      var mark = Array.from(text.querySelectorAll("a.m")).find(function (one) { return one.hash.slice(1) === element.id; });
      if (mark) setTimeout(function () { mark.scrollIntoView({ block: "center" }); open(mark, true); }, 0);
    }
  });

  // What a mark means: its note beside it where there is room, else a card.
  function notes(mark) {
    return mark.dataset.notes.split(" ").map(function (key) { return document.getElementById("n-" + key); }).filter(Boolean);
  }
  function light(mark, on) {
    view.querySelectorAll(".lit").forEach(function (one) { one.classList.remove("lit"); });
    if (!on) return;
    mark.classList.add("lit");
    notes(mark).forEach(function (note) { note.classList.add("lit"); });
  }
  function close(back) {
    clearTimeout(later);
    if (!pop) return;
    pop.remove();
    pop = null;
    light(null, false);
    if (back && from) from.focus();
    from = null;
  }
  function open(mark, held) {
    if (pop && from === mark) { if (held) hold(); return; }
    close();
    from = mark;
    light(mark, true);
    pop = document.createElement("div");
    pop.className = "pop";
    pop.tabIndex = -1;
    pop.setAttribute("role", "dialog");
    pop.setAttribute("aria-label", mark.textContent.slice(0, 60));
    notes(mark).forEach(function (note) {
      var copy = note.cloneNode(true);
      copy.removeAttribute("id");
      copy.removeAttribute("tabindex");
      copy.classList.remove("lit", "aimed");
      copy.querySelectorAll("details").forEach(function (one) { one.open = true; });
      pop.appendChild(copy);
    });
    var shut = document.createElement("button");
    shut.type = "button";
    shut.className = "plain pop-close";
    shut.textContent = mark.closest(".text").dataset.close;
    shut.addEventListener("click", function () { close(true); });
    pop.appendChild(shut);
    pop.addEventListener("mouseenter", function () { clearTimeout(later); });
    pop.addEventListener("mouseleave", function () { if (!pop.dataset.held) leave(); });
    view.appendChild(pop);
    place(mark);
    if (held) hold();
  }
  function hold() { pop.dataset.held = "1"; pop.focus({ preventScroll: true }); }
  function place(mark) {
    var at = mark.getClientRects()[0] || mark.getBoundingClientRect(), room = document.documentElement.clientWidth;
    var last = mark.getClientRects(), under = (last[last.length - 1] || at).bottom;
    pop.style.left = Math.max(16, Math.min(at.left, room - pop.offsetWidth - 16)) + scrollX + "px";
    var below = under + pop.offsetHeight + 8 < innerHeight || at.top < pop.offsetHeight + 70;
    pop.style.top = (below ? under + 8 : at.top - pop.offsetHeight - 8) + scrollY + "px";
  }
  function leave() { clearTimeout(later); later = setTimeout(function () { if (pop && !pop.dataset.held) close(); }, 250); }
  function markOf(event) { return event.target.closest ? event.target.closest("a.m") : null; }

  view.addEventListener("mouseover", function (event) {
    var mark = markOf(event);
    if (!mark || (pop && pop.dataset.held)) return;
    clearTimeout(later);
    if (wide.matches) light(mark, true); else later = setTimeout(function () { open(mark, false); }, 150);
  });
  view.addEventListener("mouseout", function (event) {
    if (!markOf(event) || (pop && pop.dataset.held)) return;
    if (wide.matches) light(null, false); else leave();
  });
  view.addEventListener("focusin", function (event) {
    var mark = markOf(event);
    if (mark && wide.matches) light(mark, true);
  });
  view.addEventListener("focusout", function (event) { if (markOf(event) && wide.matches) light(null, false); });
  view.addEventListener("click", function (event) {
    var mark = markOf(event);
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!wide.matches) { open(mark, true); return; }
    var first = notes(mark)[0];
    if (!first) return;
    first.querySelector("details").open = true;
    light(mark, true);
    first.scrollIntoView({ block: "nearest" });
    first.focus({ preventScroll: true });
    light(mark, true);
  });
  document.addEventListener("click", function (event) {
    if (pop && !pop.contains(event.target) && !markOf(event)) close();
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && pop) { event.preventDefault(); close(true); } });
  addEventListener("resize", function () { if (pop) close(); });
});
