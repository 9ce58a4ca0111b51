"""Line breaks that mean nothing: text that an editor, a form or a mail program has wrapped, in the middle of words too.

A paragraph of Markdown and one of a scraped page are told from lists and labels by other signs: in Markdown a line
break is a space unless something says that it is meant; on a scraped page each line is a block unless something says
that it goes on. docs/design.md, "Wrapped text", lists what no rule can tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from claims.language.clauses import is_answer

_NARROWEST = 48
"""Columns. Shorter lines are lines of their own, if nothing else says that they go on."""
_RAGGED = 6
"""Columns that a wrapped line may fall short of the longest, as signs that begin no line are moved."""
_LIST_LINES = 3
_LONGEST_HEADING = 20

# Signs that editors type or paste where a list is meant, without list markup.
BULLETS = "\u2022\u00b7\u30fb\u25cf\u25aa\u25e6\u25cb\u25a0\u25a1\u25c6\u25c7\u25ba\u25b6\u27a4"
# The same in front of a line within a paragraph, where numbers and ASCII bullets count too.
MARKED_LINE = re.compile(
    rf"[ \t\u3000\xa0]*(?:[{BULLETS}]|[-*+](?=\s)|[\u2460-\u2473]"
    r"|[(\uff08]\d{1,2}[)\uff09]|\d{1,2}[.\u3001\uff0e)\uff09](?!\d))"
    r"[ \t\u3000\xa0]*(?=\S)"
)
_HEADED = re.compile(
    r"[*_\s]*(?:[一二三四五六七八九十]{1,3}[\u3001\uff0e.]|[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]"
    r"|第[一二三四五六七八九十\d]{1,3}(?:章|节|条|部分|篇))"
)
_DIALOGUE = re.compile(r"[*_\s]*(?:问|答|[QAqa])\d{0,2}[\uff1a:]")
_LABELLED = re.compile(r"[*_\s]*[^\uff0c\u3001\u3002\uff1b\uff1a,;:]{1,12}[*_]*[\uff1a:]")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*")
_NEVER_FIRST = ("\uff0c", ",", "。", "、", "\uff1b", "\uff1a", "\uff09", ")", "”", "》", "」", "%", "\uff05")
_UNFINISHED = re.compile(
    r"(?:目前|已经|仍然|应当|只能|也|都|均|且|并|而|和|与|及|或|或者|把|被|由|从|为|将|因为|所以|如果|只要|虽然|但是|除了|按照|根据|通过)\Z"
)
"""Words that are followed by what they belong to."""
_UNBEGUN = re.compile(r"的(?!士|确)|了(?!解|结)|们|也(?!许)|吗|呢|而且|以及|或者|并且|和(?!田|县|平|龙|顺|谐|气|解)")
_PICTURED = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff]*[ \t]*\\Z")
"""A picture at the end of a line stands for a full stop."""
_HARD = re.compile(r".*(?:  |\\|<[bB][rR]\s*/?>\s*)", re.DOTALL)
_FIGURE = re.compile(r"\d\s*(?:[%\uff05\u2030]|[\u4e00-\u9fff]{1,2})\Z")
_CLOSING = "”’」』）)】》*_~\"' \t\u3000"
_ENDS = ("。", "\uff01", "\uff1f", "!", "?", "\uff1b", ";", "…")
_CONTINUES = ("\uff0c", ",", "、", "\uff08", "(", "“", "「", "《", "—", "\u00d7")


def meant_breaks(text: str) -> frozenset[int]:
    """Where the line breaks of a Markdown paragraph stand that are meant; all others only wrap it.

    Meant are hard breaks (two spaces, a backslash), those round the items of a list without markup, round lines in
    bold or numbered as headings, behind a picture (🎉), before a new voice (答:), and after an answer that is all of
    the first line (不可以).
    Of paragraphs that are lists without any sign (lines that all have a label, or end in no punctuation) all are.
    """
    lines = text.split("\n")
    if len(lines) < 2:
        return frozenset()
    ends: list[int] = []
    for line in lines[:-1]:
        ends.append((ends[-1] + 1 if ends else 0) + len(line))
    if not is_wrapped(lines) and (_is_list(lines) or _is_labelled(lines)):
        return frozenset(ends)
    marks = [MARKED_LINE.match(line) is not None for line in lines]
    listed = sum(marks) > 1
    meant = {
        end for n, end in enumerate(ends)
        if _HARD.fullmatch(lines[n]) or _PICTURED.search(lines[n]) or _stands_alone(lines[n])
        or _begins(lines[n + 1]) or (listed and marks[n + 1])
    }  # fmt: skip
    return frozenset(meant | set(ends[:1] if is_answer(lines[0].strip(_CLOSING)) else []))


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether some lines are one text that was wrapped at a column: they are long and alike, all but the last."""
    if len(lines) < 2 or any(_HARD.fullmatch(line) for line in lines[:-1]):
        return False
    widths = [_columns(line.strip()) for line in lines]
    longest = max(widths)
    return min(widths[:-1]) >= max(_NARROWEST, longest - _RAGGED) and widths[-1] <= longest


def goes_on(before: str, after: str) -> bool:
    """Whether a line of a scraped page surely goes on with what the line before it has broken off: a comma or an open
    bracket stands at the break, a word that ends nothing (目前) before it or one that begins nothing (的) after it."""
    if ends_sentence(before) or before.endswith(("\uff1a", ":")) or _begins(after):
        return False
    if before.endswith(_CONTINUES) or after.startswith(_NEVER_FIRST):
        return True
    return bool(_UNFINISHED.search(before) or _UNBEGUN.match(after))


def joint(before: str, after: str) -> str:
    """What stands for a line break inside a wrapped text: a space between two Latin words, else nothing."""
    latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return " " if latin and not (before.isdigit() and after.isdigit()) else ""


def ends_sentence(line: str) -> bool:
    """Whether a line's last sign, closing brackets and quotation marks apart, ends a sentence."""
    return line.rstrip(_CLOSING).endswith(_ENDS)


def _is_list(lines: Sequence[str]) -> bool:
    """Whether no line ends in any punctuation: a list of things, one a line; two lines, if both end in a figure."""
    bare = [line.rstrip(_CLOSING + "\\") for line in lines]
    if len(lines) < _LIST_LINES and not all(_FIGURE.search(line) for line in bare):
        return False
    return not any(line.endswith((*_ENDS, *_CONTINUES, "\uff1a", ":")) for line in bare)


def _is_labelled(lines: Sequence[str]) -> bool:
    """Whether each line names what it tells (电话:12393), and none breaks off in a sentence."""
    if any(line.rstrip().endswith(_CONTINUES) for line in lines[:-1]):
        return False
    return all(_LABELLED.match(line) for line in lines)


def _stands_alone(line: str) -> bool:
    """A line in bold, or a short one that is numbered as a heading."""
    if _BOLD.fullmatch(line):
        return True
    line = line.strip()
    return len(line) <= _LONGEST_HEADING and bool(_HEADED.match(line)) and not line.endswith(_CONTINUES)


def _begins(line: str) -> bool:
    """Whether a line begins something new: a paragraph that is indented, another voice, a numbered heading."""
    return line.startswith("\u3000\u3000") or bool(_DIALOGUE.match(line) or _HEADED.match(line))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
