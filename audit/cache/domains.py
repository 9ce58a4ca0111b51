"""Compiled domains, kept from one run to the next."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from audit.cache.disk import Disk
from claims.domain import compile_domain, domain_folder, domain_mark, is_path, loaded, put_loaded
from claims.packing import PackingError

if TYPE_CHECKING:
    from claims.language.wordlist import Table

TABLE, WORDS = "domain", "domain-words"


def prepare(name: str, disk: Disk, program: str) -> None:
    """Have `load_domain` know a domain: from the disk where it is kept, else compiled, and then kept. Raises
    DomainError."""
    if loaded(name):
        return
    from claims.domain_packing import pack_domain, unpack_domain, unpack_tables

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

    data = disk.get(TABLE, key)
    if data is not None:
        try:
            put_loaded(name, unpack_domain(data, folder, tables))
        except PackingError:
            pass
        else:
            return
    domain = compile_domain(name)
    put_loaded(name, domain)
    rest, words = pack_domain(domain)
    disk.put(TABLE, key, rest)
    disk.put(WORDS, key, words)
