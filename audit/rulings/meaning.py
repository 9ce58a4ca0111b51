"""What words that a ruling rests on, and that have changed, were most likely made into. Offered, never assumed."""

from __future__ import annotations

from collections.abc import Sequence

from audit.rulings.model import Rest
from claims.identity import claim_id, folded
from claims.model import Claim, path_of

ALIKE = 60
"""How alike (0-100, rapidfuzz ratio) a claim of the same article must be for a ruling to have meant it."""


def likely(rest: Rest, claims: Sequence[Claim]) -> Claim | None:
    """The claim that words which have changed were most likely made into: the same words, first those in the same
    article, then those in another; else the claim of the same article that is most like them.

    Of several with the same words it is the one that has the ruling's id but for the article's: a claim of an article
    that was renamed, or that was given an id.
    """
    from rapidfuzz import fuzz, process

    words, path = folded(rest.quote), path_of(rest.article)
    of_article = [c for c in claims if c.path == path and c.value is not None]
    same = [c for c in (*of_article, *claims) if folded(c.quote) == words and c.value is not None]
    if same:
        return next((c for c in same if _id_in(rest.article, c) == rest.id), same[0])
    texts = [folded(c.quote) for c in of_article]
    best = process.extractOne(words, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return of_article[best[2]] if best else None


def is_same(rest: Rest, claim: Claim) -> bool:
    """Whether a claim says what the words said, but for spaces and punctuation."""
    return folded(rest.quote) == folded(claim.quote)


def _id_in(article: str, claim: Claim) -> str:
    """The id that a claim would have in an article without an id of its own."""
    return claim_id(article, claim.topic, claim.value, claim.quantifier, claim.scope, claim.except_, claim.quote)
