"""Names of things: what is read as one, what is not, and what a claim is about."""

from __future__ import annotations

import pytest

from claims.domain import load_domain
from claims.examples import sample
from claims.extraction import extract
from claims.language.fold import fold
from claims.language.places import find
from claims.things import find_things


def named(text: str, kind: str) -> list[str]:
    domain = load_domain("geography")
    folded = fold(text)
    hits = domain.lexicon.find(folded.chars)
    places = tuple(p for p in find(folded.chars) if not p.in_name)
    things = find_things(folded.chars, hits, places, folded.gaps, domain.things.values(), domain.members_of)
    return [t.name for t in things if t.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("位于新疆的塔里木河流经阿克苏", "river", ["塔里木河"]),
        ("新疆塔里木河", "river", ["塔里木河"]),
        ("额尔古纳河和克鲁伦河", "river", ["额尔古纳河", "克鲁伦河"]),
        ("伊犁河发源于天山", "river", ["伊犁河"]),
        ("长江又叫扬子江", "river", ["长江", "长江"]),
        ("一条大河,最长的内陆河,护城河", "river", []),
        ("住在珠江路,过黄河大桥,到镇江市", "river", []),
        ("浙江省和黑龙江省", "river", []),
        ("黑龙江全长4440公里", "river", ["黑龙江"]),
        ("黑龙江全长4440公里", "place", ["黑龙江省"]),
        ("最长河段在四川", "river", []),
        ("青海湖在青海省", "lake", ["青海湖"]),
        ("青海湖在青海省", "place", ["青海省"]),
        ("举措、措施", "lake", []),
        ("乔戈里峰是第二高峰", "mountain", ["乔戈里峰"]),
        ("药品集采第三批,山东登高峰会", "mountain", []),
        ("昌都地区,现为昌都市", "place", ["昌都市", "昌都市"]),
    ],
)
def test_names(text: str, kind: str, names: list[str]) -> None:
    assert named(text, kind) == names


def about(text: str, title: str = "地理常识") -> list[str]:
    return sorted({m for c in extract(sample(text, title), load_domain("geography")) for m in c.scope.get("subject")})


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("长江全长6397公里,黄河全长5464公里。", ["长江", "黄河"]),
        ("塔里木河由阿克苏河、叶尔羌河与和田河汇合而成,全长2179公里。", ["塔里木河"]),
        ("塔里木河最后流进台特马湖。流域面积102万平方公里。", ["塔里木河"]),
        ("全长2179公里的塔里木河是新疆的母亲河。", ["塔里木河"]),
        ("从叶尔羌河源头算起,塔里木河全长2179公里。", ["塔里木河"]),
        ("长江和黄河的长度是多少公里,分别是6397公里和5464公里。", []),
        ("全长2179公里。", []),
    ],
)
def test_what_a_claim_is_about(text: str, things: list[str]) -> None:
    assert about(text) == things


def test_the_title_lends_its_one_thing() -> None:
    assert about("全长2179公里。", "塔里木河") == ["塔里木河"]
    assert about("全长2179公里。", "塔里木河与黑河") == []


def test_a_figure_is_about_a_thing_too() -> None:
    text = "论流域面积,长江180万平方公里,黄河79.5万平方公里,差得很远。"
    claims = extract(sample(text, "两条大河"), load_domain("geography"))
    assert [(c.topic, c.pattern, c.quantifier, c.scope.as_dict()) for c in claims] == [
        ("geography.drainage_area", "figures.basin", "all", {"subject": ["长江"]}),
        ("geography.drainage_area", "figures.basin", "all", {"subject": ["黄河"]}),
    ]
