"""Names of places."""

from __future__ import annotations

from claims.language import places
from claims.language.fold import fold
from claims.language.gazetteer import holder_of, province_of
from fuzz import seeds, words
from fuzz.laws import apart
from fuzz.target import Target


def check(data: bytes) -> None:
    text = fold(data.decode("utf-8", "replace")).chars
    for context in ((), ("湖北省",), ("南京市", "江苏省")):
        found = places.find(text, context)
        apart(found, 0, len(text))
        for hit in found:
            assert hit.names, hit
            for name in hit.names:
                assert places.place(name) is not None, hit
                province_of(name)
                holder_of(name)


def names() -> tuple[str, ...]:
    from claims.language.gazetteer import tree

    every = sorted(tree().places)
    found = (*every, *(places.short_name(name) for name in every))
    return found + words.prose()[: len(found) // 2] + words.PLACES * 40


TARGET = Target(check, seeds.paragraphs, names, 3_000)
