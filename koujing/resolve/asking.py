"""The questions that an answer takes, one after the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from audit.model import Finding
from audit.rulings.deciding import Answer, claims_of
from audit.rulings.model import Decision
from claims.facts import Source, is_day
from koujing.resolve.terminal import Console
from koujing.streams import out
from reports.resolving import View, choices
from reports.wording.resolving import tell

REVIEW_DAYS = 30
"""How long something is clarified, unless the editor says otherwise."""


def reviewed_by(first: str) -> str:
    """The last day of a review that begins on `first` (ISO days), unless the editor says otherwise."""
    return (date.fromisoformat(first) + timedelta(days=REVIEW_DAYS)).isoformat()


_PUBLISHED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_SIDES = {"甲": 0, "a": 0, "乙": 1, "b": 1}


class Dropped(Exception):
    """The editor leaves a question empty that has to be answered: nothing is decided."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What answers begin with: who decides, the day, where that is written."""

    by: str = ""
    on: str
    today: str
    source: Source | None = None


class Asker:
    """Asks, and takes no answer that would not do."""

    def __init__(self, console: Console, view: View) -> None:
        self._console, self._view = console, view

    def say(self, key: str, **args: object) -> None:
        out("".join(f"{line}\n" for line in self._view.text(tell(key, self._view.lang, **args))))

    def key(self, key: str = "choose", **args: object) -> str:
        """One key, after a line that says which there are."""
        self.say(key, **args)
        return self._console.key("> ")

    def yes(self, key: str, default: bool = True, **args: object) -> bool:
        while True:
            got = self.key(key, **args)
            if got in ("", "y", "n"):
                return default if not got else got == "y"
            self.say("no-key", got=got)

    def line(self, key: str, default: str = "") -> str:
        """A line; Enter takes the default."""
        ask = tell(key, self._view.lang) + (f" [{default}]" if default else "")
        out("".join(f"{line}\n" for line in self._view.text(ask)))
        return self._console.line("> ") or default

    def needed(self, key: str, default: str = "") -> str:
        """A line that may not be empty. Raises Dropped."""
        text = self.line(key, default)
        if not text:
            raise Dropped
        return text

    def answer(self, finding: Finding, verdict: Decision, side: int | None, known: Known) -> Answer:
        """All that a verdict takes. Raises Dropped."""
        claims = self._which(finding) if verdict == "misread" else ()
        source = self._source(known.source) if verdict == "stands" else None
        since = self._day("ask-since") if verdict == "stands" else ""
        expires = self._expires(known) if verdict == "under-review" else None
        reason = self.needed("ask-reason")
        by = self.line("ask-by", known.by)
        while not by:
            self.say("needed")
            by = self.line("ask-by")
        return Answer(
            verdict=verdict, reason=reason, by=by, on=known.on, side=side, source=source, since=since or None,
            expires=expires, claims=claims,
        )  # fmt: skip

    def _which(self, finding: Finding) -> tuple[str, ...]:
        """Which claims were misread; none where the finding has none, only words."""
        listed = claims_of(finding)
        if len(listed) < 2:
            return tuple(claim.id for _, claim in listed)
        out(choices(finding, self._view))
        while True:
            text = self.needed("ask-which")
            chosen, wrong = numbers(text, [side for side, _ in listed])
            if chosen and not wrong:
                return tuple(listed[n][1].id for n in chosen)
            self.say("not-number", got=wrong or text)

    def _source(self, known: Source | None) -> Source:
        default = known or Source("")
        document = self.line("ask-document-else", default.document) if known else self.needed("ask-document")
        if document != default.document:
            default = Source("")
        issuer = self.line("ask-issuer", default.issuer)
        return Source(document, issuer, self._checked("ask-published", published, default.published))

    def _day(self, key: str) -> str:
        return self._checked(key, lambda text: day if is_day(day := plain_day(text)) else None)

    def _expires(self, known: Known) -> str:
        first = max(known.on, known.today)
        default = reviewed_by(first)
        while True:
            day = self._checked("ask-expires", lambda text: d if is_day(d := plain_day(text)) else None, default)
            if day >= first:
                return day
            self.say("day-gone", got=day, today=first)

    def _checked(self, key: str, read: Callable[[str], str | None], default: str = "") -> str:
        """A line that `read` can take, asked for until it can; empty where it is left out."""
        while True:
            text = self.line(key, default)
            found = read(text) if text and text != default else text
            if found is not None:
                return found
            self.say("not-day", got=text)


def plain_day(text: str) -> str:
    """2025年1月31日, ２０２５.1.31 and 2025/1/31 as 2025-01-31; anything else as it is."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = [part for part in re.split(r"[-./年月日\s]+", plain) if part]
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return plain
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def published(text: str) -> str | None:
    """A year, a month or a day; None for anything else."""
    plain = plain_day(text)
    if not _PUBLISHED.match(plain):
        return None
    return plain if is_day(plain + "-01-01"[len(plain) - 4 :]) else None


def numbers(text: str, sides: list[int]) -> tuple[list[int], str]:
    """Which of the claims listed a line names, by number or by side (甲), from 0 on; and what of it names none."""
    plain = unicodedata.normalize("NFKC", text).lower()
    chosen: set[int] = set()
    for part in re.findall(r"\d+|[^\W\d]|[^\s\d,、;.]", plain):
        if part in _SIDES and _SIDES[part] in sides:
            chosen |= {n for n, side in enumerate(sides) if side == _SIDES[part]}
        elif part.isdigit() and 1 <= int(part) <= len(sides):
            chosen.add(int(part) - 1)
        else:
            return sorted(chosen), part
    return sorted(chosen), ""
