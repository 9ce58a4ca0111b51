"""HTML articles: the main content's blocks, and what the page says about its title, date and author."""

from __future__ import annotations

import re

from justhtml import Node
from justhtml import Text as TextNode

from claims.article import Article, Text
from claims.readers import bylines
from claims.readers.building import PartBuilder
from claims.readers.html_text import joined, place
from claims.readers.html_tree import attribute, content_root, is_left_out, names, visible
from claims.readers.html_walk import META_LENGTH, Walker, is_meta, parse
from claims.readers.lines import line_starts

_DATE_NAMES = names(
    "article:published_time og:published_time pubdate publishdate publish-date publish_date date dc.date dcterms.date"
)
# 标题_网站, 标题 | 网站, 标题 - 网站; a dash between figures (2024-2025年) is no separator.
_SITE = re.compile(r"\s*[_|\uff5c]|\s+[-\u2013\u2014]\s+|(?<=[^\d\s])[-\u2013\u2014](?=[^\d\s\u2013\u2014-]{2,12}$)")
_SHORTEST_TITLE = 4


def read(path: str, source: str, *, title: Text | None = None) -> Article:
    """An HTML file as an article of one part, below a title that it may be given."""
    document = parse(source)
    root, is_marked = content_root(document)
    headers = not is_marked
    builder = PartBuilder()
    walker = Walker(source, builder)
    page_title = _page_title(document, source)
    if title is not None:
        builder.add_title(title)
    elif not _has_heading(root, headers=headers) and page_title is not None:
        builder.add_title(page_title)
    walker.walk(root, headers=headers)
    date = _stated_date(document) or walker.date or _date_before(document, root)
    part = builder.part("main", date)
    heading = part.blocks[part.title].text if part.title is not None else None
    # The page's own title may say what its heading leaves out (the county).
    named = page_title or heading
    words = named.chars.replace("\n", " ") if named is not None else None
    return Article(
        path, source, (part,), line_starts(source), title=words, date=date, author=_meta(document, names("author"))
    )


def _has_heading(root: Node, *, headers: bool) -> bool:
    """Whether the content has a first-level heading with text; then that is the title."""
    for node in visible(root, headers=headers):
        if node.name == "h1" and isinstance(node, Node):
            for inner in visible(node, headers=headers):
                if isinstance(inner, TextNode) and (inner.data or "").strip():
                    return True
    return False


def _page_title(document: Node, source: str) -> Text | None:
    """The <title> without the site's name; None where it is empty."""
    for node in visible(document, headers=False):
        if node.name == "title" and isinstance(node, Node):
            pieces = [
                place(child.data or "", source, child.origin_offset)
                for child in node.children or ()
                if isinstance(child, TextNode) and child.origin_offset is not None
            ]
            text = joined([piece for piece in pieces if piece.chars])
            for site in _SITE.finditer(text.chars):
                if site.start() >= _SHORTEST_TITLE:
                    text = text.slice(0, site.start())
                    break
            return text if text.chars.strip() else None
    return None


def _meta(document: Node, wanted: frozenset[str]) -> str | None:
    """The content of the first <meta> with one of these names."""
    for node in visible(document, headers=False):
        if node.name == "meta" and isinstance(node, Node):
            name = attribute(node, "property") or attribute(node, "name") or attribute(node, "itemprop")
            content = attribute(node, "content").strip()
            if name.lower() in wanted and content:
                return content
    return None


def _stated_date(document: Node) -> str | None:
    return bylines.iso_date(_meta(document, _DATE_NAMES) or "")


def _date_before(document: Node, root: Node) -> str | None:
    """The date of the first <time datetime> or byline above the content, in a page whose content begins below them."""
    stack: list[Node | TextNode] = [document]
    while stack:
        node = stack.pop()
        if node is root:
            return None
        if isinstance(node, TextNode) or is_left_out(node, headers=False):
            continue
        stated = attribute(node, "datetime") if node.name == "time" else _start(node) if is_meta(node) else ""
        date = bylines.iso_date(stated)
        if date:
            return date
        stack.extend(reversed(node.children or ()))
    return None


def _start(node: Node) -> str:
    """The first characters of an element's text, as many as a byline may have."""
    text = ""
    for inner in visible(node, headers=False):
        if isinstance(inner, TextNode):
            text += inner.data or ""
        if len(text) > META_LENGTH:
            break
    return text[:META_LENGTH]
