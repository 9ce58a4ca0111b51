"""A ruling as a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

import msgspec

from audit.model import Quote
from claims.facts import Fact

Decision: TypeAlias = Literal["stands", "both-stand", "misread", "under-review"]

DECISIONS: tuple[Decision, ...] = get_args(Decision)
"""What an editor can decide: one value is right; both are, of different things; a claim was read wrongly; it is being
clarified."""


class Rest(msgspec.Struct, frozen=True):
    """Words that a ruling rests on: `article` as records name it, `quote` as it stood there. `id` is the claim's, None
    for words that are no claim (of a defect inside one article). `line` is where the ruling's file names them."""

    article: str
    quote: str
    id: str | None = None
    line: int = 1


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """One decision. `id` is the name of its file without the suffix, `path` the file as seen from the root.

    `finding` is the id of the conflict or defect that it decides; None only of a `stands` that is about none in
    particular. `on` is the day (ISO) on which `by` decided it, `expires` the last day on which it has any effect.
    `rests` are the words that it rests on: when one of them changes, the ruling is void. `fact` is what stands.
    `lines` are where the keys of its file stand (`verdict`, `claims.0.quote`), 1-based; `text` is the file.
    """

    id: str
    path: str
    verdict: Decision
    finding: str | None = None
    reason: str
    by: str
    on: str
    expires: str | None = None
    rests: tuple[Rest, ...] = ()
    fact: Fact | None = None
    lines: Mapping[str, int] = {}
    text: str = ""

    def words(self, key: str) -> Quote:
        """The line of its file on which a key stands."""
        line = self.lines.get(key, 1)
        whole = self.text.splitlines(keepends=True)
        before, shown = sum(map(len, whole[: line - 1])), (whole[line - 1] if line <= len(whole) else "")
        start = before + len(shown) - len(shown.lstrip())
        quote = shown.strip()
        return Quote(self.path, start, start + len(quote), line, start - before + 1, quote)

    def expired(self, today: str) -> bool:
        """Whether its last day has gone by; ISO days are in order as texts are."""
        return self.expires is not None and self.expires < today
