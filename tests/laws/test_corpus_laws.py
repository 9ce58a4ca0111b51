"""Laws of a corpus as it is read: what may be done to articles without any finding changing.

Everything here goes from bytes to findings, as `koujing check` does without a config. Findings of pairs are held to
their ids (which two positions), and, where nothing is said otherwise, to kinds, severities and counts too. What is
wrong inside one article (section 6) is asked for as well wherever articles stay whole.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st
from making import TOPICS
from property_runs import ordinarily
from telling import SAYINGS, Told, framed, title

from audit.conflicts import conflicts
from audit.corpus import scan
from audit.defects import Told as Silent
from audit.defects import defect_findings
from audit.files import discover
from audit.model import Finding
from audit.positions import Needs, Summary
from claims.exports import Export, Form

Texts: TypeAlias = dict[str, bytes]
"""By name."""
Section: TypeAlias = tuple[Told, str]
Article: TypeAlias = list[Section]


def findings_in(folder: Path, exports: Sequence[Export] = ()) -> list[Finding]:
    """All that `koujing check` would find of pairs and of defects."""
    patterns = [p for e in exports for p in e.files] or ["*"]
    files = discover(folder, project=True, patterns=patterns, exports=list(exports)).files
    corpus = scan(files, ["yibao"], today="2026-07-01", jobs=1)
    summary = Summary(corpus.claims, Needs(topics=TOPICS), Silent(corpus.defects))
    core = {name for name, topic in TOPICS.items() if topic.core}
    return [*conflicts(summary, TOPICS, possible=True), *defect_findings(corpus.defects, core)]


def found(texts: Texts) -> list[Finding]:
    with TemporaryDirectory() as folder:
        for name, data in texts.items():
            (Path(folder) / name).write_bytes(data)
        return findings_in(Path(folder))


def gist(findings: Sequence[Finding], names: Callable[[str], str] = lambda name: name) -> list[Any]:
    """Of each finding what it is, and which articles take its sides."""
    sides = [[sorted(names(p.article) for p in side.places) for side in f.sides] for f in findings]
    return sorted((f.id, f.kind, f.severity, f.older, s) for f, s in zip(findings, sides, strict=True))


def pairs_of(findings: Sequence[Finding]) -> list[Finding]:
    """Without defects, whose ids hold their article's name."""
    return [f for f in findings if f.sides[0].position is not None]


@st.composite
def corpora(draw: st.DrawFn, least: int = 2, most: int = 4) -> list[Article]:
    """Articles of a subject each, in sections of which each says one thing on one topic of a few."""
    few = draw(st.lists(st.sampled_from(sorted(SAYINGS)), min_size=1, max_size=2, unique=True))
    section = st.sampled_from(few).flatmap(lambda topic: framed((topic,)))
    one = st.lists(section, min_size=1, max_size=4).map(_of_one_subject)
    return draw(st.lists(one, min_size=least, max_size=most))


def _of_one_subject(article: Article) -> Article:
    return [s for s in article if s[0].topic[:6] == article[0][0].topic[:6]]


def _apart(article: Article) -> list[Article]:
    """Its sections by subject and year."""
    parts: dict[tuple[str, Sequence[str]], Article] = {}
    for section in article:
        told = section[0]
        parts.setdefault((told.topic[:6], told.scope.get("year")), []).append(section)
    return list(parts.values())


def written(article: Article) -> str:
    """Markdown, a heading above each section."""
    sections = (f"## 第{n}个问题\n\n{text}" for n, (_, text) in enumerate(article, start=1))
    return title(article[0][0].topic) + "\n".join(sections)


def encoded(said: Sequence[Article], change: Callable[[str], str] = lambda text: text) -> Texts:
    return {f"{n}.md": change(written(article)).encode() for n, article in enumerate(said)}


@given(corpora(), st.randoms(use_true_random=False))
@ordinarily(12)
def test_the_names_of_articles_and_their_order_change_nothing(said: list[Article], random: Any) -> None:
    texts = encoded(said)
    names = list(texts)
    others = [f"x{n}.md" for n in range(len(names))]
    random.shuffle(others)
    renamed = dict(zip(names, others, strict=True))
    after = found({renamed[name]: data for name, data in texts.items()})
    assert gist(pairs_of(found(texts)), lambda a: renamed[a]) == gist(pairs_of(after))


@given(corpora(), st.randoms(use_true_random=False))
@ordinarily(12)
def test_the_order_of_independent_sections_changes_nothing(said: list[Article], random: Any) -> None:
    """Sections with headings of their own; the order of a list's stem and items, of question and answer is kept. Years
    apart, for one that is named is that of the figures below it."""
    said = [part for article in said for part in _apart(article)]
    shuffled = [random.sample(article, len(article)) for article in said]
    assert gist(found(encoded(shuffled))) == gist(found(encoded(said)))


@given(corpora(1, 3))
@ordinarily(12)
def test_an_article_split_into_its_sections_keeps_its_conflicts(said: list[Article]) -> None:
    """And articles merged into one. The ids of findings of pairs stay; inside one article a contradiction is a
    self-contradiction and `overgeneral` a warning (section 5c). No dates here, and nothing set against a rule: these
    are the article's own (5b). Subjects apart, for a heading is context of all below it; and years, for the one that
    an article names is that of its figures."""
    said = [part for article in said for part in _apart(article)]
    split = [[section] for article in said for section in article]
    merged = _apart([section for article in said for section in article])
    whole, apart, one = (pairs_of(found(encoded(x))) for x in (said, split, merged))
    assert {f.id for f in whole} == {f.id for f in apart} == {f.id for f in one}
    severities = {f.id: (f.kind, f.severity) for f in apart}
    for f in (*whole, *one):
        kind, severity = severities[f.id]
        assert f.kind == kind or (f.kind, kind) == ("self-contradiction", "contradiction")
        assert f.severity == severity or (f.kind in ("overgeneral", "self-contradiction", "contradiction"))


IRRELEVANT = (
    "今天天气晴朗，适合出门散步。", "本文由编辑部整理，欢迎转发。", "下面这张照片拍摄于去年秋天。",
    "这家老字号餐馆的招牌菜是红烧鱼。", "图书馆周一闭馆，周二至周日照常开放。", "列车晚点了二十分钟，乘客们耐心等候。",
)  # fmt: skip


@given(corpora(), st.lists(st.tuples(st.integers(0, 9), st.sampled_from(IRRELEVANT)), min_size=1, max_size=4))
@ordinarily(12)
def test_irrelevant_paragraphs_change_nothing(said: list[Article], added: list[tuple[int, str]]) -> None:
    """Before the first section, or behind any."""

    def change(text: str) -> str:
        parts = text.split("\n## ")
        for at, words in added:
            n = at % len(parts)
            parts[n] = parts[n].rstrip("\n") + f"\n\n{words}\n"
        return "\n## ".join(parts)

    assert gist(found(encoded(said, change))) == gist(found(encoded(said)))


@given(corpora(), st.sampled_from(IRRELEVANT))
@ordinarily(12)
def test_irrelevant_articles_change_nothing(said: list[Article], words: str) -> None:
    texts = encoded(said)
    more = {**texts, "0-a.md": f"# 随笔\n\n{words}\n".encode(), "z.md": b"", "y.txt": "风和日丽。\n".encode()}
    assert gist(found(more)) == gist(found(texts))


WIDE = str.maketrans("0123456789%():", "０１２３４５６７８９％（）：")
QUOTES = str.maketrans({"“": "「", "”": "」"})
HALF = str.maketrans({"，": ",", "：": ":", "？": "?", "（": "(", "）": ")"})

FORMS: dict[str, Callable[[str], str]] = {
    "full-width digits and signs": lambda t: "\n".join(
        line if line.startswith(("#", "-", ">", "|", "1.", "2.")) else line.translate(WIDE) for line in t.split("\n")
    ),
    "traditional quotation marks": lambda t: t.translate(QUOTES),
    "half-width punctuation": lambda t: t.translate(HALF),
    "CRLF": lambda t: t.replace("\n", "\r\n"),
    "CR": lambda t: t.replace("\n", "\r"),
    "a byte order mark": lambda t: "\ufeff" + t,
    "a mark and CRLF": lambda t: "\ufeff" + t.replace("\n", "\r\n"),
    "no newline at the end": lambda t: t.rstrip("\n"),
    "blank lines": lambda t: t.replace("\n\n", "\n\n\n\n"),
    "spaces at the ends of lines": lambda t: t.replace("。\n\n", "。 \n\n"),
    "spaces about figures": lambda t: t.replace("元", " 元").replace("个月", " 个月"),
}


@given(corpora(1, 3), st.sampled_from(sorted(FORMS)))
@ordinarily(30)
def test_another_form_of_the_same_characters_changes_nothing(said: list[Article], form: str) -> None:
    assert gist(found(encoded(said, FORMS[form]))) == gist(found(encoded(said))), form


@given(corpora(1, 2), st.lists(st.integers(12, 40), min_size=3, max_size=3))
@ordinarily(12)
def test_wrapping_paragraphs_changes_nothing(said: list[Article], columns: list[int]) -> None:
    """Only plain paragraphs are wrapped, at any place but before a sign that begins no line; test_wrapping_laws.py has
    the rest."""

    def wrap(text: str) -> str:
        lines = []
        for n, line in enumerate(text.split("\n")):
            plain = line.endswith("。") and not line.startswith(("#", "-", ">", "|", "*", "1", "2", "问", "答"))
            lines += cut(line, columns[n % 3]) if plain and len(line) > 14 else [line]
        return "\n".join(lines)

    assert gist(found(encoded(said, wrap))) == gist(found(encoded(said)))


def cut(line: str, columns: int) -> list[str]:
    pieces, rest = [], line
    while len(rest) > columns + 4:
        at = columns
        while rest[at] in "，。；：！？、）”’%％" or rest[at - 1 : at + 1].isascii() or rest[at].isdigit() or at < 6:
            at += 1
            if at >= len(rest) - 2:
                return [*pieces, rest]
        pieces.append(rest[:at])
        rest = rest[at:]
    return [*pieces, rest]


@given(corpora(1, 4), st.sampled_from(["jsonl", "zip of files", "zip of jsonl"]))
@ordinarily(12)
def test_a_folder_an_export_and_an_archive_are_one_corpus(said: list[Article], container: str) -> None:
    texts = encoded(said)
    rows = [{"id": name, "body": data.decode()} for name, data in texts.items()]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        if container == "jsonl":
            (place / "e.jsonl").write_text(lines, "utf-8")
        else:
            with zipfile.ZipFile(place / "e.zip", "w") as archive:
                for name, data in texts.items() if container == "zip of files" else [("e.jsonl", lines)]:
                    archive.writestr(name, data)
        exports = [Export((p.name,), Form(format="markdown")) for p in sorted(place.iterdir())]
        packed = findings_in(place, exports)
    loose = found(texts)
    assert gist(pairs_of(packed), lambda name: name.rpartition("#")[2].rpartition("/")[2]) == gist(pairs_of(loose))
    assert len(packed) == len(loose)
