"""Prints how every round under tests/gold/ is read now, as a Markdown table: `python tests/gold/table.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from test_rounds import ROUNDS, scored

from claims.scoring import total

CORE = ("gongji.area", "gongji.pooled_fund", "gongji.enrolment")


def main() -> None:
    print("| set | precision | recall | F1 | gongji F1 | yibao F1 | core F1 |\n|---|---|---|---|---|---|---|")
    for folder in sorted(ROUNDS, key=lambda p: int(p.name.removeprefix("round-"))):
        scores = scored(folder)
        whole, core = total(scores), total(s for s in scores if s[0] in CORE)
        aid, figures = (total(s for s in scores if s[0].startswith(p)) for p in ("gongji.", "yibao."))
        row = (whole.precision, whole.recall, whole.f1, aid.f1, figures.f1, core.f1)
        print(f"| {folder.name} | " + " | ".join(f"{x:.3f}" for x in row) + " |")


if __name__ == "__main__":
    main()
