"""What articles say on no topic, by its form: numbers and places left blank, so that one way of saying is one form.

The commonest forms are where a domain grows next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from claims.language.fold import fold
from claims.language.numerals import numeral
from claims.language.places import find as find_places
from claims.model import Claim

_COUNTS = re.compile(
    r"元|块|%|个百分点|人|名|位|个|岁|年|月|天|日|次|倍|万|亿|成|省|市|家|项|种|张|笔|分|号|点|℃|公里|米"
)
"""What a numeral in Chinese characters must stand before to be a number: 三个月, not 一旦."""
_OPENING = re.compile(
    r"^(?:此外|另外|同时|其中|例如|比如|例|如|需要注意的是|需注意|注意|但是?|不过|而且|而|且|并且|并|也|还|又|则|就|即|因此|所以|首先|其次|最后|目前|现在|"
    r"\(?[\d一二三四五六七八九十]{1,2}[、.)]|[•●·,:])+"
)
_MARKS = re.compile(r"[\s\"'“”‘’《》()（）【】\[\],，。;；:：!！?？、*_`|]+")
_START = re.compile(r"[\d一二三四五六七八九十百千两廿卅]")


class Form(msgspec.Struct, frozen=True):
    """A form, its claims in the order of the source, and in how many articles it stands."""

    form: str
    claims: tuple[Claim, ...]

    @property
    def articles(self) -> int:
        return len({claim.path for claim in self.claims})


def forms(claims: Iterable[Claim]) -> list[Form]:
    """The claims by form, commonest first, then in alphabetical order."""
    by_form: dict[str, list[Claim]] = {}
    for claim in claims:
        by_form.setdefault(form_of(claim.quote), []).append(claim)
    found = [Form(form, tuple(said)) for form, said in by_form.items()]
    return sorted(found, key=lambda f: (-len(f.claims), -f.articles, f.form))


def form_of(quote: str) -> str:
    """每人每年400元 and 每人每年380元 are 每人每年N元; 在武汉市 is 在X."""
    text = _OPENING.sub("", fold(re.sub(r"<[^<>]*>", "", quote)).chars)
    blanks = [(p.start, p.end, "X") for p in find_places(text)]
    blanks += _numbers(text)
    pieces: list[str] = []
    at = 0
    for start, end, blank in sorted(blanks):
        if start >= at:
            pieces += (text[at:start], blank)
            at = end
    return _MARKS.sub("", "".join((*pieces, text[at:]))) or text


def _numbers(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    at = 0
    while m := _START.search(text, at):
        number = numeral(text, m.start())
        if number is None:
            at = m.start() + 1
            continue
        counts = _COUNTS.match(text, number.end) and text[m.start() : number.end] != "一"
        if text[m.start()].isdigit() or counts:
            found.append((m.start(), number.end, "N"))
        at = max(number.end, m.start() + 1)
    return found
