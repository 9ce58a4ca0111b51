"""What `koujing serve` says: on its page, in its answers, at the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Lang, Pair, pick

FIELDS: Mapping[str, tuple[Pair, Pair]] = {
    "verdict": (("怎么裁定", "The verdict"), ("", "")),
    "claims": (
        ("读错的是哪几条", "Which were misread"),
        ("选中的说法不再参与比较。", "These take part in nothing any more."),
    ),
    "document": (
        ("依据的文件", "The document that says so"),
        ("写名称或文号。", "Its title or number."),
    ),
    "issuer": (("发文机关", "Who issued it"), ("可以不写。", "May be left out.")),
    "published": (
        ("发布日期", "When it was published"),
        ("年、月或日，可以不写。", "A year, month or day; may be left out."),
    ),
    "since": (
        ("从哪天起是这样", "Since when"),
        ("不写就是一直如此；那天以前的文章只算过时。", "Left out: always. Older articles are only outdated."),
    ),
    "until": (("到哪天为止是这样", "Until when"), ("可以不写。", "May be left out.")),
    "expires": (("核实到哪一天为止", "Until which day"), ("", "")),
    "reason": (("理由", "Why"), ("给下一位编辑看。", "For the next editor.")),
    "by": (("裁定人", "Who decides"), ("", "")),
}  # fmt: skip
"""Fields of the form: the label, and what is said below it."""

SERVE: Mapping[str, Pair] = {
    # the page
    "decide": ("裁定", "Decide"),
    "decide-what": ("裁定 {id}", "Decide {id}"),
    "preview": ("预览裁定文件", "Preview the file"),
    "cancel": ("取消", "Cancel"),
    "file": ("裁定文件", "The ruling's file"),
    "suggested": ("建议", "Suggestion"),
    "no-script": (
        "在浏览器里裁定需要 JavaScript。没有它也可以阅读；裁定请用 koujing resolve。",
        "Deciding in the browser needs JavaScript. Everything can be read without; decide with koujing resolve.",
    ),
    "update-now": ("现在更新", "Update now"),
    "close": ("知道了", "Close"),
    # its script
    "js-decide": ("裁定", "Decide"),
    "js-file": ("将写入 {path}", "To be written to {path}"),
    "js-write": ("写入", "Write it"),
    "js-write-anyway": ("仍然写入", "Write it all the same"),
    "js-changed": (
        "文件有变化。写完再更新也可以，写的内容不会丢。",
        "Files have changed. Update when you are done; what you typed is kept.",
    ),
    "js-gone": (
        "连不上 koujing serve：可能已经停了。写的内容还在这里。",
        "koujing serve does not answer: it may have been stopped. What you typed is still here.",
    ),
    "js-moved": (
        "您打开表单以后这个问题变了，请再看一遍上面的内容。写的理由还在。",
        "This finding has changed since the form was opened: look at it again. Your reason is kept.",
    ),
    "js-wait": ("请稍候…", "One moment …"),
    # answers
    "alike": (
        "另有 {n} 个问题里是同样的原话（{ids}），作同样的裁定",
        "{n} more findings rest on the same words ({ids}): decide the same for them",
    ),
    "needed": ("这一项必须写。", "This cannot be left out."),
    "choose": ("请选一项。", "Choose one."),
    "choose-claims": ("请选出读错的说法。", "Choose what was misread."),
    "not-day": ("不是日期，写成 2025-01-31 的样子。", "Not a day; write it like 2025-01-31."),
    "day-gone": ("已经过去了，今天是 {today}。", "It has gone by; today is {today}."),
    "too-long": ("太长了，最多 {most} 个字。", "Too long: at most {most} characters."),
    "conflict": (
        "没有写入：您打开表单以后，这个问题变了。现在是这样：",
        "Not written: the finding has changed since the form was opened. This is what there is now:",
    ),
    "now-gone": (
        "这个问题已经没有了：文章或裁定改过。",
        "There is no such finding any more: articles or rulings were changed.",
    ),
    "now-decided": (
        "{by}已于{on}裁定“{verdict}”，理由：{reason}（{path}）",
        "{by} decided on {on}: {verdict}. Why: {reason} ({path})",
    ),
    "now-side": ("{letter} {says}：{quotes}", "{letter} {says}: {quotes}"),
    "now-quote": ("“{quote}”（{where}）", "“{quote}” ({where})"),
    "now-more": ("另有 {n} 处", "{n} more"),
    "now-file": (
        "将写入的文件和您预览的不一样了，请再预览一次。",
        "The file would be another than the one you saw: preview it again.",
    ),
    "now-broken": ("现在不能裁定，先修好：{why}", "Nothing can be decided before this is mended: {why}"),
    "done": ("已写入 {path}。{came}记得提交这个文件。", "Written: {path}. {came} Remember to commit it."),
    "became-resolved": ("{id} 解决了。", "{id} is resolved."),
    "became-reviewed": ("{id} 现在显示为“核实中”，照样阻止发布。", "{id} is under review now; it still blocks."),
    "became-reduced": ("{id} 还剩 {left} 条说法没有解决。", "{id} is left with {left} claims to resolve."),
    "became-alike": ("另有 {n} 个问题作了同样的裁定。", " The same was decided for {n} more."),
    "became-unchanged": ("{id} 还是没有解决。", "{id} stays as it is."),
    "by-reference": (
        "按{kind} {id} 改{side}的文章；它已经管着所有文章，不用再写裁定。",
        "Change the articles of {side} to agree with {kind} {id}; it holds for all articles already.",
    ),
    "by-newer": (
        "{side}可能对：它比较新，最早的是{first}，另一方最晚的是{last}。请核对原文。",
        "Perhaps {side}: it is newer, its first is of {first}, the last of the other of {last}. Check it.",
    ),
    "by-majority": (
        "{side}可能对：{ours} 篇这样说，另一方只有 {theirs} 篇。多数不一定对，请核对原文。",
        "Perhaps {side}: {ours} articles say so, {theirs} otherwise. Many can be wrong: check the policy.",
    ),
    "by-none": (
        "没有参考事实，日期和篇数也分不出哪一方对，请核对政策原文。",
        "No fact speaks, and neither dates nor numbers tell which is right: check the policy itself.",
    ),
    "no-stands": (
        "文章自己前后不符，没有两种口径可选：改文章，或者在下面裁定。",
        "The article does not agree with itself, and there is no value to choose: edit it, or decide below.",
    ),
    "off-fact": (
        "这就是参考事实 {id}，已经管着所有文章，改文章就行。",
        "This is the fact {id}, which holds already: edit the articles.",
    ),
    "off-ruling": (
        "这就是裁定 {id}，已经管着所有文章，改文章就行。",
        "This is the ruling {id}, which holds already: edit the articles.",
    ),
    "help-stands": (
        "写明依据的文件；以后每篇与它不符的文章都会报错。",
        "Name the document that says so; every article against it is an error from then on.",
    ),
    "help-both-stand": (
        "各有所指，例如一篇说职工医保，一篇说居民医保。别的文章再这样说，还会报告。",
        "They speak of different things that the text does not name. Another article opens it again.",
    ),
    "help-misread": ("程序读错了句子的意思。", "The program misread a sentence."),
    "help-under-review": (
        "到期以前显示为“核实中”，照样阻止发布。",
        "Shown as such until a day that you give; it still blocks.",
    ),
    # refusals
    "no-config": (
        "没有 koujing.yaml，裁定没有地方放。先运行 koujing init。",
        "There is no koujing.yaml, and rulings have no place. Run koujing init first.",
    ),
    "no-key": (
        "从这个地址只能看。要裁定，请打开 koujing serve 显示的完整地址。",
        "This address is for reading. To decide, open the whole address that koujing serve has shown.",
    ),
    "refused": ("拒绝：{why}。", "Refused: {why}."),
    # the terminal
    "serving": ("在 {url} 。按 Ctrl-C 停止。", "Serving {url} . Press Ctrl-C to stop."),
    "stopped": ("已停止。", "Stopped."),
    "exposed": (
        "注意：--host {host} 让网络上的别人也能看到这些文章；知道下面完整地址的人还能写裁定。",
        "Note: with --host {host} others on the network can read these articles, and whoever knows the whole address "
        "below can decide.",
    ),
}  # fmt: skip


def serve_words(key: str, lang: Lang, **args: object) -> str:
    """One of SERVE in a language, with its blanks filled."""
    text = pick(SERVE[key], lang)
    return text.format(**args) if args else text
