"""What single files come to, kept from one run to the next: the :data:`audit.pieces.Store` of the cache."""

from __future__ import annotations

from hashlib import sha256

from audit.cache.disk import Disk
from audit.pieces import Digests, Key, Piece, Store
from claims.packing import Packing, PackingError

TABLE = "piece"


class Pieces:
    """The pieces of a disk, read and written by the program of this mark. `digests` are those of the files of a run,
    where it has them already."""

    def __init__(self, disk: Disk, program: str, digests: Digests | None = None) -> None:
        self.digests = digests
        self._disk = disk
        self._program = program
        self._packing: Packing[Piece] = Packing(Piece)

    def get(self, key: Key) -> Piece | None:
        data = self._disk.get(TABLE, self._name(key))
        if data is None:
            return None
        try:
            return self._packing.unpack(data)
        except PackingError:
            return None

    def __setitem__(self, key: Key, piece: Piece) -> None:
        try:
            data = self._packing.pack(piece)
        except UnicodeEncodeError:  # half a character, which an export may hold: such a piece is read every time
            return
        self._disk.put(TABLE, self._name(key), data)

    def flush(self) -> None:
        """Have what was put in on disk."""
        self._disk.flush()

    def _name(self, key: Key) -> bytes:
        parts = (self._program, key.path, key.digest, *key.domains)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:20]


class Both:
    """A store in memory before one that is kept: what a run has read itself is at hand, all else is asked for."""

    def __init__(self, near: Store, far: Store, digests: Digests | None = None) -> None:
        self._near, self._far, self.digests = near, far, digests

    def get(self, key: Key) -> Piece | None:
        piece = self._near.get(key)
        if piece is None:
            piece = self._far.get(key)
            if piece is not None:
                self._near[key] = piece
        return piece

    def __setitem__(self, key: Key, piece: Piece) -> None:
        self._near[key] = piece
        self._far[key] = piece
