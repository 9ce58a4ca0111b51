"""What `koujing domain init` says when it is done: the files, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from reports.width import safe
from reports.wording.terms import Lang

_NEXT = {
    "zh": """\
接下来：
  koujing domain test {folder}    检验例句，现在全部相符
  koujing domain show {folder}    看它的主题
改写 topics.yaml、lexicon/ 和 patterns/，每改一步都再检验；步骤见 docs/domain-authors.md。
要用它检查文章，在 koujing.yaml 里写：
  domains: [{ref}]
""",
    "en": """\
Next:
  koujing domain test {folder}    run its examples; all are as told now
  koujing domain show {folder}    see its topics
Rewrite topics.yaml, lexicon/ and patterns/, and test after each step; docs/domain-authors.md leads through it.
To audit articles with it, write in koujing.yaml:
  domains: [{ref}]
""",
}


def started(written: Sequence[str], folder: str, ref: str, lang: Lang) -> str:
    """The files that were written, one a line, and the next steps. `folder` is the domain's as seen from here, `ref`
    as the config names it."""
    return "".join(f"{safe(path)}\n" for path in written) + _NEXT[lang].format(folder=safe(folder), ref=safe(ref))
