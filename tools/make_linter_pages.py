"""Make docs/linters/CODE.md of every linter's manual (its docstring) and its cases.

    python -m tools.make_linter_pages

A test holds that the pages are up to date.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from audit.linters import LINTERS
from reports.manual import manual
from reports.wording.terms import KIND

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "linters"
CASES = ROOT / "tests" / "audit" / "linters"


def pages() -> dict[str, str]:
    """File name -> text, of all pages and their list of contents."""
    made = {f"{linter.CODE}.md": page(linter.CODE) for linter in LINTERS}
    codes = [linter.CODE for linter in LINTERS]
    rows = "".join(f"| [{code}]({code}.md) | {KIND[code][0]} | {KIND[code][1]} |\n" for code in codes)
    made["README.md"] = (
        "# 一篇文章里的毛病 / Defects inside one article\n\n"
        "由 tools/make_linter_pages.py 从代码和用例生成，不要手改。"
        "Made by tools/make_linter_pages.py from the code and the cases; do not edit.\n\n"
        f"| | | |\n|---|---|---|\n{rows}"
    )
    return made


def page(code: str) -> str:
    cases = yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8"))
    parts = [
        manual(code, "zh").rstrip(),
        "## 用例：会报",
        *map(_case, cases["fires"]),
        "## 用例：不报",
        *map(_case, cases["silent"]),
        "---",
        manual(code, "en").rstrip(),
        f"The cases above (会报: reported; 不报: not) are run as tests: tests/audit/linters/{code}.yaml.",
    ]
    return "\n\n".join(parts) + "\n"


def _case(case: dict[str, Any]) -> str:
    """The text as it stands in the file, and below it what is quoted, or why nothing is."""
    lines = [f"```{case.get('page', 'md')}", case["text"].rstrip(), "```"]
    if "stated" in case:
        lines += ["", f"甲：{_quoted(case['stated'])}；乙：{_quoted(case['refuted'])}"]
    elif "because" in case:
        lines += ["", f"{case['because']}"]
    return "\n".join(lines)


def _quoted(words: Any) -> str:
    return "、".join(f"“{w}”" for w in (words if isinstance(words, list) else [words]))


def main() -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in PAGES.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
