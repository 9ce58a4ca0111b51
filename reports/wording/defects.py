"""What is wrong inside an article, by the reason's code, in words. The linters' cases hold that no blank stays open."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Pair

DEFECT: Mapping[str, Pair] = {
    # count-mismatch
    "count-mismatch": ("写的是 {stated}，列出的却是 {listed} 项", "{stated} announced, {listed} listed"),
    # inequality-mismatch
    "inequality-mismatch": (
        "“{words}”与“{sign}”方向相反",
        "“{words}” and “{sign}” point in opposite directions",
    ),
    "inequality-empty": ("“{words}”没有任何数符合", "no number is within “{words}”"),
}
