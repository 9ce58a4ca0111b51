"""`koujing cache`: where the cache is, how large it is, and emptying it."""

from __future__ import annotations

import click

from koujing import caching, options
from koujing.clicks import DONE, FAILED, Command, option
from koujing.project import open_project
from koujing.streams import out
from reports.wording.caching import cache_line
from reports.wording.terms import Lang


@click.command(
    "cache",
    cls=Command,
    words=(
        "显示缓存在哪里、有多大；加 --clear 清空。\n\n"
        "缓存只是为了快：随时可以清空，结果不变。环境变量 KOUJING_CACHE_DIR 可以换一个文件夹。",
        "Show where the cache is and how large; with --clear, empty it.\n\n"
        "It only saves time: results are the same without it. KOUJING_CACHE_DIR names another folder.",
    ),
)
@option("--clear", is_flag=True, zh="清空缓存", en="Empty the cache.")
@options.lang
@click.pass_context
def command(ctx: click.Context, clear: bool, lang: Lang | None) -> None:
    lang = options.spoken(lang, open_project())
    disk = caching.disk()
    if disk is None:
        ctx.exit(FAILED)
    folder = disk.folder.as_posix()
    if clear:
        done = disk.clear()
        out(cache_line("cleared" if done else "not-cleared", lang, folder=folder) + "\n")
        ctx.exit(DONE if done else FAILED)
    rows, size = disk.size()
    out(cache_line("where", lang, folder=folder) + "\n")
    out(cache_line("size", lang, size=f"{size / 1_000_000:.1f} MB", rows=rows) + "\n")
