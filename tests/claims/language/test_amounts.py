"""How many, without a unit: what `amount_at` reads at a place, exactly or openly, and what ranges lend each other."""

from __future__ import annotations

import pytest

from claims.language.amounts import Amount, amount_at, shared


def told(amount: Amount | None, text: str) -> str:
    """An amount: its words, its bounds, and all that differs from an exact number of ones."""
    if amount is None:
        return ""
    low, high, step = (f"{value.normalize():f}" for value in (amount.low, amount.high, amount.step))
    words = [text[amount.start : amount.end], low if low == high else f"{low}..{high}"]
    words += [f"scale {amount.scale}"] * (amount.scale != 1) + [f"step {step}"] * (step != "1")
    words += [name for name in ("spoken", "written", "approx", "half") if getattr(amount, name)]
    if amount.percent is not None:
        words.append(f"percent {amount.percent.normalize():f}")
    return " ".join(words)


# What stands before | is before the place.
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("|半年", "半 0.5 spoken half"),
        ("上|半年", ""),
        ("|半", "半 0.5 spoken half"),
        ("百|半年", "半 0.5 spoken half"),
        ("|百分之六十", "百分之六十 60 step 10 spoken percent 1"),
        ("|千分之五", "千分之五 5 spoken written percent 0.1"),
        ("|万分之三", "万分之三 3 spoken written percent 0.01"),
        ("三|千分之一", ""),
        ("三|百分之一", "百分之一 1 spoken written percent 1"),
        ("|百分之百分之六", ""),
        ("|百分之", ""),
        ("人|千分之五", "千分之五 5 spoken written percent 0.1"),
        ("|几百", "几百 200..999 step 100 spoken approx"),
        ("|数十", "数十 20..99 step 10 spoken approx"),
        ("|数十万", "数十万 200000..999999 step 100000 spoken approx"),
        ("|几十万", "几十万 200000..999999 step 100000 spoken approx"),
        ("|上百", "上百 100 step 100 spoken approx"),
        ("|上千万", "上千万 10000000 step 10000000 spoken approx"),
        ("以|上百", ""),
        ("再|上百", "上百 100 step 100 spoken approx"),
        ("|上十", "上十 10 step 10 spoken approx"),
        ("|上海", ""),
        ("|几个", ""),
        ("|几百分之一", ""),
        ("|百余", "百余 101..199 step 100 spoken"),
        ("|百多", "百多 101..199 step 100 spoken"),
        ("|千余", "千余 1001..1999 step 1000 spoken"),
        ("|万余", "万余 10001..19999 step 10000 spoken"),
        ("|百", ""),
        ("|20多", "20多 21..29 step 10"),
        ("|二十多", "二十多 21..29 step 10 spoken"),
        ("|十余万", "十余万 100001..199999 scale 10000 step 100000 spoken"),
        ("|3万多", "3万多 30001..39999 scale 10000 step 10000"),
        ("|3万余", "3万余 30001..39999 scale 10000 step 10000"),
        ("|三百多", "三百多 301..399 scale 100 step 100 spoken"),
        ("|25多", "25 25 written"),
        ("|9多", "9 9 written"),
        ("|3.5万多", "3.5万多 35001..35999 scale 10000 step 1000"),
        ("|10.5多", "10.5 10.5 written"),
        ("|二十来", "二十来 20 step 10 spoken approx"),
        ("|两百来", "两百来 200 step 100 spoken approx"),
        ("|3万来", "3万来 30000 step 10000 approx"),
        ("|十来", "十来 10 step 10 spoken approx"),
        ("|20几", "20几 21..29 step 10"),
        ("|二十几", "二十几 21..29 step 10 spoken"),
        ("|三百几", "三百几 301..399 scale 100 step 100 spoken"),
        ("|310几", "310几 311..319 step 10"),
        ("|两三", "两三 2..3 spoken"),
        ("|十七八", "十七八 17..18 spoken"),
        ("|二十七八万", "二十七八万 270000..280000 spoken"),
        ("|三五百", "三五百 300..500 spoken"),
        ("|三四千", "三四千 3000..4000 spoken"),
        ("|一百三四", ""),
        ("|一两", "一两 1..2 spoken"),
        ("|三四五", "三四五 345 spoken written"),
        ("|三六", ""),
        ("|九八", ""),
        ("|八九", "八九 8..9 spoken"),
        ("|20", "20 20 step 10 written"),
        ("|300", "300 300 step 100 written"),
        ("|305", "305 305 written"),
        ("|三百", "三百 300 scale 100 step 100 spoken"),
        ("|二〇二四", "二〇二四 2024 spoken written"),
        ("|2024", "2024 2024 written"),
        ("|3.8万", "3.8万 38000 scale 10000 step 1000"),
        ("|3千", "3千 3000 scale 1000 step 1000"),
        ("|三点五", "三点五 3.5 spoken"),
        ("|三点五万", "三点五万 35000 scale 10000 step 1000 spoken"),
        ("|0", "0 0 written"),
        ("|两百零五万", "两百零五万 2050000 scale 10000 step 10000 spoken"),
        ("|十来万", "十来万 100000 scale 10000 step 100000 spoken approx"),
        ("|X百", ""),
        ("X|上百", "上百 100 step 100 spoken approx"),
        ("|三四五六", "三四五六 3456 spoken written"),
        ("|", ""),
        ("|甲", ""),
        ("|1,500", "1,500 1500 step 100 written"),
        ("|三百八", "三百八 380 step 10 spoken"),
    ],
)
def test_amounts(text: str, says: str) -> None:
    before, _, after = text.partition("|")
    assert told(amount_at(before + after, len(before)), before + after) == says


@pytest.mark.parametrize(
    ("one", "last", "says"),
    [
        ("2", "3万", "2 20000 scale 10000 step 10000 written"),
        ("2千", "3万", "2千 2000 scale 1000 step 1000"),
        ("500", "1万", "500 500 step 100 written"),
        ("2百", "3百万", "2百 2000000 scale 1000000 step 1000000"),
        ("1百", "200万", "1百 1000000 scale 1000000 step 1000000"),
        ("1百", "500千", "1百 100 scale 100 step 100"),
        ("1", "2亿", "1 100000000 scale 100000000 step 100000000 written"),
        ("1百", "2亿", "1百 100 scale 100 step 100"),
        ("1百", "2百亿", "1百 10000000000 scale 10000000000 step 10000000000"),
        ("1万", "2000亿", "1万 10000 scale 10000 step 10000"),
        ("3", "5", "3 3 written"),
        ("2万", "3万", "2万 20000 scale 10000 step 10000"),
        ("两", "三百", "两 200 scale 100 step 100 spoken written"),
        ("30", "3百", "30 30 step 10 written"),
    ],
)  # fmt: skip
def test_what_the_end_of_a_range_lends_to_its_beginning(one: str, last: str, says: str) -> None:
    first, second = amount_at(one, 0), amount_at(last, 0)
    assert first is not None
    assert second is not None
    assert told(shared(first, second), one) == says
