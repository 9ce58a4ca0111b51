// Commands are copied with one press.
koujing.ready(function () {
  function byHand(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "away";
    document.body.appendChild(area);
    area.select();
    try { document.execCommand("copy"); } finally { area.remove(); }
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) return;
    var text = button.dataset.copy, word = button.textContent;
    function done() {
      button.textContent = button.dataset.done;
      koujing.say(button.dataset.done + " " + text);
      setTimeout(function () { button.textContent = word; }, 1500);
    }
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, function () { byHand(text); done(); });
    else { byHand(text); done(); }
  });
});
