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
    "ruling-moved": (
        "裁定 {ruling} 依据的原文“{quote}”不在 {article} 里了，现在在 {there} 里，裁定失效",
        "the ruling {ruling} rests on “{quote}”, which stands in {there} now and no more in {article}: it is void",
    ),
    "ruling-renumbered": (
        "裁定 {ruling} 依据的原文“{quote}”还在 {article} 里，但编号现在是 {meant}（文章的 id 或读法变了），裁定失效",
        "the ruling {ruling} rests on “{quote}”, which {article} still says, but as the claim {meant} (the article's "
        "id or the reading has changed): it is void",
    ),
    "ruling-remade": (
        "裁定 {ruling} 依据的原文“{quote}”变了，现在可能是“{now}”，裁定失效",
        "the ruling {ruling} rests on “{quote}”, which may read “{now}” now: it is void",
    ),
    "ruling-expired": (
        "裁定 {ruling} 的有效期到{day}为止，已经过期",
        "the ruling {ruling} was good until {day}: it has expired",
    ),
    "ruling-outlived": (
        "裁定 {ruling} 的有效期到{day}为止，已经过期，所裁定的也不在了",
        "the ruling {ruling} was good until {day}: it has expired, and what it decided is not there any more",
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
        "运行 koujing rulings --prune {name} 去掉已经没有的原文；问题还在的，再用 koujing resolve 裁定",
        "koujing rulings --prune {name} drops what is gone; then koujing resolve decides what is still open",
    ),
    "ruling-changed": (
        "如果仍然成立，运行 koujing rulings --renew {name} 改用现在的原文；否则运行 koujing rulings --prune {name}",
        "if it still holds: koujing rulings --renew {name} takes over the words of today; else: "
        "koujing rulings --prune {name}",
    ),
    "ruling-moved": (
        "文章只是改了名的，运行 koujing rulings --renew {name}，并在文章开头的 --- 之间写上 id:，以后改名不影响裁定；"
        "否则运行 koujing rulings --prune {name}",
        "if the article was only renamed: koujing rulings --renew {name}, and give its front matter an `id:`, which "
        "later renames leave alone; else: koujing rulings --prune {name}",
    ),
    "ruling-renumbered": (
        "如果仍然成立，运行 koujing rulings --renew {name}；否则运行 koujing rulings --prune {name}",
        "if it still holds: koujing rulings --renew {name}; else: koujing rulings --prune {name}",
    ),
    "ruling-remade": (
        "照现在的原文，这份裁定已经不适用；运行 koujing rulings --prune {name}；问题还在的，再用 koujing resolve 裁定",
        "of the words of today it decides nothing: koujing rulings --prune {name}; then koujing resolve decides what "
        "is still open",
    ),
    "ruling-expired": (
        "仍然成立就运行 koujing rulings --renew {name} --expires 新日期；不再需要就运行 koujing rulings --prune {name}",
        "if it still holds: koujing rulings --renew {name} --expires DATE; else: koujing rulings --prune {name}",
    ),
    "ruling-outlived": (
        "延期也不会再起作用；运行 koujing rulings --prune {name}",
        "another day would not give it an effect again: koujing rulings --prune {name}",
    ),
    "ruling-unused": (
        "不再需要就运行 koujing rulings --prune {name}；若是写错了，核对 finding 的编号",
        "when it is needed no more: koujing rulings --prune {name}; if it is a slip, check the id after finding:",
    ),
    "ruling-against-ruling": (
        "商量好留哪一份，删除另一份：koujing rulings --prune {name} 或 koujing rulings --prune {rival}",
        "agree on the one to keep, and delete the other: koujing rulings --prune {name} or "
        "koujing rulings --prune {rival}",
    ),
    "ruling-against-fact": (
        "事实对就运行 koujing rulings --prune {name}；裁定对就在 koujing.yaml 里写 facts: {{{other}: off}}",
        "if the fact is right: koujing rulings --prune {name}; if the ruling is, write facts: {{{other}: off}} into "
        "koujing.yaml",
    ),
}
"""What to do, with the command; `name` is the ruling as a command line names it."""
