"""click with help in two languages, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import gc
import importlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reports.wording.terms import LANGS, Lang, Pair, pick

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

DONE, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: nothing blocks; findings block; the audit could not be done; Ctrl-C."""

_MANY = 100_000

_lang: ContextVar[Lang] = ContextVar("lang", default="zh")
_F = TypeVar("_F", bound=Callable[..., Any])

_WORDS: Mapping[str, Pair] = {
    "usage": ("用法: ", "Usage: "),
    "[OPTIONS]": ("[选项]", "[OPTIONS]"),
    "[PATHS]...": ("[路径]...", "[PATHS]..."),
    "COMMAND [ARGS]...": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "[ID]...": ("[编号]...", "[ID]..."),
    "[NAME]": ("[领域]", "[NAME]"),
    "NAME": ("领域名", "NAME"),
    "[RULING]...": ("[裁定名]...", "[RULING]..."),
    "[TOPIC]": ("[主题]", "[TOPIC]"),
    "GOLD_DIR": ("标注文件夹", "GOLD_DIR"),
    "options": ("选项", "Options"),
    "commands": ("命令", "Commands"),
    "help": ("显示帮助", "Show this help."),
    "try": ("用法见 {path} --help", "See {path} --help"),
}


def say(key: str) -> str:
    return pick(_WORDS[key], _lang.get()) if key in _WORDS else key


def language() -> Lang:
    """The language of this run as far as it is known yet."""
    return _lang.get()


def speak(lang: Lang) -> None:
    _lang.set(lang)


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, words: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def say(self) -> None:
        """Have its help in the language of this run."""
        self.help = pick(self.words, _lang.get())


def option(*names: str, zh: str, en: str, **kwargs: Any) -> Callable[[_F], _F]:
    return click.option(*names, cls=Option, words=(zh, en), **kwargs)


class Command(click.Command):
    """A command with its help in both languages."""

    def __init__(self, *args: Any, words: Pair = ("", ""), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [say(piece) for piece in super().collect_usage_pieces(ctx)]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        self.say_options(ctx)
        return super().shell_complete(ctx, incomplete)

    def say_options(self, ctx: click.Context) -> list[click.Option]:
        """The options, their help in the language of this run."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        for param in options:
            if isinstance(param, Option):
                param.say()
            elif "--help" in param.opts:
                param.help = say("help")
        return options

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            for line in pick(self.words, _lang.get()).splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n" if line else "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.say_options(ctx) if (record := param.get_help_record(ctx)) is not None]
        with formatter.section(say("options")):
            formatter.write_dl(records)


class Group(Command, click.Group):
    """A group whose commands are imported when they are called. `lazy` maps a name to its module and its one line."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, Pair]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        command: click.Command = importlib.import_module(self._lazy[cmd_name][0]).command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands' names from their lines here, none imported; then the options."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=pick(line, _lang.get()))
            for name, (_, line) in self._lazy.items()
            if name.startswith(incomplete)
        ]
        self.say_options(ctx)
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        # While a shell completes, click resolves what there is of a command line, and nobody wants to hear of errors.
        if name not in self._lazy and not name.startswith("-") and not ctx.resilient_parsing:
            from claims.alike import nearest
            from koujing.faults import Fault

            raise Fault("unknown-command", got=name, near=nearest(name, self._lazy), known=", ".join(self._lazy))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        with formatter.section(say("commands")):
            formatter.write_dl([(name, pick(line, _lang.get())) for name, (_, line) in self._lazy.items()])


class Root(Group):
    """The one group at the top."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command, and turn whatever comes of it into an exit code."""
        from koujing import streams
        from koujing.caching import cached
        from koujing.stopping import tidy_stop

        # A domain is some 100,000 objects that stay to the end: looking through them for cycles, again and again while
        # they are made, finds none and costs a tenth of a short run.
        gc.set_threshold(_MANY)
        streams.prepare()
        told = list(sys.argv[1:] if args is None else args)
        speak(_asked(told) or _configured() or "zh")
        extra["standalone_mode"] = False
        try:
            with tidy_stop(), cached():
                code = super().main(args, *rest, **extra)
        except click.UsageError as e:
            code = _usage(e)
        except (click.Abort, KeyboardInterrupt):
            code = INTERRUPTED
        except Exception as e:
            code = _failed(e)
        sys.exit(code if isinstance(code, int) else DONE)


def _asked(args: Sequence[str]) -> Lang | None:
    """What --lang says, before click has read the command line."""
    for i, arg in enumerate(args):
        value = arg[7:] if arg.startswith("--lang=") else args[i + 1] if arg == "--lang" and i + 1 < len(args) else ""
        for lang in LANGS:
            if value == lang:
                return lang
    return None


_LANGUAGE = re.compile(r"^language:[ \t]*['\"]?(zh|en)\b", re.MULTILINE)


def _configured() -> Lang | None:
    """What the config above the current folder says, were it as broken as it may be: errors are told in it too."""
    with contextlib.suppress(OSError, UnicodeError):
        here = Path.cwd()
        for folder in (here, *here.parents):
            file = folder / "koujing.yaml"
            if file.is_file():
                found = _LANGUAGE.search(file.read_text(encoding="utf-8-sig"))
                return "en" if found and found.group(1) == "en" else "zh"
    return None


def _usage(e: click.UsageError) -> int:
    from koujing.streams import err
    from reports.wording.usage import usage

    if type(e).__name__ == "NoArgsIsHelpError" and e.ctx is not None:
        err(e.ctx.get_help() + "\n")
        return FAILED
    path = e.ctx.command_path if e.ctx is not None else "koujing"
    tell(usage(e.format_message(), _lang.get()), hint=say("try").format(path=path))
    return FAILED


def _failed(e: Exception) -> int:
    from claims.errors import KoujingError
    from koujing.faults import Fault
    from koujing.streams import err
    from reports.wording.problems import problem_words
    from reports.wording.told import told

    lang = _lang.get()
    if not isinstance(e, KoujingError):
        import traceback

        err("".join(traceback.format_exception(e)))
        message, hint = problem_words("bug", {"why": f"{type(e).__name__}: {e}"}, lang)
        tell(message, hint=hint)
        return FAILED
    if isinstance(e, Fault):
        message, hint = problem_words(e.code, e.blanks, lang)
    else:
        message, hint = told(e.message, lang), told(e.hint, lang)
    place = ":".join(str(part) for part in (e.path, e.line, e.column) if part) if e.path else ""
    tell(message, place, hint)
    return FAILED


def tell(message: str, place: str = "", hint: str = "") -> None:
    """An error on stderr, in the manner of the report."""
    from koujing.streams import err
    from reports.width import safe
    from reports.wording.terms import term

    lines = [f"error: {safe(message)}"]
    if place:
        lines.append(f"  --> {safe(place)}")
    if hint:
        lines.append(f"  = {term('help', _lang.get())}: {safe(hint)}")
    err("\n".join(lines) + "\n")
