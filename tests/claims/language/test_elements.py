"""One number or range with its unit, and lists that share one: where they stand, and what each of them is."""

from __future__ import annotations

import pytest

from claims.language.elements import Element, element_at, listed


def told(text: str, element: Element | None) -> str:
    """An element: its words, its bounds in its own unit, the unit and where the unit ends."""
    if element is None:
        return ""
    low, high = (f"{value.normalize():f}" for value in (element.first.low, element.last.high))
    words = [text[element.start : element.end], low if low == high else f"{low}..{high}"]
    if element.unit is not None:
        factor = f"{element.unit.factor.normalize():f}"
        words += [element.unit.name] + [f"x{factor}"] * (factor != "1")
        assert element.unit.end == element.end
    return " ".join(words + ["incl"] * element.inclusive)


# What stands before | is before the place.
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("缴|400元左右", "400元 400 yuan"),
        ("缴|400左右", "400 400"),
        ("报|七成", "七成 7 percent x10"),
        ("报|千分之五,", "千分之五 5 percent x0.1"),
        ("|50%-90%的", "50%-90% 50..90 percent"),
        ("|90%-50%的", "90%-50% 50..90 percent"),
        ("|百分之五十到七十的", "百分之五十到七十 50..70 percent"),
        ("|50%到八成的", "50%到八成 5..8 percent x10"),
        ("|2-3万元的", "2-3万元 20000..30000 yuan"),
        ("|2-3万的", "2-3万 20000..30000"),
        ("|3-5", "3-5 3..5"),
        ("|5-5", "5 5"),
        ("|100多到200", "100多 101..199"),
        ("|3个月(含)-6个月的", "3个月(含)-6个月 3..6 month incl"),
        ("|3个月(不含)-6个月的", "3个月(不含)-6个月 3..6 month"),
        ("满|6月的", "6月 6 month"),
        ("辖|12县,", "12县 12 county"),
        ("|12县3区", "12县 12 county"),
        ("12县|3区(市)", "3区 3 district"),
        ("|12个和", "12个 12 piece"),
        ("|元", ""),
    ],
)
def test_elements(text: str, says: str) -> None:
    before, _, after = text.partition("|")
    assert told(before + after, element_at(before + after, len(before))) == says


@pytest.mark.parametrize("count", [2, 3, 12, 13])
def test_a_list_shares_the_unit_of_its_last(count: int) -> None:
    numbers = [str(100 * n) for n in range(1, count + 1)]
    text = "、".join(numbers) + "元"
    first = element_at(text, 0)
    assert first is not None
    told_of = [told(text, element) for element in listed(text, first)]
    last = f"{numbers[-1]}元 {numbers[-1]} yuan"
    # Nobody lists more than a dozen; what is longer is a row of something else.
    assert told_of == ([*(f"{n} {n}" for n in numbers[:-1]), last] if count <= 12 else ["100 100"])
