"""A ruling as written is the ruling as read, whatever words there are in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from audit_cases import (
    AREA,
    BENEFIT,
    DEADLINE,
    GIVER,
    LIMIT,
    ORDER,
    RATE,
    TOPICS,
    claim,
    high,
    low,
    point,
    scopes,
    values,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audit.model import Finding, Position, Quote, Side
from audit.rulings.deciding import (
    Answer,
    claims_of,
    fits,
    free_name,
    rests_of,
    ruling_of,
    same_words,
    stem,
    unit_fits,
)
from audit.rulings.model import Rest, Ruling
from audit.rulings.reading import read_ruling
from audit.rulings.writing import ruling_text, same, scalar
from claims.facts import Fact, Source
from claims.model import Choice, Flag, Measure, Value, scope_of, set_of
from claims.topics import Topic
from claims.wording import tongues

PATH = "rulings/K7QF2MA.yaml"
SIGNS = "\t\n\r\x85\u2028\ufeff\u202e\u3000：:#-?[]{},&*!|>'\"%@`\\~１＃“”《》"
WORDS = st.one_of(
    st.text(min_size=1, max_size=30),
    st.text(alphabet=SIGNS + "甲乙a1 ", min_size=1, max_size=12),
    st.sampled_from(
        ["yes", "No", "null", "~", "1e3", "2025-01-01", "0x1f", "=", "<<", "- a", "a: b", "a #b", "%x", "y"]
    ),
)  # fmt: skip
TEXT = WORDS.map(str.strip).filter(bool)
DAYS = st.sampled_from(["2024-02-29", "2025-06-30"])
IDS = st.text(alphabet="0123456789abcdefghjkmnpqrstvwxyz", min_size=10, max_size=10).map("c{}".format)
RESTS = st.lists(st.builds(Rest, TEXT, TEXT, st.one_of(st.none(), IDS)), min_size=1, max_size=4).map(tuple)
SOURCES = st.builds(Source, TEXT, st.one_of(st.just(""), TEXT), st.sampled_from(["", "2024", "2024-12", "2024-12-09"]))


def read(text: str, path: str = PATH) -> Ruling:
    return read_ruling(path, text.encode("utf-8"), TOPICS)


@st.composite
def facts(draw: st.DrawFn, reason: str) -> Fact:
    topic = draw(st.sampled_from([AREA, BENEFIT, GIVER, ORDER, LIMIT, RATE, DEADLINE]))
    value = draw(values(topic))
    if isinstance(value, Measure):
        value = Measure(value.low, value.high, topic.unit)
    note = draw(st.one_of(st.just(()), TEXT.map(tongues), st.just((("en", "x: y"), ("zh", "“甲”：乙")))))
    return Fact(
        id="K7QF2MA", words=tongues(reason), topic=topic.id, value=value,
        quantifier=draw(st.sampled_from(["all", "some"])), scope=scope_of(draw(scopes())),
        except_=scope_of(draw(scopes(most=1))), since=draw(st.sampled_from([None, "2024-01-01"])),
        until=draw(st.sampled_from([None, "2025-01-01"])), source=draw(SOURCES), note=note,
    )  # fmt: skip


@st.composite
def rulings(draw: st.DrawFn) -> Ruling:
    verdict = draw(st.sampled_from(["stands", "both-stand", "misread", "under-review"]))
    reason = draw(TEXT)
    expires = draw(DAYS) if verdict == "under-review" else draw(st.one_of(st.none(), DAYS))
    return Ruling(
        id="K7QF2MA", path=PATH, verdict=verdict, finding="K7QF2MA", reason=reason, by=draw(TEXT), on=draw(DAYS),
        expires=expires, rests=() if verdict == "stands" else draw(RESTS),
        fact=draw(facts(reason)) if verdict == "stands" else None,
    )  # fmt: skip


@given(rulings(), st.lists(WORDS, max_size=2), WORDS)
def test_what_is_written_is_read_back(ruling: Ruling, head: list[str], note: str) -> None:
    notes = dict.fromkeys(("finding", "verdict", "value", "expires", "claims", "claims.0"), note)
    text = ruling_text(ruling, head, notes)
    assert same(read(text), ruling)
    assert text == ruling_text(ruling, head, notes)
    assert text.endswith("\n")
    bare = read(ruling_text(ruling))
    assert same(bare, ruling)


@given(WORDS)
def test_any_text_is_a_scalar_on_one_line(text: str) -> None:
    written = scalar(text)
    assert len(written.splitlines()) == 1
    for form in (f"a: {written}", f"a: {{b: {written}, c: [{written}]}}", f"- a: {written}  # c"):
        found = yaml.load(form, Loader=yaml.BaseLoader)
        assert text in (found[0]["a"] if isinstance(found, list) else found["a"], *_inner(found))


def _inner(found: object) -> list[str]:
    if isinstance(found, dict) and isinstance(found["a"], dict):
        return [found["a"]["b"]] if found["a"]["c"] == [found["a"]["b"]] else []
    return []


@pytest.mark.parametrize(
    "text", ["核对过《通知》原文，第3条", "全文：可以", "articles/guides/a-b.md", "c4e15165zmp", "a b"]
)
def test_plain_words_stay_plain(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text", ["是: 否", "# 注", "yes", "3 条", " 空格", "空格 ", "a,b", "-", "", "第一行\n第二行", "a  b"]
)
def test_what_yaml_would_misread_is_quoted(text: str) -> None:
    assert scalar(text).startswith('"')
    assert yaml.safe_load(scalar(text)) == text


def test_a_file_as_an_editor_sees_it() -> None:
    ruling = Ruling(
        id="K7QF2MA", path=PATH, verdict="under-review", finding="K7QF2MA", reason="已去函询问", by="李编辑",
        on="2025-06-01", expires="2025-07-01", rests=(Rest("articles/a.md", "可以\n跨省", "c4e15165zmp"),),
    )  # fmt: skip
    text = ruling_text(ruling, ["一行\n说明"], {"expires": "到这天", "claims": "依据", "claims.0": "甲"})
    assert text == (
        "# 一行 说明\nfinding: K7QF2MA\nverdict: under-review\nreason: 已去函询问\nby: 李编辑\non: 2025-06-01\n"
        "expires: 2025-07-01  # 到这天\n# 依据\nclaims:\n  # 甲\n  - id: c4e15165zmp\n    article: articles/a.md\n"
        '    quote: "可以\\n跨省"\n'
    )


# Deciding.

SAYS = [
    claim(AREA, low("nation"), "a.md", id="c1", quote="可跨省"),
    claim(AREA, low("nation"), "b.md", id="c2", quote="能"),
]
DENIES = claim(AREA, high("province"), "c.md", id="c3", quote="不出 省")
PAIR = Finding(
    id="K7QF2MA", code="contradiction", topic=AREA.id, kind="contradiction", severity="error",
    sides=(
        Side(Position(AREA.id, low("nation")), 3, (*SAYS, SAYS[0])),
        Side(Position(AREA.id, high("province")), 1, (DENIES,)),
    ),
)  # fmt: skip
WRONG = Quote("a.md", 0, 2, 1, 1, "3项")
DEFECT = Finding(
    id="K7QF2MB", code="count-mismatch", topic=None, kind="count-mismatch", severity="warning",
    sides=(Side(None, 1, quotes=(WRONG,)), Side(None, 2, quotes=(WRONG, Quote("a.md", 4, 6, 1, 5, "一")))),
)  # fmt: skip


def answer(verdict: str, **more: object) -> Answer:
    return Answer(verdict=verdict, reason=" 理由 ", by="李编辑", on="2025-06-01", **more)  # type: ignore[arg-type]


def test_each_claim_is_listed_once_and_a_defects_words_have_no_id() -> None:
    assert [r.id for r in rests_of(PAIR)] == ["c1", "c2", "c3"]
    assert [r.id for r in rests_of(PAIR, ["c3"])] == ["c3"]
    assert list(rests_of(DEFECT)) == [Rest("a.md", "3项"), Rest("a.md", "一")]
    assert [(n, c.id) for n, c in claims_of(PAIR)] == [(0, "c1"), (0, "c2"), (1, "c3")]


def test_what_stands_is_the_position_of_the_side() -> None:
    given = answer("stands", side=1, source=Source("某通知"), since="2025-01-01")
    ruling = ruling_of(PAIR, given, PATH, TOPICS)
    assert (ruling.reason, ruling.rests) == ("理由", ())
    assert ruling.fact is not None
    assert (ruling.fact.value, ruling.fact.since) == (high("province"), "2025-01-01")
    assert ruling.fact.words == (("", "理由"),)
    assert same(read(ruling_text(ruling)), ruling)


def test_what_stands_is_all_that_the_position_and_the_editor_say() -> None:
    position = Position(
        RATE.id, Measure(Decimal(50), Decimal(70), None), "some",
        scope_of({"region": ["湖北省"]}), scope_of({"setting": ["inpatient"]}),
    )  # fmt: skip
    finding = Finding(
        id="K7QF2MA", code="against-fact", topic=RATE.id, kind="against-fact", severity="error",
        sides=(Side(position, 1), Side(position, 1)),
    )  # fmt: skip
    source = Source("某通知", "某局", "2024-12")
    given = answer("stands", side=0, source=source, since="2025-01-01", until="2025-12-31", note="见第三条")
    assert ruling_of(finding, given, "rulings/b/K7QF2MA-2.yaml", TOPICS) == Ruling(
        id="K7QF2MA-2", path="rulings/b/K7QF2MA-2.yaml", verdict="stands", finding="K7QF2MA", reason="理由",
        by="李编辑", on="2025-06-01",
        fact=Fact(
            id="K7QF2MA-2", words=tongues("理由"), topic=RATE.id,
            value=Measure(Decimal(50), Decimal(70), "percent"), quantifier="some", scope=position.scope,
            except_=position.except_, since="2025-01-01", until="2025-12-31", source=source, note=tongues("见第三条"),
        ),
    )  # fmt: skip


def test_any_other_verdict_rests_on_the_words_of_the_claims() -> None:
    given = answer("under-review", expires="2025-09-01", claims=("c1", "c3"))
    assert ruling_of(PAIR, given, PATH, TOPICS) == Ruling(
        id="K7QF2MA", path=PATH, verdict="under-review", finding="K7QF2MA", reason="理由", by="李编辑",
        on="2025-06-01", expires="2025-09-01", rests=(Rest("a.md", "可跨省", "c1"), Rest("c.md", "不出 省", "c3")),
    )  # fmt: skip


def test_a_ruling_is_named_as_its_file_is() -> None:
    assert stem("rulings/b.d/K7QF2MA.yaml") == "K7QF2MA"
    assert stem("rulings/a.b.yml") == "a.b"
    assert stem("K7QF2MA") == "K7QF2MA"


def test_nothing_of_a_defect_stands() -> None:
    assert fits("stands", PAIR)
    assert not fits("stands", DEFECT)
    assert fits("misread", DEFECT)


def test_a_value_in_another_unit_cannot_be_written_down() -> None:
    topic = Topic("t.t", "measure", unit="yuan")
    ours, theirs = Measure(Decimal(1), None, "yuan"), Measure(Decimal(1), None, "percent")
    assert unit_fits(Position("t.t", ours), topic)
    assert not unit_fits(Position("t.t", theirs), topic)


def test_the_same_words_in_other_findings() -> None:
    assert same_words(PAIR, [claim(AREA, None, quote="可 跨省。")], "misread") == ("c1",)
    assert same_words(PAIR, [claim(AREA, None, quote="可跨省")], "both-stand") == ()
    both = [claim(AREA, None, quote="可跨省"), claim(AREA, None, quote="不出省")]
    assert same_words(PAIR, both, "both-stand") == ("c1", "c3")
    assert same_words(DEFECT, both, "misread") == ()


def test_a_name_that_no_file_has_on_any_system() -> None:
    assert free_name("K7QF2MA", []) == "K7QF2MA.yaml"
    assert free_name("K7QF2MA", ["K7QF2MA"]) == "K7QF2MA-2.yaml"
    assert free_name("K7QF2MA", ["k7qf2ma", "K7QF2MA-2"]) == "K7QF2MA-3.yaml"


# What stands, as a file.

HEAD = "verdict: stands\nreason: 核对过原文\nby: 李编辑\non: 2025-06-01\n"


def standing(topic: Topic, value: Value, **more: object) -> Ruling:
    fact = Fact(
        id="K7QF2MA", words=tongues("核对过原文"), topic=topic.id, value=value,
        source=more.pop("source", Source("某通知")), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return Ruling(
        id="K7QF2MA", path=PATH, verdict="stands", reason="核对过原文", by="李编辑", on="2025-06-01", fact=fact
    )


@pytest.mark.parametrize(
    ("topic", "value", "written"),
    [
        (BENEFIT, Flag(True), "{holds: true}"),
        (BENEFIT, Flag(False), "{holds: false}"),
        (ORDER, Choice("giver_first"), "{is: giver_first}"),
        (GIVER, set_of("only", ["resident", "employee"]), "{mode: only, members: [employee, resident]}"),
        (AREA, low("nation"), "{low: nation}"),
        (AREA, Measure("city", "province"), "{low: city, high: province}"),
        (LIMIT, Measure(None, Decimal("6.50"), "person"), "{high: 6.50}"),
        (LIMIT, Measure(Decimal("1E+3"), None, "person"), "{low: 1000}"),
        (DEADLINE, Measure("--02-28", "2025-06-30", "date"), '{low: "--02-28", high: 2025-06-30}'),
    ],
)
def test_a_value_is_written_in_the_form_of_its_kind(topic: Topic, value: Value, written: str) -> None:
    ruling = standing(topic, value)
    text = ruling_text(ruling)
    assert text == f"{HEAD}topic: {topic.id}\nvalue: {written}\nsource:\n  document: 某通知\n"
    assert same(read(text), ruling)


def test_what_stands_is_written_whole() -> None:
    ruling = standing(
        RATE, point(60, "percent"), quantifier="some", scope=scope_of({"region": ["湖北省"], "year": ["2025"]}),
        except_=scope_of({"setting": ["inpatient", "pharmacy"]}), since="2025-01-01", until="2025-12-31",
        source=Source("某通知", "某局", "2024-12"), note=(("en", "x: y"), ("zh", "见第三条")),
    )  # fmt: skip
    text = ruling_text(ruling, notes={"value": "按通知", "source": "公开"})
    assert text == (
        f"{HEAD}topic: yibao.reimbursement_rate\nvalue: {{low: 60, high: 60}}  # 按通知\nquantifier: some\n"
        'scope: {region: [湖北省], year: ["2025"]}\nexcept: {setting: [inpatient, pharmacy]}\nsince: 2025-01-01\n'
        'until: 2025-12-31\nsource:\n  document: 某通知\n  issuer: 某局\n  published: "2024-12"  # 公开\n'
        'note: {en: "x: y", zh: 见第三条}\n'
    )
    assert same(read(text), ruling)
    plain = replace(ruling, fact=replace(ruling.fact, note=tongues("见第三条")))  # type: ignore[type-var]
    assert ruling_text(plain).endswith("\nnote: 见第三条\n")


def test_signs_that_cannot_be_seen_are_written_as_codes() -> None:
    seen = '"\\\n\t\x07\x85\u200b\u2028\ue000\U000e0001'
    assert scalar(seen) == '"\\"\\\\\\n\\t\\x07\\x85\\u200B\\u2028\\uE000\\U000E0001"'
    assert yaml.safe_load(scalar("\u2029a\xff")) == "\u2029a\xff"
    assert scalar("\xffÿ") == "\xffÿ"


@pytest.mark.parametrize("text", ["Yes", "y", "n", "no", "ON", "off", "True", "false", "NULL"])
def test_words_that_yaml_takes_for_something_else_are_quoted(text: str) -> None:
    assert scalar(text) == f'"{text}"'


@pytest.mark.parametrize("text", ["2025-01-01", "a1", "甲：乙（丙）", "a.b/c-d", "no way"])
def test_plain_text_and_days_are_not(text: str) -> None:
    assert scalar(text) == text


def test_comments_are_one_line_each() -> None:
    rest = Rest("a.md", "甲")
    ruling = Ruling(
        id="K7QF2MA", path=PATH, verdict="misread", finding="K7QF2MA", reason="r", by="b", on="2025-06-01",
        rests=(rest, Rest("b.md", "乙", "c4e15165zmp")),
    )  # fmt: skip
    notes = {"verdict": " 一\u2028二\t三 ", "reason": "", "claims.1": "注\n释", "by": "\u200b"}
    assert ruling_text(ruling, ["", "第一\r\n行"], notes) == (
        "#\n# 第一 行\nfinding: K7QF2MA\nverdict: misread  # 一 二 三\nreason: r\nby: b\non: 2025-06-01\nclaims:\n"
        "  - article: a.md\n    quote: 甲\n  # 注 释\n  - id: c4e15165zmp\n    article: b.md\n    quote: 乙\n"
    )


def test_two_rulings_are_the_same_wherever_their_lines_are() -> None:
    text = f"{HEAD}finding: K7QF2MA\nclaims: [{{article: a.md, quote: 甲}}]\n".replace("stands", "misread")
    one = read(text)
    assert same(one, read("# 注\n\n" + text.replace("claims: [", "claims: [\n")))
    assert not same(one, read(text.replace("甲", "乙")))
    assert not same(one, read(text.replace("李", "王")))


def test_a_note_stands_beside_the_key_that_it_is_of() -> None:
    rate = standing(
        RATE, point(60, "percent"), quantifier="some", scope=scope_of({"region": ["湖北省"]}),
        except_=scope_of({"setting": ["inpatient"]}), since="2025-01-01", until="2025-12-31", note=tongues("见第三条"),
    )  # fmt: skip
    about = replace(rate, finding="K7QF2MA", expires="2026-01-01")
    keys = (
        "finding", "verdict", "reason", "by", "on", "expires", "topic", "value", "quantifier", "scope", "except",
        "since", "until", "note",
    )  # fmt: skip
    lines = ruling_text(about, notes={key: f"注 {key}" for key in (*keys, "source")}).splitlines()
    noted = {line.partition(":")[0]: line.partition("  # ")[2] for line in lines}
    assert noted == {key: f"注 {key}" for key in keys} | {"source": "", "  document": "注 source"}
    assert same(read("\n".join(lines)), about)
