"""koujing (口径) audits Chinese health-insurance articles for statements that cannot both be true.

    >>> from koujing import audit, extract, load_domain, read
    >>> report = audit("articles")               # as `koujing check articles`
    >>> claims = extract(read("a.md", data), load_domain("yibao"))

Everything is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from audit.model import Finding
    from audit.verdict import Verdict, judge
    from claims.article import Article
    from claims.domain import Domain, load_domain
    from claims.errors import ConfigError, DomainError, KoujingError, ReadError
    from claims.extraction import extract
    from claims.model import Claim, claim_record
    from claims.readers import read
    from koujing.api import audit
    from reports.record import Report

_HOMES = {
    "Article": "claims.article",
    "Claim": "claims.model",
    "ConfigError": "claims.errors",
    "Domain": "claims.domain",
    "DomainError": "claims.errors",
    "Finding": "audit.model",
    "KoujingError": "claims.errors",
    "ReadError": "claims.errors",
    "Report": "reports.record",
    "Verdict": "audit.verdict",
    "audit": "koujing.api",
    "claim_record": "claims.model",
    "extract": "claims.extraction",
    "judge": "audit.verdict",
    "load_domain": "claims.domain",
    "read": "claims.readers",
}

__all__ = [
    "Article", "Claim", "ConfigError", "Domain", "DomainError", "Finding", "KoujingError", "ReadError", "Report",
    "Verdict", "__version__", "audit", "claim_record", "extract", "judge", "load_domain", "read",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'koujing' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
