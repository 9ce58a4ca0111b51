"""Reports of every sort for the formats that machines read, and what their schemas say of an output."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import validators
from msgspec.structs import replace
from report_cases import (
    ACROSS,
    AGAINST,
    DEFECT,
    FINDINGS,
    NATION,
    PROBLEMS,
    SOURCES,
    claim,
    report,
    side,
)

from audit.changes import Change, Loosened
from audit.model import Finding, Quote, Reason, Side
from audit.problem import Problem
from audit.rulings.model import Ruling
from reports.record import Report, Sources
from reports.wording.terms import Lang

SCHEMAS = Path(__file__).parent / "schemas"

HOSTILE = (
    "\x00\x1b[31m]]>", "<!-- --><script>alert(1)</script>", "| 甲 | `乙` |", "``` ~~~", "@user #12 GH-3 x/y#4",
    "::error file=a::b", "{0} {{1}}", "=cmd()|' /C calc'!A0", "+1", "-1", "\u202e反\u202c\u2066\u2069\u200b\ufeff",
    "\U0001f600𠮷",
    "![i](http://e.example/x.png)", "[a](1) \\[b\\](2)", "<https://e.example> https://e.example www.e.example",
    "&lt;b&gt; &#64;user", "# 一\n## 二\n- [ ] 三", "a\r\nb\rc\nd", "\ud800", "\udc80", "\ufffe\uffff",
    "$x$ :smile: ~~x~~ **x** __x__",
    "a@b.example", "c0ffee1 0123456789abcdef0123456789abcdef01234567", "\u2028\u2029\x85", "&amp;", "<b>", "\tx",
)  # fmt: skip
"""Quotes that would steer whoever shows or runs them."""

SOURCES_OF_ALL = {
    **SOURCES,
    **{f"h/{i}.md": f"前文\r\n\U0001f600 {text}后文\r\n" for i, text in enumerate(HOSTILE)},
    "rulings/area.yaml": "finding: KAAAAAA\nverdict: both-stand\n",
}


def at(path: str, words: str) -> Quote:
    """The first place of some words in one of SOURCES_OF_ALL."""
    source = SOURCES_OF_ALL[path]
    start = source.index(words)
    before = source[:start].replace("\r\n", " \n").replace("\r", "\n")
    return Quote(path, start, start + len(words), before.count("\n") + 1, start - before.rfind("\n"), words)


def _hostile() -> tuple[Finding, ...]:
    """A defect and a pair for each of HOSTILE."""
    found: list[Finding] = []
    for i, text in enumerate(HOSTILE):
        quote = at(f"h/{i}.md", text)
        args = (("listed", text), ("stated", text))
        defect = replace(
            DEFECT, id=f"KHA{i:04}", reasons=(Reason("count-mismatch", args),), severity="error",
            sides=(Side(None, 1, quotes=(quote,)), Side(None, 1, quotes=(quote,))),
        )  # fmt: skip
        said = replace(
            ACROSS, id=f"ch{i}", article=f"h/{i}.md", quote=text, start=quote.start, end=quote.end, line=quote.line,
            column=quote.column, as_of=None,
        )  # fmt: skip
        found += [
            defect,
            replace(FINDINGS[0], id=f"KHB{i:04}", sides=(side(NATION, said), FINDINGS[0].sides[0])),
        ]
    return tuple(found)


EVIL_PATH = "a,b:c\n::error::<b>|`@x` #1 {0} ]]>\udc80\x01.md"

RULING = Ruling(
    id="area", path="rulings/area.yaml", verdict="both-stand", finding="KAAAAAA", reason="两篇说的是两类人", by="张三",
    on="2025-05-01", text=SOURCES_OF_ALL["rulings/area.yaml"],
)  # fmt: skip
VOID = Finding(
    id="KVOID01", code="ruling-void", topic=None, kind="ruling-void", severity="error",
    reasons=(
        Reason("ruling-void", (("article", "a.md"), ("name", "area"), ("quote", "旧话"), ("ruling", "area"))),
    ),
    sides=(Side(None, 1, quotes=(at("rulings/area.yaml", "verdict: both-stand"),)),),
)  # fmt: skip
RESOLVED = replace(FINDINGS[0], id="KRULED1", state="resolved", ruling="area", whole="KRULED1XYZ")
REVIEWED = replace(FINDINGS[2], ruling="area")
CHANGE = Change(
    base="main", commit="0123456789abcdef0123456789abcdef01234567", brought={"KAAAAAA": (ACROSS.id,), "KFFFFFF": ()},
    resolved=3, left=7, uncommitted=2,
    loosened=(Loosened("KOLD001", "closed", "area"), Loosened("KOLD002", "lowered"), Loosened("KOLD003", "gone")),
)  # fmt: skip

MULTILINE = claim("a.md", "余额可用于门诊。\n", "gongji.area", NATION)


def reports(lang: Lang = "zh") -> dict[str, Report]:
    """By what each is a report of."""
    evil = Problem(path=EVIL_PATH, code="unreadable", args=(("why", "100%\r\n::warning::@y ]]> \x00"),), line=1)
    titles = {f"h/{i}.md": text for i, text in enumerate(HOSTILE)}
    ruled = {"area": RULING}
    return {
        "everything": report(
            lang, findings=(*FINDINGS[:2], REVIEWED, *FINDINGS[3:], *AGAINST, DEFECT, RESOLVED, VOID), rulings=ruled,
            version="1.2.3", blocks=frozenset({"KAAAAAA", "KBBBBBB", "KVOID01"}),
        ),
        "nothing": report(lang, findings=(), problems=(), hidden=0, blocks=frozenset(), exit_code=0, coverage=()),
        "hostile": report(
            lang, findings=_hostile(), problems=(evil,), titles=titles,
            blocks=frozenset(f"KHA{i:04}" for i in range(len(HOSTILE))),
        ),
        "change": report(
            lang, findings=(FINDINGS[0], DEFECT), others=(FINDINGS[1], RESOLVED), problems=(), change=CHANGE, hidden=7,
            exit_code=1, blocks=frozenset({"KAAAAAA"}), rulings=ruled,
        ),
        "problems": report(lang, findings=(), problems=PROBLEMS, blocks=frozenset()),
        "below": report(lang, root_prefix="content/口径/", problems=PROBLEMS, findings=(FINDINGS[0],)),
        "lines": report(
            lang, problems=(), findings=(replace(FINDINGS[0], sides=(side(NATION, MULTILINE), FINDINGS[0].sides[0])),)
        ),
    }  # fmt: skip


def sources(path: str) -> str | None:
    return SOURCES_OF_ALL.get(path)


NO_SOURCES: Sources = lambda path: None  # noqa: E731

Render = Callable[[Report, Sources], str]


@cache
def _schema(name: str) -> Any:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return validators.validator_for(schema)(schema)


def errors(name: str, data: Any) -> list[str]:
    """What a published schema says of it."""
    return [f"{list(e.absolute_path)}: {e.message[:200]}" for e in _schema(name).iter_errors(data)]
