"""What an exception says of what it takes out: 除新疆外均可跨省 says that 新疆 is not (spec section 5b)."""

from __future__ import annotations

import msgspec

from claims.domain import Domain
from claims.model import EVERYWHERE, Flag, Measure, Value, scope_of
from claims.reading import EXCEPTION
from claims.recording import Found
from claims.valuing import flipped


def excepted(found: list[Found], domain: Domain) -> list[Found]:
    """The claims of the regions that sentences of `found` take out (除厦门外…), unless the text tells them itself."""
    made: list[Found] = []
    for f in found:
        regions = f.except_.get("region")
        if not regions or f.quantifier != "all" or len(f.except_.names()) > 1:
            continue
        value = _opposite(f, domain)
        span = _said(f)
        told = [o for o in found if o.match.pattern.topic == f.match.pattern.topic]
        if value is None or span is None or any(set(o.scope.get("region")) & set(regions) for o in told):
            continue
        match = msgspec.structs.replace(f.match, value=value)
        made.append(Found(f.unit, match, "all", scope_of({"region": regions}), EVERYWHERE, *span))
    return made


def _opposite(f: Found, domain: Domain) -> Value | None:
    """The other truth of a flag; of a level that is reached, that it is not; None for anything else."""
    value = f.match.value
    reached = isinstance(value, Measure) and (value.low is None) != (value.high is None)
    return flipped(value, domain, f.match.pattern.topic) if reached or isinstance(value, Flag) else None


def _said(f: Found) -> tuple[int, int] | None:
    """Where the sentence says 除…外 and names what it takes out."""
    s, reading = f.unit.sentence, f.unit.reading
    for m in EXCEPTION.finditer(reading.folded.chars, s.start, s.end):
        if any(m.start() <= p.start and p.end <= m.end() for p in reading.places):
            return m.span()
    return None
