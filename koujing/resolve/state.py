"""The audit with the rulings that are given so far; nothing is read twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from audit.following import Following
from audit.model import RULING_CODES, Finding, ReferenceKind
from audit.rulings.deciding import Answer, free_name, ruling_of, same_words, stem, unit_fits
from audit.rulings.folder import ruling_files
from audit.rulings.model import Ruling
from audit.rulings.outcome import Named, Outcome, outcome
from audit.rulings.reading import RulingError, read_ruling
from audit.rulings.writing import ruling_text, same
from claims.model import Claim
from koujing.faults import Fault
from koujing.resolve.files import Written
from koujing.run import Reading, find_conflicts
from reports.grouping import in_order
from reports.resolving import about
from reports.telling import letter, says
from reports.wording.resolving import tell
from reports.wording.terms import Lang


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling that is not written yet: the record as read back from its file, the text, and the ruling of which it
    takes the place (one that says `under-review`)."""

    finding: Finding
    ruling: Ruling
    text: str
    supersedes: Ruling | None = None

    @property
    def written(self) -> Written:
        return Written(self.ruling.path, self.text, self.supersedes.text if self.supersedes else None)


class State:
    """An audit. `possible` and `following` as `find_conflicts` takes them; `tool` is what writes rulings, as their
    files say."""

    def __init__(
        self, reading: Reading, *, possible: bool | None = None, tool: str = "koujing resolve",
        following: Following | None = None,
    ) -> None:  # fmt: skip
        self.reading = reading
        self._possible, self._tool = possible, tool
        self._following = following if following is not None else Following()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of every report."""
        return tuple(in_order(find_conflicts(self.reading, possible=self._possible, following=self._following)))

    @cached_property
    def named(self) -> Named:
        return Named(self.findings)

    @property
    def open(self) -> list[Finding]:
        """What an editor can rule on: open or under review, worst first."""
        return [f for f in self.findings if f.state != "resolved" and f.code not in RULING_CODES]

    @property
    def kinds(self) -> dict[str, ReferenceKind]:
        """What the ids are that may uphold a side."""
        return {ruling.id: "ruling" for ruling in self.reading.rulings if ruling.verdict == "stands"}

    def ruling(self, name: str | None) -> Ruling | None:
        return next((r for r in self.reading.rulings if r.id == name), None)

    def adding(self, rulings: Iterable[Ruling]) -> State:
        """The audit with these rulings, each in the place of one of the same file."""
        new = list(rulings)
        paths = {ruling.path for ruling in new}
        kept = [r for r in self.reading.rulings if r.path not in paths]
        return self._with([*kept, *new])

    def without(self, written: Sequence[Written]) -> State:
        """The audit as it was before these files were written."""
        paths = {one.path for one in written}
        kept = [r for r in self.reading.rulings if r.path not in paths]
        former = [
            read_ruling(one.path, one.former.encode("utf-8"), self.reading.topics)
            for one in written
            if one.former is not None
        ]
        return self._with([*kept, *former])

    def _with(self, rulings: Iterable[Ruling]) -> State:
        ordered = tuple(sorted(rulings, key=lambda r: r.id))
        return State(
            replace(self.reading, rulings=ordered), possible=self._possible, tool=self._tool, following=self._following
        )

    # Deciding.

    def draft(self, finding: Finding, answer: Answer, lang: Lang, freed: Iterable[Written] = ()) -> Draft:
        """The ruling that an answer makes. `freed` are files that it will take the place of. Raises Fault where it
        cannot be written down."""
        before = self.ruling(finding.ruling) if finding.state == "under-review" else None
        folder = self.reading.project.config.rulings
        taken = self._names() - {stem(one.path) for one in freed}
        path = before.path if before is not None else f"{folder}/{free_name(finding.id, taken)}"
        if answer.verdict == "stands":
            self._check_side(finding, answer, lang)
        ruling = ruling_of(finding, answer, path, self.reading.topics)
        text = ruling_text(ruling, *self._comments(finding, ruling, answer.side, lang))
        try:
            read = read_ruling(path, text.encode("utf-8"), self.reading.topics)
        except RulingError as e:
            raise Fault("resolve-unfit", got=finding.id, why=e.message) from e
        if not same(read, ruling):
            raise Fault("resolve-unfit", got=finding.id, why=str(answer.side))
        return Draft(finding=finding, ruling=read, text=text, supersedes=before)

    def _names(self) -> set[str]:
        """Names that are taken: of rulings, and of files that could not be read as such."""
        folder = self.reading.project.root / self.reading.project.config.rulings
        try:
            return {r.id for r in self.reading.rulings} | {file.stem for file in ruling_files(folder)}
        except OSError as e:
            raise Fault("unreadable-folder", path=self.reading.project.config.rulings, why=e.strerror or e) from e

    def _check_side(self, finding: Finding, answer: Answer, lang: Lang) -> None:
        side = finding.sides[answer.side or 0]
        if side.reference is not None:
            raise Fault(f"resolve-side-{side.reference.kind}", got=finding.id, id=side.reference.id)
        assert side.position is not None
        topic = self.reading.topics[side.position.topic]
        if not unit_fits(side.position, topic):
            value = self.reading.words(lang).value(topic.id, side.position.value)
            raise Fault("resolve-unit", got=finding.id, value=value, unit=topic.unit or "—")

    def _comments(
        self, finding: Finding, ruling: Ruling, side: int | None, lang: Lang
    ) -> tuple[list[str], dict[str, str]]:
        words = self.reading.words(lang)
        head = [tell("head", lang, tool=self._tool), about(finding, words)]
        notes = {"claims": tell("note-claims", lang), "expires": tell("note-expires", lang)}
        if ruling.fact is not None and side is not None:
            notes["value"] = says(side, finding.sides[side], finding, words)
        whose = {c.id: n for n, s in enumerate(finding.sides) for c in s.claims}
        for n, rest in enumerate(ruling.rests):
            if rest.id in whose:
                of = whose[rest.id]
                notes[f"claims.{n}"] = f"{letter(of, lang)} {says(of, finding.sides[of], finding, words)}"
        return head, notes

    def outcome(self, drafts: Sequence[Draft]) -> tuple[Outcome, State]:
        """What the first draft's finding comes to with all of them, and the audit then."""
        then = self.adding(d.ruling for d in drafts)
        return outcome(drafts[0].finding, [d.ruling for d in drafts], self.findings, then.findings), then

    def alike(self, finding: Finding, answer: Answer) -> list[tuple[Finding, tuple[str, ...]]]:
        """Further open findings to which a verdict can be given because they rest on the same words, each with the
        claims that say them."""
        if answer.verdict not in ("misread", "both-stand"):
            return []
        chosen = chosen_claims(finding, answer)
        ids = {claim.id for claim in chosen}
        found = ((f, same_words(f, chosen, answer.verdict)) for f in self.open if not _same(f, finding))
        return [(f, claims) for f, claims in found if claims and not set(claims) <= ids]


def chosen_claims(finding: Finding, answer: Answer) -> list[Claim]:
    """The claims that an answer is about."""
    everything = [claim for side in finding.sides for claim in side.claims]
    return [claim for claim in everything if not answer.claims or claim.id in answer.claims]


def _same(one: Finding, other: Finding) -> bool:
    return one.id.startswith(other.id) or other.id.startswith(one.id)
