"""What was read, kept from one audit to the next; what is kept for longer stands behind it."""

from __future__ import annotations

from audit.cache.pieces import Pieces
from audit.files import File
from audit.pieces import Key, Piece
from claims.article import Article


class Kept:
    """A store that forgets what an audit had no use for. `behind` is the cache, which does not."""

    def __init__(self, behind: Pieces | None = None) -> None:
        self._before: dict[Key, Piece] = {}
        self._now: dict[Key, Piece] = {}
        self._behind = behind

    def turn(self) -> None:
        """An audit is done: what it did not ask for is let go, what it read is kept for the next run."""
        self._before, self._now = self._now, {}
        if self._behind is not None:
            self._behind.flush()

    def keys(self) -> frozenset[Key]:
        """Of what an audit asked for."""
        return frozenset((*self._before, *self._now))

    def get(self, key: Key) -> Piece | None:
        piece = self._now.get(key) or self._before.get(key)
        if piece is None and self._behind is not None:
            piece = self._behind.get(key)
        if piece is not None:
            self._now[key] = piece
        return piece

    def __setitem__(self, key: Key, piece: Piece) -> None:
        self._now[key] = piece
        if self._behind is not None:
            self._behind[key] = piece


class Recent(dict[tuple[File, str], Article]):
    """Articles that pages have read of late: an audit that follows mostly shows the same."""

    MOST = 500

    def __setitem__(self, key: tuple[File, str], article: Article) -> None:
        while len(self) >= self.MOST:
            self.pop(next(iter(list(self))), None)
        super().__setitem__(key, article)
