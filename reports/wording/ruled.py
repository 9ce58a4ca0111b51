"""What `koujing rulings` says: verdicts, states, what a ruling comes to, what pruning and renewing do."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Lang, Pair, pick

VERDICT: Mapping[str, Pair] = {
    "stands": ("以此为准", "stands"),
    "both-stand": ("两方都对", "both stand"),
    "misread": ("读错了", "misread"),
    "under-review": ("正在核实", "under review"),
}

STATE: Mapping[str, Pair] = {
    "in-effect": ("有效", "in effect"),
    "under-review": ("核实中", "under review"),
    "void": ("失效", "void"),
    "expired": ("过期", "expired"),
    "unused": ("无用", "unused"),
    "contradicted": ("冲突", "contradicted"),
}

RULED: Mapping[str, Pair] = {
    "none": ("还没有裁定。", "There are no rulings yet."),
    "decided-of": ("裁定的问题", "decides"),
    "nothing": ("不针对某个问题", "about no finding in particular"),
    "follow": ("{follow} 篇文章照此说，{against} 篇与此不符", "articles that say so: {follow}; against it: {against}"),
    "closes": ("解决了 {n} 个问题：{ids}", "resolves: {n} ({ids})"),
    "closes-none": ("没有解决整个问题", "resolves no finding as a whole"),
    "pairs": ("{n} 对说法不再比较", "pairs of claims closed: {n}"),
    "misreads": ("{n} 条说法不再参与比较", "claims that take part in nothing: {n}"),
    "reviews": ("{ids} 显示为核实中，仍阻止发布", "{ids} shown as under review; it still blocks"),
    "no-effect": ("没有作用", "has no effect"),
    "decided": ("{by}，{on}", "{by}, {on}"),
    "expires": ("有效期到 {day}", "good until {day}"),
    "reason": ("理由", "reason"),
    "effect": ("作用", "effect"),
    "rests": ("依据的原文", "rests on"),
    "is-gone": ("已经没有了", "is gone"),
    "is-there": ("还在", "is there"),
    "file": ("文件", "file"),
    "verdict": ("裁定", "verdict"),
    "total": (
        "共 {all} 份裁定：有作用 {working}，没有作用 {idle}。",
        "Rulings: {all}; with an effect {working}, without {idle}.",
    ),
    "sound": ("全部裁定都有作用。", "Every ruling has an effect."),
    # --prune
    "would-delete": ("将删除 {path}（{state}）", "would delete {path} ({state})"),
    "deletes": ("删除 {path}（{state}）", "deletes {path} ({state})"),
    "would-drop": ("将从 {path} 去掉 {n} 条：", "would drop {n} from {path}:"),
    "drops": ("从 {path} 去掉 {n} 条：", "drops {n} from {path}:"),
    "dropped": ("已经没有的原文“{quote}”（{article}）", "“{quote}” ({article}), which is gone"),
    "keeps-renewable": (
        "不动 {path}（失效）：原文可能只是改了写法；仍然成立就运行 koujing rulings --renew {name}，"
        "否则运行 koujing rulings --prune {name}",
        "leaves {path} (void): its words may only read otherwise now; koujing rulings --renew {name}, or "
        "koujing rulings --prune {name}",
    ),
    "keeps-contradicted": (
        "不动 {path}（冲突）：要删除它就写明名字，koujing rulings --prune {name}",
        "leaves {path} (contradicted): to delete it, name it: koujing rulings --prune {name}",
    ),
    "nothing-to-prune": ("没有要清理的裁定。", "There is nothing to prune."),
    "undo": ("反悔：git restore -- {paths}", "To undo: git restore -- {paths}"),
    "no-undo": (
        "git 里没有这些文件现在的内容，没法用 git 找回：{paths}",
        "git does not hold what these files say now, and cannot bring it back: {paths}",
    ),
    # --renew
    "meant": ("{path}：这份裁定是不是指这一句？", "{path}: did this ruling mean this?"),
    "was": ("原来", "was"),
    "now": ("现在", "now"),
    "at": ("{article} 第 {line} 行", "{article}, line {line}"),
    "ask": ("改用现在的原文？[y/n] ", "Take over the words of today? [y/n] "),
    "renewed": ("已更新 {path}", "renewed {path}"),
    "moved": ("{path}：有效期改到 {day}", "{path}: good until {day} now"),
    "left": ("没有改 {path}", "left {path} as it is"),
    # --stats
    "patterns": ("识别模式", "pattern"),
    "read": ("读出", "read"),
    "misread": ("读错", "misread"),
    "precision": ("准确率", "precision"),
    "others": (
        "其余 {n} 个模式读出 {read} 条，没有被裁定读错的。",
        "Other patterns: {n}, claims {read}, none misread.",
    ),
    "precision-note": (
        "准确率只按裁定算：没有被裁定读错的，都当作读对。",
        "Precision is by rulings alone: what nobody ruled misread counts as read rightly.",
    ),
    "person": ("裁定人", "decided by"),
    "rulings": ("裁定数", "rulings"),
    "working": ("有作用", "in effect"),
}


def ruled(key: str, lang: Lang, **blanks: object) -> str:
    """One of RULED in a language, with its blanks filled."""
    text = pick(RULED[key], lang)
    return text.format(**blanks) if blanks else text
