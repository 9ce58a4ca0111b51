"""What an exception says of what it takes out: 除新疆外均可跨省 says that 新疆 is not (spec section 5b)."""

from __future__ import annotations

import msgspec

from claims.domain import Domain
from claims.model import EVERYWHERE, Flag, Measure, Value, scope_of
from claims.reading import EXCEPTION
from claims.recording import Found


def excepted(found: list[Found], domain: Domain) -> list[Found]:
    """The claims of the regions that sentences of `found` take out (除厦门外…), unless the text tells them itself."""
    made: list[Found] = []
    for f in found:
        regions = f.except_.get("region")
        if not regions or f.quantifier != "all" or len(f.except_.names()) > 1:
            continue
        value = _opposite(f.match.value, domain.topics[f.match.pattern.topic].scale)
        span = _said(f)
        told = [o for o in found if o.match.pattern.topic == f.match.pattern.topic]
        if value is None or span is None or any(set(o.scope.get("region")) & set(regions) for o in told):
            continue
        match = msgspec.structs.replace(f.match, value=value)
        made.append(Found(f.unit, match, "all", scope_of({"region": regions}), EVERYWHERE, *span))
    return made


def _opposite(value: Value, scale: tuple[str, ...] | None) -> Value | None:
    """The other truth of a flag; of a level that is reached, that it is not; None for anything else."""
    if isinstance(value, Flag):
        return Flag(not value.holds)
    if not isinstance(value, Measure) or scale is None or (value.low is None) == (value.high is None):
        return None
    step = -1 if value.high is None else 1
    at = scale.index(str(value.low if value.high is None else value.high)) + step
    if not 0 <= at < len(scale):
        return None
    return Measure(None, scale[at]) if step < 0 else Measure(scale[at], None)


def _said(f: Found) -> tuple[int, int] | None:
    """Where the sentence says 除…外 and names what it takes out."""
    s, reading = f.unit.sentence, f.unit.reading
    for m in EXCEPTION.finditer(reading.folded.chars, s.start, s.end):
        if any(m.start() <= p.start and p.end <= m.end() for p in reading.places):
            return m.span()
    return None
