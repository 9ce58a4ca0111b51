"""Reference facts: what an entry may say, and what is told where it cannot be one."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from claims.domain import DOMAINS, load_domain, load_folder
from claims.domain_files import SCHEMAS
from claims.errors import DomainError
from claims.facts import KEYS, LEVELS, FactError, Source, fact_of
from claims.model import Choice, Flag, Measure, scope_of, set_of
from claims.topics import Topic
from reports.wording.told import told

TOPICS = {
    t.id: t
    for t in (
        Topic("t.flag", "flag"),
        Topic("t.set", "set", members=("spouse", "parents")),
        Topic("t.choice", "choice", members=("first", "second")),
        Topic("t.area", "measure", scale=("pool", "city", "province", "nation")),
        Topic("t.money", "measure", unit="yuan"),
        Topic("t.day", "measure", unit="date"),
    )
}
FULL = """
words: {zh: 须参保, en: must be enrolled}
topic: t.flag
value: {kind: flag, holds: true}
quantifier: all
scope: {region: [湖北省], year: 2025, scheme: resident}
except: {region: 武汉市}
since: "2024-08-01"
until: "2026-12-31"
source: {document: 某通知, issuer: 某局, published: 2024}
verified: true
severity: warning
warning_until: "2025-12-31"
default: true
note: 说明
"""


def entry(**changes: Any) -> dict[str, Any]:
    plain = {"words": {"zh": "须参保"}, "topic": "t.flag", "value": {"holds": True}, "source": "某通知"}
    return {k: v for k, v in {**plain, **changes}.items() if v is not None}


def test_everything_that_an_entry_may_say() -> None:
    raw = yaml.safe_load(FULL)
    assert set(raw) == set(KEYS)
    fact = fact_of("a", raw, TOPICS)
    assert fact.words == (("en", "must be enrolled"), ("zh", "须参保"))
    assert fact.value == Flag(True)
    assert fact.scope == scope_of({"region": ["湖北省"], "year": ["2025"], "scheme": ["resident"]})
    assert fact.except_ == scope_of({"region": ["武汉市"]})
    assert (fact.since, fact.until, fact.warning_until) == ("2024-08-01", "2026-12-31", "2025-12-31")
    assert fact.source == Source("某通知", "某局", "2024")
    assert (fact.verified, fact.level, fact.default, fact.note) == (True, "warning", True, (("", "说明"),))


def test_what_an_entry_leaves_out() -> None:
    fact = fact_of("a", entry(), TOPICS)
    assert (fact.quantifier, fact.since, fact.until, fact.level) == ("all", None, None, "error")
    assert not any((fact.scope, fact.except_, fact.verified, fact.default, fact.note, fact.warning_until))
    assert fact.source == Source("某通知")


@pytest.mark.parametrize(
    ("topic", "raw", "value"),
    [
        ("t.set", {"mode": "only", "members": ["parents", "spouse"]}, set_of("only", ["parents", "spouse"])),
        ("t.choice", {"is": "second"}, Choice("second")),
        ("t.area", {"low": "province"}, Measure("province", None)),
        ("t.area", {"kind": "measure", "low": None, "high": "city"}, Measure(None, "city")),
        ("t.money", {"low": 0.5, "high": 580}, Measure(Decimal("0.5"), Decimal(580), "yuan")),
        ("t.day", {"low": "--02-28", "high": "2025-02-28"}, Measure("--02-28", "2025-02-28", "date")),
        ("t.day", {"low": "--11-01", "high": "--02-28"}, Measure("--11-01", "--02-28", "date")),  # over the new year
    ],
)
def test_each_kind_of_value(topic: str, raw: dict[str, Any], value: object) -> None:
    assert fact_of("a", entry(topic=topic, value=raw), TOPICS).value == value


BAD: list[tuple[dict[str, Any] | str, tuple[str, ...], str, str]] = [
    ("nonsense", (), "a mapping", ""),
    (entry(source=None), (), "`source` is missing", ""),
    (entry(sinse="2024-01-01"), ("sinse",), "no key `sinse`", "did you mean since?"),
    (entry(topic="t.flags"), ("topic",), "no topic `t.flags`", "did you mean t.flag?"),
    (entry(value={"holds": "yes"}), ("value", "holds"), "true or false", ""),
    (entry(value={"hold": True}), ("value", "hold"), "no key `hold`", "holds"),
    (entry(value={"kind": "set", "holds": True}), ("value", "kind"), "is a flag", ""),
    (entry(topic="t.set", value={"mode": "all", "members": ["spouse"]}), ("value", "mode"), "no mode", "includes"),
    (entry(topic="t.set", value={"mode": "only", "members": "spouse"}), ("value", "members"), "a list", ""),
    (entry(topic="t.set", value={"mode": "only", "members": ["parent"]}), ("value", "members"), "no member", "parents"),
    (entry(topic="t.choice", value={"is": "third"}), ("value", "is"), "no member", "first"),
    (entry(topic="t.area", value={"low": "country"}), ("value", "low"), "not on the scale", "nation"),
    (entry(topic="t.area", value={}), ("value",), "needs `low` or `high`", ""),
    (entry(topic="t.money", value={"low": "many"}), ("value", "low"), "is a number", ""),
    (entry(topic="t.money", value={"low": 3, "high": 2}), ("value", "low"), "more than", ""),
    (entry(topic="t.day", value={"low": "2025-03-01", "high": "2025-02-28"}), ("value", "low"), "more than", ""),
    (entry(topic="t.day", value={"low": "February"}), ("value", "low"), "not a day", "2025-01-31"),
    (entry(quantifier="most"), ("quantifier",), "`all` or `some`", ""),
    (entry(scope={"place": "湖北省"}), ("scope", "place"), "no key `place`", ""),
    (entry(scope={"region": "湖北"}), ("scope", "region"), "no member of region", "full name"),
    (entry(scope={"scheme": ["resid"]}), ("scope", "scheme"), "no member of scheme", "resident"),
    (entry(scope={"year": "25"}), ("scope", "year"), "no member of year", "2025"),
    (entry(since="2024-13-01"), ("since",), "not a day", ""),
    (entry(since="2025-01-01", until="2024-01-01"), ("until",), "before `since`", ""),
    (entry(severity="high"), ("severity",), "no severity", ", ".join(LEVELS)),
    (entry(default="yes"), ("default",), "true or false", ""),
    (entry(words=""), ("words",), "a text", ""),
    (entry(words={"en": "enrolled"}), ("words",), "`zh` is missing", ""),
    (entry(source={"issuer": "某局"}), ("source",), "`document` is missing", ""),
]


@pytest.mark.parametrize(("raw", "where", "message", "hint"), BAD)
def test_what_is_no_fact(raw: object, where: tuple[str, ...], message: str, hint: str) -> None:
    with pytest.raises(FactError) as caught:
        fact_of("a", raw, TOPICS)
    assert caught.value.where == where
    assert message in caught.value.message
    assert hint in caught.value.hint
    # Told in Chinese where koujing.yaml is what is wrong.
    assert "参考事实" in told(f"own-card: {caught.value.message}", "zh")
    assert not caught.value.hint or told(caught.value.hint, "zh") != caught.value.hint


def test_the_schema_knows_the_same_keys() -> None:
    schema = json.loads((SCHEMAS / "facts.schema.json").read_text(encoding="utf-8"))
    assert tuple(schema["$defs"]["fact"]["properties"]) == KEYS
    validator = Draft202012Validator(schema)
    assert not list(validator.iter_errors({"facts": {"a": yaml.safe_load(FULL), "b": entry()}}))
    assert list(validator.iter_errors({"facts": {"a": entry(sinse="2024-01-01")}}))


def test_a_domain_names_the_fact_that_is_wrong(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(DOMAINS / "yibao", tmp_path / "yibao")
    facts = tmp_path / "yibao" / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("gongji.enrolment", "gongji.enrollment"), "utf-8")
    with pytest.raises(DomainError) as caught:
        load_folder(tmp_path / "yibao", check=False)
    line = next(n for n, text in enumerate(facts.read_text("utf-8").splitlines(), 1) if "enrollment" in text)
    assert (caught.value.path, caught.value.line) == (facts.as_posix(), line)
    assert "receiver-enrolled: there is no topic `gongji.enrollment`" in caught.value.message
    assert "gongji.enrolment" in caught.value.hint


def test_what_the_domain_ships() -> None:
    """Each says where it is written, and that nobody has looked at the issuer's page yet."""
    facts = load_domain("yibao").facts
    assert len(facts) >= 14
    assert [f.id for f in facts] == sorted(f.id for f in facts)
    for fact in facts:
        assert dict(fact.words).keys() == {"zh", "en"}
        assert fact.source.document
        assert fact.source.issuer
        assert fact.source.published
        assert not fact.verified
    levels = {f.id: (f.level, f.warning_until) for f in facts if (f.level, f.warning_until) != ("error", None)}
    assert levels["near-relatives-list"] == ("warning", None)
    assert levels["cross-province-national"] == ("error", "2026-12-31")


def test_facets_and_members_that_the_domain_declares() -> None:
    facets = (("visitor", ("adult", "child")), ("subject", ()))
    topics = {
        "t.price": Topic("t.price", "measure", unit="yuan", facets=facets),
        "t.lies": Topic("t.lies", "choice", open="province", facets=facets),
    }
    price = entry(topic="t.price", value={"low": 40, "high": 40}, scope={"visitor": "adult", "subject": ["青海湖"]})
    assert fact_of("a", price, topics).scope == scope_of({"visitor": ["adult"], "subject": ["青海湖"]})
    with pytest.raises(FactError, match="`adults` is no member of visitor"):
        fact_of("a", entry(topic="t.price", value={"low": 40}, scope={"visitor": "adults"}), topics)
    with pytest.raises(FactError, match="there is no key `visiter`"):
        fact_of("a", entry(topic="t.price", value={"low": 40}, scope={"visiter": "adult"}), topics)
    lies = entry(topic="t.lies", value={"is": "西藏自治区"}, scope={"subject": ["昌都市"]})
    assert fact_of("a", lies, topics).value == Choice("西藏自治区")
