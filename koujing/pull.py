"""`--base` where little has changed: what is known of the commit is looked up, and only the articles that differ from
it are read.

What the commit comes to was kept by a run that audited it in full (`koujing/ledgers.py`). What is out of the ordinary
(links, submodules, exports, PATHS, a config or rulings that the commit had not, an id that two articles have) is left
to `koujing/base.py`, and so is whatever a part of is missing; the bytes that come out are the same.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from audit.cache.ledgers import Ledgers
from audit.changes import Change, compare, fresh
from audit.corpus import Progress, stream
from audit.dated import as_of
from audit.defects import defect_findings
from audit.differing import Differing, differing
from audit.files import below_top
from audit.following import can_meet, decided
from audit.gate import blocking, exit_code, settle
from audit.harvest import titles_of, watched
from audit.identity import shortened
from audit.ledger import Article, Head, Torn, bare, is_watched, lines, unpack_watched
from audit.model import Defect, Finding, Position
from audit.nearby import Near, found_near
from audit.pieces import Key, Piece
from audit.positions import position_of
from audit.problem import Problem, problem_key
from audit.revision import RevisionError, renamed
from audit.rulings.effect import Corpus as Decidable
from audit.rulings.effect import Effect, effect_of, reviewed
from audit.rulings.folder import read_rulings
from audit.rulings.mending import ways
from audit.rulings.model import Ruling
from audit.rulings.troubles import troubles
from claims.domain import domain_mark
from claims.model import Claim, part_name, path_of
from koujing import __version__, caching
from koujing.knowledge import references, topics_of
from koujing.ledgers import key_of, listed, plain
from koujing.pull_files import Compared
from koujing.remembered import Asked
from koujing.run import Everywhere, Sources, audited_by, levels_of, references_of, vocabulary
from reports.record import Covered, Coverings, Report

SLOW = frozenset({"html", "gitlab"})
"""Formats that show what a change does not bring, too."""


def quickly(asked: Asked, progress: Progress | None = None) -> tuple[Report, Sources] | None:
    """The report of a change, and the texts that it quotes; None where it is to be audited in full. Raises what the
    domains of the project do."""
    disk, ref = caching.disk(), asked.base
    if disk is None or ref is None or SLOW & {asked.shown, *asked.others} or not plain(asked.project):
        return None
    differs = differing(asked.project.root, ref)
    if differs is None:
        return None
    kept = Ledgers(disk)
    key = key_of(asked.project, differs.revision.commit, asked.about["today"][0], asked.possible)
    head = kept.head(key) if key is not None else None
    if head is None:
        return None
    collects = gc.isenabled()
    gc.disable()  # little is made here, and nothing of it in cycles
    try:
        return _Pull(asked, differs, kept, head).report(progress)
    except (Torn, RevisionError):
        return None
    finally:
        if collects:
            gc.freeze()  # nor is it looked through now, a moment before the end
            gc.enable()


class _State(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two states, as far as it differs from the other: what its files that differ came to, the claims that
    rulings may be about, and what rulings come to."""

    pieces: Mapping[str, Piece]
    watched: tuple[Claim, ...]
    decidable: Decidable
    effect: Effect


class _Pull:
    """One comparison. Whatever is not as it should be raises Torn."""

    def __init__(self, asked: Asked, differs: Differing, kept: Ledgers, head: Head) -> None:
        self._asked, self._differs, self._kept, self._head = asked, differs, kept, head
        self._project, self._today = asked.project, asked.about["today"][0]
        self._config = config = asked.project.config
        self._domains, facts = audited_by(self._project)
        self._topics = topics_of(self._domains)
        self._facts = references_of(facts)
        self._rulings: tuple[Ruling, ...] = ()
        if self._project.configured:
            self._rulings, malformed = read_rulings(self._project.root, config.rulings, self._topics)
            if malformed:
                raise Torn
        self._watch = watched(rest for ruling in self._rulings for rest in ruling.rests)
        self._levels, self._possible = levels_of(config, asked.possible)
        self._domain_names = references(self._project)
        self._marks = tuple(map(domain_mark, self._domain_names))
        store = caching.pieces()
        if store is None:
            raise Torn
        self._store = store
        self._articles = {article.path: article for article in kept.listing(head)}

    def report(self, progress: Progress | None) -> tuple[Report, Sources]:
        files = Compared(self._project, self._differs, self._articles, self._head.exact)
        then, now = files.then, files.now
        paths = (self._articles.keys() - then.keys()) | now.keys()
        self._sources = Sources(files, self._rulings)
        before = {path: self._piece(article) for path, article in then.items()}
        names = sorted(now)
        read = stream([now[n] for n in names], self._domain_names, jobs=self._asked.jobs, store=self._store)
        after = dict(zip(names, read, strict=True))
        if progress is not None:
            progress(len(paths), len(paths))
        moved = self._moved(before, after, paths)
        return self._reported(before, after, moved, paths)

    def _piece(self, article: Article) -> Piece:
        """What an article came to in the commit."""
        piece = self._store.get(Key(article.path, article.digest.hex(), self._marks))
        if piece is None:
            raise Torn
        return piece

    def _moved(self, before: Mapping[str, Piece], after: Mapping[str, Piece], paths: Collection[str]) -> dict[str, str]:
        """As `koujing.base` has it, of the articles that differ: all others are where they were."""
        gone, new = sorted(before.keys() - paths), sorted(after.keys() - self._articles.keys())
        moved = dict(renamed(self._differs.revision, gone, new))
        ids = {path: piece.article.id for path, piece in after.items() if piece.article is not None}
        others = ((a.path, a.id) for a in self._articles.values() if a.path not in before)
        named: dict[str, str] = {}
        for path, name in (*ids.items(), *others):
            if name is not None and named.setdefault(name, path) != path:
                raise Torn
        for path, piece in before.items():
            if piece.article is not None and piece.article.id in named:
                moved[path] = named[piece.article.id]
        return moved

    # What is found.

    def _state(self, pieces: Mapping[str, Piece], head: Sequence[Claim], defects: Iterable[str]) -> _State:
        come = (c for piece in pieces.values() for c in piece.claims if is_watched(c, self._watch))
        known = (*head, *come) if self._rulings else ()
        decidable = Decidable(
            claims=known, defects=frozenset(defects), facts=self._facts, topics=self._topics, texts=self._texts,
            today=self._today,
        )  # fmt: skip
        effect = effect_of(self._rulings, decidable) if self._rulings else Effect()
        return _State(pieces=pieces, watched=known, decidable=decidable, effect=effect)

    def _states(self, before: Mapping[str, Piece], after: Mapping[str, Piece]) -> tuple[_State, _State]:
        if not self._rulings:
            return self._state(before, (), ()), self._state(after, (), ())
        changed = before.keys() | after.keys()
        if any(rest.id is None and path_of(rest.article) in changed for r in self._rulings for rest in r.rests):
            raise Torn  # the commit's text would be asked for
        left = [c for c in unpack_watched(self._head.watched) if c.path not in changed]
        ids = [self._defect_ids(pieces) for pieces in (before, after)]
        same = set(self._head.defects) - ids[0]
        then, now = (self._state(pieces, left, same | own) for pieces, own in zip((before, after), ids, strict=True))
        return then, now

    def _defect_ids(self, pieces: Mapping[str, Piece]) -> set[str]:
        defects = (d for piece in pieces.values() for d in self._as_of(piece))
        return {finding.id for finding in defect_findings(defects)}

    def _as_of(self, piece: Piece) -> list[Defect]:
        return as_of(piece.defects, self._today, self._config.stale_after_days)

    def _told(self, piece: Piece) -> list[Defect]:
        """The defects that tell of pairs, and become findings."""
        defects = (d for d in self._as_of(piece) if self._levels.get(d.code) != "off")
        return [d for d in defects if self._teasers or not any(q.is_teaser for q in d.stated)]

    @property
    def _teasers(self) -> bool:
        return self._config.teasers != "ignore"

    def _claims(self, state: _State) -> Iterator[Claim]:
        """Those that are compared, of the articles that differ."""
        claims = (bare(c) for piece in state.pieces.values() for c in piece.claims if c.value is not None)
        return (c for c in claims if self._teasers or not c.is_teaser)

    def _changed(self, then: _State, now: _State) -> set[Position]:
        """The positions of which something may have changed."""
        one, other = then.effect, now.effect
        whole = [{(c.ruling, c.finding) for c in e.closings.closings if not c.claims} for e in (one, other)]
        if one.references != other.references or whole[0] != whole[1]:
            raise Torn
        ids = decided(one.closings, other.closings)
        claims = [*self._claims(then), *self._claims(now), *(c for s in (then, now) for c in s.watched if c.id in ids)]
        return {position for c in claims if (position := position_of(c)) is not None}

    def _findings(self, state: _State, changed: set[Position], left: Sequence[Claim]) -> list[Finding]:
        """Those that may have changed, as config and rulings have them."""
        effect = state.effect

        def defects_of(article: str) -> list[Defect]:
            path = path_of(article)
            piece = state.pieces.get(path)
            if piece is None and path in self._articles:
                piece = self._piece(self._articles[path])
            return [] if piece is None else self._told(piece)

        near = Near(
            changed=changed, claims=[*left, *self._claims(state)],
            defects=[d for path in sorted(state.pieces) for d in self._told(state.pieces[path])], defects_of=defects_of,
            topics=self._topics, references=[*self._facts, *effect.references], closings=effect.closings,
            today=self._today, possible=self._possible,
        )  # fmt: skip
        found = reviewed(found_near(near), effect.reviews)
        idle = effect.void or effect.expired
        known = ways(self._rulings, effect, state.decidable) if idle else {}
        return settle([*found, *troubles(effect, state.watched, known)], self._levels)

    def _compared(
        self, then: _State, now: _State, moved: Mapping[str, str]
    ) -> tuple[Change, list[Finding], int]:  # fmt: skip
        """The change, the findings that it brings, and how many there are besides."""
        changed = self._changed(then, now)
        topics = self._topics

        def meet(one: Position, other: Position) -> bool:
            return one.topic in topics and can_meet(one, other, topics[one.topic])

        found = lines(self._head.shards, changed, self._kept.shard, meet)
        differing = then.pieces.keys() | now.pieces.keys()
        left = [c for claims in found.values() for c in claims if c.path not in differing]
        before, after = (self._findings(state, changed, left) for state in (then, now))
        were = {f.id for f in before}
        others = {name: stands for name, stands in self._head.findings if name not in were}
        if len(others) + len(were) != len(self._head.findings):
            raise Torn
        after = shortened(after, others)
        came = compare(after, before, moved)
        brought = [f for f in after if f.id in came.brought]
        said = (c for f in brought for side in f.sides for c in side.claims if c.path not in differing)
        known = (*said, *self._claims(then))
        change = Change(
            base=self._differs.revision.ref, commit=self._differs.revision.commit, brought=came.brought,
            resolved=came.resolved, left=came.left + sum(others.values()), uncommitted=self._differs.uncommitted,
            fresh=fresh(brought, known, moved),
        )  # fmt: skip
        return change, brought, len(after) + len(others) - len(brought)

    # What is told.

    def _reported(
        self, before: Mapping[str, Piece], after: Mapping[str, Piece], moved: Mapping[str, str], paths: Collection[str]
    ) -> tuple[Report, Sources]:  # fmt: skip
        then, now = self._states(before, after)
        change, brought, hidden = self._compared(then, now, moved)
        problems = tuple(sorted(set(self._problems(before, after, moved)), key=problem_key))
        about, head = self._asked.about, self._head
        were = [self._articles[path] for path in before]
        are = [self._listed(path, piece) for path, piece in after.items()]
        blocks = blocking(brought, about["fail_on"], Everywhere())
        report = Report(
            findings=tuple(brought),
            hidden=hidden,
            problems=problems,
            articles=head.articles + sum(a.read for a in are) - sum(a.read for a in were),
            claims=head.said + sum(a.said for a in are) - sum(a.said for a in were),
            coverage=self._coverage(were, are),
            least=about["least"],
            titles=self._titles(brought, now),
            today=about["today"][0],
            today_source=about["today"][1],
            fail_on=about["fail_on"],
            blocks=frozenset(f.id for f in blocks),
            change=change,
            exit_code=exit_code(bool(blocks), problems),
            rulings={ruling.id: ruling for ruling in self._rulings},
            version=__version__,
            root_prefix=below_top(self._project.root),
            configured=self._project.configured,
            words=vocabulary(self._domains, about["lang"]),
        )
        return report, self._sources

    def _listed(self, path: str, piece: Piece) -> Article:
        said = sum(c.value is not None for c in piece.claims if self._teasers or not c.is_teaser)
        return listed(path, 0, piece.digest, piece.article, said, self._project)

    def _coverage(self, were: Sequence[Article], are: Sequence[Article]) -> Coverings:
        head = self._head
        gone, come = ([c for a in articles for c in a.coverage] for articles in (were, are))
        typed = head.typed + sum(c[1] for c in come) - sum(c[1] for c in gone)
        assertions = head.assertions + sum(c[2] for c in come) - sum(c[2] for c in gone)

        def each() -> Iterator[Covered]:
            then = {a.path for a in were}
            every = [a for path, a in self._articles.items() if path not in then]
            for article in sorted((*every, *are), key=lambda a: a.path):
                for part, typed, assertions in article.coverage:
                    yield Covered(part_name(article.path, part), typed, assertions)

        return Coverings((typed, assertions), head.parts + len(come) - len(gone), each)

    def _titles(self, findings: Iterable[Finding], now: _State) -> dict[str, str]:
        """Of the articles that findings quote, by a claim's `article`."""
        titles: dict[str, str] = {}
        for path in sorted({place.path for f in findings for side in f.sides for place in side.places}):
            piece = now.pieces.get(path)
            if piece is None and path in self._articles:
                piece = self._piece(self._articles[path])
            if piece is not None and piece.article is not None:
                titles |= titles_of(piece.article)
        return titles

    def _problems(
        self, before: Mapping[str, Piece], after: Mapping[str, Piece], moved: Mapping[str, str]
    ) -> Iterator[Problem]:  # fmt: skip
        """Those of now. What could not be read then either, and is the same, makes no audit fail."""
        changed = before.keys() | after.keys()
        left = [p for p in self._head.problems if p.path not in changed]
        was = {(moved.get(path, path), p.code): path for path, piece in before.items() if (p := piece.problem)}
        yield from (replace(problem, severity="warning") for problem in left)
        for path, piece in after.items():
            problem = piece.problem
            if problem is not None:
                old = was.get((path, problem.code))
                same = old is not None and before[old].digest == piece.digest
                yield replace(problem, severity="warning") if same else problem

    def _texts(self, path: str) -> str | None:
        return self._sources(path)
