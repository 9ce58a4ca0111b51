"""The command line. A command is a module; each is imported when it is called."""

from __future__ import annotations

from typing import Any

import click

from koujing import __version__
from koujing.clicks import Option, Root

COMMANDS = {
    "cache": ("koujing.cache", ("缓存在哪里、有多大；清空缓存", "Where the cache is; empty it.")),
    "check": ("koujing.check", ("检查文章之间和文章内部的矛盾", "Audit articles for contradictions.")),
    "claims": ("koujing.records", ("列出从文章里读出的说法", "List the claims read from articles.")),
    "completion": ("koujing.completion", ("打印命令行补全的脚本", "Print the script for shell completion.")),
    "domain": ("koujing.domain", ("检验、评分、新建、查看领域", "Test, score, start and show domains.")),
    "explain": ("koujing.explain", ("解释问题、说法、事实或裁定", "Explain a kind, finding, claim, fact or ruling.")),
    "init": ("koujing.init.command", ("准备内容仓库：配置、CI", "Set a content repo up: config, CI.")),
    "report": ("koujing.report", ("把检查结果写成网页", "Write the audit as a web page.")),
    "resolve": ("koujing.resolve.command", ("逐个裁定没有解决的问题", "Decide what is open, one by one.")),
    "rulings": ("koujing.rulings.command", ("列出、检查、清理、更新裁定", "List, check, prune and renew rulings.")),
    "serve": ("koujing.serve.command", ("在浏览器里看结果、作裁定", "Serve the page; decide in a browser.")),
}


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"koujing {__version__}")
        ctx.exit()


class _Main(Root):
    """The one group."""

    def __init__(self, **kwargs: Any) -> None:
        version = Option(
            ["--version"], words=("显示版本", "Show the version."), is_flag=True, is_eager=True, expose_value=False,
            callback=_version,
        )  # fmt: skip
        super().__init__(
            name="koujing",
            lazy=COMMANDS,
            params=[version],
            words=(
                "口径：检查医保文章里的说法是否互相矛盾，或与参考事实、与自己不符。\n\n"
                "退出码：0 通过；1 有阻止发布的问题；2 检查未能完成。",
                "Audits Chinese health-insurance articles for contradictions.\n\n"
                "Exit codes: 0 nothing blocks; 1 findings block; 2 the audit could not be done.",
            ),
            **kwargs,
        )


main = _Main()
