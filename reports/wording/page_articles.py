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
    # to-do list
    "todo-none": ("没有要改的。", "There is nothing to change."),
    "todo-csv": ("下载待办清单（CSV，{n} 项）", "Download the to-do list (CSV, {n})"),
    "todo-left": ("另有 {n} 项没有列出，见 CSV。", "{n} more are in the CSV."),
    "by-author": ("按作者", "By author"),
    "by-article": ("按文章", "By article"),
    "to-change": ("要改", "To change"),
    "follow-reference": ("以{kind} {id} 为准：{says}", "Follow the {kind} {id}: {says}"),
    "follow-newer": ("以较新的文章（{day} 起）为准：{says}", "Follow the newer articles (since {day}): {says}"),
    "follow-most": (
        "多数文章（{ours} 篇，此说 {theirs} 篇）说：{says}；核实后统一",
        "Most articles ({ours} against {theirs}) say {says}; make sure, then agree",
    ),
    "follow-limit": (
        "给这里的说法加上限定，与具体的说法一致，见 {id}",
        "Qualify what is said here, as the particular articles do: see {id}",
    ),
    "follow-none": (
        "还没有决定哪方对：先裁定（koujing resolve {id}），再改",
        "Nobody has decided yet who is right: first koujing resolve {id}, then change",
    ),
    # rulings and facts
    "rulings": ("裁定", "Rulings"),
    "decided": ("裁定", "Rulings"),
    "rulings-none": (
        "还没有裁定。决定一个问题：koujing resolve 编号。",
        "There are no rulings yet. To decide a finding: koujing resolve ID.",
    ),
    "rulings-total": (
        "共 {all} 份：有作用 {working}，没有作用 {idle}。",
        "{all} in all: {working} with an effect, {idle} without.",
    ),
    "reason": ("理由", "Why"),
    "who-when": ("谁、何时", "Who and when"),
    "good-until": ("有效期到 {day}", "good until {day}"),
    "about-finding": ("针对的问题", "Decides"),
    "effect": ("作用", "Effect"),
    "resolves": ("解决了", "Resolves"),
    "follow": ("照此说的", "say so;"),
    "against": ("与此不符的", "against it;"),
    "rests-on": ("依据的原文", "Rests on"),
    "in-file": ("文件", "File"),
    "idle-void": ("所依据的原文已经改了。", "Words that it rests on have changed."),
    "idle-expired": ("有效期已过。", "Its last day has gone by."),
    "idle-unused": ("没有要它解决的问题了。", "There is nothing left for it to decide."),
    "idle-contradicted": ("与另一份裁定或参考事实冲突。", "Another ruling or a fact says otherwise."),
    "facts": ("参考事实", "Reference facts"),
    "facts-text": (
        "公开政策的说法，文章与它们对照；有文章不符的在前。",
        "What published policy says, and articles are held against; those that articles contradict come first.",
    ),
    "fact-off": ("已关闭", "turned off"),
    "fact-more": ("范围、时间、出处", "Scope, time, source"),
    "fact-scope": ("适用范围", "Scope"),
    "fact-time": ("有效时间", "In force"),
    "fact-note": ("说明", "Note"),
    "fact-from": ("来自", "From"),
}
