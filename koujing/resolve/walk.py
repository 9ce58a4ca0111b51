"""The walk: one finding after the other, worst first; each answer is written before the next is asked."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from audit.model import Finding
from audit.rulings.deciding import Answer, fits
from audit.rulings.model import Decision, Ruling
from audit.suggestions import suggest
from claims.errors import KoujingError
from claims.facts import Source
from koujing.faults import Fault
from koujing.resolve.asking import Asker, Dropped, Known
from koujing.resolve.files import Written, take_back, write
from koujing.resolve.state import Draft, State
from koujing.resolve.terminal import Console, Ended
from koujing.resolve.trying import same_for, try_side
from koujing.streams import out
from reports.resolving import (
    View,
    file_screen,
    finding_screen,
    help_screen,
    keys_of,
    menu,
    outcome_screen,
    places_screen,
    status,
    trouble_lines,
)
from reports.telling import letter
from reports.wording.phrases import day as spoken
from reports.wording.problems import problem_words

VERDICTS: dict[str, Decision] = {
    "1": "stands", "2": "stands", "b": "both-stand", "m": "misread", "u": "under-review",
}  # fmt: skip

class Left(Exception):
    """The editor quits."""


class Step(msgspec.Struct, frozen=True):
    """What became of one finding: files written, or the article is to be edited."""

    written: tuple[Written, ...] = ()
    edit: bool = False


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a walk is told: findings (ids) in order, who decides and when, and what needs no asking. `dry`: nothing is
    written."""

    queue: tuple[str, ...]
    known: Known
    sure: bool = False
    alike: bool = False
    dry: bool = False


class Walk:
    """A walk in progress. `state` is the audit with all that was written; `steps` what became of each finding."""

    def __init__(self, state: State, plan: Plan, console: Console, view: View) -> None:
        self.state, self.plan, self.view = state, plan, view
        self.steps: dict[int, Step] = {}
        self._ask = Asker(console, view)
        self._root = state.reading.project.root
        self._sources: dict[str, Source] = {}
        self._by = plan.known.by

    @property
    def written(self) -> list[Written]:
        return [one for step in self.steps.values() for one in step.written]

    @property
    def edits(self) -> int:
        return sum(step.edit for step in self.steps.values())

    def run(self) -> None:
        """Until all were asked, the editor quits or the input ends. KeyboardInterrupt passes."""
        at, seen = 0, list[int]()
        while at < len(self.plan.queue):
            finding = self._finding(at)
            if finding is None:
                at += 1
                continue
            try:
                went = self._one(at, finding)
            except (Left, Ended):
                return
            if went == "back":
                if not seen:
                    self._ask.say("first")
                    continue
                at = seen.pop()
            else:
                seen.append(at)
                at += 1

    def _before(self, at: int) -> State:
        """The audit without what this walk has decided of one finding."""
        step = self.steps.get(at)
        return self.state.without(step.written) if step is not None and step.written else self.state

    def _finding(self, at: int) -> Finding | None:
        """The finding to ask of; None where another ruling has resolved it."""
        name = self.plan.queue[at]
        found = self._before(at).named(name)
        if found is None or found.state == "resolved":
            self._ask.say("also-closed", id=name)
            return None
        return found

    def _one(self, at: int, finding: Finding) -> str:
        """One finding until something is decided of it: `on` or `back`. Raises Left or Ended."""
        state = self._before(at)
        suggestion = suggest(finding, state.kinds)
        was = self._was(at, finding, state)
        said = status(was, self.view) if was is not None else ""
        out(finding_screen(finding, at + 1, len(self.plan.queue), suggestion, self.view, said) + "\n")
        out(menu(finding, self.view))
        while True:
            key = self._ask.key()
            if key == "q":
                raise Left
            if key in ("s", "k"):
                return "back" if key == "k" else "on"
            if key == "?":
                out(help_screen(finding, self.view))
            elif key in keys_of(finding):
                try:
                    if key == "e":
                        if self._edit(at):
                            out(places_screen(finding, suggestion, self.view))
                            return "on"
                    elif self._decide(at, finding, VERDICTS[key], int(key) - 1 if key in "12" else None, state):
                        return "on"
                except Dropped:
                    pass
                except Fault as e:
                    self._complain(e)
                out(menu(finding, self.view))
            elif key in ("1", "2"):
                self._ask.say("no-stands")
            elif key:
                self._ask.say("no-key", got=key)

    def _was(self, at: int, finding: Finding, state: State) -> Ruling | None:
        """The ruling that there is: of this walk, else one that says `under-review`."""
        step = self.steps.get(at)
        if step is not None and step.written:
            path = step.written[0].path
            return next((r for r in self.state.reading.rulings if r.path == path), None)
        return state.ruling(finding.ruling) if finding.state == "under-review" else None

    def _complain(self, fault: KoujingError) -> None:
        message = fault.message
        hint = fault.hint
        if isinstance(fault, Fault):
            message, hint = problem_words(fault.code, fault.blanks, self.view.lang)
        lines = self.view.text(f"{message}。{hint}" if self.view.lang == "zh" else f"{message}: {hint}")
        out("".join(f"{self.view.paint('error', line)}\n" for line in lines))

    def _edit(self, at: int) -> bool:
        """The article will be edited; what was written before goes, if the editor agrees."""
        step = self.steps.get(at, Step())
        if step.written:
            paths = ", ".join(one.path for one in step.written)
            if not self._ask.yes("remove", path=paths):
                return False
            self._take_back(at)
        self.steps[at] = Step(edit=True)
        return True

    def _take_back(self, at: int) -> None:
        """What was written for one finding is taken back, last first."""
        before = self._before(at)
        for one in reversed(self.steps[at].written):
            if not self.plan.dry:
                take_back(self._root, one)
            self._ask.say("restored" if one.former is not None else "removed", path=one.path)
        self.steps[at] = Step()
        self.state = before

    # A verdict.

    def _decide(self, at: int, finding: Finding, verdict: Decision, side: int | None, state: State) -> bool:
        """Ask for what the verdict takes, show what comes of it, write it. False where the editor chooses again.
        Raises Dropped or Fault."""
        warned, until = False, None
        if verdict == "stands":
            if not fits(verdict, finding) or side is None:
                raise Fault("resolve-no-value", got=finding.id)
            known = finding.sides[side].reference
            if known is not None:
                self._ask.say(f"side-is-{known.kind}", side=letter(side, self.view.lang), id=known.id)
                return False
            warned, until = self._warned(finding, side, state)
            if warned and not self._ask.yes("go-on", default=False):
                return False
        answer = replace(self._ask.answer(finding, verdict, side, self._known(finding, side)), until=until)
        draft = state.draft(finding, answer, self.view.lang, self.steps.get(at, Step()).written)
        came, then = state.outcome([draft])
        out(file_screen(draft.ruling.path, draft.text, self.view))
        out(outcome_screen(finding, came, self.view))
        if draft.supersedes is not None:
            self._ask.say("supersedes")
        if not came.works and not warned:
            if not self._ask.yes("write-anyway", default=False):
                return False
        elif not self.plan.sure and not self._ask.yes("write"):
            return False
        if self.steps.get(at, Step()).written:
            paths = ", ".join(one.path for one in self.steps[at].written)
            if not self._ask.yes("replace", path=paths):
                return False
            self._take_back(at)
        self._keep(at, draft, then)
        self._remember(finding, answer)
        self._same_wording(at, finding, answer)
        return True

    def _known(self, finding: Finding, side: int | None) -> Known:
        source = None
        if side is not None:
            upheld = finding.sides[side].upheld
            facts = {known.fact.id: known.fact.source for known in self.state.reading.facts}
            source = facts.get(upheld or "") or self._sources.get(finding.topic or "")
        return replace(self.plan.known, by=self._by, source=source)

    def _remember(self, finding: Finding, answer: Answer) -> None:
        self._by = answer.by
        if answer.source is not None and finding.topic:
            self._sources[finding.topic] = answer.source

    def _warned(self, finding: Finding, side: int, state: State) -> tuple[bool, str | None]:
        """Whether the editor was told, before anything is asked, that this side cannot stand: a fact or another
        ruling says otherwise. Where that is so from a later day on, the last day before may be given instead."""
        known = self.plan.known
        tried = try_side(state, finding, side, max(known.on, known.today), self.view.lang)
        if tried.until is not None and tried.fact is not None:
            since = spoken(tried.fact.since or "", self.view.lang)
            if self._ask.yes("until-fact", id=tried.fact.id, since=since):
                return False, tried.until
        for trouble in tried.troubles:
            out("".join(f"{line}\n" for line in trouble_lines(trouble, self.view)))
        return bool(tried.troubles), None

    def _keep(self, at: int, draft: Draft, then: State) -> None:
        if not self.plan.dry:
            write(self._root, draft.written)
            self._ask.say("written", path=draft.ruling.path)
        step = self.steps.get(at, Step())
        self.steps[at] = Step((*step.written, draft.written))
        self.state = then

    def _same_wording(self, at: int, finding: Finding, answer: Answer) -> None:
        """The same for further findings that rest on the same words, if the editor wants that."""
        found = self.state.alike(finding, answer)
        if not found:
            return
        ids = ", ".join(other.id for other, _ in found)
        if not self.plan.alike and not self._ask.yes("same-wording", n=len(found), ids=ids):
            return
        for draft, then in same_for(self.state, found, answer, self.view.lang):
            self._keep(at, draft, then)
