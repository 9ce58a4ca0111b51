// A served page: it asks for its next version, and an editor decides on its cards.
koujing.ready(function () {
  var told = JSON.parse(document.getElementById("serving").textContent), words = told.words;
  var news = document.getElementById("news"), forms = {}, token = "";
  var AGAIN = 700, LONGEST = 30000;

  function kept(key, value) {
    try {
      if (value === undefined) return JSON.parse(sessionStorage.getItem("koujing-" + key));
      if (value === null) sessionStorage.removeItem("koujing-" + key);
      else sessionStorage.setItem("koujing-" + key, JSON.stringify(value));
    } catch (e) { /* then it is not kept */ }
    return null;
  }
  function lasting(value) {
    try {
      if (value === undefined) return localStorage.getItem("koujing-by");
      localStorage.setItem("koujing-by", value);
    } catch (e) { /* then it is git's name each time */ }
    return null;
  }
  function ask(address, body) {
    var how = { credentials: "same-origin", cache: "no-store" };
    if (body) {
      how.method = "POST";
      how.headers = { "Content-Type": "application/json", "X-Koujing-Token": token };
      how.body = JSON.stringify(body);
    }
    return fetch(address, how).then(function (answer) {
      return answer.text().then(function (text) {
        try { return { code: answer.status, said: JSON.parse(text) }; }
        catch (e) { return { code: answer.status, said: { error: text } }; }
      });
    });
  }
  function make(name, text, kind) {
    var one = document.createElement(name);
    if (text) one.textContent = text;
    if (kind) one.className = kind;
    return one;
  }

  // News: one line for each thing there is to say.
  function line(name, text, kind, button) {
    var old = news.querySelector('[data-news="' + name + '"]');
    if (old && text && old.dataset.text === text) return;
    if (old) old.remove();
    if (!text) return;
    var one = make("p", "", kind);
    one.dataset.news = name;
    one.dataset.text = text;
    one.appendChild(make("span", text));
    if (button) {
      var press = document.getElementById("news-" + button).content.firstElementChild.cloneNode(true);
      press.addEventListener("click", button === "update" ? update : function () { one.remove(); });
      one.appendChild(press);
    }
    news.appendChild(one);
  }

  // The page's next version: the page is loaded anew, at the same place, with the same things open.
  function place(element) {
    var within = element.closest("[id]");
    if (!within) return null;
    if (within === element) return { id: element.id };
    return { id: within.id, n: Array.from(within.querySelectorAll("*")).indexOf(element), tag: element.tagName };
  }
  function placed(where) {
    var within = where && document.getElementById(where.id);
    if (!within || where.n === undefined) return within;
    var one = within.querySelectorAll("*")[where.n];
    return one && one.tagName === where.tag ? one : null;
  }
  function update() {
    var shown = Array.from(document.querySelectorAll(".view.on [id]")).filter(function (one) { return one.offsetParent; });
    var top = shown.filter(function (one) { return one.getBoundingClientRect().bottom > 80; })[0];
    var active = document.activeElement, form = active && active.closest(".decide");
    kept("place", {
      hash: location.hash,
      top: top && { id: top.id, at: top.getBoundingClientRect().top }, y: scrollY,
      open: Array.from(document.querySelectorAll("details[open]")).map(place),
      focus: form ? { form: form.dataset.id, name: active.name, at: active.selectionStart } : active && active !== document.body ? place(active) : null,
      forms: Object.keys(forms)
    });
    location.reload();
  }
  function restore() {
    var was = kept("place");
    kept("place", null);
    if (!was) return;
    (was.open || []).forEach(function (where) { var one = placed(where); if (one && one.tagName === "DETAILS") one.open = true; });
    var opened = (was.forms || []).filter(function (id) { return told.marks[id] || kept("draft-" + id); }).map(function (id) { return open(id, true); });
    Promise.all(opened).then(function () {
      var focus = was.focus, target = focus && focus.form ? forms[focus.form] && forms[focus.form].elements[focus.name] : placed(focus);
      if (target && target.focus) {
        target.focus({ preventScroll: true });
        try { if (focus.at !== undefined && focus.at !== null) target.setSelectionRange(focus.at, focus.at); } catch (e) { /* has no caret */ }
      }
      var top = was.top && document.getElementById(was.top.id);
      if (top && top.offsetParent) for (var n = 0; n < 3; n++) scrollBy(0, top.getBoundingClientRect().top - was.top.at);
      else scrollTo(0, was.y);
    });
  }
  function busy() {
    var at = document.activeElement;
    if (at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return true;
    // What is being looked at, written or answered is not taken away.
    if (Object.keys(forms).some(function (id) {
      return forms[id].dataset.seen || forms[id].dataset.waits || !forms[id].querySelector(".decide-answer").hidden;
    })) return true;
    return String(getSelection()) !== "";
  }

  var wait = AGAIN, failed = 0, timer = 0, mark = told.mark;
  function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    ask("/state?page=" + encodeURIComponent(told.page)).then(function (answer) {
      if (answer.code !== 200) throw new Error(answer.code);
      wait = AGAIN; failed = 0;
      line("gone", "");
      line("trouble", answer.said.troubles.join(" "), "is-trouble");
      if (!answer.said.mark) { location.replace(told.page.indexOf("/findings/") ? "/#articles" : "/#conflicts"); return; }  // there is no such page any more
      if (answer.said.mark !== mark) {
        if (!busy()) { update(); return; }
        line("changed", words.changed, "", "update");
      }
      timer = setTimeout(look, wait);
    }).catch(function () {
      failed++;
      if (failed > 1) line("gone", words.gone, "is-trouble");
      wait = Math.min(wait * 1.6, LONGEST);
      timer = setTimeout(look, wait);
    });
  }
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { wait = AGAIN; look(); } });

  // The form.
  function button(id) { var card = document.getElementById(id); return card && card.querySelector(".decide-open"); }
  function put(id) {
    var card = document.getElementById(id), to = card && card.querySelector(".note-todo dd");
    if (!to) return;
    var press = make("button", words.decide, "decide-open"), around = to.querySelector(".commands");
    press.type = "button";
    press.setAttribute("aria-expanded", "false");
    press.setAttribute("aria-label", words.decide + " " + id);
    press.addEventListener("click", function () { if (forms[id]) shut(id); else open(id); });
    if (!around) { around = make("span", "", "commands"); to.appendChild(around); }
    around.insertBefore(press, around.firstChild);
  }
  function shut(id) {
    var press = button(id);
    if (forms[id]) forms[id].remove();
    delete forms[id];
    if (press) { press.setAttribute("aria-expanded", "false"); press.focus(); }
  }
  function open(id, quiet) {
    return ask("/finding/" + encodeURIComponent(id)).then(function (answer) {
      var draft = kept("draft-" + id);
      if (answer.code === 200) { token = answer.said.token; fill(id, answer.said, draft, quiet); return; }
      if (draft) { line("lost-" + id, id + " " + answer.said.error + " " + (answer.said.now || []).join(" ") + " “" + draft.values.reason + "”", "is-trouble", "close"); kept("draft-" + id, null); }
      else line("lost-" + id, answer.said.error + " " + (answer.said.now || []).join(" "), "is-trouble", "close");
    }).catch(function () { line("gone", words.gone, "is-trouble"); });
  }
  function option(type, name, value, label, help) {
    var one = make("label", "", "decide-option"), input = make("input"), text = make("span");
    input.type = type; input.name = name; input.value = value;
    text.appendChild(make("b", label));
    if (help) text.appendChild(make("small", help));
    one.appendChild(input); one.appendChild(text);
    return one;
  }
  function fill(id, said, draft, quiet) {
    var card = document.getElementById(id);
    if (!card) return;
    if (forms[id]) forms[id].remove();
    var form = document.getElementById("decide-form").content.firstElementChild.cloneNode(true), offer = said.offer;
    forms[id] = form;
    form.dataset.id = id;
    form.setAttribute("aria-label", offer.title);
    form.querySelector(".decide-title").textContent = offer.title;
    form.querySelector(".decide-suggestion").textContent = offer.suggestion;
    if (offer.was) { form.querySelector(".decide-was").textContent = offer.was; form.querySelector(".decide-was").hidden = false; }
    var verdicts = form.querySelector(".decide-verdicts"), claims = form.querySelector(".decide-claims");
    offer.choices.forEach(function (choice, n) {
      var one = option("radio", "choice", n, choice.label, choice.off || choice.help);
      if (choice.off) { one.firstChild.disabled = true; one.classList.add("is-off"); }
      verdicts.appendChild(one);
    });
    offer.claims.forEach(function (claim) { claims.appendChild(option("checkbox", "claims", claim.id, claim.letter + " “" + claim.quote + "”", claim.where)); });
    form.koujing = { offer: offer, mark: said.mark };
    form.elements.by.value = lasting() || said.by;
    form.elements.expires.value = said.expires;
    if (offer.claims.length === 1) form.elements.claims.checked = true;
    if (draft) bring(form, draft, said.mark);
    // The card is of before, and what the form is about is of now.
    if (!draft && told.marks[id] !== said.mark) answer(form, words.moved);
    card.appendChild(form);
    var press = button(id);
    if (press) press.setAttribute("aria-expanded", "true");
    form.elements.alike.addEventListener("change", function () { look_at(form); });
    form.addEventListener("input", function (event) { if (event.target.name === "alike") return; unseen(form); change(form); keep(form); right(form, event.target); });
    form.addEventListener("submit", function (event) { event.preventDefault(); look_at(form); });
    form.querySelector(".decide-write").addEventListener("click", function () { write(form); });
    form.querySelector(".decide-cancel").addEventListener("click", function () { kept("draft-" + id, null); shut(id); });
    change(form);
    if (!quiet) { form.querySelector(".decide-title").focus({ preventScroll: true }); form.scrollIntoView({ block: "nearest" }); }
  }
  var TEXTS = ["reason", "by", "document", "issuer", "published", "since", "until", "expires"];
  function boxes(form) { return Array.from(form.querySelectorAll('input[name="claims"]')); }
  function chosen(form) {
    var one = form.querySelector('input[name="choice"]:checked');
    return one ? form.koujing.offer.choices[one.value] : null;
  }
  function values(form) {
    var choice = chosen(form), found = { verdict: choice && choice.verdict, side: choice && choice.side !== undefined ? choice.side : null };
    TEXTS.forEach(function (name) { found[name] = form.elements[name].value; });
    found.alike = form.elements.alike.checked;
    found.claims = boxes(form).filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    return found;
  }
  function keep(form) { kept("draft-" + form.dataset.id, { mark: form.koujing.mark, values: values(form) }); }
  function bring(form, draft, mark) {
    var was = draft.values;
    TEXTS.forEach(function (name) { form.elements[name].value = was[name] || ""; });
    form.koujing.offer.choices.forEach(function (choice, n) {
      var same = choice.verdict === was.verdict && (choice.side === undefined ? null : choice.side) === was.side;
      if (same && !choice.off) form.querySelectorAll('input[name="choice"]')[n].checked = true;
    });
    form.elements.alike.checked = was.alike === true;
    boxes(form).forEach(function (box) { box.checked = was.claims.indexOf(box.value) >= 0; });
    if (draft.mark !== mark) answer(form, words.moved);
  }
  function change(form) {
    var choice = chosen(form), verdict = choice && choice.verdict;
    ["misread", "stands", "under-review"].forEach(function (one) {
      form.querySelectorAll(".for-" + one).forEach(function (part) { part.hidden = one !== verdict || (one === "misread" && !form.koujing.offer.claims.length); });
    });
    form.querySelectorAll(".decide-option").forEach(function (one) { one.classList.toggle("is-on", one.firstChild.checked); });
    if (choice && choice.source && !form.elements.document.value) ["document", "issuer", "published"].forEach(function (name) { form.elements[name].value = choice.source[name] || ""; });
  }
  function unseen(form) {
    delete form.dataset.seen;
    form.querySelector(".decide-file").hidden = true;
    form.querySelector(".decide-write").hidden = true;
    form.querySelector(".decide-end").classList.remove("is-seen");
    form.querySelector(".decide-answer").hidden = true;
  }
  function answer(form, text, lines) {
    var box = form.querySelector(".decide-answer"), list = make("ul");
    box.textContent = "";
    box.appendChild(make("p", text));
    (lines || []).forEach(function (one) { list.appendChild(make("li", one)); });
    if (lines && lines.length) box.appendChild(list);
    box.hidden = false;
  }
  function right(form, input) {
    var field = input.closest && input.closest("[data-field]");
    if (!field) return;
    field.querySelector(".decide-wrong").hidden = true;
    field.querySelectorAll("[aria-invalid]").forEach(function (one) { one.removeAttribute("aria-invalid"); });
  }
  function wrong(form, found) {
    var first = null;
    form.querySelectorAll("[data-field]").forEach(function (field) {
      var text = found[field.dataset.field], said = field.querySelector(".decide-wrong"), input = field.querySelector("input:not(:disabled), textarea");
      said.hidden = !text;
      said.textContent = text || "";
      if (input && text) { input.setAttribute("aria-invalid", "true"); first = first || input; }
      else if (input) input.removeAttribute("aria-invalid");
    });
    if (first) first.focus();
  }
  function waits(form, on) {
    if (on) form.dataset.waits = "1"; else delete form.dataset.waits;
    form.querySelectorAll("button").forEach(function (one) { one.disabled = on; });
    if (on) koujing.say(words.wait);
  }
  function send(form, address, seen) {
    var body = values(form);
    body.finding = form.dataset.id; body.mark = form.koujing.mark; body.seen = seen || "";
    waits(form, true);
    return ask(address, body).then(function (got) {
      waits(form, false);
      wrong(form, got.said.wrong || {});
      if (got.code === 200 && !got.said.wrong) return got.said;
      unseen(form);
      if (got.said.error) answer(form, got.said.error, got.said.now);
      if (got.code === 409 && got.said.mark) {
        // What there is now has been shown: the next try is about that.
        ask("/finding/" + encodeURIComponent(form.dataset.id)).then(function (next) {
          if (next.code === 200 && forms[form.dataset.id] === form) answer(again(form, next.said), got.said.error, got.said.now);
        });
      }
      return null;
    }).catch(function () { waits(form, false); answer(form, words.gone); return null; });
  }
  function again(form, said) {
    var draft = { mark: said.mark, values: values(form) };
    kept("draft-" + form.dataset.id, draft);
    told.marks[form.dataset.id] = said.mark;
    fill(form.dataset.id, said, draft, true);
    return forms[form.dataset.id];
  }
  function look_at(form) {
    send(form, "/preview").then(function (said) {
      if (!said) return;
      form.dataset.seen = "1";
      form.koujing.seen = said.seen;
      form.querySelector(".decide-path").textContent = words.file.replace("{path}", function () { return said.path; });
      form.querySelector(".decide-file pre").textContent = said.text;
      var list = form.querySelector(".decide-outcome"), press = form.querySelector(".decide-write");
      var same = form.querySelector(".decide-alike"), others = form.querySelector(".decide-others"), again = document.activeElement === form.elements.alike;
      same.hidden = !said.alike;
      same.lastChild.textContent = said.alike;
      same.classList.toggle("is-on", form.elements.alike.checked);
      others.textContent = "";
      said.others.forEach(function (one) {
        var file = make("details"), text = make("pre", one.text);
        text.tabIndex = 0;
        text.setAttribute("aria-label", one.path);
        file.appendChild(make("summary", words.file.replace("{path}", function () { return one.path; })));
        file.appendChild(text);
        others.appendChild(file);
      });
      list.textContent = "";
      said.came.forEach(function (one) { list.appendChild(make("li", one)); });
      said.troubles.forEach(function (one) { list.appendChild(make("li", one, "is-bad")); });
      form.querySelector(".decide-file").hidden = false;
      press.textContent = said.works ? words.write : words["write-anyway"];
      press.hidden = false;
      form.querySelector(".decide-end").classList.add("is-seen");
      if (again) form.elements.alike.focus(); else press.focus({ preventScroll: true });
      form.querySelector(".decide-end").scrollIntoView({ block: "nearest" });
    });
  }
  function write(form) {
    send(form, "/write", form.koujing.seen).then(function (said) {
      if (!said) return;
      lasting(form.elements.by.value.trim());
      kept("draft-" + form.dataset.id, null);
      kept("done", said.said);
      delete forms[form.dataset.id];
      form.remove();
      update();
    });
  }

  Object.keys(told.marks).forEach(put);
  var done = kept("done");
  kept("done", null);
  if (done) line("done", done, "is-done", "close");
  // After the frame has gone where the address says.
  setTimeout(function () { restore(); look(); }, 0);
});
