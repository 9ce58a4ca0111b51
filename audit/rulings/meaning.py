"""What words that a ruling rests on, and that have changed, were most likely made into. Offered, never assumed."""

from __future__ import annotations

from collections.abc import Sequence

from audit.rulings.model import Rest
from claims.identity import folded
from claims.model import Claim, path_of

ALIKE = 60
"""How alike (0-100, rapidfuzz ratio) a claim of the same article must be for a ruling to have meant it."""


def likely(rest: Rest, claims: Sequence[Claim]) -> Claim | None:
    """The claim that words which have changed were most likely made into: the same words elsewhere, else the claim of
    the same article that is most like them."""
    from rapidfuzz import fuzz, process

    words, path = folded(rest.quote), path_of(rest.article)
    of_article = [c for c in claims if c.path == path and c.value is not None]
    same = [c for c in (*of_article, *claims) if folded(c.quote) == words and c.value is not None]
    if same:
        return same[0]
    texts = [folded(c.quote) for c in of_article]
    best = process.extractOne(words, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return of_article[best[2]] if best else None
