"""Two audits compared, with made-up findings."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from audit.changes import Comparison, Loosened, claim_key, compare, finding_key, fresh, loosened
from audit.model import Finding, Position, Quote, Severity, Side, State
from claims.model import Claim, Flag


def claim(article: str, quote: str = "是", holds: bool = True, name: str = "") -> Claim:
    return Claim(
        id=name or f"c-{article}-{quote}", article=article, topic="t.one", value=Flag(holds=holds), quote=quote,
        start=0, end=1, line=1, column=1, origin="sentence", pattern="p",
    )  # fmt: skip


def pair(
    yes: tuple[Claim, ...], no: tuple[Claim, ...], *, name: str = "K1", state: State = "open",
    severity: Severity = "error", natural: Severity | None = None, upheld: int | None = None, ruling: str | None = None,
) -> Finding:  # fmt: skip
    sides = tuple(
        Side(Position("t.one", Flag(holds=n == 0)), len(claims), claims, upheld="f" if upheld == n else None)
        for n, claims in enumerate((yes, no))
    )
    return Finding(
        id=name, code="contradiction", topic="t.one", kind="contradiction", severity=severity, natural=natural,
        state=state, sides=sides, ruling=ruling,
    )  # fmt: skip


def defect(article: str, stated: str = "两步", name: str = "K9", severity: Severity = "warning") -> Finding:
    quote = Quote(article, 0, 1, 1, 1, stated)
    return Finding(
        id=name, code="count-mismatch", topic=None, kind="count-mismatch", severity=severity,
        sides=(Side(None, 1, quotes=(quote,)),),
    )  # fmt: skip


A, B, C = claim("a.md"), claim("b.md", "否", False), claim("c.md", "否", False)
BASE = pair((A,), (B,))


@dataclass
class Case:
    now: list[Finding]
    then: list[Finding]
    brought: dict[str, tuple[str, ...]]
    resolved: int = 0
    left: int = 0
    moved: tuple[tuple[str, str], ...] = ()


CASES = {
    "nothing then": Case([BASE], [], {"K1": (A.id, B.id)}),
    "the same": Case([BASE], [BASE], {}, 0, 1),
    "another id of the same finding": Case([replace(BASE, id="K1XY")], [BASE], {}, 0, 1),
    "gone": Case([], [BASE], {}, 1),
    "resolved by a ruling": Case([replace(BASE, state="resolved")], [BASE], {}, 1),
    "resolved then": Case([BASE], [replace(BASE, state="resolved")], {"K1": (A.id, B.id)}),
    "resolved in both": Case([replace(BASE, state="resolved")], [replace(BASE, state="resolved")], {}),
    "resolved beside what is new": Case([replace(BASE, state="resolved"), defect("a.md")], [], {"K9": ()}),
    "under review is open": Case([replace(BASE, state="under-review")], [BASE], {}, 0, 1),
    "one joins": Case([pair((A,), (B, C))], [BASE], {"K1": (C.id,)}),
    "one joins and one leaves": Case([pair((A,), (C,))], [BASE], {"K1": (C.id,)}),
    "one leaves": Case([BASE], [pair((A,), (B, C))], {}, 0, 1),
    "one joins who is upheld": Case([pair((A,), (B, C), upheld=1)], [pair((A,), (B,), upheld=1)], {}, 0, 1),
    "what is upheld is not brought": Case([pair((A,), (B,), upheld=0)], [], {"K1": (B.id,)}),
    "worse by nature": Case([BASE], [replace(BASE, severity="warning")], {"K1": (A.id, B.id)}),
    "milder": Case([replace(BASE, severity="warning")], [BASE], {}, 0, 1),
    "a level raised": Case([BASE], [replace(BASE, severity="info", natural="error")], {}, 0, 1),
    "worse by nature, held down by a level": Case(
        [replace(BASE, severity="info", natural="error")], [replace(BASE, severity="warning")], {"K1": (A.id, B.id)}
    ),
    "renamed": Case(
        [pair((A,), (claim("z.md", "否", False),))], [BASE], {}, 0, 1, (("b.md", "z.md"),)
    ),
    "the same words elsewhere": Case([pair((A,), (claim("z.md", "否", False),))], [BASE], {"K1": ("c-z.md-否",)}),
    "an article with an id moved": Case(
        [pair((A,), (claim("z.md", "否", False, "c9"),))], [pair((A,), (claim("b.md", "否", False, "c9"),))],
        {}, 0, 1, (("b.md", "z.md"),),
    ),
    "spaces and points": Case([pair((A,), (claim("b.md", "否 。", False),))], [BASE], {}, 0, 1),
    "teasers are numbered anew": Case(
        [pair((A,), (claim("b.md#teaser-2", "否", False),))], [pair((A,), (claim("b.md#teaser-1", "否", False),))], {},
        0, 1,
    ),
    "from the teaser into the article": Case(
        [BASE], [pair((A,), (claim("b.md#teaser-1", "否", False),))], {"K1": (B.id,)}
    ),
    "a defect": Case([defect("a.md")], [], {"K9": ()}),
    "an old defect": Case([defect("a.md")], [defect("a.md")], {}, 0, 1),
    "a defect of a renamed article": Case([defect("z.md")], [defect("a.md", name="K8")], {}, 0, 1, (("a.md", "z.md"),)),
    "the same defect of another article": Case([defect("z.md")], [defect("a.md")], {"K9": ()}, 1),
    "a defect in other words": Case([defect("a.md", "三步")], [defect("a.md")], {"K9": ()}, 1),
    "a defect that is worse": Case([defect("a.md", severity="error")], [defect("a.md")], {"K9": ()}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_compared(name: str) -> None:
    case = CASES[name]
    assert compare(case.now, case.then, dict(case.moved)) == Comparison(case.brought, case.resolved, case.left)


def test_the_order_of_findings_and_sides_does_not_matter() -> None:
    turned = replace(BASE, sides=BASE.sides[::-1])
    assert finding_key(turned, {}) == finding_key(BASE, {})
    assert compare([defect("a.md"), turned], [BASE, defect("a.md")], {}) == Comparison({}, 0, 2)


def test_a_claim_is_known_by_all_that_it_says() -> None:
    others = (
        replace(B, topic="t.two"), replace(B, value=Flag(holds=True)), replace(B, quantifier="some"),
        replace(B, quote="不"), replace(B, article="d.md"),
    )  # fmt: skip
    assert len({claim_key(c, {}) for c in (B, *others)}) == 6
    assert claim_key(replace(B, start=9, line=9, as_of="2025-01-01", hedged="approx"), {}) == claim_key(B, {})


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ([BASE], ()),
        ([], (Loosened("K1", "gone"),)),
        ([replace(BASE, state="resolved", ruling="r")], (Loosened("K1", "closed", "r"),)),
        ([replace(BASE, severity="info", natural="error")], (Loosened("K1", "lowered"),)),
        ([replace(BASE, state="under-review")], ()),
    ],
)
def test_what_is_loosened(now: list[Finding], wanted: tuple[Loosened, ...]) -> None:
    assert loosened(now, [BASE], {}) == wanted


def test_what_was_closed_already_is_not_loosened() -> None:
    assert loosened([], [replace(BASE, state="resolved")], {}) == ()


def test_what_was_closed_already_hides_nothing_else() -> None:
    assert loosened([], [replace(BASE, state="resolved"), defect("a.md")], {}) == (Loosened("K9", "gone"),)


def test_fresh_are_the_claims_that_were_not_there_then() -> None:
    new = claim("b.md", "不行", False)
    assert fresh([pair((A,), (B, new))], [A, B], {}) == {new.id}
    assert fresh([pair((A,), (B, new))], [], {}) == {A.id, B.id, new.id}
    moved = claim("z.md", "否", False)
    assert fresh([pair((A,), (moved,))], [A, B], {"b.md": "z.md"}) == frozenset()
    assert fresh([pair((A,), (moved,))], [A, B], {}) == {moved.id}
    assert fresh([], [A, B], {}) == frozenset()


def test_a_ruling_of_another_folder_is_the_same_ruling() -> None:
    then, now = defect("/tmp/x/rulings/r.yaml"), defect("rulings/r.yaml")
    assert loosened([now], [then], {"/tmp/x/rulings/r.yaml": "rulings/r.yaml"}) == ()
    assert loosened([now], [then], {}) == (Loosened("K9", "gone"),)
