"""What a report says of the whole run beyond its findings: what a change brings, what is closed, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.changes import Change, Loosened
from reports.width import safe
from reports.wording.terms import Lang, Pair, pick

SUMS: Mapping[str, Pair] = {
    "change": (
        "本次改动带来 {brought} 个问题，解决 {resolved} 个，原有的 {left} 个没有变；对比的是 {commit}（{base}）。",
        "{brought} brought, {resolved} resolved, {left} left as they were; compared with {commit} ({base}).",
    ),
    "uncommitted": (
        "有 {n} 个文件还没有提交，检查时已算在内。",
        "Files that are in no commit yet, and were audited as they are: {n}.",
    ),
    "loosened": (
        "下列问题不是靠改文章解决的，而是因裁定或配置的变动而放宽：",
        "Loosened by a ruling or the config, not by a change of the articles:",
    ),
    "closed": ("{id}：由裁定 {ruling} 解决", "{id}: closed by ruling {ruling}"),
    "lowered": ("{id}：级别被配置调低", "{id}: lowered by config"),
    "gone": ("{id}：检出它的项已关闭，或文章不再读取", "{id}: gone, for what found it is off or no longer read"),
    "no-config": (
        "这里没有 koujing.yaml。要设置范围、级别、裁定和 CI，运行 koujing init。",
        "There is no koujing.yaml here: `koujing init` writes one, to choose articles, severities, rulings and CI.",
    ),
    "hidden": (
        "另有 {n} 个问题未显示：不是本次改动带来的，或不涉及所选路径。",
        "Findings not shown, for this change does not bring them or they do not touch the chosen paths: {n}.",
    ),
    "by-rulings": ("已由裁定解决 {n} 个问题，未列出。", "Resolved by rulings, and not listed: {n}."),
    # markdown
    "verdict-0": ("通过：没有阻止发布的问题", "Passed: nothing found blocks publication"),
    "verdict-1": (
        "不通过：{blocking} 个未解决的问题阻止发布",
        "Failed: unresolved findings that block publication: {blocking}",
    ),
    "verdict-2": ("检查未能完成：请先修好下面的文件", "Not done: mend the files below first"),
    "severity": ("级别", "severity"),
    "standing": ("未解决", "unresolved"),
    "blocking": ("其中阻止发布", "of these, blocking"),
    "files": ("文件", "Files"),
    "blocks": ("阻止发布的问题", "What blocks"),
    "rest": ("不阻止发布的问题（{n}）", "What does not block ({n})"),
    "cut": (
        "另有 {n} 个问题这里放不下；运行 koujing check，或看它的文本报告，可以看到全部。",
        "Findings that there is no room for here: {n}. Run koujing check, or see its text report, for all of them.",
    ),
    "cut-files": ("另有 {n} 个文件没有列出。", "Files not listed here: {n}."),
    # junit
    "more": ("；另有 {n} 个问题", " (and {n} more)"),
    # github
    "not-listed-error": ("还有 {n} 个错误没有列出。", "Errors not listed here: {n}. "),
    "not-listed-warning": ("还有 {n} 个警告没有列出。", "Warnings not listed here: {n}. "),
    "not-listed-notice": ("还有 {n} 个提示没有列出。", "Notices not listed here: {n}. "),
    "read-on": (
        "GitHub 每一步只显示每级 10 条；全部问题见 koujing check 的文本报告。",
        "GitHub shows 10 of a level in one step; for all of them, see the text report of koujing check.",
    ),
}  # fmt: skip

SHORT = 7
"""Digits of a commit that are shown."""


def sums(key: str, lang: Lang, **args: object) -> str:
    """One of SUMS in a language, with its blanks filled."""
    return pick(SUMS[key], lang).format(**args)


def change_lines(change: Change, lang: Lang) -> Iterator[str]:
    """What a change brings, resolves, leaves and loosens, a line each."""
    yield sums(
        "change", lang, brought=len(change.brought), resolved=change.resolved, left=change.left,
        commit=change.commit[:SHORT], base=safe(change.base),
    )  # fmt: skip
    if change.uncommitted:
        yield sums("uncommitted", lang, n=change.uncommitted)


def loosened(one: Loosened, lang: Lang) -> str:
    """K7QF2M：由裁定 gongji-kuasheng 解决."""
    return sums(one.how, lang, id=one.finding, ruling=safe(one.ruling or "?"))
