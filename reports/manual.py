"""The manual of each kind of finding: what it is, why it matters, an example, how to resolve it."""

from __future__ import annotations

from importlib.resources import files

from audit.model import KINDS
from reports.wording.terms import KIND, Lang, pick

CODES: tuple[str, ...] = KINDS


def manual(code: str, lang: Lang) -> str:
    """The page of a code, as Markdown."""
    return files("reports").joinpath("manuals", f"{code}.{lang}.md").read_text(encoding="utf-8")


def contents(lang: Lang) -> str:
    """The codes that have a page, one a line."""
    width = max(map(len, CODES)) + 2
    return "".join(f"{code:<{width}}{pick(KIND[code], lang)}\n" for code in CODES)
