"""koujing.yaml, and the facts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.domain import load_domain
from claims.errors import ConfigError
from fuzz import seeds, words
from fuzz.laws import error_law
from fuzz.target import Target
from koujing.config import CODES, check_topics, parse_config
from koujing.facts import known_facts

_BREAKS = re.compile(rb"\r\n|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9]")
"""What YAML takes for the end of a line."""


def check(data: bytes) -> None:
    domain = load_domain("yibao")
    lines = 1 + len(_BREAKS.findall(data))
    try:
        config = parse_config(data)
        assert all(1 <= line <= lines for _, line in config.lines)
        check_topics(config, domain.topics)
        known_facts(config, [domain])
    except ConfigError as e:
        error_law(e, "koujing.yaml", lines)


_FACTS = """\
facts:
  cross-province-national: off
  our-limit:
    words: 本市一个账户最多绑定6名家人
    topic: gongji.relative_limit
    value: {low: 6, high: 6}
    scope: {region: [武汉市], scheme: [employee]}
    since: 2025-01-01
    until: 2026-01-01
    quantifier: some
    except: {region: [湖北省]}
    source: {document: 武汉市医保局通知, published: 2024-12-20, issuer: 甲, url: "https://a.b/c"}
"""
_EXPORTS = """\
exports:
  - files: exports/*.jsonl
    format: html
    prefix: 站-
    fields: {id: meta.id, body: 正文, title: 标题}
  - {files: ["*.parquet", a.zip], format: auto}
"""


def _seeds() -> Iterator[bytes]:
    example = (seeds.EXAMPLES / "koujing.yaml").read_text(encoding="utf-8")
    yield example.encode()
    plain = "\n".join(line for line in example.splitlines() if line and not line.startswith("#")) + "\n"
    for more in (
        "",
        _FACTS,
        _EXPORTS,
        "severity: {outdated: error, gongji.relative_limit: off}\nstale_after_days: 180\nrulings: r/\n",
    ):
        yield (plain + more).encode()
        yield more.encode()


def _words() -> tuple[str, ...]:
    known = words.yaml_of("koujing/schema/config.json", "claims/schema/facts.schema.json")
    return words.markup(*known, *CODES, *load_domain("yibao").topics, "**/*.md", "!x", "../", "*.jsonl")


TARGET = Target(check, _seeds, _words, 3_000)
