"""Make docs/facts.md of the shipped domains' facts.yaml.

    python -m tools.make_facts_page

A test holds that the page is up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.references import reference_of
from claims.domain import Domain, load_domain, shipped
from claims.facts import Fact
from claims.wording import said
from koujing.run import vocabulary
from reports.references import in_force, source_words
from reports.wording.vocabulary import Vocabulary

PAGE = Path(__file__).parent.parent / "docs" / "facts.md"

HEAD = """\
# Reference facts

Made by tools/make_facts_page.py from claims/domains/*/facts.yaml; do not edit.

A domain ships what published policy says on its topics, and `koujing check` holds every article against it. **Nobody
has checked these facts at their issuers yet** (`verified: false`): a publisher must look each one up in the document
named before relying on it, and turn off or replace what does not hold for its readers. Document numbers were not
checked and are left out.

| an article that | is |
|---|---|
| says otherwise than a fact that held on its day | `against-fact`, an error |
| has no date, and says otherwise than a fact that holds today | `against-fact`, a warning |
| said before a fact held what the fact now excludes | `outdated`, a warning that names the fact |
| says so of some places or cases only (部分地区), or with a maybe (可能) | the same, info only |
| is only quoted on another's page | the same, one severity lower |
| agrees with a fact | not blocked by a conflict with an article that does not |

Its day is the day that the claim speaks of (截至…), else the article's date. An absent region, scheme or other facet of
a fact means everywhere and everyone. A fact marked *default* (a national rule that places may vary) meets only claims
that name no region.

## In koujing.yaml

```yaml
facts:
  cross-province-national: off            # turn one off
  own-card:                               # replace one: an entry with the same id
    words: {zh: 看病用本人的卡或码, en: the patient's own card or code is used}
    topic: gongji.own_card
    value: {holds: true}
    source: {document: 本站口径, issuer: 编辑部, published: 2025-03-01}
    verified: true
  our-limit:                              # add one: an entry with an id of your own
    words: 武汉市一个账户最多绑定6名家人
    topic: gongji.relative_limit
    value: {low: 6, high: 6}
    scope: {region: [武汉市]}
    since: 2025-01-01
    source: 武汉市医保局通知
```

| key | |
|---|---|
| `words` | what it says, in Chinese, or `{zh: …, en: …}` |
| `topic` | one of the domain's: `koujing domain show` |
| `value` | `{holds: true}`, `{low: 6, high: null}`, `{mode: includes, members: […]}` or `{is: …}` (docs/claims.md, 2) |
| `quantifier`, `scope`, `except` | as in a claim record; left out: `all`, everywhere and everyone, nothing |
| `since`, `until` | first and last day that it holds, as 2025-01-31; left out where open |
| `source` | the document, or `{document: …, issuer: …, published: …}` |
| `verified` | `true` once the issuer's own page has been checked |
| `severity` | of a claim against it: `error` (the default), `warning` or `info` |
| `warning_until` | up to this day a warning at most, for a rule that comes into force place by place |
| `default` | `true` for a rule that places may vary |
| `note` | whatever a reader should know |

`koujing explain ID` shows a fact with the findings that rest on it.
"""


def page() -> str:
    parts = [HEAD]
    for name in shipped():
        domain = load_domain(name)
        if domain.facts:
            parts.append("\n".join(_domain(domain)) + "\n")
    return "\n".join(parts)


def _domain(domain: Domain) -> Iterator[str]:
    words = vocabulary([domain], "en")
    yield f"## The facts of `{domain.name}`\n"
    yield "| id | what it says | held as | in force | source | severity |"
    yield "|---|---|---|---|---|---|"
    for fact in domain.facts:
        cells = (f"`{fact.id}`", *_cells(fact, words))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cells(fact: Fact, words: Vocabulary) -> Iterator[str]:
    reference = reference_of(fact)
    note = said(fact.note, "en", "")
    yield f"{said(fact.words, 'zh', '')}<br>{said(fact.words, 'en', '')}" + (f"<br>*{note}*" if note else "")
    yield f"`{fact.topic}`: {words.position(reference.position)}" + (" *(default)*" if fact.default else "")
    yield in_force(reference, "en") or "always"
    yield source_words(fact.source, "zh") + ("" if fact.verified else " (not checked)")
    yield fact.level + (f"; a warning until {fact.warning_until}" if fact.warning_until else "")


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
