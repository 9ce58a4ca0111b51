"""koujing.yaml: what it may say, and what is told where it cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ACROSS, Repo, Run
from jsonschema import Draft202012Validator

from claims.domain import load_domain
from claims.errors import ConfigError
from koujing.config import CODES, Config, check_topics, find_config, parse_config
from koujing.config_reading import _KEYS

SCHEMA = json.loads((Path(__file__).parents[2] / "koujing/schema/config.json").read_text(encoding="utf-8"))

FULL = """\
# of a content repo
articles: ["content/**/*.md", "!content/drafts/**"]
domains: [yibao]
fail_on: warning
severity:
  outdated: error
  possible: info
  gongji.relatives: off
teasers: ignore
rulings: editorial/rulings
facts:
  own-card: off
  house-rule: {words: 最多5人, topic: gongji.relative_limit, value: {high: 5}, source: 本站口径, since: 2025-01-01}
today: 2025-06-30
stale_after_days: 180
language: en
"""


def test_a_full_config() -> None:
    config = parse_config(FULL.encode())
    assert config.articles == ("content/**/*.md", "!content/drafts/**")
    assert config.domains == ("yibao",)
    assert config.fail_on == "warning"
    assert config.severity == (("gongji.relatives", "off"), ("outdated", "error"), ("possible", "info"))
    assert config.teasers == "ignore"
    assert config.rulings == "editorial/rulings"
    assert config.facts["own-card"] == "off"
    assert config.facts["house-rule"]["value"] == {"high": 5}
    assert config.facts["house-rule"]["since"] == "2025-01-01"
    assert config.line("facts.house-rule.value.high") == 13
    assert config.today == "2025-06-30"
    assert config.stale_after_days == 180
    assert config.language == "en"
    assert config.line("severity.gongji.relatives") == 8
    check_topics(config, load_domain("yibao").topics)


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff", "---\n"])
def test_an_empty_config_is_the_defaults(text: str) -> None:
    config = parse_config(text.encode())
    assert config == Config(path="koujing.yaml")
    assert config.language == "zh"
    assert config.fail_on == "error"


def test_one_text_may_stand_for_a_list() -> None:
    config = parse_config(b"articles: content\ndomains: yibao\n")
    assert config.articles == ("content",)
    assert config.domains == ("yibao",)


BAD: list[tuple[str, int, str, str]] = [
    # config, line, message, hint
    ("fail-on: error\n", 1, "there is no key “fail-on”", "did you mean fail_on?"),
    ("language: zh\nlangauge: zh\n", 2, "there is no key “langauge”", "did you mean language?"),
    ("colour: red\n", 1, "there is no key “colour”", "known keys: articles, domains, exports, facts"),
    ("<<: {fail_on: error}\n", 1, "there is no key “<<”", "known keys"),
    (
        "fail_on: eror\n",
        1,
        "“fail_on” cannot be “eror”",
        "did you mean error? choose one of: error, warning, info, never",
    ),
    ("fail_on: [error]\n", 1, "“fail_on” has a value of the wrong type: text is wanted", ""),
    ("fail_on:\n", 1, "“fail_on” has a value of the wrong type", ""),
    (
        "fail_on: error\n\nfail_on: never\n",
        3,
        "the key “fail_on” is repeated (it stands in line 1 already)",
        "keep one",
    ),
    ("severity: error\n", 1, "“severity” has a value of the wrong type: mapping is wanted", ""),
    ("severity:\n  outdated: loud\n", 2, "“severity.outdated” cannot be “loud”", "error, warning, info, off"),
    ("severity:\n  outdated: error\n  outdated: info\n", 3, "the key “outdated” is repeated", ""),
    ("articles: {a: b}\n", 1, "“articles” has a value of the wrong type: list is wanted", ""),
    ("articles: []\n", 1, "“articles” names nothing", "remove the key"),
    ("articles:\n  - '!drafts'\n", 2, "“articles” names nothing", ""),
    ("articles:\n  - ok\n  - [x]\n", 3, "“articles” has a value of the wrong type: text is wanted", ""),
    ("articles:\n  - ok\n  - ../other/*.md\n", 3, "“articles” cannot hold this path: ../other/*.md", ""),
    ("articles: /etc\n", 1, "“articles” cannot hold this path: /etc", ""),
    ("articles: 'C:\\x'\n", 1, "“articles” cannot hold this path: C:\\x", ""),
    ("rulings: ''\n", 1, "“rulings” cannot hold this path: ", ""),
    ("domains: ['../x']\n", 1, "“domains” cannot hold this path: ../x", "use / and no .."),
    ("domains: [yibao,\n  'x y']\n", 2, "not a name of a domain: x y", "./domains/geo"),
    ("today: 2025-13-01\n", 1, "“today” is not a date: 2025-13-01", "write it like 2025-01-31"),
    ("today: tomorrow\n", 1, "“today” is not a date: tomorrow", ""),
    ("stale_after_days: 0\n", 1, "“stale_after_days” is no number of days: 0", "such as 365"),
    ("stale_after_days: half a year\n", 1, "is no number of days", ""),
    ("language: fr\n", 1, "“language” cannot be “fr”", "zh, en"),
    ("teasers: yes\n", 1, "“teasers” cannot be “yes”", "include, ignore"),
    ("- a\n- b\n", 1, "the config must be a mapping", ""),
    ("just text\n", 1, "the config must be a mapping", ""),
    ("fail_on: error\n bad: indent\n", 2, "is not valid YAML", "check indentation"),
    ("fail_on: 'error\n", 2, "is not valid YAML", ""),
    ("a: b\n---\nc: d\n", 2, "is not valid YAML", ""),
    ("fail_on: er\x07ror\n", 1, "is not valid YAML", ""),
    ("fail_on: !!python/object/apply:os.system ['x']\n", 1, "YAML tags are refused", ""),
    ("language: en\nfail_on: !!str error\n", 2, "YAML tags are refused", ""),
    ("fail_on: *nowhere\n", 1, "is not valid YAML", ""),
    ("articles: " + "[" * 5000 + "]" * 5000 + "\n", 1, "is not valid YAML: nested too deeply", ""),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), BAD, ids=[repr(b[0][:40]) for b in BAD])
def test_every_error_names_the_file_the_line_and_what_to_do(text: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_config(text.encode(), "sub/koujing.yaml")
    assert raised.value.path == "sub/koujing.yaml"
    assert abs((raised.value.line or 0) - line) <= (1 if "valid YAML" in message else 0)
    assert message in raised.value.message
    assert hint in raised.value.hint
    assert raised.value.hint


def test_bytes_that_are_not_utf_8() -> None:
    with pytest.raises(ConfigError, match=r"koujing\.yaml:2: is not UTF-8"):
        parse_config(b"language: zh\nrulings: \xff\n")


def test_an_alias_bomb_is_only_text() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdef", "bcdefg", strict=True))
    with pytest.raises(ConfigError, match="there is no key"):
        parse_config(bomb.encode())


@pytest.mark.parametrize(("name", "near"), [("outdatd", "outdated"), ("gongji.araa", "gongji.area"), ("zzz", "")])
def test_severity_of_something_unknown(name: str, near: str) -> None:
    config = parse_config(f"severity:\n  {name}: error\n".encode())
    with pytest.raises(ConfigError) as raised:
        check_topics(config, load_domain("yibao").topics)
    assert raised.value.line == 2
    assert raised.value.hint.startswith(f"did you mean {near}?" if near else "`koujing explain`")


def _valid(text: str) -> bool:
    whole = {c: [r for r in of if r[0].endswith(":int")] for c, of in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    loader: Any = type("Text", (yaml.SafeLoader,), {"yaml_implicit_resolvers": whole})
    return Draft202012Validator(SCHEMA).is_valid(yaml.load(text, Loader=loader) or {})


def test_the_schema_knows_the_same_keys() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(_KEYS)
    assert set(SCHEMA["properties"]) == set(Config.__struct_fields__) - {"path", "lines"}


@pytest.mark.parametrize("text", [FULL, "", "articles: content\n", "severity: {contradiction: off}\n"])
def test_the_schema_accepts_what_we_accept(text: str) -> None:
    parse_config(text.encode())
    assert _valid(text)


SHAPES = [
    b[0] for b in BAD if "YAML" not in b[2] and "repeated" not in b[2] and "13-01" not in b[0] and "<<" not in b[0]
]


@pytest.mark.parametrize("text", [t for t in SHAPES if t != "articles:\n  - '!drafts'\n"], ids=repr)
def test_the_schema_refuses_what_we_refuse(text: str) -> None:
    assert not _valid(text)


def test_codes_are_unique() -> None:
    assert len(set(CODES)) == len(CODES)


def test_the_nearest_config_above_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "koujing.yaml").write_text("", encoding="utf-8")
    assert find_config(deep) == tmp_path / "koujing.yaml"
    (tmp_path / "a" / "koujing.yaml").write_text("", encoding="utf-8")
    assert find_config(deep) == tmp_path / "a" / "koujing.yaml"
    (deep / "koujing.yml").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"must be called koujing\.yaml"):
        find_config(deep)


# As the command tells them.


def test_a_bad_config_ends_the_run_in_its_language(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS, "koujing.yaml": "language: zh\nfail-on: error\n"})
    for args in (["check"], ["claims"], ["explain", "contradiction"]):
        result = run(*args)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(
            "error: 没有“fail-on”这个键\n  --> koujing.yaml:2:1\n  = 提示: 是不是想写 fail_on？可用的键：articles"
        )
    assert run("check", "--lang", "en").stderr.startswith("error: there is no key “fail-on”\n  --> koujing.yaml:2:1\n")
    (root / "sub").mkdir()
    (root / "sub" / "x.md").write_text(ACROSS, encoding="utf-8")
    assert "--> koujing.yaml:2:1" in run("check", "sub").stderr


def test_a_config_from_below_is_named_as_seen_from_here(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo({"sub/a.md": ACROSS, "koujing.yaml": "fail-on: error\n"})
    monkeypatch.chdir(root / "sub")
    assert "--> ../koujing.yaml:1:1" in run("check").stderr


def test_an_unknown_domain_and_topic(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS, "koujing.yaml": "language: zh\ndomains: shebao\n"})
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: 没有名为 shebao 的领域\n  --> koujing.yaml:2\n  = 提示: 自带的领域：")
    (root / "koujing.yaml").write_text("severity:\n  gongji.araa: off\n", encoding="utf-8")
    assert "是不是想写 gongji.area？" in run("check").stderr


def test_a_config_named_yml(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS, "koujing.yml": "fail_on: error\n"})
    result = run("check")
    assert result.exit_code == 2
    assert "error: 配置文件的名字应是 koujing.yaml" in result.stderr


def test_a_glob_without_articles_is_told(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS, "koujing.yaml": "articles: [a.md, contnet/**]\n"})
    result = run("check")
    assert result.exit_code == 0
    assert "warning[glob-empty] articles 里的 contnet/** 没有匹配到任何文章" in result.stdout
