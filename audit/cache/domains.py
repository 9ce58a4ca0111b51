"""Compiled domains, kept from one run to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from audit.cache.disk import Disk
from claims.domain import compile_domain, domain_folder, domain_mark, is_path, loaded, put_loaded
from claims.packing import PackingError

if TYPE_CHECKING:
    from claims.language.wordlist import Table, Words

TABLE, WORDS, INDEX, PARTS = "domain", "domain-words", "domain-index", "domain-part"


def prepare(name: str, disk: Disk, program: str) -> None:
    """Have `load_domain` know a domain: from the disk where it is kept, else compiled, and then kept. Raises
    DomainError."""
    if loaded(name):
        return
    from claims.domain_packing import pack_domain, pack_parts, unpack_domain, unpack_parts, unpack_tables

    folder = domain_folder(name)
    # One's own is checked while it is compiled: that a bad one is never kept does not depend on its name.
    key = sha256(f"{program} {domain_mark(name)} {is_path(name)}".encode()).digest()[:20]

    def tables() -> Sequence[Table]:
        data = disk.get(WORDS, key)
        if data is not None:
            try:
                return unpack_tables(data)
            except PackingError:
                pass
        domain = compile_domain(name)
        return [lexicon.table for lexicon in (domain.lexicon, domain.wakes) if lexicon is not None]

    def parts_named(names: Collection[str]) -> Mapping[str, bytes]:
        keys = {_part_key(key, name): name for name in names}
        return {keys[found]: data for found, data in disk.get_all(PARTS, keys).items()}

    def words() -> Sequence[Words]:
        data = disk.get(INDEX, key)
        if data is not None:
            try:
                return unpack_parts(data, parts_named, tables)
            except PackingError:
                pass
        return tables()

    data = disk.get(TABLE, key)
    if data is not None:
        try:
            put_loaded(name, unpack_domain(data, folder, words))
        except PackingError:
            pass
        else:
            return
    domain = compile_domain(name)
    put_loaded(name, domain)
    rest, whole = pack_domain(domain)
    disk.put(WORDS, key, whole)
    index, parts = pack_parts(domain)
    for which, packed in parts:
        disk.put(PARTS, _part_key(key, which), packed)
    disk.put(INDEX, key, index)
    disk.put(TABLE, key, rest)


def _part_key(key: bytes, which: str) -> bytes:
    return sha256(key + which.encode()).digest()[:20]
