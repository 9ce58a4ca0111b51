// Claims, a page of the table at a time. A row: id, paper, position, as_of, hedge, quote, start, end, line, column,
// origin, pattern; a paper: article, title, author, page; a position: topic, its title, value, bounds, quantifier, and
// value, scope and except as records write them.
koujing.ready(function () {
  var box = document.getElementById("claims-table"), data = null;
  if (!box) return;
  var SIZE = 50, last = null, form = box.querySelector("form"), body = box.querySelector("tbody"), page = 0, sorted = { key: "", down: false };
  var order = [], found = [], quotes = [], heads = [], titles = [];
  // What a row of a topic says: shown as it is asked for, and taken back with a button.
  var of = { value: null, bounds: [] }, only = box.querySelector(".claims-of");
  var steers = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]/g;
  function plain(text) {
    return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g, function (c) {
      return c.length > 1 ? c : c.replace(steers, function (one) { return "<U+" + ("000" + one.charCodeAt(0).toString(16).toUpperCase()).slice(-4) + ">"; });
    });
  }
  function load(given) {
    if (data) return;
    data = given;
    quotes = data.rows.map(function (row) { return row[5].toLowerCase() + "\n" + row[0]; });
    heads = data.papers.map(function (one) { return (one[0] + "\n" + one[1] + "\n" + one[2]).toLowerCase(); });
    titles = data.says.map(function (one) { return one.slice(0, 4).join("\n").toLowerCase(); });
    order = data.rows.map(function (_, i) { return i; });
  }
  function asked() {
    var wanted = new URLSearchParams();
    ["q", "topic"].forEach(function (name) { var value = form.elements[name].value.trim(); if (value) wanted.set(name, value); });
    if (of.value !== null) wanted.set("value", of.value);
    of.bounds.forEach(function (text) { wanted.append("bounds", text); });
    if (sorted.key) wanted.set("sort", (sorted.down ? "-" : "") + sorted.key);
    return wanted;
  }
  function apply() {
    var wanted = asked(), topic = wanted.get("topic");
    var words = (wanted.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean).map(function (word) {
      function has(text) { return text.indexOf(word) >= 0; }
      return { word: word, paper: heads.map(has), says: titles.map(has) };
    });
    // Who types on only narrows what was found.
    var rest = JSON.stringify([topic, of, sorted]), before = last;
    last = { rest: rest, words: words };
    var among = before && before.rest === rest && before.words.length === words.length
      && words.every(function (w, i) { return w.word.indexOf(before.words[i].word) === 0; }) ? found : order;
    found = among.filter(function (i) {
      var row = data.rows[i], says = data.says[row[2]];
      if (topic ? says[0] !== topic : says[0] === "untyped") return false;
      if (of.value !== null && says[2] !== of.value) return false;
      if (of.bounds.length && of.bounds.indexOf(says[3]) < 0) return false;
      return words.every(function (w) { return w.says[row[2]] || w.paper[row[1]] || quotes[i].indexOf(w.word) >= 0; });
    });
    page = 0;
    show();
    return wanted;
  }
  function cell(row, text, soft, href) {
    var td = row.insertCell(), inner = td;
    if (href) { inner = document.createElement("a"); inner.href = href; td.appendChild(inner); }
    inner.textContent = plain(text);
    if (soft) { var more = document.createElement("span"); more.className = "soft"; more.textContent = plain(soft); td.appendChild(more); }
    return td;
  }
  function cut(text, most) { return text.length > most ? text.slice(0, most - 1) + "…" : text; }
  function show() {
    var pages = Math.max(1, Math.ceil(found.length / SIZE)), all = document.createElement("tbody");
    page = Math.min(page, pages - 1);
    found.slice(page * SIZE, page * SIZE + SIZE).forEach(function (i) {
      var one = data.rows[i], paper = data.papers[one[1]], says = data.says[one[2]], row = all.insertRow();
      cell(row, says[1], says[0] === "untyped" ? "" : says[0]);
      cell(row, (one[4] ? data.hedges[one[4]] + " " : "") + says[2], says[3]);
      var quote = row.insertCell().appendChild(document.createElement("q"));
      quote.lang = "zh-CN";
      quote.textContent = plain(cut(one[5], 160));
      cell(row, paper[1] || paper[0], paper[0] + ":" + one[8], data.texts ? paper[3] + "#" + one[0] : paper[3]);
      cell(row, one[3]);
    });
    body.replaceWith(all);
    body = all;
    box.querySelector("[data-none]").hidden = found.length > 0;
    form.querySelector("output").textContent = box.dataset.shown.replace("{shown}", found.length).replace("{all}", data.rows.length);
    box.querySelector(".pager-at").textContent = box.dataset.page.replace("{n}", page + 1).replace("{all}", pages);
    box.querySelector("[data-go='-1']").disabled = page === 0;
    box.querySelector("[data-go='1']").disabled = page === pages - 1;
  }
  function sort(key, down) {
    sorted = { key: key, down: down };
    var value = { topic: function (r) { return data.says[r[2]][1]; }, value: function (r) { return data.says[r[2]][2]; },
      quote: function (r) { return r[5]; }, place: function (r) { return data.papers[r[1]][0]; }, date: function (r) { return r[3]; } }[key];
    order = data.rows.map(function (_, i) { return i; });
    if (value) {
      var keys = data.rows.map(value);
      order.sort(function (a, b) { var by = keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : 0; return (down ? -by : by) || a - b; });
    }
    box.querySelectorAll("th[data-sort]").forEach(function (head) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    });
  }
  // What is saved is what `koujing claims` writes of the same claims.
  var FIELDS = ["id", "article", "topic", "value", "quantifier", "scope", "except", "as_of", "hedged", "quote", "start", "end", "line", "column", "origin", "pattern"];
  function record(i) {
    var r = data.rows[i], s = data.says[r[2]];
    return [r[0], data.papers[r[1]][0], s[0], s[5], s[4], s[6], s[7], r[3], r[4], r[5], r[6], r[7], r[8], r[9], data.names[r[10]], data.names[r[11]]];
  }
  function csv(value, n) {
    if (typeof value === "number") return String(value);
    var dumped = n === 3 || n === 5 || n === 6;
    if (!dumped && /^[=+\-@\t\r\n＝＋－＠]/.test(value)) value = "'" + value;
    return /[",\n\r]/.test(value) ? '"' + value.replace(/"/g, '""') + '"' : value;
  }
  function json(value, n) {
    if (n === 3 || n === 5 || n === 6) return value || "null";
    return (n === 7 || n === 8) && !value ? "null" : JSON.stringify(value);
  }
  function save(kind) {
    var text = kind === "csv" ? "\ufeff" + FIELDS.join(",") + "\n" : "";
    text += found.map(function (i) {
      var one = record(i);
      if (kind === "csv") return one.map(csv).join(",");
      return "{" + one.map(function (value, n) { return n === 6 && !value ? "" : '"' + FIELDS[n] + '": ' + json(value, n); }).filter(Boolean).join(", ") + "}";
    }).join("\n") + (found.length ? "\n" : "");
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: kind === "csv" ? "text/csv" : "application/x-ndjson" }));
    link.download = "claims." + kind;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }
  function narrow(value, bounds) {
    of = { value: value, bounds: bounds };
    only.hidden = value === null && !bounds.length;
    only.querySelector("b").textContent = plain(value || "");
    only.querySelector("b + span").textContent = plain(bounds.map(function (text) { return text || (value === null ? only.dataset.unbound : ""); }).filter(Boolean).join(" / "));
  }
  function set(wanted) {
    ["q", "topic"].forEach(function (name) {
      var field = form.elements[name], value = wanted.get(name) || "";
      field.value = value;
      if (field.value !== value) field.value = "";
    });
    narrow(wanted.get("value"), wanted.getAll("bounds"));
    var key = wanted.get("sort") || "";
    sort(key.replace("-", ""), key[0] === "-");
    apply();
  }
  koujing.hear("claims", function (wanted) {
    koujing.data("claims", function (given) { load(given); set(wanted || new URLSearchParams()); });
  });
  form.addEventListener("input", function (event) {
    if (!data) return;
    if (event.target.name === "topic") narrow(null, []);
    koujing.write("claims", apply());
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) { event.preventDefault(); if (data) { set(new URLSearchParams()); koujing.write("claims", asked()); } });
  box.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || !data) return;
    if (button.dataset.all !== undefined) { narrow(null, []); koujing.write("claims", apply()); form.elements.q.focus(); }
    if (button.dataset.save) save(button.dataset.save);
    if (button.dataset.go) { page += +button.dataset.go; show(); box.scrollIntoView(); }
    var head = button.closest("th[data-sort]");
    if (head) { sort(head.dataset.sort, sorted.key === head.dataset.sort && !sorted.down); koujing.write("claims", apply()); }
  });
});
