"""How a domain's topics, values and scopes are called in words, per language. `claims.domain` reads them from YAML.

In `topics.yaml` every name is a mapping of languages, and everything may be left out (reports then print the id):

    units:                                  # of the whole domain
      yuan: {zh: 元, en: yuan}
    scales:
      area: {pool: {zh: 同一统筹区, en: one pooling region}, province: …}    # or a plain list of ids
    facets:
      scheme: {title: {zh: 参保类型, en: scheme}, members: {employee: {zh: 职工医保, en: employee scheme}}}
    topics:
      gongji.area:
        title: {zh: 家庭共济能否跨省, en: reach of family mutual aid}
        values:
          low: {nation: {zh: 可跨省, en: works across provinces}}     # it reaches at least this far
          high: {province: {zh: 不出省, en: stays within a province}} # it goes no further
      gongji.pooled_fund:
        values: {true: {zh: 家人可用统筹基金, en: …}, false: {zh: …, en: …}}
      gongji.relatives:
        members: {spouse: {zh: 配偶, en: spouse}}

`low` and `high` may also name single numbers (`"1000000000": {zh: 不封顶, en: no cap}`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

Tongues: TypeAlias = tuple[tuple[str, str], ...]
"""(language, text), sorted by language."""
Names: TypeAlias = tuple[tuple[str, Tongues], ...]
"""(id, its names), in the order of the YAML."""


class Words(msgspec.Struct, frozen=True):
    """What a topic is called: its title, what it says in a sentence, a flag's two values, its members, the levels of
    its scale, its units. `low` and `high` are whole phrases for a measure open on the other side: 可跨省, 不出省.
    """

    title: Tongues = ()
    says: Tongues = ()
    true: Tongues = ()
    false: Tongues = ()
    members: Names = ()
    scale: Names = ()
    low: Names = ()
    high: Names = ()
    units: Names = ()


def tongues(raw: object) -> Tongues:
    """The names of one thing; a bare string is its name in every language."""
    if isinstance(raw, Mapping):
        return tuple(sorted((str(language), str(text)) for language, text in raw.items()))
    return () if raw is None else (("", str(raw)),)


def names(raw: object) -> Names:
    """Names of several things; a list of ids has none."""
    if not isinstance(raw, Mapping):
        return ()
    return tuple((str(key), tongues(value)) for key, value in raw.items())


def words_of(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Words:
    """The words of a topic (or of a facet) as its YAML gives them; `shared` is the whole file, for scales and units."""
    values = raw.get("values") or {}
    spoken = {str(key).lower(): value for key, value in values.items()}
    return Words(
        title=tongues(raw.get("title")),
        says=tongues(raw.get("says")),
        true=tongues(spoken.get("true")),
        false=tongues(spoken.get("false")),
        members=names(raw.get("members")),
        scale=names((shared.get("scales") or {}).get(raw.get("scale"))),
        low=names(spoken.get("low")),
        high=names(spoken.get("high")),
        units=names(shared.get("units")),
    )


def facet_words(shared: Mapping[str, Any]) -> dict[str, Words]:
    """The words of each scope facet: its title and its members."""
    return {str(name): words_of(raw, {}) for name, raw in (shared.get("facets") or {}).items()}


def said(called: Tongues, language: str, fallback: str) -> str:
    """The name in a language, else the one that serves every language, else the fallback."""
    texts = dict(called)
    return texts.get(language) or texts.get("") or fallback


def named(called: Names, key: str, language: str, fallback: str | None = None) -> str:
    """The name of one of several things, else its id."""
    return said(dict(called).get(key, ()), language, key if fallback is None else fallback)
