"""`koujing completion`: the script by which a shell completes commands, options and their choices."""

from __future__ import annotations

import click

from koujing import options
from koujing.clicks import Command
from koujing.project import open_project
from koujing.streams import out
from reports.wording.setup import COMPLETION
from reports.wording.terms import Lang, pick

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_KOUJING_COMPLETE"
"""Set by the script when it asks the command for candidates; click derives the name from the command's."""


@click.command(
    "completion",
    cls=Command,
    words=(
        "打印命令行补全的脚本，支持 bash、zsh、fish。脚本开头的注释说明怎样启用。",
        "Print the script that completes koujing's command line, for bash, zsh or fish.\n"
        "The comment at its head says how to turn it on.",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="bash|zsh|fish")
@options.lang
def command(shell: str, lang: Lang | None) -> None:
    from click.shell_completion import ShellComplete, get_completion_class

    from koujing.cli import main

    lang = options.spoken(lang, open_project())
    kind = get_completion_class(shell)
    assert kind is not None  # SHELLS are all click's own
    # Not kind.source(): for bash that would start a bash, to warn of versions older than ten years.
    script = ShellComplete.source(kind(main, {}, "koujing", VARIABLE)).strip("\n")
    out(f"{_commented(pick(COMPLETION[shell], lang))}\n{script}\n")


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" if line else "#" for line in text.splitlines())
