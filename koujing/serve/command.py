"""`koujing serve`: the page, served locally."""

from __future__ import annotations

import os
import sys
import webbrowser
from ipaddress import ip_address

import click

from audit import git
from koujing import options
from koujing.clicks import Command, option
from koujing.project import open_project
from koujing.serve.app import LOCAL, App
from koujing.serve.server import PORT, Server, Watch
from koujing.serve.site import Asked, Site
from koujing.streams import err, out
from reports.wording.serving import serve_words
from reports.wording.terms import Lang

HOST = "127.0.0.1"


@click.command(
    "serve",
    cls=Command,
    words=(
        "在浏览器里看检查结果、作裁定：网页只在本机提供，文章或裁定一改，网页跟着更新。\n\n"
        "裁定写成 rulings/ 里的文件，和 koujing resolve 写的一样。按 Ctrl-C 停止。",
        "Serve the page on this machine: read the audit and decide in a browser. When articles or rulings change, the\n"
        "page follows.\n\n"
        "Verdicts are written as files below rulings/, as koujing resolve writes them. Ctrl-C stops it.",
    ),
)
@options.paths
@option(
    "--port", type=click.IntRange(0, 65535), metavar="N",
    zh=f"端口，默认 {PORT}，被占用就取下一个；0 是任意空闲的",
    en=f"The port (default: {PORT}, or the next that is free); 0 takes any that is free.",
)  # fmt: skip
@option(
    "--host", default=HOST, metavar="ADDRESS",
    zh=f"地址，默认 {HOST}，只有本机能打开", en=f"The address (default: {HOST}, this machine alone).",
)  # fmt: skip
@option(
    "--open/--no-open", "opens", default=None,
    zh="是否打开浏览器，默认在终端里运行时打开", en="Open a browser (default: when run in a terminal).",
)  # fmt: skip
@options.jobs
@options.no_cache
@option("--today", type=options.Day(), metavar="DATE", zh="哪天算今天", en="The day that counts as today.")
@options.lang
def command(
    paths: tuple[str, ...], port: int | None, host: str, opens: bool | None, jobs: int | None, today: str | None,
    lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    asked = Asked(paths=paths, here=project.here, lang=lang, today=today, jobs=jobs)
    with options.counted(lang) as counter:
        site = Site(asked, counter)
    local, anywhere = _is_local(host), host in ("0.0.0.0", "::", "")
    name = f"[{host}]" if ":" in host else host
    app = App(
        site, git.user_name(project.root), (*LOCAL, name.lower()), any_address=anywhere, locked=not local
    )  # fmt: skip
    server = Server(app, host, port)
    url = app.url("127.0.0.1" if anywhere else name)
    watch = Watch(site)
    try:  # from the first word on: whoever reads it may press Ctrl-C
        if not local:
            err(serve_words("exposed", lang, host=host) + "\n")
        out(serve_words("serving", lang, url=url) + "\n")
        watch.start()
        if opens if opens is not None else _can_open():
            webbrowser.open(url)
        server.run()
    except KeyboardInterrupt:
        server.close()
    finally:
        watch.end()
    out(serve_words("stopped", lang) + "\n")


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _can_open() -> bool:
    """Whether somebody watches, and there is a browser that does not take the terminal for itself."""
    seen = bool(sys.stdout) and sys.stdout.isatty()
    screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    return seen and screen
