"""The words of the page's articles, to-do list, claims and rulings."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Pair

ARTICLES: Mapping[str, Pair] = {
    "articles-none": ("没有文章。", "There are no articles."),
    "article-title": ("标题", "Title"),
    "article-date": ("日期", "Date"),
    "article-author": ("作者", "Author"),
    "article-claims": ("说法", "Claims"),
    "article-typed": ("归入主题", "On a topic"),
    "article-found": ("问题", "Findings"),
    "articles-search": ("标题、路径、作者…", "title, path, author …"),
    "only-found": ("只看有问题的", "only those with findings"),
    "sort-by": ("按{what}排序", "Sort by {what}"),
    "shown-articles": ("显示 {shown} / {all} 篇", "showing {shown} of {all}"),
    "none-article": ("没有符合筛选的文章。", "No article matches the filter."),
    "no-findings": ("无", "none"),
    "texts-left": (
        "文章较多，原文没有放进这一个文件。要连原文一起看，运行 koujing report -o 文件夹。",
        "Too many articles for one file: their texts are left out. To have them, run koujing report -o DIR.",
    ),
    "back": ("全部文章", "All articles"),
    "line": ("第 {n} 行", "line {n}"),
    "claim-id": ("编号", "id"),
    "legend": ("本文涉及的主题", "Topics of this article"),
    "show-untyped": ("显示没有归入主题的断言（{n} 处）", "Show assertions on no topic ({n})"),
    "record": ("记录", "Record"),
    "meets": ("与之冲突", "Conflicts with"),
    "more-findings": ("另有 {n} 个问题", "{n} more findings"),
    "quoted-page": ("页面上摘引的另一篇文章", "Another article quoted on the page"),
    "table": ("表格", "Table"),
    "notes": ("旁注", "Notes"),
    "close": ("关闭", "Close"),
    "claims-here": ("这里的说法", "Claims here"),
    "marked-how": (
        "底色表示主题，数字与旁注对应；▲● 和粗下划线表示有问题。",
        "Colours are topics, numbers lead to the notes; ▲ ● and a thick underline mark findings.",
    ),
}
