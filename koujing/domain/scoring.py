"""`koujing domain score`: claim records against articles marked by hand."""

from __future__ import annotations

from pathlib import Path

import click

from audit.drawing import read_file
from audit.files import File, shown_path
from claims.domain import Domain
from claims.errors import DomainError
from claims.extraction import extract
from claims.scoring import Tally, load_gold, tally_part
from koujing import options
from koujing.clicks import Command, option
from koujing.faults import Fault
from koujing.knowledge import chosen
from koujing.project import Project, open_project
from koujing.streams import out
from reports.scores import render
from reports.wording.terms import Lang


@click.command(
    "score",
    cls=Command,
    words=(
        "用人工标注（*.gold.yaml）给领域评分：每个主题的精确率、召回率、F1，以及读出的说法里量词和范围有多少是对的。\n"
        "标注文件的写法见 docs/domain-authors.md。",
        "Score against articles marked by hand (*.gold.yaml): precision, recall and F1 by topic, then how often the\n"
        "quantifier and each facet of what was found are right. docs/domain-authors.md says how to mark.",
    ),
)
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@option(
    "--domain", "name", metavar="NAME",
    zh="只评这个领域，默认是配置里的全部领域", en="Score this domain only (default: the config's).",
)  # fmt: skip
@option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR",
    zh="文章所在的文件夹，默认在标注旁边", en="The folder of the articles (default: beside their gold).",
)  # fmt: skip
@option("--topic", metavar="PREFIX", default="", zh="只评以此开头的主题", en="Only topics that begin so.")
@option(
    "--misses", is_flag=True,
    zh="列出每条漏读和多读的说法", en="List every claim missed and every claim too many.",
)  # fmt: skip
@options.lang
def command(
    gold: Path, name: str | None, sources: Path | None, topic: str, misses: bool, lang: Lang | None
) -> None:
    project = open_project()
    lang = options.spoken(lang, project)
    domains = chosen(project, name)
    tally = _tally(project, domains, project.here / gold, project.here / sources if sources else None, topic)
    known = {t.id: t for d in domains for t in d.topics.values() if t.id.startswith(topic)}
    out(render(tally, known.values(), misses=misses, lang=lang))


def _tally(
    project: Project, domains: tuple[Domain, ...], gold: Path, sources: Path | None, topic: str
) -> Tally:
    """Raises Fault where there is no gold, or an article of it is not there."""
    shown = shown_path(str(gold), str(project.here))
    try:
        marked = load_gold(gold)
    except DomainError as e:
        e.path = shown_path(e.path, str(project.here))
        raise
    if not marked:
        raise Fault("no-gold", path=shown)
    tally = Tally()
    for path, parts in marked:
        place = sources / path.name if sources else path
        name = shown_path(str(place), str(project.here))
        try:
            article = read_file(File(path=name, place=str(place), size=0))
        except OSError as e:
            raise Fault("no-gold-article", path=name, why=e.strerror or e) from e
        claims = [c for d in domains for c in extract(article, d) if c.topic.startswith(topic)]
        for part, marks in parts.items():
            mine = [c for c in claims if c.part == part]
            kept = [m for m in marks if m["topic"].startswith(topic)]
            tally.add(tally_part(article.source, kept, mine, f"{path.name}#{part}"))
    return tally
