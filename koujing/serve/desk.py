"""What a form says, and what comes of it: an offer, a preview, a ruling's file.

Every form names the state of the finding that it was made on. If that is another by now, nothing is written and the
editor is told what there is: two of them do not overwrite each other.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from audit.model import KINDS, Finding
from audit.rulings.deciding import Answer, claims_of, fits
from audit.rulings.model import Decision
from audit.suggestions import suggest
from claims.errors import KoujingError
from claims.facts import Source, is_day
from koujing.resolve.asking import plain_day, published, reviewed_by
from koujing.resolve.files import write
from koujing.resolve.state import Draft, State
from koujing.serve.site import Shown, Site, mark_of, trouble
from reports.deciding import Offer, came_lines, now_lines, offer_of
from reports.wording.serving import serve_words
from reports.wording.terms import Lang

MOST_REASON, MOST = 5000, 500
"""Characters of a reason, and of any other field."""


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the page sends. `mark` is the finding's as the form was made, `seen` the file that was shown: "" before."""

    finding: str
    mark: str
    verdict: Decision | None = None
    side: int | None = None
    claims: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    document: str = ""
    issuer: str = ""
    published: str = ""
    since: str = ""
    until: str = ""
    expires: str = ""
    seen: str = ""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A form to fill in, and the token with which it may be sent."""

    mark: str
    token: str
    by: str
    expires: str
    offer: Offer


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The file that would be written, and what would come of it."""

    path: str
    text: str
    came: tuple[str, ...]
    troubles: tuple[str, ...]
    works: bool


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a form, by field; `error` where it is not one field's."""

    wrong: dict[str, str] = {}
    error: str = ""


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """It has been decided, or is another finding by now: what there is. `mark` is "" where it is not open any more."""

    error: str
    now: tuple[str, ...] = ()
    mark: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling is written."""

    path: str
    said: str


Reply: TypeAlias = Offered | Preview | Wrong | Clash | Done


class Desk:
    """Where editors decide, one at a time."""

    def __init__(self, site: Site, by: str, token: str) -> None:
        self._site, self._by, self._token = site, by, token

    @property
    def lang(self) -> Lang:
        return self._site.lang

    def offer(self, name: str) -> Reply:
        """What can be decided of a finding."""
        shown = self._site.shown
        barred = self._barred(shown)
        if barred is not None:
            return barred
        finding = shown.state.named(name)
        if finding is None or finding.state == "resolved":
            return self._clash(finding, shown.state)
        state = shown.state
        facts = {known.fact.id: known.fact.source for known in state.reading.facts}
        return Offered(
            mark=mark_of(finding, state), token=self._token, by=self._by,
            expires=reviewed_by(max(shown.on, shown.today)),
            offer=offer_of(
                finding, suggest(finding, state.kinds), facts, state.ruling(finding.ruling),
                state.reading.words(self.lang),
            ),
        )  # fmt: skip

    def preview(self, form: Form) -> Reply:
        """What would be written."""
        with self._site.lock:
            made = self._made(form, self._site.refresh())
            return made[1] if isinstance(made, tuple) else made

    def write(self, form: Form) -> Reply:
        """Write what was seen, and make the audit anew."""
        with self._site.lock:
            shown = self._site.refresh()
            made = self._made(form, shown)
            if not isinstance(made, tuple):
                return made
            draft, preview, said = made
            if draft.text != form.seen:
                return Clash(error=serve_words("now-file", self.lang), mark=form.mark)
            try:
                write(shown.state.reading.project.root, draft.written)
            except KoujingError as e:
                return Clash(error=trouble(e, self.lang), mark=form.mark)
            self._site.refresh()
            return Done(path=preview.path, said=said)

    def _barred(self, shown: Shown) -> Clash | None:
        if not shown.state.reading.project.configured:
            return Clash(error=serve_words("no-config", self.lang))
        if self._site.broken:
            return Clash(error=serve_words("now-broken", self.lang, why=self._site.broken[0]))
        return None

    def _clash(self, finding: Finding | None, state: State) -> Clash:
        """What there is now."""
        ruling = state.ruling(finding.ruling) if finding is not None else None
        still = finding is not None and finding.state != "resolved"
        return Clash(
            error=serve_words("conflict", self.lang),
            now=tuple(now_lines(finding, ruling, state.reading.words(self.lang))),
            mark=mark_of(finding, state) if finding is not None and still else "",
        )

    def _made(self, form: Form, shown: Shown) -> tuple[Draft, Preview, str] | Reply:
        """The ruling that a form makes of what there is now, and what is said once it is written."""
        barred = self._barred(shown)
        if barred is not None:
            return barred
        state = shown.state
        finding = state.named(form.finding)
        if finding is None or finding.state == "resolved" or mark_of(finding, state) != form.mark:
            return self._clash(finding, state)
        wrong = self._wrong(form, finding, shown)
        if wrong:
            return Wrong(wrong=wrong)
        try:
            draft = state.draft(finding, answer_of(form, finding, shown.on), self.lang)
        except KoujingError as e:
            return Wrong(error=trouble(e, self.lang))
        came, _ = state.outcome([draft])
        lines, troubles = came_lines(finding, came, state.reading.words(self.lang))
        preview = Preview(
            path=draft.ruling.path, text=draft.text, came=tuple(lines), troubles=tuple(troubles), works=came.works
        )
        became = serve_words(f"became-{came.end}", self.lang, id=finding.id, left=came.left)
        return draft, preview, serve_words("done", self.lang, path=preview.path, came=became)

    def _wrong(self, form: Form, finding: Finding, shown: Shown) -> dict[str, str]:
        """What is wrong with each field."""
        found: dict[str, str] = {}

        def say(name: str, key: str, **args: object) -> None:
            found.setdefault(name, serve_words(key, self.lang, **args))

        for name in ("reason", "by", "document", "issuer", "published", "since", "until", "expires"):
            most = MOST_REASON if name == "reason" else MOST
            if len(getattr(form, name)) > most:
                say(name, "too-long", most=most)
        needed = ["reason", "by"]
        days = []
        if form.verdict is None or not fits(form.verdict, finding):
            say("verdict", "choose")
        if form.verdict == "stands":
            needed += ["document"]
            days += ["since", "until"]
            if form.side is None or not 0 <= form.side < len(finding.sides):
                say("verdict", "choose")
            if form.published.strip() and published(form.published) is None:
                say("published", "not-day")
        if form.verdict == "misread" and claims_of(finding):
            known = {claim.id for _, claim in claims_of(finding)}
            if not form.claims or not known.issuperset(form.claims):
                say("claims", "choose-claims")
        if form.verdict == "under-review":
            needed += ["expires"]
            days += ["expires"]
        for name in needed:
            if not getattr(form, name).strip():
                say(name, "needed")
        for name in days:
            day = plain_day(getattr(form, name))
            if day and not is_day(day):
                say(name, "not-day")
            elif name == "expires" and day < max(shown.on, shown.today):
                say(name, "day-gone", today=max(shown.on, shown.today))
        return found


def answer_of(form: Form, finding: Finding, on: str) -> Answer:
    """What a form without faults says; of fields that do not belong to its verdict, nothing."""
    assert form.verdict is not None
    stands = form.verdict == "stands" and finding.kind in KINDS
    source = None
    if stands:
        source = Source(form.document.strip(), form.issuer.strip(), published(form.published.strip() or "") or "")
    return Answer(
        verdict=form.verdict, reason=form.reason.strip(), by=form.by.strip(), on=on,
        side=form.side if stands else None, source=source,
        since=(plain_day(form.since) or None) if stands else None,
        until=(plain_day(form.until) or None) if stands else None,
        expires=plain_day(form.expires) if form.verdict == "under-review" else None,
        claims=form.claims if form.verdict == "misread" and claims_of(finding) else (),
    )  # fmt: skip
