"""What a form says, and what comes of it: an offer, a preview, a ruling's file.

Every form names the state of the finding that it was made on. If that is another by now, nothing is written and the
editor is told what there is: two of them do not overwrite each other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from audit.model import KINDS, Finding
from audit.rulings.deciding import Answer, claims_of, fits
from audit.rulings.model import Decision
from audit.rulings.outcome import outcome
from audit.suggestions import suggest
from claims.errors import KoujingError
from claims.facts import Source, is_day
from koujing.resolve.asking import plain_day, published, reviewed_by
from koujing.resolve.files import write_all
from koujing.resolve.state import Draft, State
from koujing.resolve.trying import same_for
from koujing.serve.site import Shown, Site, mark_of, trouble
from reports.deciding import Offer, alike_words, came_lines, now_lines, offer_of
from reports.wording.serving import serve_words
from reports.wording.terms import Lang

MOST_REASON, MOST = 5000, 500
"""Characters of a reason, and of any other field."""


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the page sends. `mark` is the finding's as the form was made, `seen` that of the files that were shown: ""
    before. `alike`: the same for other findings that rest on the same words."""

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
    alike: bool = False
    seen: str = ""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A form to fill in, and the token with which it may be sent."""

    mark: str
    token: str
    by: str
    expires: str
    offer: Offer


class Sheet(msgspec.Struct, frozen=True):
    """A file that would be written."""

    path: str
    text: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The file that would be written, and what would come of it. `alike` offers the same for other findings, and says
    which; `others` are the files of these, where that is wanted. `seen` tells all of it from anything else."""

    path: str
    text: str
    came: tuple[str, ...]
    troubles: tuple[str, ...]
    works: bool
    alike: str
    others: tuple[Sheet, ...]
    seen: str


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


class Made(msgspec.Struct, frozen=True):
    """What a form comes to: the rulings, the audit with them, and what is said before and after they are written."""

    drafts: tuple[Draft, ...]
    then: State
    preview: Preview
    said: str


class Desk:
    """Where editors decide, one at a time."""

    REMEMBERED = 4
    """So many forms that were looked at are not worked out again to be written."""

    def __init__(self, site: Site, by: str, token: str) -> None:
        self._site, self._by, self._token = site, by, token
        self._made_of: deque[tuple[Shown, Form, Made]] = deque(maxlen=self.REMEMBERED)

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
            return made.preview if isinstance(made, Made) else made

    def write(self, form: Form) -> Reply:
        """Write what was seen, and make the audit anew."""
        with self._site.lock:
            shown = self._site.refresh()
            made = self._made(form, shown)
            if not isinstance(made, Made):
                return made
            if made.preview.seen != form.seen:
                return Clash(error=serve_words("now-file", self.lang), mark=form.mark)
            try:
                write_all(shown.state.reading.project.root, [draft.written for draft in made.drafts])
            except KoujingError as e:
                return Clash(error=trouble(e, self.lang), mark=form.mark)
            self._site.refresh(made.then)
            return Done(path=made.preview.path, said=made.said)

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

    def _made(self, form: Form, shown: Shown) -> Made | Reply:
        """What a form makes of what there is now."""
        barred = self._barred(shown)
        if barred is not None:
            return barred
        form = replace(form, seen="")
        for of, same, made in self._made_of:
            if of is shown and same == form:
                return made
        state = shown.state
        finding = state.named(form.finding)
        if finding is None or finding.state == "resolved" or mark_of(finding, state) != form.mark:
            return self._clash(finding, state)
        wrong = self._wrong(form, finding, shown)
        if wrong:
            return Wrong(wrong=wrong)
        try:
            made = self._decided(form, finding, shown)
        except KoujingError as e:
            return Wrong(error=trouble(e, self.lang))
        self._made_of.append((shown, form, made))
        return made

    def _decided(self, form: Form, finding: Finding, shown: Shown) -> Made:
        """The rulings of a form without faults. Raises KoujingError where one cannot be written down."""
        state, lang = shown.state, self.lang
        answer = answer_of(form, finding, shown.on)
        draft = state.draft(finding, answer, lang)
        came, then = state.outcome([draft])
        found = then.alike(finding, answer)
        drafts, alike = [draft], same_for(then, found, answer, lang) if form.alike else []
        if alike:
            drafts += [other for other, _ in alike]
            _, then = alike[-1]
            came = outcome(finding, [one.ruling for one in drafts], state.findings, then.findings)
        lines, troubles = came_lines(finding, came, state.reading.words(lang))
        others = tuple(Sheet(one.ruling.path, one.text) for one in drafts[1:])
        preview = Preview(
            path=draft.ruling.path, text=draft.text, came=tuple(lines), troubles=tuple(troubles), works=came.works,
            alike=alike_words([other.id for other, _ in found], lang), others=others, seen=_seen(drafts),
        )  # fmt: skip
        became = serve_words(f"became-{came.end}", lang, id=finding.id, left=came.left)
        if others:
            became += serve_words("became-alike", lang, n=len(others))
        return Made(tuple(drafts), then, preview, serve_words("done", lang, path=preview.path, came=became))

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


def _seen(drafts: Sequence[Draft]) -> str:
    """What files were shown: another one for any other path or text."""
    shown = msgspec.json.encode([(one.ruling.path, one.text) for one in drafts])
    return sha256(shown).hexdigest()
