"""What is wrong with rulings, as findings of their files."""

from __future__ import annotations

from audit_cases import AREA, TOPICS, claim, high, low
from msgspec.structs import replace

from audit.model import Finding, Position, Quote, Reason, Reference, Side
from audit.rulings.effect import Effect
from audit.rulings.mending import Way
from audit.rulings.model import Ruling
from audit.rulings.reading import read_ruling
from audit.rulings.troubles import shell_name, troubles
from claims.model import Claim

WHO = "reason: r\nby: b\non: 2025-01-01\n"
TWO = f"""\
# 注
  # 又注
finding: K7QF2MA
verdict: both-stand
{WHO}claims:
  - article: a.md
    quote: 家庭共济可以跨省使用
  - id: c4e15165zmp
    article: b.md
    quote: 家庭共济目前不能跨省使用
expires: 2025-02-01
"""
STANDS = f"{WHO}verdict: stands\ntopic: gongji.area\n\n  \nvalue: {{low: nation}}\nsource: d\n"


def ruling(name: str = "two", text: str = TWO) -> Ruling:
    return read_ruling(f"rulings/{name}.yaml", text.encode(), TOPICS)


RULING = ruling()
MEANT = claim(AREA, high("province"), "b.md", id="c9", quote="家庭共济现在仍然不能跨省使用", start=7, line=3, column=2)


def void(*claims: Claim, gone: tuple[int, ...] = (1,), helps: bool = True, of: Ruling = RULING) -> list[Finding]:
    way = Way(gone=gone, meant=((1, MEANT),) if helps else ())
    return troubles(Effect(void=((of, gone),)), claims, {of.id: way})


def reason(finding: Finding) -> tuple[str, dict[str, str]]:
    [found] = finding.reasons
    assert list(found.args) == sorted(found.args)
    return found.code, dict(found.args)


def test_words_that_are_gone_are_shown_where_the_ruling_has_them() -> None:
    [finding] = void()
    line = "- id: c4e15165zmp"
    start = TWO.index(line)
    args = {"article": "b.md", "name": "two", "quote": "家庭共济目前不能跨省使用", "ruling": "two"}
    assert finding == Finding(
        id=finding.id, code="ruling-void", topic=None, kind="ruling-void", severity="error",
        reasons=(Reason("ruling-void", tuple(args.items())),),
        sides=(Side(None, 1, quotes=(Quote("rulings/two.yaml", start, start + len(line), 11, 3, line),)),),
    )  # fmt: skip
    assert TWO[start : start + len(line)] == line


def test_what_words_were_made_into_is_told_and_whether_that_helps() -> None:
    moved, renumbered = (replace(MEANT, quote="家庭共济目前不能跨省使用", article=a) for a in ("z.md", "b.md"))
    for meant, helps, code in (
        (MEANT, True, "ruling-changed"), (MEANT, False, "ruling-remade"), (moved, True, "ruling-moved"),
        (renumbered, True, "ruling-renumbered"), (moved, False, "ruling-remade"),
    ):  # fmt: skip
        [finding] = void(meant, helps=helps)
        told = {"meant": "c9", "now": meant.quote, "there": meant.article}
        gone = {"article": "b.md", "quote": "家庭共济目前不能跨省使用", "ruling": "two", "name": "two"}
        assert reason(finding) == (code, told | gone)
        assert finding.sides[1:] == (
            Side(None, 1, quotes=(Quote(meant.article, 7, 9, 3, 2, meant.quote),)),
        )  # fmt: skip
        assert finding.id == void()[0].id  # it is the same trouble whatever the words may have become


def test_each_of_the_words_that_are_gone_is_a_finding_by_id() -> None:
    both = void(gone=(0, 1))
    assert [f.id for f in both] == sorted({f.id for f in both})
    assert sorted(reason(f)[1]["quote"] for f in both) == ["家庭共济可以跨省使用", "家庭共济目前不能跨省使用"]
    assert {f.sides[0].quotes[0].line for f in both} == {9, 11}
    assert void()[0] in both


def test_a_finding_is_known_by_the_ruling_and_the_words_wherever_they_stand_in_its_file() -> None:
    [known] = void()

    def name(text: str, file: str = "two") -> str:
        return void(of=ruling(file, text))[0].id

    assert name("# 注\n" + TWO) == known.id
    others = [
        name(TWO.replace("b.md", "c.md")), name(TWO.replace("目前", "")), name(TWO, "three"),
        troubles(Effect(unused=(RULING,)), [], {})[0].id,
        troubles(Effect(expired=(RULING,)), [], {"two": Way()})[0].id,
        troubles(Effect(clashes=((RULING, ruling("z")),)), [], {})[0].id,
        troubles(Effect(clashes=((RULING, ruling("y")),)), [], {})[0].id,
    ]  # fmt: skip
    assert len({known.id, *others}) == 8


def test_one_that_has_expired_says_since_when_and_whether_another_day_helps() -> None:
    for opens, code in ((True, "ruling-expired"), (False, "ruling-outlived")):
        [finding] = troubles(Effect(expired=(RULING,)), [], {"two": Way(opens=opens)})
        assert (finding.code, finding.severity, finding.topic) == ("ruling-expired", "error", None)
        assert reason(finding) == (code, {"day": "2025-02-01", "name": "two", "ruling": "two"})
        [side] = finding.sides
        assert (side.quotes[0].line, side.quotes[0].quote) == (14, "expires: 2025-02-01")


def test_one_without_use_says_of_what_finding_it_is() -> None:
    [finding] = troubles(Effect(unused=(RULING,)), [], {})
    assert (finding.code, finding.severity) == ("ruling-unused", "error")
    assert reason(finding) == ("ruling-unused", {"finding": "K7QF2MA", "name": "two", "ruling": "two"})
    [side] = finding.sides
    assert (side.quotes[0].line, side.quotes[0].quote) == (3, "finding: K7QF2MA")


def test_two_that_say_otherwise_are_shown_with_what_they_decide() -> None:
    ours, theirs = ruling("-ours", STANDS), ruling("它 的")
    [finding] = troubles(Effect(clashes=((ours, theirs),)), [], {})
    assert (finding.code, finding.severity) == ("ruling-contradiction", "error")
    args = {"name": "rulings/-ours.yaml", "other": "它 的", "rival": "'它 的'", "ruling": "-ours"}
    assert reason(finding) == ("ruling-against-ruling", args)
    quotes = [(q.article, q.line, q.column, q.quote) for side in finding.sides for q in side.quotes]
    assert quotes == [
        ("rulings/-ours.yaml", 8, 1, "value: {low: nation}"), ("rulings/它 的.yaml", 4, 1, "verdict: both-stand"),
    ]  # fmt: skip
    assert [side.count for side in finding.sides] == [1, 1]


def test_one_against_a_fact_shows_the_fact() -> None:
    known = Reference(id="a fact", kind="fact", position=Position(AREA.id, low("nation")))
    [finding] = troubles(Effect(clashes=((ruling("ours", STANDS), known),)), [], {})
    args = {"name": "ours", "other": "a fact", "rival": "a fact", "ruling": "ours"}
    assert reason(finding) == ("ruling-against-fact", args)
    [ours, theirs] = finding.sides
    assert ours.quotes[0].quote == "value: {low: nation}"
    assert theirs == Side(known.position, 0, (), known)


def test_a_ruling_is_named_so_that_a_shell_takes_it() -> None:
    assert shell_name(RULING) == "two"
    assert shell_name(ruling("-r")) == "rulings/-r.yaml"
    assert shell_name(ruling("a b")) == "'a b'"


def test_the_line_of_a_key() -> None:
    crlf = replace(RULING, text=TWO.replace("\n", "\r\n"))
    for one in (RULING, crlf):
        quote = one.words("claims.1.quote")
        assert (quote.line, quote.column, quote.quote) == (13, 5, "quote: 家庭共济目前不能跨省使用")
        assert one.text[quote.start : quote.end] == quote.quote
    nowhere = RULING.words("until")  # not there: the first line stands for the file
    assert nowhere == Quote("rulings/two.yaml", 0, 3, 1, 1, "# 注")
    assert replace(RULING, text="").words("verdict") == Quote("rulings/two.yaml", 0, 0, 4, 1, "")


def test_an_id_is_the_same_in_every_version() -> None:
    [finding] = void()
    assert finding.id[:14] == "K8AQWPH45EWCWK"
