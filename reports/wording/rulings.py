"""What is wrong with rulings, by the reason's code: in a sentence, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Pair

RULING: Mapping[str, Pair] = {
    "ruling-void": (
        "裁定 {ruling} 依据的原文“{quote}”已经不在 {article} 里，裁定失效",
        "the ruling {ruling} rests on “{quote}”, which {article} no longer says: it is void",
    ),
    "ruling-changed": (
        "裁定 {ruling} 依据的原文“{quote}”变了，现在可能是“{now}”，裁定失效",
        "the ruling {ruling} rests on “{quote}”, which may read “{now}” now: it is void",
    ),
    "ruling-expired": (
        "裁定 {ruling} 的有效期到{day}为止，已经过期",
        "the ruling {ruling} was good until {day}: it has expired",
    ),
    "ruling-unused": (
        "裁定 {ruling} 所裁定的问题 {finding} 已经没有了",
        "the ruling {ruling} decides {finding}, which is there no more",
    ),
    "ruling-against-ruling": (
        "裁定 {ruling} 与裁定 {other} 不能同时成立，两份都不起作用",
        "the rulings {ruling} and {other} cannot both be: neither has any effect",
    ),
    "ruling-against-fact": (
        "裁定 {ruling} 与参考事实 {other} 不能同时成立，裁定不起作用",
        "the ruling {ruling} and the reference fact {other} cannot both be: the ruling has no effect",
    ),
}

MEND: Mapping[str, Pair] = {
    "ruling-void": (
        "重新判断这个问题；不再需要这份裁定时运行 git rm {path}",
        "decide the finding anew; when the ruling is needed no more: git rm {path}",
    ),
    "ruling-changed": (
        "如果仍然成立，把文件里这一条改成 id: {meant} 和现在的原文；否则运行 git rm {path}",
        "if it still holds, write id: {meant} and the words of today into the file; else: git rm {path}",
    ),
    "ruling-expired": (
        "给出新的 expires 日期，或运行 git rm {path}",
        "write a new day after expires:, or: git rm {path}",
    ),
    "ruling-unused": (
        "核对 finding 的编号；确实不再需要时运行 git rm {path}",
        "check the id after finding:; when the ruling is needed no more: git rm {path}",
    ),
    "ruling-against-ruling": (
        "商量好留哪一份，另一份用 git rm 删除（例如 git rm {path}）",
        "agree on the one to keep, and remove the other with git rm (such as git rm {path})",
    ),
    "ruling-against-fact": (
        "裁定对就在 koujing.yaml 里写 facts: {{{other}: off}}，事实对就运行 git rm {path}",
        "if the ruling is right, write facts: {{{other}: off}} into koujing.yaml; if the fact is: git rm {path}",
    ),
}
"""What to do, with the command; `path` is the ruling's file."""
