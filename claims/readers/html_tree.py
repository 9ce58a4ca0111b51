"""Which part of an HTML page is the article, and what in it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from justhtml import Element, Node, Text


def names(words: str) -> frozenset[str]:
    """The words of a list of element or attribute names."""
    return frozenset(words.split())


_SILENT = names(
    "script style noscript template button select textarea input option datalist svg math iframe object embed canvas "
    "audio video map nav aside footer rp rt"
)
_ASIDE = names("breadcrumb breadcrumbs pagination pager share related comment comments sidebar advert advertisement")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")
BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def attribute(node: Node, name: str) -> str:
    """An attribute's value, '' where it is absent or has none."""
    attrs = node.attrs
    return (attrs.get(name) or "") if attrs else ""


def classes(node: Node) -> list[str]:
    """The classes and the id of an element, in lower case."""
    return [*attribute(node, "class").lower().split(), attribute(node, "id").lower()]


def is_left_out(node: Node, *, headers: bool) -> bool:
    """Whether an element is navigation, decoration, a control, hidden or another article's; `headers` leaves `<header>`
    out too, as it is the site's when the page marks no article."""
    name = node.name
    if name in _SILENT or (name == "header" and headers):
        return True
    if not node.attrs or name in ("html", "body"):
        return False
    if "hidden" in node.attrs or attribute(node, "aria-hidden").lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(attribute(node, "style"))) or not _ASIDE.isdisjoint(classes(node))


def visible(root: Node, *, headers: bool) -> Iterator[Node | Text]:
    """The nodes below `root` in document order, without what is left out. Not recursive: pages nest without limit."""
    stack: list[Node | Text] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            yield node
            continue
        if node is not root and is_left_out(node, headers=headers):
            continue
        yield node
        stack.extend(reversed(node.children or ()))


def content_root(document: Node) -> tuple[Node, bool]:
    """The element that holds the article, and whether the page marks it (else it is the whole body)."""
    body = next((node for node in visible(document, headers=False) if node.name == "body"), document)
    assert isinstance(body, Node)
    nodes = list(visible(body, headers=False))
    sizes = _sizes(nodes)
    elements = [node for node in nodes if isinstance(node, Element) and node is not body and sizes[id(node)]]
    for marked in (
        [node for node in elements if node.name == "article"],
        [node for node in elements if node.name == "main"],
        [node for node in elements if attribute(node, "role").lower() == "main"],
    ):
        if marked:
            return _largest(marked, sizes), True
    # A name alone may mean a widget ("article-title"): such a div counts only if it holds a good part of the page.
    named = [(node, _name_words(node)) for node in elements if node.name in ("div", "section", "td")]
    for word in ("article", "content", "main"):
        candidates = [node for node, words in named if word in words]
        if candidates:
            largest = _largest(candidates, sizes)
            if sizes[id(largest)] * 5 >= sizes[id(body)] * 2:
                return largest, True
    return body, False


def _name_words(node: Node) -> set[str]:
    if not node.attrs:
        return set()
    return {word.lower() for word in _WORDS.split(f"{attribute(node, 'class')} {attribute(node, 'id')}")}


def _sizes(nodes: Iterable[Node | Text]) -> dict[int, int]:
    """The number of characters, white space apart, below every node, by its identity."""
    sizes: dict[int, int] = {}
    for node in reversed(list(nodes)):
        own = sizes.get(id(node), 0)
        if isinstance(node, Text):
            own = len("".join((node.data or "").split()))
        sizes[id(node)] = own
        if node.parent is not None:
            sizes[id(node.parent)] = sizes.get(id(node.parent), 0) + own
    return sizes


def _largest(nodes: Iterable[Node], sizes: dict[int, int]) -> Node:
    """The node with the most text; the outermost and first of equals."""
    return max(nodes, key=lambda node: sizes[id(node)])


def frames(root: Node, *, headers: bool) -> set[int]:
    """The identities of table cells that lay out the page and are no cells of data: those that hold a table or a
    larger heading, and the only cell of a table."""
    found: set[int] = set()
    cells: dict[int, list[int]] = {}
    for node in visible(root, headers=headers):
        if node.name in ("td", "th"):
            cells.setdefault(id(_nearest(node, "table")), []).append(id(node))
        if node.name not in ("table", "h1", "h2", "h3"):
            continue
        above = node.parent
        # Everything above a cell that is found has been marked already, so the climbs together are linear.
        while above is not None and above is not root and id(above) not in found:
            if above.name in ("td", "th"):
                found.add(id(above))
            above = above.parent
    found.update(alone[0] for alone in cells.values() if len(alone) == 1)
    return found


def _nearest(node: Node | Text, name: str) -> Node | None:
    above = node.parent
    while above is not None and above.name != name:
        above = above.parent
    return above
