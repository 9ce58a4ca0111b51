"""Names that stay: the same text gives the same id on every machine and in every run (docs/claims.md section 1)."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache

from claims.model import Quantifier, Scope, Value, value_record

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U, which are misread."""
_PAIRS = tuple(a + b for a in _CROCKFORD for b in _CROCKFORD)

_MARGIN = re.compile(r"(?<=[\r\n])[ \t]*>[ \t>]*")

DIGITS = 51
"""The most digits that a sha256 gives."""


def digest(text: str, length: int) -> str:
    """The first `length` (at most :data:`DIGITS`) Crockford base-32 digits of a text's sha256; a longer digest begins
    with every shorter one."""
    hashed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() + b"\0"
    # Two digits are ten bits; no more of them are made than are asked for.
    bits = (length + 1) // 2 * 10
    head = int.from_bytes(hashed[: (bits + 7) // 8]) >> (-bits % 8)
    return "".join([_PAIRS[head >> shift & 1023] for shift in range(bits - 10, -1, -10)])[:length]


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(record: object) -> str:
    """JSON in its one form: keys sorted, no spaces, Chinese as it is."""
    return _JSON.encode(record)


def folded(quote: str) -> str:
    """A quote without spaces and punctuation, full-width forms folded: what an editor may retouch without making it
    another claim. The marks of a Markdown quotation in front of its lines (`>`) are none of the words."""
    text = unicodedata.normalize("NFKC", _MARGIN.sub("", quote))
    return text.translate(_WORDS)


class _Words(dict[int, int | None]):
    """Code points that are part of words -> themselves; spaces, punctuation and controls go."""

    def __missing__(self, point: int) -> int | None:
        kept = self[point] = None if unicodedata.category(chr(point))[0] in "PZC" else point
        return kept


_WORDS = _Words()


def claim_id(
    article_id: str, topic: str, value: Value | None, quantifier: Quantifier, scope: Scope, except_: Scope, quote: str
) -> str:
    """`c` and ten digits. No line number, offset, order or date goes in; records equal in all that does are one claim
    with several places."""
    record = ",".join([
        canonical(article_id), canonical(topic), _value(value), canonical(quantifier), _scope(scope), _scope(except_),
        canonical(folded(quote)),
    ])  # fmt: skip
    return "c" + digest(f"[{record}]", 10).lower()


@lru_cache(maxsize=1 << 12)
def _value(value: Value | None) -> str:
    return canonical(value_record(value) if value is not None else None)


@lru_cache(maxsize=1 << 12)
def _scope(scope: Scope) -> str:
    return canonical(scope.as_dict())
