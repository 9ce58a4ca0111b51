"""One file to a piece: its article read, its claims extracted, its faults found by the linters.

Apart from :mod:`audit.corpus`, for it needs all that reads Chinese: an audit that knows every piece already has no use
for that, and starts without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from audit.files import File
from audit.linters import lint
from audit.model import Defect
from audit.opening import article_of
from audit.pieces import Piece, Scanned, Task, bytes_of, digest_of
from audit.problem import Gravity, Problem
from claims import readers
from claims.article import Article
from claims.domain import load_domain
from claims.errors import KoujingError
from claims.extraction import Drawn, drawn_from, read_parts
from claims.model import Claim, Coverage
from claims.readers import EmptyArticle


def read_file(file: File) -> Article:
    """The article in a file. Raises ReadError, or OSError."""
    return article_of(file, bytes_of(file))


def draw(article: Article, domains: Sequence[str]) -> tuple[list[Claim], list[Coverage], list[Defect]]:
    """What an article claims, with the words of every domain, how much of it was typed, and what is wrong inside it
    or may be some day (`audit/dated.py`), with the words of the first."""
    readings = [(domain, read_parts(article, domain)) for domain in map(load_domain, domains)]
    drawn = [drawn_from(article, parts, domain) for domain, parts in readings]
    found = [claim for one in drawn for claim in one.claims]
    typed = [claim for claim in found if claim.value is not None]
    defects = [d for domain, parts in readings[:1] for d in lint(article, parts, typed, domain)]
    return found, _summed(drawn), defects


def _summed(drawn: Iterable[Drawn]) -> list[Coverage]:
    """By part, over all domains."""
    parts: dict[str, Coverage] = {}
    for c in (c for one in drawn for c in one.coverage):
        so_far = parts.get(c.part, Coverage(c.part, 0, 0))
        parts[c.part] = Coverage(c.part, so_far.typed + c.typed, so_far.assertions + c.assertions)
    return list(parts.values())


def scan_file(file: File, task: Task) -> Piece:
    """One article: what it is, what it claims, or what is wrong with it. Never raises."""
    if file.size > readers.MAX_BYTES:
        limit = (("limit", str(readers.MAX_BYTES)), ("size", str(file.size)))
        return Piece(problem=Problem(path=file.path, code="too-large", args=limit))
    try:
        data = bytes_of(file)
    except OSError as e:
        return Piece(problem=Problem(path=file.path, code="unreadable", args=(("why", e.strerror or str(e)),)))
    except KoujingError as e:
        return Piece(problem=_of_record(file, e))
    return replace(_piece(file, data, task), digest=digest_of(data))


def _piece(file: File, data: bytes, task: Task) -> Piece:
    try:
        article = article_of(file, data)
        found, coverage, defects = draw(article, task.domains)
    except EmptyArticle as e:
        return Piece(Scanned(path=file.path), problem=_told("empty", file, e, "warning"))
    except KoujingError as e:
        return Piece(problem=_told("unreadable-article", file, e))
    except Exception as e:
        return Piece(problem=Problem(path=file.path, code="internal", args=(("why", f"{type(e).__name__}: {e}"),)))
    titles = ((p.name, p.blocks[p.title].text.chars) for p in article.parts if p.title is not None)
    named = {"main": article.title, **dict(titles)} if article.title else dict(titles)
    kept = tuple((part, title) for part, title in sorted(named.items()) if title)
    dated = {p.name: p.date for p in article.parts} | ({"main": article.date} if article.date else {})
    scanned = Scanned(
        path=file.path, id=article.id, titles=kept, dates=tuple((p, day) for p, day in sorted(dated.items()) if day),
        author=article.author, url=article.url, claims=len(found), coverage=tuple(coverage),
    )  # fmt: skip
    return Piece(scanned, found, defects)


def _of_record(file: File, e: KoujingError) -> Problem:
    """What is wrong with a record rather than with its text: its place is a line or a row of the export."""
    return Problem(
        path=file.path.rpartition("#")[0] if file.entry is not None and file.entry.record else file.path,
        code="unreadable-article", line=e.line, column=e.column, message=e.message, hint=e.hint,
    )  # fmt: skip


def _told(code: str, file: File, e: KoujingError, severity: Gravity = "error") -> Problem:
    return Problem(
        path=file.path, severity=severity, code=code, line=e.line, column=e.column, message=e.message, hint=e.hint
    )
