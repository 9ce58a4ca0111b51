"""Where things are on the page: ids of elements, and the addresses that lead there."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from claims.model import Claim, path_of


def article_id(path: str) -> str:
    """The element of an article: the same in every run, whatever other articles there are."""
    return "a-" + sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def claim_id(claim: Claim) -> str:
    """The element of a claim in its article's text."""
    return claim.id


def topic_id(topic: str) -> str:
    return f"t-{topic}"


def reference_id(kind: str, name: str) -> str:
    """The element of a fact or a ruling."""
    return f"{kind[0]}-{name}"


class Links(msgspec.Struct, frozen=True):
    """Addresses as seen from one page; "" for what is on none, for not every report has every section.

    `sections` are the names of those that there are. In a `folder` articles have pages of their own,
    `articles/ID.html`; `up` leads from this page to the index ("" on it, "../index.html" on one in a folder beside it).
    Without `texts` an article is a line of the list, and what is in it leads there. `cards` are the files, as seen from
    the index, of the pages on which findings stand by id; where it is empty they stand on the index.
    """

    sections: frozenset[str] = frozenset()
    folder: bool = False
    up: str = ""
    texts: bool = True
    cards: Mapping[str, str] = {}

    def beside(self) -> Links:
        """As seen from a page in a folder beside the index."""
        return replace(self, up="../index.html")

    def section(self, name: str) -> str:
        return f"{self.up}#{name}" if name in self.sections else ""

    def finding(self, name: str) -> str:
        if "conflicts" not in self.sections:
            return ""
        file = self.cards.get(name, "")
        return f"{'../' if self.up else ''}{file}#{name}" if file else self.lasting(name)

    def lasting(self, name: str) -> str:
        """The address of a finding that stays, whatever page it stands on."""
        return f"{self.up}#{name}"

    def topic(self, topic: str) -> str:
        return f"{self.up}#{topic_id(topic)}" if "topics" in self.sections else ""

    def reference(self, kind: str, name: str) -> str:
        """Of a fact or a ruling."""
        return f"{self.up}#{reference_id(kind, name)}" if "rulings" in self.sections else ""

    def article(self, article: str, at: str = "") -> str:
        """An article's text; `at` is the id of an element in it, such as a claim's."""
        if "articles" not in self.sections:
            return ""
        name = article_id(path_of(article))
        if not self.folder:
            return f"#{at if at and self.texts else name}"
        return ("../" if self.up else "") + self.file(article) + (f"#{at}" if at else "")

    def file(self, article: str) -> str:
        """Where an article's page is, as seen from the index."""
        return f"articles/{article_id(path_of(article))}.html"
