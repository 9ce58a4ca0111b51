"""Where things are on the page: ids of elements, and the addresses that lead there."""

from __future__ import annotations

from hashlib import sha256

import msgspec

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
    Without `texts` an article is a line of the list, and what is in it leads there.
    """

    sections: frozenset[str] = frozenset()
    folder: bool = False
    up: str = ""
    texts: bool = True

    def beside(self) -> Links:
        """As seen from a page in a folder beside the index."""
        return Links(self.sections, self.folder, "../index.html")

    def section(self, name: str) -> str:
        return f"{self.up}#{name}" if name in self.sections else ""

    def finding(self, name: str) -> str:
        return f"{self.up}#{name}" if "conflicts" in self.sections else ""

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
        return self.file(article).removeprefix("articles/" if self.up else "") + (f"#{at}" if at else "")

    def file(self, article: str) -> str:
        """Where an article's page is, as seen from the index."""
        return f"articles/{article_id(path_of(article))}.html"
