"""How deep and how large the data in a YAML text may be, aliases expanded: a few lines can stand for billions of values
(a "billion laughs"), or for one that holds itself."""

from __future__ import annotations

from functools import cache
from typing import Any

DEEPEST = 100
"""Lists and mappings in each other. A domain's files have 8."""

MOST = 20_000
"""Values that aliases may add, each counted as often as it stands; or as many as there are without them."""

DEEP = f"nested too deeply: over {DEEPEST} lists and mappings in each other"
ENDLESS = "a value holds itself"
LARGE = "aliases expand to more than they may: write the values out"


@cache
def loader() -> Any:
    """PyYAML's safe loader, in which every fault of a text is a yaml.YAMLError: its own ends in a ValueError where an
    escape is beyond Unicode (`"\\U00110000"`), or a number of a directive beyond what Python reads."""
    import yaml

    class Loader(yaml.SafeLoader):
        def fetch_more_tokens(self) -> Any:
            try:
                return super().fetch_more_tokens()
            except (ValueError, OverflowError) as e:
                mark: Any = self.get_mark()
                raise yaml.scanner.ScannerError(None, None, "there is no such character or number", mark) from e

    return Loader


class Depth:
    """How deep the events of a text have come, for what would be composed by recursion."""

    def __init__(self) -> None:
        self._depth = 0

    def follow(self, event: Any) -> None:
        """Raises yaml.MarkedYAMLError where the text goes too deep."""
        import yaml

        if isinstance(event, yaml.CollectionStartEvent):
            self._depth += 1
            if self._depth > DEEPEST:
                mark: Any = event.start_mark
                raise yaml.composer.ComposerError(None, None, DEEP, mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1


def check(root: Any) -> None:
    """Raises yaml.MarkedYAMLError for a node (None for none) that is too deep, or too large once its aliases are
    expanded, or holds itself."""
    import yaml

    sizes: dict[int, int] = {}
    heights: dict[int, int] = {}
    open_: set[int] = set()

    def wrong(why: str, node: Any) -> Exception:
        return yaml.composer.ComposerError(None, None, why, node.start_mark)

    def size(node: Any, depth: int) -> int:
        if isinstance(node, yaml.ScalarNode):
            return 1
        if id(node) in open_:
            raise wrong(ENDLESS, node)
        known = sizes.get(id(node))
        if known is not None:
            if depth + heights[id(node)] > DEEPEST:
                raise wrong(DEEP, node)
            return known
        if depth > DEEPEST:
            raise wrong(DEEP, node)
        open_.add(id(node))
        parts = _parts(node)
        total = 1 + sum(size(part, depth + 1) for part in parts)
        open_.remove(id(node))
        inside = (heights[id(part)] for part in parts if id(part) in heights)
        heights[id(node)] = 1 + max(inside, default=0)
        sizes[id(node)] = total
        return total

    if root is not None and size(root, 1) > 2 * _written(root) + MOST:
        raise wrong(LARGE, root)


def _parts(node: Any) -> list[Any]:
    """What stands in a list or a mapping: items, or keys and values."""
    import yaml

    return [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value


def _written(root: Any) -> int:
    """The values as they are written, without what aliases repeat."""
    import yaml

    seen: set[int] = set()
    left, count = [root], 0
    while left:
        node = left.pop()
        if isinstance(node, yaml.ScalarNode):
            count += 1
        elif id(node) not in seen:
            seen.add(id(node))
            count += 1
            left += _parts(node)
    return count
