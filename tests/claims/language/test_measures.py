"""Units behind numbers: what each counts, and what comes on top of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.language.measures import Unit, factor_of, unit_at

ONE, TEN, HALF = Decimal(1), Decimal(10), Decimal("0.5")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元", Unit("yuan", 1)), ("‰", Unit("percent", 1, Decimal("0.1"))), ("%", Unit("percent", 1)),
        ("成", Unit("percent", 1, TEN)), ("成半", Unit("percent", 2, TEN, Decimal(5))),
        ("成半左右", Unit("percent", 2, TEN, Decimal(5))), ("成五", Unit("percent", 2, TEN, Decimal(5))),
        ("成8,", Unit("percent", 2, TEN, Decimal(8))), ("成五元", Unit("percent", 1, TEN)),
        ("个多月", Unit("month", 3, over=True)), ("个余月", Unit("month", 3, over=True)),
        ("个半月", Unit("month", 3, ONE, HALF)), ("个月", Unit("month", 2)),
        ("个半小时", Unit("hour", 4, ONE, HALF)), ("年半", Unit("year", 2, ONE, HALF)),
        ("年半左右", Unit("year", 2, ONE, HALF)), ("年半数", Unit("year", 1)), ("天半", Unit("day", 2, ONE, HALF)),
        ("周半", Unit("week", 2, ONE, HALF)), ("岁半", Unit("age", 2, ONE, HALF)),
        ("周岁半", Unit("age", 3, ONE, HALF)), ("个月半", Unit("month", 2)), ("小时半", Unit("hour", 2)),
        ("元半", Unit("yuan", 1)), ("个工作日", Unit("day", 4)),
        ("人", Unit("person", 1)), ("平方公里", Unit("square_kilometer", 4)), ("倍", Unit("multiple", 1)),
    ],
)  # fmt: skip
def test_units(text: str, unit: Unit) -> None:
    assert unit_at(text, 0) == unit
    moved = unit_at("五" + text, 1)
    assert moved == Unit(unit.name, unit.end + 1, unit.factor, unit.more, unit.over)


@pytest.mark.parametrize("text", ["", "成员", "次年", "年龄", "位于", "甲", "X"])
def test_no_units(text: str) -> None:
    assert unit_at(text, 0) is None


def test_two_sizes_of_one_measure() -> None:
    assert factor_of("meter", "kilometer") == Decimal("0.001")
    assert factor_of("kilometer", "meter") == 1000
    assert factor_of("hectare", "square_kilometer") == Decimal("0.01")
    assert factor_of("meter", "meter") == factor_of("meter", "yuan") == factor_of("meter", None) == 1
