"""Defects as findings: identity, severity, and the pairs of claims that they tell already."""

from __future__ import annotations

from audit_cases import AREA, TOPICS, claim, high, low

from audit.conflicts import conflicts
from audit.defects import Told, defect_findings
from audit.gate import settle
from audit.model import Defect, DefectCode, Finding, Quote, Reason
from audit.positions import Needs, Summary
from claims.model import Claim


def quote(start: int = 0, text: str = "引文", article: str = "a.md", line: int = 1) -> Quote:
    return Quote(article, start, start + len(text), line, start + 1, text)


def defect(
    stated: Quote, refuted: Quote, *, code: DefectCode = "heading-mismatch", topic: str | None = None, key: str = "a.md"
) -> Defect:
    return Defect(code=code, key=key, topic=topic, stated=(stated,), refuted=(refuted,), reason=Reason(code))


def one(found: Defect) -> Finding:
    [finding] = defect_findings([found], core={"gongji.area"})
    return finding


def test_a_defect_is_known_by_its_article_code_and_words() -> None:
    a = one(defect(quote(0, "三种"), quote(9, "甲、乙")))
    assert a.id == one(defect(quote(5, "三 种", line=3), quote(40, "甲，乙", line=7))).id
    assert a.id != one(defect(quote(0, "四种"), quote(9, "甲、乙"))).id
    assert a.id != one(defect(quote(0, "甲、乙"), quote(9, "三种"))).id
    assert a.id != one(defect(quote(0, "三种"), quote(9, "甲、乙"), code="count-mismatch")).id
    assert a.id != one(defect(quote(0, "三种"), quote(9, "甲、乙"), key="b.md")).id


def test_the_same_words_twice_are_one_finding() -> None:
    twice = [defect(quote(0, "三种"), quote(9, "甲、乙")), defect(quote(20, "三种"), quote(29, "甲、乙"))]
    assert len(defect_findings(twice)) == 1


def test_severity() -> None:
    def of(code: DefectCode, topic: str | None = None, article: str = "a.md") -> str:
        return one(defect(quote(article=article), quote(5, article=article), code=code, topic=topic)).severity

    assert of("count-mismatch") == "warning"
    assert of("heading-mismatch", "gongji.area") == "warning"
    assert of("answer-mismatch", "gongji.area") == of("example-mismatch", "gongji.area") == "error"
    assert of("answer-mismatch", "gongji.payable") == of("example-mismatch") == "warning"
    assert of("stale-figure") == of("unsourced-figure") == "info"
    assert of("answer-mismatch", "gongji.area", "a.md#teaser-2") == "warning"
    assert of("count-mismatch", article="a.md#teaser-2") == of("stale-figure", article="a.md#teaser-2") == "info"


def test_a_config_sets_the_severity_of_a_code() -> None:
    found = defect_findings([defect(quote(), quote(5))])
    assert [f.severity for f in settle(found, {"heading-mismatch": "error"})] == ["error"]
    assert settle(found, {"heading-mismatch": "off"}) == []
    teaser = defect_findings([defect(quote(article="a.md#teaser-1"), quote(5, article="a.md#teaser-1"))])
    assert [f.severity for f in settle(teaser, {"heading-mismatch": "error"})] == ["warning"]


NATION = claim(AREA, low("nation"), start=0)
PROVINCE = claim(AREA, high("province"), start=10)


def pairs(*claims: Claim, told: Told) -> list[tuple[str, list[list[int]]]]:
    found = conflicts(Summary(claims, Needs(topics=TOPICS), told), TOPICS)
    return [(f.kind, [sorted(c.start for c in s.claims) for s in f.sides]) for f in found]


def test_a_pair_that_a_defect_shows_is_the_defects() -> None:
    assert pairs(NATION, PROVINCE, told=Told()) != []
    for sides in ((quote(0), quote(10)), (quote(11), quote(1))):
        assert pairs(NATION, PROVINCE, told=Told([defect(*sides)])) == []


def test_a_pair_that_a_defect_does_not_show_stays() -> None:
    for sides in ((quote(0), quote(2)), (quote(0), quote(12)), (quote(0, article="b.md"), quote(10, article="b.md"))):
        assert len(pairs(NATION, PROVINCE, told=Told([defect(*sides)]))) == 1


def test_what_says_the_same_elsewhere_in_the_article_is_told_too() -> None:
    again = claim(AREA, high("province"), start=30, id="c1")
    assert pairs(NATION, PROVINCE, again, told=Told([defect(quote(0), quote(10))])) == []


def test_other_articles_keep_their_conflict() -> None:
    other = claim(AREA, high("province"), "b.md", start=50)
    [(kind, sides)] = pairs(NATION, PROVINCE, other, told=Told([defect(quote(0), quote(10))]))
    assert kind == "contradiction"
    assert sorted(sides) == [[0], [50]]
