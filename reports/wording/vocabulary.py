"""How this run speaks: a language, and what the domains call their topics and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from audit.model import Finding, Position, Reason
from audit.verdict import MILDER
from claims.model import Bound, Choice, Claim, Flag, Measure, Quantifier, Scope, SetOf, Value
from claims.wording import Names, Words, named, said
from reports.wording.defects import DEFECT
from reports.wording.phrases import day, facet, member, unit
from reports.wording.reasons import REASON
from reports.wording.rulings import RULING
from reports.wording.terms import KIND, SEVERITY, SIDES, Lang, listed, pick, sentence

_NOTHING = Words()


class Vocabulary(msgspec.Struct, frozen=True):
    """The words of every topic and facet, by its id; one without words is called by its id.

    `units`: topic id -> the unit that its measures have unless they say another.
    """

    lang: Lang = "zh"
    topics: Mapping[str, Words] = {}
    facets: Mapping[str, Words] = {}
    units: Mapping[str, str] = {}

    def topic(self, topic: str) -> str:
        return said(self._words(topic).title, self.lang, topic)

    def subject(self, finding: Finding) -> str:
        """What a finding is about: its topic, or where it is on none the kind of defect it is."""
        return self.topic(finding.topic) if finding.topic else pick(KIND[finding.kind], self.lang)

    def defect(self, finding: Finding) -> str:
        """What is wrong inside an article or with a ruling, as a sentence without its full stop."""
        return ("；" if self.lang == "zh" else "; ").join(
            self.reason(r, "") for r in finding.reasons if r.code in DEFECT or r.code in RULING
        )

    def value(self, topic: str, value: Value | None) -> str:
        """可跨省; 不包括住院; 380 元/年; 至少 70%."""
        words, zh = self._words(topic), self.lang == "zh"
        if value is None:
            return "—"
        if isinstance(value, Flag):
            default = ("成立" if value.holds else "不成立") if zh else ("true" if value.holds else "false")
            return said(words.true if value.holds else words.false, self.lang, default)
        if isinstance(value, Choice):
            return named(words.members, value.is_, self.lang)
        if isinstance(value, SetOf):
            modes = {"includes": ("包括", "includes "), "excludes": ("不包括", "excludes "), "only": ("仅限", "only ")}
            return pick(modes[value.mode], self.lang) + self.members(topic, value.members)
        return self._measure(topic, words, value)

    def members(self, topic: str, members: Iterable[str]) -> str:
        """Members of a set, in the order in which the domain lists them."""
        words = self._words(topic)
        order = {name: i for i, (name, _) in enumerate(words.members)}
        known = sorted(members, key=lambda m: (order.get(m, len(order)), m))
        return listed([named(words.members, m, self.lang) for m in known], self.lang)

    def facet(self, name: str) -> str:
        """地区; 人群."""
        own = self.facets.get(name, _NOTHING)
        return said(own.title, self.lang, facet(name, self.lang))

    def in_facet(self, name: str, members: Iterable[str]) -> str:
        """职工医保、居民医保."""
        own = self.facets.get(name.partition(".")[0], _NOTHING)
        return listed([named(own.members, m, self.lang, member(name, m, self.lang)) for m in members], self.lang)

    def scope(self, scope: Scope) -> str:
        """湖北省；职工医保、居民医保. Empty where nothing is restricted."""
        parts = [self.in_facet(f, members) for f, members in scope.facets]
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def bounds(self, quantifier: Quantifier, scope: Scope, except_: Scope) -> str:
        """What a value is said of: scope, 部分地方或情形, exceptions. Empty where it is said of all."""
        zh = self.lang == "zh"
        parts = [self.scope(scope)] if scope else []
        if quantifier == "some":
            parts.append("部分地方或情形" if zh else "some places or cases")
        if except_:
            parts.append(self.scope(except_) + "除外" if zh else "except " + self.scope(except_))
        return ("；" if zh else "; ").join(parts)

    def position(self, of: Position | Claim) -> str:
        """“可跨省”（湖北省；部分地方或情形）."""
        text = f"“{self.value(of.topic, of.value)}”"
        bounds = self.bounds(of.quantifier, of.scope, of.except_)
        if not bounds:
            return text
        return f"{text}（{bounds}）" if self.lang == "zh" else f"{text} ({bounds})"

    def reason(self, reason: Reason, topic: str, values: Sequence[Value | None] = ()) -> str:
        """A reason as a sentence without its full stop; `values` are those of the two sides."""
        template = REASON.get(reason.code) or DEFECT.get(reason.code) or RULING.get(reason.code)
        if template is None:
            return " ".join([reason.code, *(f"{k}={v}" for k, v in reason.args)])
        spoken = self._spoken(reason, topic)
        if reason.code == "intervals-apart":
            spoken.update(zip("ab", (self.value(topic, v) for v in values), strict=False))
        return pick(template, self.lang).format_map(spoken)

    def reasons(self, finding: Finding) -> str:
        """Why it is a conflict, and one so bad."""
        return self.why(finding, finding.reasons)

    def why(self, of: Finding | Sequence[Claim], reasons: Iterable[Reason], *, milder: bool | None = None) -> str:
        """Reasons as a sentence; `milder` keeps those for a severity, or the others."""
        values: list[Value | None]
        if isinstance(of, Finding):
            topic, values = of.topic or "", [side.position.value if side.position else None for side in of.sides]
        else:
            topic, values = of[0].topic, [claim.value for claim in of]
        kept = [r for r in reasons if milder is None or (r.code in MILDER) == milder]
        return sentence([self.reason(r, topic, values) for r in kept], self.lang)

    def _side(self, raw: str) -> str:
        return pick(SIDES[raw], self.lang) if raw in SIDES else raw

    def _words(self, topic: str) -> Words:
        return self.topics.get(topic, _NOTHING)

    def _spoken(self, reason: Reason, topic: str) -> dict[str, str]:
        args = dict(reason.args)
        of = args.get("facet", "year" if reason.code == "years-disjoint" else "")
        in_facet = {"default-yields": "region", "reach-differs": "reach"}.get(reason.code, of)
        spoken = _Blanks(args)
        for key, raw in args.items():
            parts = [p for p in raw.split(",") if p]
            if key in ("side", "older"):
                spoken[key] = self._side(raw)
            elif key == "sides":
                spoken[key] = listed([self._side(p) for p in parts], self.lang)
            elif key == "facet":
                spoken[key] = self.facet(raw)
            elif key == "facets":
                spoken[key] = listed([self.facet(p) for p in parts], self.lang)
            elif key == "members" and not of:
                spoken[key] = self.members(topic, parts)
            elif reason.code == "topics-differ":
                spoken[key] = self.topic(raw)
            elif reason.code == "units-differ":
                spoken[key] = unit("", raw, self.lang).strip()
            elif key in ("day", "since", "until"):
                spoken[key] = day(raw, self.lang) or "…"
            elif key == "level":
                spoken[key] = pick(SEVERITY[raw], self.lang) if raw in SEVERITY else raw
            elif reason.code in ("as-of-differs", "count-grew", "outdated") and key in ("a", "b"):
                spoken[key] = day(raw, self.lang)
            elif key in ("members", "a", "b"):
                spoken[key] = self.in_facet(in_facet, parts)
        return spoken

    def _measure(self, topic: str, words: Words, value: Measure) -> str:
        zh = self.lang == "zh"
        low, high = value.low, value.high
        name = value.unit or self.units.get(topic)
        first, last = self._bound(words, low, name), self._bound(words, high, name)
        phrase = None
        if high is None or (low == high and isinstance(low, Decimal)):
            phrase = _phrase(words.low, low, first, self.lang)
        elif low is None:
            phrase = _phrase(words.high, high, last, self.lang)
        if phrase is not None:
            return phrase
        if low == high:
            return first
        if low is None:
            return _spaced("最多", last) if zh else f"at most {last}"
        if high is None:
            return _spaced("至少", first) if zh else f"at least {first}"
        return _spaced(_spaced(first, "至"), last) if zh else f"{first} to {last}"

    def _bound(self, words: Words, bound: Bound, name: str | None) -> str:
        if bound is None:
            return "?"
        if isinstance(bound, Decimal):
            number = plain(bound)
            own = dict(words.units).get(name or "")
            if own:
                called = said(own, self.lang, name or "")
                return number + (called if called in ("%", "‰") else f" {called}")
            return unit(number, name, self.lang)
        return named(words.scale, bound, self.lang, day(bound, self.lang))


def plain(number: Decimal) -> str:
    """20000, 0.5: without exponent or idle zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _phrase(names: Names, bound: Bound, amount: str, lang: Lang) -> str | None:
    """The domain's own phrase for a bound, or for any number (`"*"`, with `{}` for the amount)."""
    known = dict(names)
    key = plain(bound) if isinstance(bound, Decimal) else bound
    called = known.get(key or "") or (known.get("*") if isinstance(bound, Decimal) else None)
    return said(called, lang, "{}").replace("{}", amount) if called else None


def _spaced(first: str, second: str) -> str:
    """Two pieces of Chinese, a space between them where either shows a number there."""
    return first + (" " if second[:1].isdigit() or first[-1:] in "0123456789%‰" else "") + second


class _Blanks(dict[str, str]):
    """A blank that a reason does not fill is shown as such rather than ending the report."""

    def __missing__(self, key: str) -> str:
        return "?"
