"""Prints how every round under tests/gold/ is read now, as a Markdown table: `python tests/gold/table.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from test_rounds import ROUNDS, scored

from claims.scoring import total

CORE = ("gongji.area", "gongji.pooled_fund", "gongji.enrolment")


def main() -> None:
    print("| set | precision | recall | F1 | core F1 |\n|---|---|---|---|---|")
    for folder in sorted(ROUNDS, key=lambda p: int(p.name.removeprefix("round-"))):
        scores = scored(folder)
        whole, core = total(scores), total(s for s in scores if s[0] in CORE)
        print(f"| {folder.name} | {whole.precision:.3f} | {whole.recall:.3f} | {whole.f1:.3f} | {core.f1:.3f} |")


if __name__ == "__main__":
    main()
