"""Wrong command lines: what click says in English, in Chinese."""

from __future__ import annotations

import re

from reports.wording.terms import Lang

_OPTION = r"No such option:? '?(?P<a>[^'\s]+?)'?\.?"
"""Before 8.4 click puts a colon where it puts quotes now."""

USAGE_ZH: tuple[tuple[str, str], ...] = (
    (_OPTION + r"(?: Did you mean '?(?P<b>[^'?]+)'?\?)?", r"没有选项 {a}"),
    (_OPTION + r" \(Possible options: (?P<b>.+)\)", r"没有选项 {a}，可用的有 {b}"),
    (_OPTION + r" \(Did you mean one of: (?P<b>.+)\?\)", r"没有选项 {a}，是不是想写 {b}？"),
    (r"No such command '(?P<a>.+?)'\.?", r"没有命令 {a}"),
    (r"Got unexpected extra arguments? \((?P<a>.+)\)", r"多出的参数：{a}"),
    (r"Option '(?P<a>.+?)' requires (?:an argument|\d+ arguments)\.?", r"选项 {a} 后面要有值"),
    (r"Option '(?P<a>.+?)' does not take a value\.?", r"选项 {a} 不带值"),
    (r"Missing (?:argument|option|parameter) '(?P<a>.+?)'\.?", r"缺少 {a}"),
    (r"Missing command\.?", r"缺少命令"),
    (r"Invalid value for (?P<p>.+?): '(?P<a>.*)' is not one of (?P<b>.+?)\.?", r"{p} 不能是 {a}，可选：{b}"),
    (r"Invalid value for (?P<p>.+?): '(?P<a>.*)' is not a valid integer(?: range)?\.?", r"{p} 应是整数，不能是 {a}"),
    (r"Invalid value for (?P<p>.+?): (?P<a>.*) is not in the range (?P<b>.+?)\.?", r"{p} 不能是 {a}，范围是 {b}"),
    (r"Invalid value for (?P<p>.+?): (?P<a>.*)", r"{p} 的值不对：{a}"),
    (r"Invalid value: (?P<a>.*)", r"值不对：{a}"),
)
"""What click says, as a regular expression that must match it whole, and its Chinese."""

_USAGE = tuple((re.compile(english + r"\Z", re.DOTALL), chinese) for english, chinese in USAGE_ZH)


def usage(message: str, lang: Lang) -> str:
    """A usage error in a language; what we do not know stays as click says it."""
    if lang == "zh":
        for english, chinese in _USAGE:
            found = english.match(message)
            if found:
                return chinese.format(**{k: v or "" for k, v in found.groupdict().items()})
    return message
