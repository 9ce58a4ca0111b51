"""A verdict given by options alone: all of it is checked and tried before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from audit.model import KINDS, Finding
from audit.rulings.deciding import Answer, claims_of, fits
from audit.rulings.model import Decision
from audit.rulings.outcome import Outcome
from claims.facts import Source
from koujing.clicks import language
from koujing.faults import Fault
from koujing.resolve.files import Written, write_all
from koujing.resolve.state import Draft, State
from koujing.resolve.trying import day_before, later_facts, same_for
from koujing.streams import out
from reports.resolving import View, file_screen, outcome_screen
from reports.telling import letter
from reports.wording.messages import message
from reports.wording.resolving import tell


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The options as given; empty where they were not. `side` is 0 or 1, days are ISO."""

    verdict: Decision
    side: int | None = None
    reason: str = ""
    by: str = ""
    on: str
    today: str
    document: str = ""
    issuer: str = ""
    published: str = ""
    since: str = ""
    until: str = ""
    expires: str = ""
    claims: tuple[str, ...] = ()
    alike: bool = False
    sure: bool = False
    dry: bool = False


def decide(
    state: State, findings: Sequence[Finding], asked: Asked, view: View, confirm: Callable[[str], bool] | None
) -> tuple[State, list[Written]]:
    """Rule on all of the findings alike. `confirm` asks (a key of TEXT) where somebody watches; None where nobody
    does. Gives the audit then and the files. Raises Fault, and then nothing is written."""
    check_options(findings, asked)
    _check_claims(findings, asked)
    drafts: list[Draft] = []
    for finding in findings:
        still = state.named(finding.id)
        if still is None or still.state == "resolved":
            out(tell("also-closed", view.lang, id=finding.id) + "\n")
            continue
        answer = _answer(still, asked)
        draft = state.draft(still, answer, view.lang)
        came, then = state.outcome([draft])
        out(file_screen(draft.ruling.path, draft.text, view) + outcome_screen(still, came, view))
        if draft.supersedes is not None:
            out(tell("supersedes", view.lang) + "\n")
        if not came.works and not asked.sure:
            if confirm is None:
                raise _refused(still, came, asked, view)
            if not confirm("write-anyway"):
                continue
        elif confirm is not None and not confirm("write"):
            continue
        drafts.append(draft)
        state = then
        if asked.alike:
            for other, after in same_for(state, state.alike(still, answer), answer, view.lang):
                out(file_screen(other.ruling.path, other.text, view))
                drafts.append(other)
                state = after
    if asked.dry:
        return state, []
    write_all(state.reading.project.root, [draft.written for draft in drafts])
    for draft in drafts:
        out(tell("written", view.lang, path=draft.ruling.path) + "\n")
    return state, [draft.written for draft in drafts]


def _refused(finding: Finding, came: Outcome, asked: Asked, view: View) -> Fault:
    """Why a ruling would not do."""
    if not came.troubles:
        return Fault("resolve-no-effect", got=finding.id, why=tell("still-open", view.lang, id=finding.id))
    why = message(came.troubles[0], view.words)
    later = later_facts(came.troubles, asked.today)
    if later and not asked.until:
        return Fault("resolve-later-fact", got=finding.id, why=why, until=day_before(later))
    return Fault("resolve-no-effect", got=finding.id, why=why)


def check_options(findings: Sequence[Finding], asked: Asked) -> None:
    """Raise Fault where options are missing, empty, or do not go with the verdict or the findings."""
    verdict, first = asked.verdict, findings[0]
    for finding in findings:
        if not fits(verdict, finding):
            raise Fault("resolve-no-value", got=finding.id)
    stands = {"--source": asked.document, "--issuer": asked.issuer, "--published": asked.published}
    given = [name for name, value in {**stands, "--since": asked.since, "--until": asked.until}.items() if value]
    if verdict == "stands":
        given = [name for name, value in {"--claim": asked.claims, "--same-wording": asked.alike}.items() if value]
    if verdict in ("both-stand", "under-review"):
        given += ["--side"] if asked.side is not None else []
    if verdict == "under-review":
        given += ["--same-wording"] if asked.alike else []
    if given:
        raise Fault("resolve-foreign", verdict=verdict, options=", ".join(given))
    needed = {"--reason": asked.reason.strip()}
    if verdict == "stands":
        needed |= {"--side": "" if asked.side is None else "given", "--source": asked.document.strip()}
    if verdict == "under-review":
        needed |= {"--expires": asked.expires}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise Fault("resolve-missing", verdict=verdict, options=", ".join(missing), got=first.id)
    if not asked.by.strip():
        raise Fault("resolve-no-name")
    if asked.expires and asked.expires < asked.today:
        raise Fault("resolve-gone-by", got=asked.expires, today=asked.today)


def _check_claims(findings: Sequence[Finding], asked: Asked) -> None:
    """Raise Fault for a claim that none of the findings has."""
    known = [claim.id for finding in findings for _, claim in claims_of(finding)]
    for claim in asked.claims:
        if claim not in known:
            ids = findings[0].id if len(findings) == 1 else ", ".join(f.id for f in findings)
            raise Fault("resolve-claim", got=ids, claim=claim, known=", ".join(known) or "—")


def _answer(finding: Finding, asked: Asked) -> Answer:
    source = Source(asked.document, asked.issuer, asked.published) if asked.verdict == "stands" else None
    return Answer(
        verdict=asked.verdict, reason=asked.reason, by=asked.by, on=asked.on, side=asked.side, source=source,
        since=asked.since or None, until=asked.until or None, expires=asked.expires or None,
        claims=_claims(finding, asked),
    )  # fmt: skip


def _claims(finding: Finding, asked: Asked) -> tuple[str, ...]:
    """The claims that a finding's ruling is limited to. Raises Fault where it must be said which were misread."""
    listed = claims_of(finding)
    if asked.verdict == "stands" or not listed:
        if asked.verdict == "misread" and (asked.claims or asked.side is not None):
            raise Fault("resolve-words", got=finding.id)
        return ()
    chosen = tuple(claim.id for _, claim in listed if claim.id in asked.claims)
    if asked.claims and not chosen:
        raise Fault("resolve-claim", got=finding.id, claim=asked.claims[0], known=_known(finding))
    if asked.verdict != "misread" or chosen:
        return chosen
    ids = tuple(claim.id for n, claim in listed if asked.side in (None, n))
    if not ids or (asked.side is None and len(ids) > 1):
        raise Fault("resolve-which", got=finding.id, known=_known(finding))
    return ids


def _known(finding: Finding) -> str:
    """甲 c4e15165zmp, 乙 c9k20731abd."""
    named = finding.kind in KINDS
    return ", ".join(f"{letter(n, language())} {c.id}" if named else c.id for n, c in claims_of(finding))
