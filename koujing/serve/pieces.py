"""What was read, kept from one audit to the next and no longer."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from audit.pieces import Key, Piece


class Kept(MutableMapping[Key, Piece]):
    """A store that forgets what an audit had no use for."""

    def __init__(self) -> None:
        self._before: dict[Key, Piece] = {}
        self._now: dict[Key, Piece] = {}

    def turn(self) -> None:
        """An audit is done: what it did not ask for is let go."""
        self._before, self._now = self._now, {}

    def __getitem__(self, key: Key) -> Piece:
        if key not in self._now:
            self._now[key] = self._before[key]
        return self._now[key]

    def __setitem__(self, key: Key, piece: Piece) -> None:
        self._now[key] = piece

    def __delitem__(self, key: Key) -> None:
        del self._now[key]

    def __iter__(self) -> Iterator[Key]:
        return iter({**self._before, **self._now})

    def __len__(self) -> int:
        return len({**self._before, **self._now})

    def __bool__(self) -> bool:
        return bool(self._before or self._now)
