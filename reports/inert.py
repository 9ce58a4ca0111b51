"""Text put into Markdown so that it stays text: no markup, no mention, no link, nothing that a bot takes for a command.

Backslashes keep Markdown from reading it. Sites look for mentions, issues, commits, addresses and emoji once more, in
what Markdown has made of it; there a word joiner, which is not seen, parts what must not be read together. In code
spans they look for none of that. Sources: CommonMark 0.31; GitHub Flavored Markdown 0.29; docs.github.com, "Autolinked
references and URLs"; docs.gitlab.com, "GitLab Flavored Markdown" and "Quick actions".
"""

from __future__ import annotations

import re

from reports.width import safe

JOINER = "\u2060"

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$]")
_TOGETHER = re.compile(
    r"@(?=\S)"  # @user; x@example.org
    r"|~(?=\S)|[#!$%&^*](?=[\w\"{])"  # #12, and GitLab's ~label, !12, $12, %12, &12, ^12, *iteration
    r"|GH-(?=\d)"
    r"|:(?=//)|\bwww(?=\.)"  # addresses
    r"|:(?=[\w+-]+:)"  # :emoji:
    r"|[\[{](?=[-+\w])",  # GitLab's {+ added +}, [vulnerability:12]
    re.ASCII | re.IGNORECASE,
)
_COMMIT = re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{7,40}\b", re.ASCII | re.IGNORECASE)
"""Not all digits: an amount such as 1000000 stays whole."""


def inert(text: str) -> str:
    """Text on one line, as Markdown that shows just this text wherever it stands in a paragraph or a table."""
    apart = _TOGETHER.sub(lambda m: m[0] + JOINER, safe(text).strip())
    apart = _COMMIT.sub(lambda m: JOINER.join(re.findall(".{1,6}", m[0])), apart)
    escaped = _MARKUP.sub(r"\\\g<0>", apart)
    start = re.match(r"\d*[-+=:/.)]", escaped)
    return escaped if start is None else escaped[: start.end() - 1] + "\\" + escaped[start.end() - 1 :]


def code(text: str) -> str:
    """Text as a code span; not for tables."""
    shown = safe(text).strip()
    if not shown:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
