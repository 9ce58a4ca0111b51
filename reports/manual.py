"""The manual of each kind of finding: what it is, why it matters, an example, how to resolve it.

Of a kind of conflict, and of what is wrong with rulings, it is a file in manuals/; of a defect inside one article, its
linter's docstring.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from importlib.resources import files

from audit.linters import LINTERS
from audit.model import KINDS, RULING_CODES
from reports.wording.terms import KIND, Lang, pick

_LINTERS: Mapping[str, str] = {linter.CODE: inspect.getdoc(linter) or "" for linter in LINTERS}

CODES: tuple[str, ...] = (*KINDS, *_LINTERS, *RULING_CODES)


def manual(code: str, lang: Lang) -> str:
    """The page of a code, as Markdown."""
    if code in _LINTERS:
        zh, _, en = _LINTERS[code].partition(f"\n# {code}\n")
        return f"{zh.strip()}\n" if lang == "zh" else f"# {code}\n\n{en.strip()}\n"
    return files("reports").joinpath("manuals", f"{code}.{lang}.md").read_text(encoding="utf-8")


def contents(lang: Lang) -> str:
    """The codes that have a page, one a line."""
    width = max(map(len, CODES)) + 2
    return "".join(f"{code:<{width}}{pick(KIND[code], lang)}\n" for code in CODES)
