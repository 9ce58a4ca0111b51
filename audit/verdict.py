"""Step c: is a pair of claims a conflict, of which kind, how bad, and why? (docs/claims.md section 5)

``judge`` answers for two claims of articles, ``audit.references`` for a claim held against a fact or a ruling. It is
symmetric, and every answer carries reasons: codes with arguments, put into words by ``reports``. In arguments
`a`/`b` speak of the first and the second claim, `side`, `sides` and `older` are `0` or `1` likewise, lists are joined
by `,`.

====================  ======================  ==========================================================================
code                  args                    meaning
====================  ======================  ==========================================================================
No conflict: one reason, the first step that lets the pair pass.
----------------------------------------------------------------------------------------------------------------------
same-claim                                    a claim and itself
untyped                                       a claim on no topic says nothing that could be compared
topics-differ         a, b                    two topics
kinds-differ                                  values of two kinds, or off the topic's scale: not comparable
units-differ          a, b                    units that do not convert: not comparable
values-meet                                   both values can be true
both-some                                     each holds somewhere only
scopes-disjoint       facet, a, b             nothing lies in both; facet may be a dimension, `population.sex`
years-disjoint        a, b                    different coverage years
excepted              facet, members          what both speak of lies in what the text takes out
witness-outside       facet, side             the `some`-claim `side` may be true outside the other's scope
witness-excepted      facet, members, side    the `some`-claim `side` may be true in what the other takes out
as-of-differs         a, b                    inside one article, two dates
set-against           side                    inside one article, the text itself sets claim `side` against the other
reach-unsaid                                  a count of provinces that does not say what they have opened
reach-differs         a, b                    counts of provinces of different reach
count-undated                                 a count of provinces without its date
count-grew            a, b                    the later count is the larger one: provinces have joined
default-yields        a                       a national default, and a claim on a region
not-in-force          day, since, until       the reference does not hold on the claim's day, nor has it overtaken it
--------------------  ----------------------  --------------------------------------------------------------------------
Conflict: first why the values exclude each other …
flags-differ                                  one affirms, the other denies
choices-differ                                two of several that exclude each other
intervals-apart                               the quantities do not meet
included-excluded     members                 in for one, out for the other
outside-only          members                 in for one, not on the closed list of the other
only-excluded         members                 on the closed list of one, out for the other
only-differ           members                 two closed lists that differ in these
--------------------  ----------------------  --------------------------------------------------------------------------
… then how the scopes meet …
both-unrestricted                             both hold everywhere, for everyone
scopes-equal                                  the same scope
scopes-overlap                                partly the same scope
inside                side, facets            the scope of `side` lies inside the other's; narrower in these facets
some-against-all      side                    `side` holds somewhere within what the other says of all
--------------------  ----------------------  --------------------------------------------------------------------------
… then what makes it less than that.
not-said              facets                  named on one side only, left open on the other: `possible`
yearly-date                                   a date without year against one with it: `possible`
overtaken             side, day, since        `side` speaks of `day`; the reference holds from `since`
outdated              older, days, a, b       `older` speaks of a day so many days before the other's
--------------------  ----------------------  --------------------------------------------------------------------------
… and last what makes it milder than an error.
----------------------------------------------------------------------------------------------------------------------
only-maybe            sides                   said with 或许, 可能: info
only-some             sides                   against a reference, holds in some cases only: info
dates-apart                                   it is `outdated`: warning
right-then                                    it was said before the reference held: warning
undated                                       against a reference of today, without a date: warning
reference-level       level                   the reference's own severity
rolling-out           until                   the reference comes into force place by place, until that day: warning
one-article                                   `overgeneral` inside one article: warning
not-core                                      `overgeneral` on another topic than the core ones: warning
no-region                                     two articles' figures of which neither names a region: warning
of-teaser             sides                   another article's opening lines, quoted on a page: one severity lower
by-config                                     the config has set the severity (`audit.gate`)
====================  ======================  ==========================================================================
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from audit.model import KINDS, SEVERITIES, Kind, Reason, Said, Severity
from audit.scopes import Meeting, in_one_municipality, meet, set_against
from audit.values import Contrast, contrast
from claims.model import Claim, Measure
from claims.topics import Topic

REASONS: tuple[str, ...] = (
    "same-claim", "untyped", "topics-differ", "kinds-differ", "units-differ", "values-meet", "both-some",
    "scopes-disjoint", "years-disjoint", "excepted", "witness-outside", "witness-excepted", "as-of-differs",
    "set-against", "reach-unsaid", "reach-differs", "count-undated", "count-grew", "default-yields", "not-in-force",
    "flags-differ", "choices-differ", "intervals-apart", "included-excluded", "outside-only", "only-excluded",
    "only-differ",
    "both-unrestricted", "scopes-equal", "scopes-overlap", "inside", "some-against-all",
    "not-said", "yearly-date", "overtaken", "outdated",
    "only-maybe", "only-some", "dates-apart", "right-then", "undated", "reference-level", "rolling-out", "one-article",
    "not-core", "no-region", "of-teaser", "by-config",
)  # fmt: skip

MILDER: frozenset[str] = frozenset(REASONS[REASONS.index("outdated") + 1 :])
"""Reasons for a severity, not for a conflict."""

OUTDATED_DAYS = 180
"""As-of dates this far apart make a conflict between two articles one of age."""


class Verdict(msgspec.Struct, frozen=True):
    """`kind` and `severity` are None where there is no conflict; `older` is the outdated side (0 or 1)."""

    reasons: tuple[Reason, ...]
    kind: Kind | None = None
    severity: Severity | None = None
    older: int | None = None


class Ground(msgspec.Struct, frozen=True):
    """What a conflict rests on: values that exclude each other in scopes that meet. Two positions and whether either
    is said approximately decide it, whoever speaks."""

    values: Contrast
    meeting: Meeting

    @property
    def possible(self) -> bool:
        """No more than `possible`, from what the text says."""
        return bool(self.meeting.unsaid) or not self.values.certain


def ground(
    a: Said,
    b: Said,
    topic: Topic,
    *,
    approx: tuple[bool, bool] = (False, False),
    everywhere: tuple[bool, bool] = (False, False),
) -> Ground | Reason:
    """Steps a and b (section 5): what a conflict would rest on, or why there is none. An approximate value never finds
    a ground where an exact one finds none."""
    if a.value is None or b.value is None:
        return Reason("untyped")
    if not a.topic == b.topic == topic.id:
        return Reason("topics-differ", (("a", a.topic), ("b", b.topic)))
    values = contrast(a.value, b.value, topic, approx=approx, one_level=in_one_municipality(a.scope, b.scope))
    if not values.excludes:
        return values.reason
    meeting = meet(a, b, topic.absent, everywhere=everywhere)
    return meeting if isinstance(meeting, Reason) else Ground(values, meeting)


def judge(a: Claim, b: Claim, topic: Topic) -> Verdict:
    """Whether two claims of articles conflict (section 5)."""
    if a == b:
        return Verdict((Reason("same-claim"),))
    found = ground(a, b, topic, approx=(a.hedged == "approx", b.hedged == "approx"))
    return Verdict((found,)) if isinstance(found, Reason) else settle(a, b, topic, found)


def settle(a: Claim, b: Claim, topic: Topic, found: Ground) -> Verdict:
    """Step c for two claims on the ground that their positions give."""
    same_article = a.article == b.article
    let_pass = _inside_one_article(a, b, found.meeting) if same_article else None
    if let_pass is None and topic.counts_provinces:
        let_pass = _counts(a, b)
    if let_pass is not None:
        return Verdict((let_pass,))
    kind = _kind(a, b, found, same_article)
    reasons = reasons_of(a, b, found)
    older = None if same_article or kind == "possible" else _older(a, b)
    if older is not None:
        kind = "outdated"
        reasons = (*reasons, outdated(older, a.as_of or "", b.as_of or ""))
    severity, milder = _severity(kind, a, b, topic, same_article)
    return Verdict((*reasons, *milder), kind, severity, older)


def _inside_one_article(a: Claim, b: Claim, meeting: Meeting) -> Reason | None:
    if a.as_of and b.as_of and a.as_of != b.as_of:
        return Reason("as-of-differs", (("a", a.as_of), ("b", b.as_of)))
    for side, (exception, rule) in enumerate(((a, b), (b, a))):
        if set_against(exception, rule, meeting, side):
            return Reason("set-against", (("side", str(side)),))
    return None


# Counts of provinces: they grow, so a later, larger count refutes nothing.


def _counts(a: Claim, b: Claim) -> Reason | None:
    unlike = unlike_reach(a, b)
    if unlike is not None:
        return unlike
    if not a.as_of or not b.as_of:
        return Reason("count-undated")
    earlier, later = (a, b) if a.as_of <= b.as_of else (b, a)
    if a.as_of[:7] == b.as_of[:7] or _smaller(later, earlier):
        return None
    return Reason("count-grew", (("a", a.as_of), ("b", b.as_of)))


def unlike_reach(a: Said, b: Said) -> Reason | None:
    """Why two counts of provinces cannot be compared, if they cannot."""
    reaches = a.scope.get("reach"), b.scope.get("reach")
    if not all(reaches):
        return Reason("reach-unsaid")
    if reaches[0] != reaches[1]:
        return Reason("reach-differs", (("a", ",".join(reaches[0])), ("b", ",".join(reaches[1]))))
    return None


def _smaller(a: Claim, b: Claim) -> bool:
    """Of two counts that exclude each other, whether the first is the smaller."""
    if not isinstance(a.value, Measure) or not isinstance(b.value, Measure):
        return False
    high, low = a.value.high, b.value.low
    return isinstance(high, Decimal) and isinstance(low, Decimal) and high < low


# Kind and severity.


def _kind(a: Claim, b: Claim, found: Ground, same_article: bool) -> Kind:
    if found.possible:
        return "possible"
    if "some" in (a.quantifier, b.quantifier) or found.meeting.relation in ("inside", "contains"):
        return "overgeneral"
    return "self-contradiction" if same_article and found.meeting.relation == "equal" else "contradiction"


def reasons_of(a: Said, b: Said, found: Ground) -> tuple[Reason, ...]:
    """Why the two sides conflict."""
    reasons = [found.values.reason, _how(a, b, found.meeting)]
    if found.meeting.unsaid:
        reasons.append(Reason("not-said", (("facets", ",".join(found.meeting.unsaid)),)))
    if not found.values.certain:
        reasons.append(Reason("yearly-date"))
    return tuple(reasons)


def _how(a: Said, b: Said, meeting: Meeting) -> Reason:
    for side, claim in enumerate((a, b)):
        if claim.quantifier == "some":
            return Reason("some-against-all", (("side", str(side)),))
    if meeting.relation in ("inside", "contains"):
        side = 0 if meeting.relation == "inside" else 1
        return Reason("inside", (("side", str(side)), ("facets", ",".join(meeting.narrower))))
    if meeting.relation == "overlaps":
        return Reason("scopes-overlap")
    return Reason("scopes-equal" if meeting.restricted else "both-unrestricted")


def _older(a: Claim, b: Claim) -> int | None:
    """The side that is outdated, None where neither is: a side without a date never, nor two on the same year."""
    days = _days(a, b)
    if days is None or abs(days) < OUTDATED_DAYS or set(a.scope.get("year")) & set(b.scope.get("year")):
        return None
    return 0 if days > 0 else 1


def _days(a: Claim, b: Claim) -> int | None:
    """How many days later the second speaks."""
    if not a.as_of or not b.as_of:
        return None
    return (date.fromisoformat(b.as_of) - date.fromisoformat(a.as_of)).days


def outdated(older: int, a: str, b: str) -> Reason:
    """The reason that one side is the older one, from the two dates."""
    days = abs((date.fromisoformat(b) - date.fromisoformat(a)).days)
    return Reason("outdated", (("older", str(older)), ("days", str(days)), ("a", a), ("b", b)))


def _severity(kind: Kind, a: Claim, b: Claim, topic: Topic, same_article: bool) -> tuple[Severity, tuple[Reason, ...]]:
    """How bad it is, with what makes it milder than an error (a `possible` conflict has its reason already)."""
    level, why = _level(kind, a, b, topic, same_article)
    level, of_teaser = lowered(level, a.is_teaser, b.is_teaser)
    return level, (*why, *of_teaser)


def _level(kind: Kind, a: Claim, b: Claim, topic: Topic, same_article: bool) -> tuple[Severity, tuple[Reason, ...]]:
    if kind == "possible":
        return "info", ()
    maybe = _sides(a.hedged == "maybe", b.hedged == "maybe")
    if maybe:
        return "info", (Reason("only-maybe", (("sides", maybe),)),)
    if kind == "outdated":
        return "warning", (Reason("dates-apart"),)
    if kind == "overgeneral" and same_article:
        return "warning", (Reason("one-article"),)
    if kind == "overgeneral" and not topic.core:
        return "warning", (Reason("not-core"),)
    # Two places may be meant where neither article names one.
    nowhere = not same_article and not a.scope.get("region") and not b.scope.get("region")
    if kind == "contradiction" and topic.absent == "not_said" and nowhere:
        return "warning", (Reason("no-region"),)
    return "error", ()


def lowered(level: Severity, a: bool, b: bool) -> tuple[Severity, tuple[Reason, ...]]:
    """One lower where a side is a teaser, with the reason if that changes anything."""
    teasers = _sides(a, b)
    if not teasers or level == SEVERITIES[-1]:
        return level, ()
    return SEVERITIES[SEVERITIES.index(level) + 1], (Reason("of-teaser", (("sides", teasers),)),)


def _sides(a: bool, b: bool) -> str:
    return ",".join(str(n) for n, holds in enumerate((a, b)) if holds)


def worst_kind(kinds: set[Kind]) -> Kind:
    """Of the kinds of several pairs of claims, the one that names their finding."""
    return min(kinds, key=KINDS.index)


def worst_severity(severities: set[Severity]) -> Severity:
    return min(severities, key=SEVERITIES.index)


_OTHER = {"0": "1", "1": "0", "0,1": "0,1"}


def turned(reason: Reason) -> Reason:
    """The same reason, the two sides having changed places."""
    args = dict(reason.args)
    other: dict[str, str] = {key: _OTHER[args[key]] for key in ("side", "sides", "older") if key in args}
    other |= {key: args[other] for key, other in (("a", "b"), ("b", "a")) if key in args}
    return Reason(reason.code, tuple((key, other.get(key, raw)) for key, raw in reason.args))
