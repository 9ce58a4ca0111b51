"""spaCy's blank Chinese with PhraseMatcher and Matcher over texts, phrases and patterns from a file.

The Matcher is given words, not characters: a phrase is one token, and so is what stands between phrases and signs of
punctuation. That is less than half as many tokens, and twice as fast.

    python -m benchmarks.peers.spacy_pipeline JOB.json
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from typing import Any, TypeAlias

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from benchmarks.serving import Act, digest_of, serve, settle

Matches: TypeAlias = "list[tuple[int, int, int]]"
Found: TypeAlias = "list[tuple[Doc, Matches]]"

PUNCTUATION = frozenset(",。;:!?、\n")


class Pipeline:
    """Texts to documents, phrases and patterns."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.texts: list[list[str]] = job["texts"]
        self.nlp = spacy.blank("zh")
        vocab = self.nlp.vocab
        self.phrases = PhraseMatcher(vocab, attr="ORTH")
        for label, strings in job["phrases"].items():
            self.phrases.add(label, [Doc(vocab, words=list(s), spaces=[False] * len(s)) for s in strings])
        self.any_order, self.one_order = (self._matcher(job, order) for order in ("any_order", "one_order"))

    def _matcher(self, job: dict[str, Any], order: str) -> Matcher:
        matcher = Matcher(self.nlp.vocab)
        for kind in ("compounds", order):
            for name, patterns in job[kind].items():
                matcher.add(f"{kind}:{name}", patterns)
        return matcher

    def only_phrases(self, part: int) -> Found:
        """Every document with its phrases, overlapping ones too."""
        docs = map(self.nlp.make_doc, self.texts[part])
        return [(doc, self.phrases(doc)) for doc in docs]

    def whole(self, part: int, matcher: Matcher) -> Found:
        """Every document with the matches of compounds and patterns over its longest phrases."""
        found = []
        for text in self.texts[part]:
            doc = self.nlp.make_doc(text)
            words = in_words(doc, longest(self.phrases(doc)))
            found.append((words, matcher(words)))
        return found

    def tell_phrases(self, found: Found) -> dict[str, Any]:
        """How many phrases, and a digest of where they stand."""
        places = [sorted({span_of(doc, a, b) for _, a, b in matches}) for doc, matches in found]
        return {"hits": sum(map(len, places)), "digest": digest_of(places)}

    def names(self, found: Found) -> list[list[str]]:
        """The patterns and compounds that match, by document."""
        strings = self.nlp.vocab.strings
        return [sorted({strings[m] for m, _, _ in matches}) for _, matches in found]

    def tell_patterns(self, found: Found) -> dict[str, Any]:
        return {"hits": sum(len(m) for _, m in found), "digest": digest_of(self.names(found))}

    def tell_which(self, found: Found) -> dict[str, Any]:
        """The patterns that match, by document."""
        own = "any_order:"
        return {"patterns": [[n.removeprefix(own) for n in of if n.startswith(own)] for of in self.names(found)]}


def span_of(doc: Doc, first: int, after: int) -> tuple[int, int]:
    """The characters that tokens cover."""
    return doc[first].idx, doc[after - 1].idx + len(doc[after - 1])


def longest(matches: Matches) -> Matches:
    """The longest of overlapping phrases, chosen as spaCy's EntityRuler does, in order."""
    chosen: Matches = []
    taken: set[int] = set()
    for label, start, end in sorted(matches, key=lambda m: (m[2] - m[1], -m[1]), reverse=True):
        if start not in taken and end - 1 not in taken:
            chosen.append((label, start, end))
            taken.update(range(start, end))
    return sorted(chosen, key=lambda m: m[1])


def in_words(doc: Doc, phrases: Matches) -> Doc:
    """The document anew: a phrase is a word with its label as entity type; what is between is a word as well, and so is
    each sign of punctuation."""
    text, strings = doc.text, doc.vocab.strings
    words: list[str] = []
    entities: list[str] = []

    def plain(start: int, end: int) -> None:
        run = ""
        for c in text[start:end]:
            if c in PUNCTUATION:
                words.extend((run, c) if run else (c,))
                run = ""
            else:
                run += c
        if run:
            words.append(run)
        entities.extend([""] * (len(words) - len(entities)))

    at = 0
    for label, a, b in phrases:
        start, end = span_of(doc, a, b)
        plain(at, start)
        words.append(text[start:end])
        entities.append("B-" + strings[label])
        at = end
    plain(at, len(text))
    return Doc(doc.vocab, words=words, spaces=[False] * len(words), ents=entities)


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pipeline, once = Pipeline(job), job["once"]
    settle()
    serve(
        {
            "phrases": Act(pipeline.only_phrases, pipeline.tell_phrases, once),
            "one order": Act(lambda part: pipeline.whole(part, pipeline.one_order), pipeline.tell_patterns, once),
            "any order": Act(lambda part: pipeline.whole(part, pipeline.any_order), pipeline.tell_patterns, once),
            "which": Act(lambda part: pipeline.whole(part, pipeline.any_order), pipeline.tell_which),
        },
        {"spaCy": spacy.__version__, "its Python": platform.python_version()},
    )


if __name__ == "__main__":
    main()
