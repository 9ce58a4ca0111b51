"""Ledgers (`audit/ledger.py`), kept from one run to the next: heads by what they are of, all else by its content, so
that two that have most in common take little more room than one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from msgspec.structs import replace

from audit.cache.disk import Disk
from audit.ledger import Article, Head, Torn, pack_head, pack_listing, shards, unpack_head, unpack_listing
from claims.model import Claim

TABLE, SHARDS, LISTS = "ledger", "ledger-shard", "ledger-list"


class Ledgers:
    """The ledgers of a disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def head(self, key: bytes) -> Head | None:
        data = self._disk.get(TABLE, key)
        try:
            return None if data is None else unpack_head(data)
        except Torn:
            return None

    def listing(self, head: Head) -> list[Article]:
        """Its articles, in the order of their paths. Raises Torn."""
        data = self._disk.get(LISTS, head.listing)
        if data is None:
            raise Torn
        return unpack_listing(data)

    def shard(self, name: bytes) -> bytes | None:
        return self._disk.get(SHARDS, name)

    def keep(self, key: bytes, head: Head, articles: Sequence[Article], claims: Iterable[Claim]) -> None:
        """Keep what a corpus comes to; the head, which makes it one, is written last."""
        found: dict[str, list[tuple[tuple[str, ...], bytes]]] = {}
        try:
            for topic, region, data in shards(claims):
                found.setdefault(topic, []).append((region, self._put(SHARDS, data)))
            listing = self._put(LISTS, pack_listing(articles))
            self._disk.put(TABLE, key, pack_head(replace(head, shards=found, listing=listing)))
        except UnicodeEncodeError:  # half a character, which a name may hold
            return

    def _put(self, table: str, data: bytes) -> bytes:
        name = sha256(data).digest()[:20]
        self._disk.put(table, name, data)
        return name
