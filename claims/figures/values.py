"""What a number comes to under a rule: its interval in the topic's unit."""

from __future__ import annotations

from decimal import Decimal

from claims.figures.marks import Anchor
from claims.figures.rules import Rule
from claims.model import Measure


def converted(anchor: Anchor, rule: Rule) -> tuple[Decimal | str | None, Decimal | str | None] | None:
    """The number in the topic's unit (半年 = 6 months); None where it does not come out whole."""
    if anchor.unit not in rule.convert:
        return anchor.low, anchor.high
    times, by = rule.convert[anchor.unit]
    if not isinstance(anchor.low, Decimal) or not isinstance(anchor.high, Decimal):
        return None
    low, high = anchor.low * times / by, anchor.high * times / by
    comes_out = low == low.to_integral_value() and high == high.to_integral_value()
    return (low.quantize(Decimal(1)), high.quantize(Decimal(1))) if comes_out else None


def sized(anchor: Anchor, rule: Rule) -> bool:
    """Whether the number is as large as those of the rule are, and comes out in its unit."""
    bounds = converted(anchor, rule)
    if bounds is None:
        return False
    least, most = rule.least, rule.most
    return all(
        (least is None or x >= least) and (most is None or x <= most) for x in bounds if isinstance(x, Decimal)
    )  # fmt: skip


_YEARS_ON = {"this-year": 0, "next-year": 1, "last-year": -1}


def _dated(anchor: Anchor, year: int | None) -> str:
    """The last day of a date; 今年2月28日 with the year that the article is of."""
    day = str(anchor.high)
    if day.startswith("--") and anchor.when in _YEARS_ON and year is not None:
        return f"{year + _YEARS_ON[anchor.when]:04d}{day[1:]}"
    return day


def measure(anchor: Anchor, rule: Rule, unit: str | None, year: int | None = None) -> Measure:
    """The value of a number under a rule's reading of bounds. `year`: the year that the article is of, if known."""
    if (anchor.concept and not anchor.unit) or anchor.unit == "nil":
        return Measure(rule.low, rule.high, unit)
    if anchor.unit == "date":
        return Measure(_dated(anchor, year), _dated(anchor, year), unit)
    low, high = converted(anchor, rule) or (None, None)
    if rule.bounds == "min" and anchor.symbol and anchor.bound == "max":
        return Measure(None, high, unit)
    kept = rule.bounds in ("keep", anchor.bound) or (rule.bounds == "explicit" and anchor.explicit)
    if low == high and not anchor.strict and kept:
        if anchor.bound == "min":
            high = None
        elif anchor.bound == "max":
            low = None
    return Measure(low, high, unit)
