"""What `koujing resolve` says: its screens, its questions, what comes of an answer."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Lang, Pair, pick

VERDICT: Mapping[str, Pair] = {
    "stands": ("{side}对", "{side} stands"),
    "both-stand": ("两方都对", "both stand"),
    "misread": ("读错了", "misread"),
    "under-review": ("正在核实", "under review"),
}
"""What an editor decides."""

KEYS: Mapping[str, Pair] = {
    "1": ("甲对", "A stands"),
    "2": ("乙对", "B stands"),
    "b": ("两方都对", "both stand"),
    "m": ("读错了", "misread"),
    "u": ("正在核实", "under review"),
    "e": ("我去改文章", "I will edit the article"),
    "s": ("跳过", "skip"),
    "k": ("上一个", "back"),
    "q": ("退出", "quit"),
    "?": ("帮助", "help"),
}
"""One key a verdict, in the order in which they are shown."""

HELP: Mapping[str, Pair] = {
    "1": (
        "甲对。写明依据的文件；以后每篇与它不符的文章都会报错，直到改过来",
        "A stands. Name the document that says so; every article against it is an error from then on",
    ),
    "2": ("乙对。同上", "B stands. Likewise"),
    "b": (
        "两方都对，只是各有所指（例如一篇说职工医保，一篇说居民医保）。以后别的文章再这样说，还会报告",
        "Both are right, of different things that the text does not name. Another article opens it again",
    ),
    "m": (
        "程序读错了句子的意思。选出读错的说法，它们不再参与比较",
        "The program misread a sentence. Choose which claims; they take part in nothing any more",
    ),
    "u": (
        "还在核实。到期以前显示为“核实中”，照样阻止发布",
        "It is being clarified. Shown as such until a day that you give; it still blocks",
    ),
    "e": (
        "不写裁定，我去改文章。显示要改的地方；改好以后它自己就没有了",
        "Write no ruling: the article will be edited. Shows the places; once changed, the finding is gone",
    ),
    "s": ("先放着，下次再问", "Leave it; it is asked next time"),
    "k": ("回到上一个，可以改主意", "Back to the one before, to decide otherwise"),
    "q": (
        "退出。已经写好的裁定都在；下次从没处理的接着来",
        "Quit. What was written stays; the next time goes on from there",
    ),
}

TEXT: Mapping[str, Pair] = {
    "of": ("第 {n} 个，共 {m} 个", "{n} of {m}"),
    "side": ("{n} 篇文章", "articles: {n}"),
    "from-to": ("日期 {first} 至 {last}", "dated {first} to {last}"),
    "on": ("日期 {first}", "dated {first}"),
    "undated": ("没有日期", "no date"),
    "some-undated": ("另有 {n} 处没有日期", "{n} without a date"),
    "rest": ("……另有 {n} 处，全部见 koujing explain {id}", "… and {n} more: koujing explain {id}"),
    "suggested": ("建议", "suggestion"),
    "by-reference": (
        "按{kind} {id} 改{side}的文章（按 e）；它已经管着所有文章，不用再写裁定",
        "change the articles of {side} to agree with {kind} {id} (key e); it holds for all articles already",
    ),
    "by-newer": (
        "{side}可能对（按 {press}）：它比较新，最早的是 {first}，另一方最晚的是 {last}。请核对原文",
        "perhaps {side} (key {press}): it is newer, its first is of {first}, the last of the other of {last}; check it",
    ),
    "by-majority": (
        "{side}可能对（按 {press}）：{ours} 篇这样说，另一方只有 {theirs} 篇。多数不一定对，请核对原文",
        "perhaps {side} (key {press}): {ours} articles say so, {theirs} otherwise; many can be wrong, check the policy",
    ),
    "by-none": (
        "没有。没有参考事实，日期和篇数也分不出哪一方对，请核对政策原文",
        "none. No fact speaks, and neither dates nor numbers tell which is right: check the policy itself",
    ),
    "decided": ("刚才的决定：{verdict}（{path}）", "decided before: {verdict} ({path})"),
    "reviewed": ("正在核实，到 {day} 为止（{path}）", "under review until {day} ({path})"),
    "choose": ("请按一个键", "Press a key"),
    "no-key": ("没有“{got}”这个键。", "There is no key “{got}” here."),
    # questions
    "ask-reason": ("理由，给下一位编辑看（空着就不裁定了）", "The reason, for the next editor (empty: decide nothing)"),
    "ask-by": ("裁定人", "Who decides"),
    "ask-document": (
        "依据的文件，写名称或文号（空着就不裁定了）",
        "The document that says so (empty: decide nothing)",
    ),
    "ask-document-else": ("依据的文件", "The document that says so"),
    "ask-issuer": ("发文机关（可以不写）", "Who issued it (may be left out)"),
    "ask-published": ("发布日期，如 2024-12-20（可以不写）", "When it was published, as 2024-12-20 (may be left out)"),
    "ask-since": (
        "从哪天起是这样（不写就是一直如此；写了，那天以前的文章只算过时）",
        "Since when (left out: always; articles from before that day are then only outdated)",
    ),
    "ask-expires": ("核实到哪一天为止", "Until which day"),
    "ask-which": (
        "读错的是哪几条？写号码，如 1 3；写 甲 或 乙，就是那一方全部（空着就不裁定了）",
        "Which were misread? Numbers, as 1 3; or A or B for a whole side (empty: decide nothing)",
    ),
    "not-day": ("不是日期：{got}。写成 2025-01-31 的样子。", "Not a day: {got}. Write it like 2025-01-31."),
    "day-gone": ("{got} 已经过去了，今天是 {today}。", "{got} has gone by; today is {today}."),
    "not-number": ("没有第 {got} 条。", "There is no {got}."),
    "not-utf8": ("输入的文字不是 UTF-8，请再写一遍。", "What was typed is not UTF-8; once more, please."),
    "needed": ("这一项必须写。", "This cannot be left out."),
    "write": ("[y] 写入  [n] 不写，重新选", "[y] write it  [n] choose again"),
    "write-anyway": ("仍然要写吗？[y] 写入  [n] 不写，重新选", "Write it all the same? [y] yes  [n] choose again"),
    "until-fact": (
        "参考事实 {id} 从 {since} 起另有规定。这份裁定只管到前一天吗？[y] 是  [n] 不是",
        "The reference fact {id} says otherwise from {since} on. Let this hold until the day before? [y] yes  [n] no",
    ),
    "go-on": ("仍然要这样裁定吗？[y] 是  [n] 重新选", "Decide so all the same? [y] yes  [n] choose again"),
    "replace": (
        "这会换掉刚才写的 {path}。[y] 换掉  [n] 留着，重新选",
        "This replaces {path}, written just before. [y] replace  [n] keep it, choose again",
    ),
    "remove": (
        "这会删去刚才写的 {path}。[y] 删去  [n] 留着，重新选",
        "This removes {path}, written just before. [y] remove  [n] keep it, choose again",
    ),
    "same-wording": (
        "另有 {n} 个问题里是同样的原话（{ids}）。作同样的裁定吗？[y] 是  [n] 一个一个看",
        "{n} more findings rest on the same words ({ids}). The same for them? [y] yes  [n] one by one",
    ),
    # answers
    "side-is-fact": (
        "{side}就是参考事实 {id}，已经管着所有文章：按 e 去改文章；"
        "若它在这里不适用，在 koujing.yaml 里写 facts: {{{id}: off}}。",
        "{side} is the reference fact {id}, which holds for all articles already: press e and edit the article, or "
        "turn it off in koujing.yaml, facts: {{{id}: off}}.",
    ),
    "side-is-ruling": (
        "{side}就是裁定 {id}，已经管着所有文章：按 e 去改文章，或者先改那份裁定。",
        "{side} is the ruling {id}, which holds for all articles already: press e and edit the article, or change that "
        "ruling first.",
    ),
    "no-stands": (
        "这里没有两种口径可选：文章自己前后不符。改文章（e），或按 b、m、u。",
        "There is no value to choose here: the article does not agree with itself. Edit it (e), or press b, m or u.",
    ),
    "unfit": ("这一方写不成裁定：{why}。", "This side cannot be written as a ruling: {why}."),
    "places": ("要改的地方", "places to edit"),
    "none-left": ("没有要处理的问题。", "Nothing is open."),
    "none-chosen": ("所选范围里没有要处理的问题；别处还有 {n} 个。", "Nothing is open there; elsewhere: {n}."),
    "first": ("这是第一个。", "This is the first."),
    # outcome
    "end-resolved": ("写下去，{id} 就解决了。", "With this, {id} is resolved."),
    "end-reviewed": (
        "写下去，{id} 显示为“核实中”，照样阻止发布。",
        "With this, {id} is shown as under review; it still blocks.",
    ),
    "end-reduced": (
        "写下去，{id} 还剩 {left} 条说法没有解决。",
        "With this, {id} is left with {left} claims to resolve.",
    ),
    "end-unchanged": ("这样写不起作用：{id} 还是没有解决。", "This has no effect: {id} stays as it is."),
    "still-open": ("{id} 还是没有解决", "{id} stays as it is"),
    "closed": ("同时解决：{ids}。", "Resolved besides: {ids}."),
    "against": (
        "与它不符的文章有 {n} 篇，从此报“违反裁定”，要改：",
        "Articles against it, to be changed: {n}.",
    ),
    "trouble": ("会有问题：{message}。", "There will be trouble: {message}."),
    "trouble-fact": (
        "如果这个参考事实不适用，先在 koujing.yaml 里写 facts: {{{id}: off}}。",
        " If that fact does not hold here, first write facts: {{{id}: off}} into koujing.yaml.",
    ),
    "file": ("将写入 {path}", "to be written to {path}"),
    "lines": ("……另有 {n} 行", "… and {n} more lines"),
    "written": ("已写入 {path}", "written: {path}"),
    "removed": ("已删去 {path}", "removed: {path}"),
    "restored": ("已恢复 {path}", "restored: {path}"),
    "supersedes": ("它换掉原来“正在核实”的那一份。", "It takes the place of the one that says “under review”."),
    "also-closed": ("{id} 已随前面的裁定解决。", "{id} was resolved along with one before."),
    # ending
    "sum": (
        "裁定了 {decided} 个，去改文章 {edit} 个；还有 {left} 个没有处理。",
        "Decided: {decided}; to be edited: {edit}; left: {left}.",
    ),
    "rulings-left": (
        "另有 {n} 个问题出在裁定文件本身，见 koujing rulings。",
        "Besides, {n} findings are about rulings themselves: see koujing rulings.",
    ),
    "next": ("接下来：", "Next:"),
    "stopped": ("中断了；写好的裁定都在。", "Interrupted; what was written stays."),
    "preview": ("只是预览（--dry-run），什么都没有写。", "A preview (--dry-run): nothing has been written."),
    # in the file
    "head": ("这份裁定由 {tool} 写成", "A ruling, written by {tool}"),
    "note-claims": (
        "依据的原文：其中一句改了，这份裁定就失效",
        "the words that it rests on: when one of them changes, the ruling is void",
    ),
    "note-expires": ("有效到这一天为止", "the last day of effect"),
}


def tell(key: str, lang: Lang, **args: object) -> str:
    """One of TEXT in a language, with its blanks filled."""
    return pick(TEXT[key], lang).format(**args)
