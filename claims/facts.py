"""Reference facts: what published policy says on a topic, since when, and where that is written.

A domain ships some (`facts.yaml`), a content repo may turn one off, replace it or add its own; both write them in one
form, read and checked here (claims/schema/facts.schema.json says the same to editors of YAML).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeAlias, cast

import msgspec

from claims.domain_files import Check, line_of, near, read_yaml
from claims.errors import DomainError, KoujingError
from claims.facets import FACETS, MEMBERS
from claims.language.gazetteer import place
from claims.model import EVERYWHERE, Bound, Choice, Flag, Measure, Quantifier, Scope, SetMode, Value, scope_of, set_of
from claims.topics import Topic
from claims.wording import Tongues, tongues

Level: TypeAlias = Literal["error", "warning", "info"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
LEVELS: tuple[Level, ...] = ("error", "warning", "info")
KEYS: tuple[str, ...] = (
    "words", "topic", "value", "quantifier", "scope", "except", "since", "until", "source", "verified", "severity",
    "warning_until", "default", "note",
)  # fmt: skip
NEEDED: tuple[str, ...] = ("words", "topic", "value", "source")


class Source(msgspec.Struct, frozen=True):
    """Where a fact is written: the document, who issued it, and when it was published (YYYY, YYYY-MM or YYYY-MM-DD)."""

    document: str
    issuer: str = ""
    published: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that holds, from `since` through `until` (ISO days; None where that is open).

    An absent scope facet means everywhere and everyone. `default`: a national rate that places may vary, so that it
    meets only claims that name no region. `level` is how bad a claim against it is; up to `warning_until` it is a
    warning at most. `verified` says whether the issuer's own page has been checked.
    """

    id: str
    words: Tongues
    topic: str
    value: Value
    quantifier: Quantifier = "all"
    scope: Scope = EVERYWHERE
    except_: Scope = EVERYWHERE
    since: str | None = None
    until: str | None = None
    source: Source
    verified: bool = False
    level: Level = "error"
    warning_until: str | None = None
    default: bool = False
    note: Tongues = ()


class FactError(KoujingError):
    """An entry is not a fact. `where` are the keys that lead to the fault, inside the entry."""

    def __init__(self, message: str, *where: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.where = where


def read_facts(path: Path, topics: Mapping[str, Topic], fits: Check) -> tuple[Fact, ...]:
    """The facts of a domain's file, by id; a domain may have none. Raises DomainError."""
    if not path.exists():
        return ()
    raw = read_yaml(path)
    fits(raw, "facts.schema.json", path)
    facts: list[Fact] = []
    for name, entry in raw["facts"].items():
        try:
            facts.append(fact_of(name, entry, topics))
        except FactError as e:
            line = line_of(path, ["facts", name, *e.where])
            raise DomainError(f"{name}: {e.message}", path=path.as_posix(), line=line, hint=e.hint) from e
    return tuple(sorted(facts, key=lambda f: f.id))


def fact_of(name: str, raw: object, topics: Mapping[str, Topic]) -> Fact:
    """The fact that an entry of a `facts` mapping writes down. Raises FactError with what to mend."""
    entry = _mapping(raw, KEYS, NEEDED)
    topic_id = _text(entry["topic"], "topic")
    if topic_id not in topics:
        raise FactError(f"there is no topic `{topic_id}`", "topic", hint=near(topic_id, sorted(topics)))
    quantifier = entry.get("quantifier", "all")
    if quantifier not in ("all", "some"):
        raise FactError("a quantifier is `all` or `some`", "quantifier", hint="leave it out for `all`")
    level = entry.get("severity", "error")
    if level not in LEVELS:
        raise FactError(f"`{level}` is no severity", "severity", hint=f"choose one of: {', '.join(LEVELS)}")
    since, until = _day(entry, "since"), _day(entry, "until")
    if since and until and until < since:
        raise FactError("`until` lies before `since`", "until", hint="exchange them, or leave one out")
    return Fact(
        id=name,
        words=_words(entry, "words"),
        topic=topic_id,
        value=_value(entry["value"], topics[topic_id]),
        quantifier=cast(Quantifier, quantifier),
        scope=_scope(entry, "scope", topics[topic_id]),
        except_=_scope(entry, "except", topics[topic_id]),
        since=since,
        until=until,
        source=_source(entry["source"]),
        verified=_truth(entry, "verified"),
        level=cast(Level, level),
        warning_until=_day(entry, "warning_until"),
        default=_truth(entry, "default"),
        note=_words(entry, "note") if "note" in entry else (),
    )


# The pieces of an entry. Each complains with the keys that lead to it.


def _mapping(raw: object, known: Sequence[str], needed: Sequence[str], *where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise FactError("a mapping of keys to values is wanted", *where, hint="see docs/facts.md for an example")
    for key in raw:
        if key not in known:
            raise FactError(f"there is no key `{key}` in a fact", *where, str(key), hint=near(str(key), known))
    for key in needed:
        if key not in raw:
            raise FactError(f"`{key}` is missing", *where, hint="see docs/facts.md for an example")
    return raw


def _text(raw: object, *where: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise FactError(f"`{where[-1]}` is to be a text", *where, hint="put it in quotes")
    return raw


def _truth(entry: Mapping[str, Any], key: str) -> bool:
    raw = entry.get(key, False)
    if not isinstance(raw, bool):
        raise FactError(f"`{key}` is true or false", key, hint=f"write `{key}: true` or leave it out")
    return raw


def _day(entry: Mapping[str, Any], key: str, *where: str) -> str | None:
    raw = entry.get(key)
    if raw is None:
        return None
    text = str(raw)
    try:
        # --02-28 is a day of every year, for the bounds of a value.
        date.fromisoformat(f"2024{text[1:]}" if where and text.startswith("--") else text)
    except ValueError as e:
        raise FactError(f"`{key}` is not a day: {text}", *where, key, hint="write it like 2025-01-31") from e
    return text


def is_day(text: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD."""
    if not _DAY.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _words(entry: Mapping[str, Any], key: str) -> Tongues:
    raw = entry[key]
    if isinstance(raw, Mapping):
        _mapping(raw, ("zh", "en"), ("zh",), key)
        for language, text in raw.items():
            _text(text, key, str(language))
    else:
        _text(raw, key)
    return tongues(raw)


def _source(raw: object) -> Source:
    if isinstance(raw, str):
        return Source(_text(raw, "source"))
    entry = _mapping(raw, ("document", "issuer", "published"), ("document",), "source")
    fields = {key: _text(str(value), "source", key) for key, value in entry.items()}
    return Source(**fields)


def _scope(entry: Mapping[str, Any], key: str, topic: Topic) -> Scope:
    """A scope over the facets that everyone knows and those that the topic's domain declares."""
    members = {**MEMBERS, **dict(topic.facets)}
    facets = _mapping(entry.get(key, {}), [*FACETS, *(f for f in members if f not in FACETS)], (), key)
    chosen: dict[str, list[str]] = {}
    for facet, raw in facets.items():
        listed = [str(m) for m in (raw if isinstance(raw, list) else [raw])]
        known = (*MEMBERS.get(facet, ()), *members.get(facet, ()))
        for member in listed:
            if not _is_member(facet, member, known):
                hint = _FORM.get(facet) or near(member, known)
                raise FactError(f"`{member}` is no member of {facet}", key, facet, hint=hint)
        chosen[facet] = listed
    return scope_of(chosen)


_FORM = {"region": "write the full name, such as 湖北省 or 武汉市", "year": "write a year, such as 2025"}


def _is_member(facet: str, member: str, known: Sequence[str]) -> bool:
    """Whether a facet has a member; one for which none are listed takes any name."""
    if facet == "region":
        return place(member) is not None
    if facet == "year":
        return len(member) == 4 and member.isdigit()
    return not known or member in known


_FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "flag": (("kind", "holds"), ("holds",)),
    "choice": (("kind", "is"), ("is",)),
    "set": (("kind", "mode", "members"), ("mode", "members")),
    "measure": (("kind", "low", "high"), ()),
}
"""Kind of value -> its keys, and those that it needs."""


def _value(raw: object, topic: Topic) -> Value:
    known, needed = _FIELDS[topic.kind]
    value = _mapping(raw, known, needed, "value")
    if value.get("kind", topic.kind) != topic.kind:
        raise FactError(f"the value of {topic.id} is a {topic.kind}", "value", "kind", hint="see docs/claims.md, 2")
    if topic.kind == "flag":
        if not isinstance(value["holds"], bool):
            raise FactError("`holds` is true or false", "value", "holds", hint="write `holds: true`")
        return Flag(value["holds"])
    if topic.kind == "choice":
        return Choice(_known(value["is"], topic, "is"))
    if topic.kind == "set":
        if value["mode"] not in ("includes", "excludes", "only"):
            _fail_mode(value["mode"])
        members = value["members"]
        if not isinstance(members, list) or not members:
            raise FactError("`members` is a list", "value", "members", hint="name at least one, in [ ]")
        return set_of(cast(SetMode, value["mode"]), [_known(m, topic, "members") for m in members])
    low, high = (_bound(value.get(key), topic, key) for key in ("low", "high"))
    if low is None and high is None:
        raise FactError("a measure needs `low` or `high`", "value", hint="null is open on that side")
    # --11-01 to --02-28 is a stretch over the new year.
    yearly = str(low).startswith("--") and str(high).startswith("--")
    if type(low) is type(high) and topic.scale is None and not yearly and low > high:  # type: ignore[operator]
        raise FactError("`low` is more than `high`", "value", "low", hint="exchange them")
    return Measure(low, high, topic.unit)


def _fail_mode(got: object) -> NoReturn:
    hint = "choose one of: includes, excludes, only"
    raise FactError(f"`{got}` is no mode of a set", "value", "mode", hint=hint)


def _known(member: object, topic: Topic, key: str) -> str:
    if topic.open is None and member not in topic.members:
        raise FactError(f"`{member}` is no member of {topic.id}", "value", key, hint=near(str(member), topic.members))
    return str(member)


def _bound(raw: object, topic: Topic, key: str) -> Bound:
    if raw is None:
        return None
    if topic.scale is not None:
        if raw in topic.scale:
            return str(raw)
        raise FactError(
            f"`{raw}` is not on the scale of {topic.id}", "value", key, hint=f"the scale: {', '.join(topic.scale)}"
        )
    if topic.unit == "date":
        return _day({key: raw}, key, "value")
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise FactError(f"`{key}` is a number", "value", key, hint="digits without a unit")
    return Decimal(str(raw))
