"""What `koujing init` shows: each file with what was written into it, and what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from reports.width import safe
from reports.wording.setup import FILE, KEPT, NEXT, NOTHING, PLANNED
from reports.wording.terms import Lang, pick

State: TypeAlias = Literal["new", "changed", "same", "kept"]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is and as it shall be, both texts. `kept`: it is left as it is, and `why` (a key of KEPT) says why;
    `add` is what its owner may put in by hand."""

    path: str
    state: State
    before: str = ""
    after: str = ""
    why: str = ""
    add: str = ""


def render(steps: Sequence[Step], todo: Sequence[tuple[str, dict[str, str]]], lang: Lang, *, dry: bool) -> str:
    """The files, one after the other, then the next steps (keys of NEXT with what stands in them)."""
    changes = any(step.state in ("new", "changed") for step in steps)
    head = [pick(PLANNED, lang), ""] if dry and changes else [] if changes else [pick(NOTHING, lang), ""]
    lines = [*head, *(line for step in steps for line in _file(step, lang))]
    lines += ["", pick(NEXT["head"], lang)]
    lines += [f"  {line}" for key, words in todo for line in _next(key, words, lang)]
    return "".join(f"{line}\n" for line in lines)


def _next(key: str, words: dict[str, str], lang: Lang) -> list[str]:
    text = pick(NEXT[key], lang)
    return text.format_map({name: safe(word) for name, word in words.items()}).splitlines()


def _file(step: Step, lang: Lang) -> list[str]:
    head = f"{pick(FILE[step.state], lang)} {safe(step.path)}"
    if step.state == "new":
        return [head, *_quoted(step.after.splitlines())]
    if step.state == "changed":
        before, after = step.before.splitlines(), step.after.splitlines()
        diff = list(difflib.unified_diff(before, after, lineterm=""))[2:]
        return [head, *_quoted(diff)]
    if step.state == "kept":
        return [head + pick(KEPT[step.why], lang), *_quoted(step.add.splitlines())]
    return [head]


def _quoted(lines: Sequence[str]) -> list[str]:
    return [f"  | {_visible(line)}".rstrip() for line in lines]


def _visible(line: str) -> str:
    """The line with its indentation, and nothing in it that could steer a terminal."""
    return safe(line.rstrip("\r\n"))
