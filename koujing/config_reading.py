"""The YAML of a koujing.yaml read and checked, as nodes with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, cast

import msgspec
import yaml

from audit.containers import SUFFIXES as CONTAINERS
from audit.containers import is_container
from claims import yaml_bounds
from claims.alike import nearest
from claims.exports import FIELDS, FORMATS, Export, Field, Form
from claims.facts import is_day
from koujing.config import FAIL_ON, LEVELS, NAME, Config
from koujing.faults import ConfigFault

_NAME = re.compile(r"[A-Za-z0-9_-]+\Z")
_PLAIN = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?\Z")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}\Z")


def config_of(data: bytes, path: str) -> Config:
    """The config in the bytes of a koujing.yaml. Raises ConfigError."""
    root = _compose(data, path)
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return Config(path=path)
    if not isinstance(root, yaml.MappingNode):
        raise ConfigFault("config-shape", path=path, line=_line(root))
    reader = _Reader(path)
    values = {key: _KEYS[key](reader, key, node) for key, node in reader.pairs(root, "", _KEYS)}
    return msgspec.convert({**values, "path": path, "lines": tuple(sorted(reader.lines.items()))}, Config)


def _compose(data: bytes, path: str) -> yaml.Node | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise ConfigFault("yaml-encoding", path=path, line=data.count(b"\n", 0, e.start) + 1) from e
    depth = yaml_bounds.Depth()
    try:
        for event in yaml.parse(text, Loader=yaml_bounds.loader()):
            depth.follow(event)
            tag, mark = getattr(event, "tag", None), event.start_mark
            if tag is not None:
                line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
                raise ConfigFault("yaml-tag", path=path, line=line, column=column, tag=tag)
        root: yaml.Node | None = yaml.compose(text, Loader=yaml_bounds.loader())
        yaml_bounds.check(root)
        return root
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        why = _one_line(e.problem or e.context or "")
        raise ConfigFault("yaml-syntax", path=path, line=line, column=column, why=why) from e
    except yaml.reader.ReaderError as e:
        line = text.count("\n", 0, int(e.position)) + 1
        raise ConfigFault("yaml-syntax", path=path, line=line, why=_one_line(str(e.reason))) from e


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class _Reader:
    """Takes nodes apart; every complaint carries its place."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: dict[str, int] = {}

    def fail(self, code: str, node: yaml.Node, **args: object) -> NoReturn:
        column = int(node.start_mark.column) + 1
        raise ConfigFault(code, path=self.path, line=_line(node), column=column, **args)

    def pairs(
        self, node: yaml.MappingNode, prefix: str, known: Iterable[str] | None
    ) -> Iterable[tuple[str, yaml.Node]]:
        for key_node, value in node.value:
            key = self.text(key_node, prefix or NAME)
            if prefix + key in self.lines:
                self.fail("duplicate-key", key_node, key=key, first=self.lines[prefix + key])
            if known is not None and key not in known:
                self.fail("unknown-key", key_node, key=key, near=nearest(key, known), known=", ".join(sorted(known)))
            self.lines[prefix + key] = _line(key_node)
            yield key, value

    def text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
            self.fail("config-type", node, key=key, want="text")
        return str(node.value)

    def texts(self, node: yaml.Node, key: str) -> tuple[str, ...]:
        """A list of texts; one alone may stand for a list of one."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(item, key) for item in node.value)
        if isinstance(node, yaml.MappingNode):
            self.fail("config-type", node, key=key, want="list")
        return (self.text(node, key),)


    def data(self, node: yaml.Node, key: str) -> Any:
        """Whatever stands there: mappings, lists and texts, numbers, true, false and null."""
        if isinstance(node, yaml.MappingNode):
            return {name: self.data(value, f"{key}.{name}") for name, value in self.pairs(node, f"{key}.", None)}
        if isinstance(node, yaml.SequenceNode):
            return [self.data(item, key) for item in node.value]
        text = str(node.value)
        if node.tag == "tag:yaml.org,2002:null":
            return None
        if node.tag == "tag:yaml.org,2002:bool" and text in ("true", "false"):
            return text == "true"
        if node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float") and _PLAIN.match(text):
            return float(text) if "." in text else int(text)
        return text


def _items(node: yaml.Node) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _inside(reader: _Reader, key: str, node: yaml.Node, name: str) -> str:
    """A path or glob below the root, with `/`."""
    plain = name.lstrip("!") if key == "articles" else name
    parts = plain.split("/")
    if not plain or "\\" in plain or plain.startswith(("/", "~")) or ".." in parts or ":" in parts[0]:
        reader.fail("config-path", node, key=key, got=name)
    return name


def _articles(reader: _Reader, key: str, node: yaml.Node) -> tuple[str, ...]:
    globs = reader.texts(node, key)
    for item, glob in zip(_items(node), globs, strict=True):
        _inside(reader, key, item, glob)
        reader.lines.setdefault(f"articles.{glob}", _line(item))
    if not any(not g.startswith("!") for g in globs):
        reader.fail("config-empty", node, key=key)
    return globs


def _exports(reader: _Reader, key: str, node: yaml.Node) -> tuple[Export, ...]:
    """What is said of exports: an entry, or a list of them, the first that means a file counts."""
    return tuple(_export(reader, f"{key}[{n}]", item) for n, item in enumerate(_items(node)))


def _export(reader: _Reader, key: str, node: yaml.Node) -> Export:
    if not isinstance(node, yaml.MappingNode):
        reader.fail("config-type", node, key=key, want="mapping")
    files: tuple[str, ...] = ()
    format_: str | None = None
    prefix, fields = "", list[tuple[Field, str]]()
    for name, value in reader.pairs(node, f"{key}.", ("files", "format", "fields", "prefix")):
        if name == "files":
            files = reader.texts(value, f"{key}.files")
            for item, glob in zip(_items(value), files, strict=True):
                _inside(reader, f"{key}.files", item, glob)
                if glob.startswith("!") or not is_container(glob):
                    reader.fail("config-export", item, got=glob, known=" ".join(f"*{s}" for s in CONTAINERS))
        elif name == "format":
            format_ = _one_of((*FORMATS, "auto"))(reader, f"{key}.format", value)
        elif name == "prefix":
            prefix = reader.text(value, f"{key}.prefix")
        elif isinstance(value, yaml.MappingNode):
            pairs = reader.pairs(value, f"{key}.fields.", FIELDS)
            fields = [(cast(Field, f), reader.text(v, f"{key}.fields.{f}")) for f, v in pairs]
        else:
            reader.fail("config-type", value, key=f"{key}.fields", want="mapping")
    if not files:
        reader.fail("config-empty", node, key=f"{key}.files")
    return Export(files, Form(format_ if format_ in FORMATS else None, tuple(sorted(fields)), prefix))


def _domains(reader: _Reader, key: str, node: yaml.Node) -> tuple[str, ...]:
    """Names of shipped domains, and paths of folders below the root, which have a / in them."""
    names = [name.rstrip("/") if len(name) > 1 else name for name in reader.texts(node, key)]
    for item, name in zip(_items(node), names, strict=True):
        if "/" in name:
            _inside(reader, key, item, name)
        elif not _NAME.match(name):
            reader.fail("config-domain", item, got=name)
        reader.lines.setdefault(f"domains.{name}", _line(item))
    if not names:
        reader.fail("config-empty", node, key=key)
    return tuple(dict.fromkeys(names))


def _one_of(choices: tuple[str, ...]) -> Callable[[_Reader, str, yaml.Node], str]:
    def read(reader: _Reader, key: str, node: yaml.Node) -> str:
        got = reader.text(node, key)
        if got not in choices:
            reader.fail("config-value", node, key=key, got=got, choices=", ".join(choices), near=nearest(got, choices))
        return got

    return read


def _severity(reader: _Reader, key: str, node: yaml.Node) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, yaml.MappingNode):
        reader.fail("config-type", node, key=key, want="mapping")
    level = _one_of(LEVELS)
    pairs = reader.pairs(node, "severity.", None)
    return tuple(sorted((name, level(reader, f"severity.{name}", value)) for name, value in pairs))


def _rulings(reader: _Reader, key: str, node: yaml.Node) -> str:
    return _inside(reader, key, node, reader.text(node, key)).strip("/")


def _facts(reader: _Reader, key: str, node: yaml.Node) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        reader.fail("config-type", node, key=key, want="mapping")
    entries: dict[str, Any] = {}
    for name, value in reader.pairs(node, "facts.", None):
        if isinstance(value, yaml.MappingNode):
            entries[name] = reader.data(value, f"facts.{name}")
        elif reader.text(value, f"facts.{name}") == "off":
            entries[name] = "off"
        else:
            choices = "off"
            reader.fail("config-value", value, key=f"facts.{name}", got=str(value.value), choices=choices, near="off")
    return entries


def _today(reader: _Reader, key: str, node: yaml.Node) -> str:
    got = reader.text(node, key)
    if not is_day(got):
        reader.fail("config-date", node, key=key, got=got)
    return got


def _days(reader: _Reader, key: str, node: yaml.Node) -> int:
    got = reader.text(node, key)
    if not _NUMBER.match(got):
        reader.fail("config-days", node, key=key, got=got)
    return int(got)


_KEYS: Mapping[str, Callable[[_Reader, str, yaml.Node], object]] = {
    "articles": _articles,
    "exports": _exports,
    "domains": _domains,
    "fail_on": _one_of(FAIL_ON),
    "severity": _severity,
    "teasers": _one_of(("include", "ignore")),
    "rulings": _rulings,
    "facts": _facts,
    "today": _today,
    "stale_after_days": _days,
    "language": _one_of(("zh", "en")),
}
