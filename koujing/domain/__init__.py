"""`koujing domain`: test a domain's examples, score it against gold, start one, show one. Each is a module."""

from __future__ import annotations

from koujing.clicks import Group

command = Group(
    name="domain",
    lazy={
        "test": ("koujing.domain.testing", ("检验领域自带的例句和案例", "Run a domain's own examples and cases.")),
        "score": ("koujing.domain.scoring", ("与人工标注对照评分", "Score a domain against gold.")),
        "init": ("koujing.domain.starting", ("新建一个领域", "Start a new domain.")),
        "show": ("koujing.domain.showing", ("列出领域的主题", "Show a domain's topics.")),
    },
    words=(
        "领域是一个文件夹的 YAML：主题、词语、识别模式。这里检验、评分、新建、查看领域。\n\n"
        "领域写自带的名字（yibao），或文件夹的路径（./domains/geo）；不写时是配置里的全部领域。",
        "A domain is a folder of YAML: topics, words, patterns. These commands test, score, start and show domains.\n\n"
        "NAME is that of a shipped domain (yibao) or the path of a folder (./domains/geo); default: the config's.",
    ),
)
