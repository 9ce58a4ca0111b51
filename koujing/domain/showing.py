"""`koujing domain show`: a domain's topics."""

from __future__ import annotations

import click

from claims.alike import nearest
from koujing import options
from koujing.clicks import Command
from koujing.faults import Fault
from koujing.knowledge import chosen
from koujing.project import open_project
from koujing.streams import out
from reports.topics import overview, topic_page
from reports.wording.terms import Lang


@click.command(
    "show",
    cls=Command,
    words=(
        "列出领域的主题：名称、类型、单位或取值、识别模式的数量；给出主题的编号，显示它的全部内容。",
        "Show a domain's topics: name, kind, unit or members, number of patterns; with a topic's id, all of it.",
    ),
)
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("topic", required=False, metavar="[TOPIC]")
@options.lang
def command(name: str | None, topic: str | None, lang: Lang | None) -> None:
    project = open_project()
    lang = options.spoken(lang, project)
    domains = chosen(project, name)
    if topic is None:
        out("\n".join(overview(domain, lang) for domain in domains))
        return
    for domain in domains:
        if topic in domain.topics:
            out(topic_page(domain, topic, lang))
            return
    near = nearest(topic, [t for domain in domains for t in domain.topics])
    raise Fault("unknown-topic", got=topic, near=near)
