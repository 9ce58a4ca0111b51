"""What is wrong inside an article, by the reason's code, in words. The linters' cases hold that no blank stays open."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Pair

DEFECT: Mapping[str, Pair] = {
    # count-mismatch
    "count-mismatch": ("写的是 {stated}，列出的却是 {listed} 项", "{stated} announced, {listed} listed"),
    # list-mismatch
    "list-divisions": ("说的是“{stated}”，列出的是 {listed}", "“{stated}” announced, and the list holds {listed}"),
    "list-class": ("“{what}”说是{stated}，清单里列在{listed}", "“{what}” is {stated} here and {listed} in the list"),
    "list-twice": ("{what} 既列在{a}，又列在{b}", "{what}: listed both as {a} and as {b}"),
    "list-overlap": ("“{a}”与“{b}”两段重叠", "the bands “{a}” and “{b}” overlap"),
    "list-kind": ("说的是{kind}，列出的“{what}”却不是", "announced as {kind}, which “{what}” is not"),
    "list-of-them": ("“其中”的 {what} 不在前面列出的“{kind}”里", "“{what}” is said to be of “{kind}”, and is not"),
    # sum-mismatch
    "sum-mismatch": ("{parts} = {total}，不是 {whole}", "{parts} come to {total}, not to {whole}"),
    "sum-shares": ("{a} 和 {b} 加起来是 {total}%，不是 100%", "{a} and {b} make {total}%, not 100%"),
    "sum-worked": ("算出来应是 {right}，写的是 {stated}", "this comes to {right}, and the text says {stated}"),
    # comparison-mismatch
    "comparison-mismatch": ("说是“{word}”，数字却从 {a} 到 {b}", "“{word}”, and the figures go from {a} to {b}"),
    "comparison-step": ("{old} {step}，到不了 {new}", "{old} and “{step}” do not come to {new}"),
    "comparison-words": ("{a} 并不“{word}” {b}", "{a} against {b} is not “{word}”"),
    "comparison-ranked": (
        "说“{word}”，可是{who}是 {ours}，{other}是 {theirs}",
        "“{word}”, yet the figures are {ours} ({who}) and {theirs} ({other})",
    ),
    "comparison-trend": ("说“{word}”，数字却是 {row}", "“{word}”, and the figures are {row}"),
    "comparison-multiple": ("{a} 和 {b} 不是“{word}”", "{a} and {b} are not “{word}”"),
    # rule-example-mismatch
    "rule-years": (
        "规则说不能跨年，例子里 {a} 年的事到 {b} 年才办",
        "nothing crosses a year by the rule, yet here {a} is settled in {b}",
    ),
    "rule-amount": (
        "按规则应是 {right}，例子里是 {shown}",
        "by the rule this comes to {right}, not to {shown}",
    ),
    "rule-condition": ("规则是“{rule}”，例子里 {shown} 却可以", "the rule says “{rule}”, yet with {shown} it is done"),
    "rule-waiting": (
        "规则是“{rule}”，例子里隔了 {months} 个月",
        "the rule says “{rule}”, and {months} months pass in the example",
    ),
    "rule-limit": ("规则是“{rule}”，例子里却是 {shown}", "the rule says “{rule}”, the example has {shown}"),
    # heading-mismatch
    "heading-mismatch": (
        "标题说“{heading}”，正文说的却相反",
        "the heading says “{heading}”, and the body the opposite",
    ),
    "heading-year": ("标题是 {a} 年，正文是 {b} 年", "the heading names {a}, and the body {b}"),
    "heading-thing": ("标题说的是“{a}”，正文说的是“{b}”", "the title is about “{a}”, and the text about “{b}”"),
    "heading-place": ("说的是{place}，列出的“{listed}”不在那里", "announced for {place}, yet “{listed}” is elsewhere"),
    # inequality-mismatch
    "inequality-mismatch": (
        "“{words}”与“{sign}”方向相反",
        "“{words}” and “{sign}” point in opposite directions",
    ),
    "inequality-empty": ("“{words}”没有任何数符合", "no number is within “{words}”"),
    # example-mismatch
    "example-mismatch": ("例子与所说明的话相反", "the example says the opposite of what it illustrates"),
    "example-level": ("说的是范围之外，例子却在范围之内", "it speaks of beyond, the example stays inside"),
    "example-beyond": ("说的是不能出省，例子却跨了省", "it stays inside a province, the example goes beyond"),
    "example-part": (
        "按“{rule}”，{number} 得到的是 {expected}，例子写的是 {got}",
        "by “{rule}”, {number} gives {expected}; the example has {got}",
    ),
    "example-share": (
        "例子报销了 {share}，高于文中的最高比例",
        "the example is reimbursed at {share}, more than the most that the text gives",
    ),
    "example-sum": (
        "按例子自己的数算，应是{expected}，写的是{got}",
        "by the example's own figures it comes to {expected}; the text has {got}",
    ),
    # answer-mismatch
    "answer-mismatch": ("回答与正文相反", "the body says the opposite of the answer"),
    "answer-act": ("问“{act}”，回答与正文相反", "asked about “{act}”, answer and body say opposite things"),
    "answer-figure": ("答的是{stated}，正文写的是{found}", "answered {stated}; the body has {found}"),
    # permission-mismatch
    "permission-mismatch": ("“{act}”一处允许，一处不许", "“{act}” is allowed here and forbidden there"),
    "permission-agent": (
        "一处可以由别人代办，一处必须本人办",
        "here somebody else may do it, there one must do it in person",
    ),
    "permission-use": ("一处只许用于“{only}”，一处用于“{use}”", "only for “{only}” here, for “{use}” there"),
    # identity-mismatch
    "identity-mismatch": (
        "“{one}”和“{other}”一处说是一回事，一处说是两回事",
        "“{one}” and “{other}” are one thing here and two there",
    ),
    # expired-outlook
    "expired-outlook": ("预告的日子（{day}）已经过去", "the day announced, {day}, has passed"),
    # stale-figure
    "stale-figure": ("数据截至 {day}，距今 {days} 天", "the figure is of {day}, {days} days ago"),
    # unsourced-figure
    "unsourced-figure": ("“{source}”没有写明是哪份文件、哪个部门", "“{source}” names no document, body or date"),
}
