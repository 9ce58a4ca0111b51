"""A number in a table's cell is counted in the unit that its header gives."""

from __future__ import annotations

import pytest

from claims.context import read_part
from claims.domain import load_domain
from claims.readers import read


@pytest.mark.parametrize(
    ("header", "cell", "counted"),
    [
        ("面积（万平方公里）", "2.96", [(29600, 29600, "square_kilometer")]),
        ("起付线（元）", "1,200", [(1200, 1200, "yuan")]),
        ("缴费(单位：元)", "380-400", [(380, 400, "yuan")]),
        ("海拔（米）", "4500以上", [(4500, 4500, "meter")]),
        ("海拔（米）", "约4500", [(4500, 4500, "meter")]),
        ("面积（万平方公里）", "—", []),
        ("电话（工作日）", "0718-8221234", []),
        ("人均（元）", "200元", [(200, 200, "yuan")]),
        ("县（市）", "3", [(3, 3, "number")]),
    ],
)
def test_units_of_headers(header: str, cell: str, counted: list[tuple[int, int, str]]) -> None:
    page = f"# 表\n\n| 名称 | {header} |\n|---|---|\n| 昌都市 | {cell} |\n"
    article = read("a.md", page.encode())
    blocks = read_part(article, article.parts[0], load_domain("geography")).blocks
    assert [(int(q.low), int(q.high), q.unit) for q in blocks[-1].quantities] == counted
