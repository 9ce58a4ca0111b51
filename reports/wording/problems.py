"""What is wrong with files, config and commands, and what to do about it: a code's message and hint.

Readers and domains say theirs in English where they find them; `told` has the Chinese of those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from audit.problem import Problem
from reports.wording.clustering import CLUSTER
from reports.wording.terms import Lang, Pair, pick
from reports.wording.told import told

_Entry: TypeAlias = tuple[Pair, Pair]
"""The message and the hint, each in both languages."""

NEAR: Pair = ("是不是想写 {near}？", "did you mean {near}?")
"""Stands before the hint where there is a near name."""

PROBLEM: Mapping[str, _Entry] = {
    # articles
    "missing": (
        ("没有这个文件或文件夹", "there is no such file or folder"),
        ("检查路径的写法", "check the path"),
    ),
    "outside": (
        ("不在这个项目的文件夹里", "lies outside this project's folder"),
        ("项目根目录是 koujing.yaml 所在的文件夹", "the project's root is the folder that holds koujing.yaml"),
    ),
    "not-an-article": (
        ("不是可以检查的文章格式", "is not a format of article that can be checked"),
        ("可以检查的扩展名：{suffixes}", "known suffixes: {suffixes}"),
    ),
    "glob-empty": (
        ("articles 里的 {glob} 没有匹配到任何文章", "the articles glob {glob} matches no article"),
        ("检查 koujing.yaml 中 articles 的写法", "check `articles` in koujing.yaml"),
    ),
    "no-articles": (
        ("没有找到任何文章，什么都没有检查", "no articles found: nothing was checked"),
        ("给出文章所在的文件夹，或检查 koujing.yaml 的 articles", "name the articles' folder, or check `articles`"),
    ),
    "name-not-utf8": (
        ("文件名不是 UTF-8", "the file's name is not UTF-8"),
        ("给文件改名", "rename the file"),
    ),
    "link-broken": (
        ("链接指向的文件不存在：{why}", "a link to a file that is not there: {why}"),
        ("修好或删除这个链接", "mend the link or delete it"),
    ),
    "link-outside": (
        ("链接指向项目之外，没有检查", "a link that leads out of the tree; it was not followed"),
        ("把文章放进项目里", "keep the article inside the project"),
    ),
    "rulings-busy": (
        ("另一个 koujing 一直在写这里的裁定", "another koujing goes on and on writing rulings here"),
        ("等它结束，或结束它，再试一次", "wait for it to end, or end it, and try again"),
    ),
    "ruling-outside": (
        ("裁定的链接指向项目之外，没有读", "rulings behind a link that leads out of the tree; they were not read"),
        ("把裁定放进项目里，和文章一起提交", "keep rulings inside the project, committed with the articles"),
    ),
    "changed-meanwhile": (
        ("检查的时候文件变了，读到的不一定是同一篇", "changed while it was read: its articles may have been mixed up"),
        ("等它写完，再运行一次", "wait until it is written, and run koujing again"),
    ),
    "not-regular": (
        ("不是普通文件", "is not a regular file"),
        ("删除它或换成文章文件", "delete it, or put an article in its place"),
    ),
    "unreadable-folder": (
        ("打不开文件夹：{why}", "the folder cannot be opened: {why}"),
        ("检查文件夹的权限", "check the folder's permissions"),
    ),
    "unreadable": (
        ("打不开文件：{why}", "the file cannot be opened: {why}"),
        ("检查文件的权限", "check the file's permissions"),
    ),
    "too-large": (
        ("文件太大：{size} 字节，上限 {limit}", "the file is too large: {size} bytes, the limit is {limit}"),
        ("这不像一篇文章；拆开它或把它排除在外", "this is hardly an article: split it, or leave it out of the corpus"),
    ),
    "internal": (
        ("检查这篇文章时程序出错：{why}", "the program failed on this article: {why}"),
        ("请把文章和这行信息一起报告给开发者", "please report this line together with the article"),
    ),
    "killed": (
        ("检查这篇文章的进程意外终止", "the process that read this article ended abruptly"),
        ("可能是内存不足；请报告给开发者", "perhaps it ran out of memory; please report it"),
    ),
    "same-id": (
        ("id“{id}”与 {first} 相同", "the id “{id}” is also that of {first}"),
        ("给两篇文章不同的 id，否则裁定分不清是哪一篇", "give each its own id, or rulings cannot tell them apart"),
    ),
    # exports and archives
    "same-record": (
        ("id“{id}”与第 {first} 行的相同，这一条没有读", "the id “{id}” is that of line {first} too; not read"),
        ("给每条记录不同的 id，或在 exports 里写明用哪个字段", "give each its own, or name the field under `exports`"),
    ),
    "same-ids": (
        ("{n} 条记录的 id 与 {first} 里的相同（例如 {id}）",
         "{n} records have the id of one in {first} (such as {id})"),
        ("在 exports 里给其中一个写上 prefix，否则裁定分不清是哪一篇",
         "give one of them a `prefix` under `exports`, or rulings cannot tell them apart"),
    ),
    "same-member": (
        ("压缩包里有两个同名的文件，第二个没有读：{id}", "two files called {id}; the second was not read"),
        ("重新打包，去掉其中一个", "make the archive again, without one of them"),
    ),
    "records-more": (
        ("还有 {n} 条记录读不了，没有一一列出", "{n} more records cannot be read, and are not listed"),
        ("先改正上面列出的", "mend those listed above first"),
    ),
    "records-unnamed": (
        ("{n} 条记录没有 id，按行号称呼", "{n} records have no id and are named by their line"),
        ("导出 id，否则增删记录后裁定认不出原来的文章", "export an id, or rulings lose their article when lines move"),
    ),
    "export-no-articles": (
        ("里面没有文章", "it holds no article"),
        ("检查导出是否成功", "check whether the export went through"),
    ),
    "export-empty": (
        ("exports 里的 {glob} 没有匹配到任何文件", "the exports glob {glob} matches no file"),
        ("检查 koujing.yaml 中 exports 的 files", "check `files` under `exports` in koujing.yaml"),
    ),
    "export-unopened": (
        ("没有打开：导出文件要写明才检查", "was not opened: an export is audited where it is named"),
        ("在命令里写出它的路径，或写进 koujing.yaml 的 exports", "name its path, or list it under `exports`"),
    ),
    "no-record": (
        ("导出文件里没有这一条", "there is no such record in the export"),
        ("检查 # 后面的 id", "check the id behind the #"),
    ),
    "git": (
        ("git 没有说明忽略哪些文件：{why}", "git could not say what it ignores: {why}"),
        ("被忽略的文件这次也检查了", "ignored files were checked as well"),
    ),
    # koujing.yaml
    "config-name": (
        ("配置文件的名字应是 koujing.yaml", "the config must be called koujing.yaml"),
        ("给文件改名", "rename the file"),
    ),
    "config-shape": (
        ("配置应是“键: 值”的形式", "the config must be a mapping of keys to values"),
        ("例如 fail_on: error", "for example fail_on: error"),
    ),
    "too-large-config": (
        ("文件超过 {limit} 字节", "the file has more than {limit} bytes"),
        ("配置只有几行；看看是不是放错了文件", "a config is a few lines: see whether this is another file"),
    ),
    "yaml-syntax": (
        ("不是有效的 YAML：{why}", "is not valid YAML: {why}"),
        ("检查缩进、冒号后的空格和引号", "check indentation, the space after colons, and quotes"),
    ),
    "yaml-encoding": (
        ("不是 UTF-8 编码", "is not UTF-8"),
        ("把文件另存为 UTF-8", "save the file as UTF-8"),
    ),
    "yaml-tag": (
        ("不接受 YAML 标签 {tag}", "YAML tags are refused: {tag}"),
        ("去掉感叹号开头的标签；以 ! 开头的文字请加引号", "remove the tag; quote a text that begins with !"),
    ),
    "unknown-key": (
        ("没有“{key}”这个键", "there is no key “{key}”"),
        ("可用的键：{known}", "known keys: {known}"),
    ),
    "duplicate-key": (
        ("键“{key}”重复了（第 {first} 行已有）", "the key “{key}” is repeated (it stands in line {first} already)"),
        ("只留一个", "keep one of them"),
    ),
    "config-type": (
        ("“{key}”的值类型不对，应是 {want}", "“{key}” has a value of the wrong type: {want} is wanted"),
        ("text 是一段文字，list 是列表，mapping 是“键: 值”", "text is one word or phrase, list and mapping as in YAML"),
    ),
    "config-value": (
        ("“{key}”不能是“{got}”", "“{key}” cannot be “{got}”"),
        ("可选：{choices}", "choose one of: {choices}"),
    ),
    "config-date": (
        ("“{key}”的日期不对：{got}", "“{key}” is not a date: {got}"),
        ("写成 2025-01-31 的样子", "write it like 2025-01-31"),
    ),
    "config-days": (
        ("“{key}”要写天数：{got}", "“{key}” is no number of days: {got}"),
        ("写一个大于 0 的整数，例如 365", "write a whole number above 0, such as 365"),
    ),
    "config-path": (
        ("“{key}”里的路径不能用：{got}", "“{key}” cannot hold this path: {got}"),
        ("路径以 koujing.yaml 所在的文件夹为起点，用 /，不能有 ..", "paths start at koujing.yaml, use / and no .."),
    ),
    "config-export": (
        ("这不是导出文件：{got}", "this is no export: {got}"),
        ("写明扩展名：{known}", "say which ending: {known}"),
    ),
    "config-empty": (
        ("“{key}”是空的", "“{key}” names nothing"),
        ("至少写一项，或删去这个键", "name at least one, or remove the key"),
    ),
    "config-domain": (
        ("领域的名字不对：{got}", "not a name of a domain: {got}"),
        ("只用字母、数字、_ 和 -；自己的领域写文件夹的路径，例如 ./domains/geo",
         "use letters, digits, _ and -; your own domain is given by its folder, such as ./domains/geo"),
    ),
    "unknown-domain": (
        ("没有名为 {got} 的领域", "there is no domain {got}"),
        ("自带的领域：{known}；自己的领域写文件夹的路径，例如 ./domains/geo",
         "shipped domains: {known}; your own is given by its folder, such as ./domains/geo"),
    ),
    "no-domain-folder": (
        ("{got} 不是领域的文件夹：里面没有 domain.yaml", "{got} is no domain's folder: it holds no domain.yaml"),
        ("检查路径；koujing domain init 可以新建一个", "check the path; `koujing domain init` starts one"),
    ),
    "same-topic": (
        ("领域 {first} 和 {second} 都定义了主题 {got}", "the domains {first} and {second} both define the topic {got}"),
        ("给其中一个改名，或只用一个领域", "rename one of the topics, or use one of the domains only"),
    ),
    "unknown-code": (
        ("severity 里的“{got}”既不是冲突代码，也不是主题", "“{got}” in severity is neither a finding code nor a topic"),
        ("koujing explain 可查代码，koujing claims 可查主题", "`koujing explain` lists codes, `koujing claims` topics"),
    ),
    # domains
    "case-topic": (
        ("这些案例的主题“{got}”不属于所检验的领域", "these cases are on the topic “{got}”, which no tested domain has"),
        ("改正 topic，或检验它所属的领域", "correct `topic`, or test the domain that it belongs to"),
    ),
    "no-gold": (
        ("文件夹里没有标注（*.gold.yaml）", "the folder holds no gold (*.gold.yaml)"),
        ("标注文件的写法见 docs/domain-authors.md", "docs/domain-authors.md says how to write one"),
    ),
    "no-gold-article": (
        ("标注所指的文章读不了：{why}", "the article that the gold names cannot be read: {why}"),
        ("检查标注里的 article，或用 --sources 给出文章的文件夹",
         "check `article` in the gold, or name the articles' folder with --sources"),
    ),
    "domain-name": (
        ("领域的名字不能是 {got}", "a domain cannot be called {got}"),
        ("用小写英文字母开头，只含小写字母、数字和 _", "begin with a small letter; use small letters, digits and _"),
    ),
    "domain-taken": (
        ("{got} 是自带的领域", "{got} is a shipped domain"),
        ("换一个名字", "choose another name"),
    ),
    "domain-there": (
        ("文件夹 {got} 已经存在，没有改动它", "the folder {got} is already there; nothing was changed"),
        ("换一个名字，或用 --dir 换一个地方", "choose another name, or another place with --dir"),
    ),
    "unknown-topic": (
        ("没有主题 {got}", "there is no topic {got}"),
        ("koujing domain show 列出全部主题", "`koujing domain show` lists them all"),
    ),
    "unknown-fact": (
        ("没有叫“{got}”的参考事实，无从关闭", "there is no reference fact “{got}” to turn off"),
        ("自带的参考事实：{known}", "shipped facts: {known}"),
    ),
    "fact-name": (
        ("参考事实的编号不对：{got}", "not an id of a fact: {got}"),
        ("只用小写字母、数字和 -，例如 own-card", "use small letters, digits and -, such as own-card"),
    ),
    # commands
    "unknown-command": (
        ("没有命令 {got}", "there is no command {got}"),
        ("可用的命令：{known}", "commands: {known}"),
    ),
    "two-projects": (
        ("这些路径属于不同的项目：{roots}", "these paths belong to different projects: {roots}"),
        ("一次检查一个项目", "check one project at a time"),
    ),
    "unknown-id": (
        ("没有叫“{got}”的问题、说法、参考事实、裁定或代码", "there is no finding, claim, fact, ruling or code “{got}”"),
        ("最接近的：{nearest}", "the nearest: {nearest}"),
    ),
    "no-positions": (
        ("{got} 是一篇文章里的问题，没有两边的说法", "{got} is wrong inside one article: it has no sides with claims"),
        ("用 koujing explain {got} 查看", "see koujing explain {got}"),
    ),
    "ambiguous-id": (
        ("“{got}”可指多个：{matches}", "“{got}” may mean several: {matches}"),
        ("把编号写全", "write the whole id"),
    ),
    "unknown-ruling": (
        ("没有叫“{got}”的裁定", "there is no ruling “{got}”"),
        ("看 koujing rulings", "see `koujing rulings`"),
    ),
    "rulings-one": (
        ("{options} 不能一起用", "{options} do not go together"),
        ("一次只做一件事", "do one thing at a time"),
    ),
    "rulings-only": (
        ("{option} 只和 {of} 一起用", "{option} goes with {of} only"),
        ("看 koujing rulings --help", "see `koujing rulings --help`"),
    ),
    "ruling-works": (
        ("裁定 {got} 有作用，没有删除", "the ruling {got} has an effect, and was not deleted"),
        ("确实不要它就运行 git rm {file}", "if it is really wanted no more: git rm {file}"),
    ),
    "ruling-meanwhile": (
        ("文件刚刚被改过，没有动它", "the file has just been changed, and was left alone"),
        ("再运行一次", "run the command again"),
    ),
    "ruling-uneditable": (
        ("没法只改这一处：{why}", "this cannot be changed without changing more: {why}"),
        ("用编辑器改", "change it in an editor"),
    ),
    "rulings-unsure": (
        (
            "有文章读不了，依据它的裁定是不是失效还说不准，什么都没有改",
            "an article cannot be read, so what rests on it is not known to be gone: nothing was changed",
        ),
        ("先修好它", "mend it first"),
    ),
    "renew-what": (
        ("没有写明更新哪份裁定", "no ruling is named"),
        ("写明名字：koujing rulings --renew NAME", "name it: koujing rulings --renew NAME"),
    ),
    "renew-needless": (
        ("裁定 {got} 没有要更新的原文（{state}）", "the ruling {got} has no words to renew ({state})"),
        ("看 koujing explain {name}", "see koujing explain {name}"),
    ),
    "renew-lost": (
        (
            "看不出裁定 {got} 依据的原文变成了什么，或者照现在的原文它不再适用",
            "what the ruling {got} rests on is gone, or decides nothing in the words of today",
        ),
        (
            "运行 koujing rulings --prune {name}，再用 koujing resolve 裁定",
            "koujing rulings --prune {name}; then decide anew with koujing resolve",
        ),
    ),
    "renew-day": (
        ("裁定 {got} 的有效期到 {day}，已经过期", "the ruling {got} was good until {day}"),
        ("写明新的日期：koujing rulings --renew {name} --expires 日期", "give a day: --renew {name} --expires DATE"),
    ),
    "renew-past": (
        ("{got} 已经过去了（今天按 {today} 计）", "{got} has gone by (today counts as {today})"),
        ("写一个今后的日期", "give a day that is still to come"),
    ),
    "renew-no-day": (
        ("裁定 {got} 没有有效期，不会过期", "the ruling {got} has no last day, and does not expire"),
        ("去掉 --expires", "leave out --expires"),
    ),
    "renew-unasked": (
        ("没有人确认，什么都没有改", "nobody was asked, and nothing was changed"),
        ("在终端里运行，或看过以后加上 --yes", "run it at a terminal, or add --yes when you have seen this"),
    ),
    "two-claims": (
        ("比较需要两条说法的编号，“{got}”不是", "comparing takes the ids of two claims; “{got}” is none"),
        ("说法的编号以 c 开头，用 koujing claims 查看", "a claim's id begins with c: see `koujing claims`"),
    ),
    "output-form": (
        ("--output 的写法不对：{got}", "--output is not well formed: {got}"),
        ("写成 格式=文件，例如 json=report.json；格式有 {choices}", "write FORMAT=FILE; formats: {choices}"),
    ),
    "output-twice": (
        ("两个 --output 写到同一个文件：{got}", "two --output write to one file: {got}"),
        ("给它们不同的文件名", "give them different names"),
    ),
    "output-article": (
        ("报告写到这里会被当成文章来检查：{got}", "a report written here would be read as an article: {got}"),
        ("换一个文件夹，或换一个扩展名，例如 .log", "choose another folder, or another suffix such as .log"),
    ),
    "output-folder": (
        ("网页写到这里，下次会被当成文章来检查：{got}", "a page written here would be read as an article: {got}"),
        (
            "换一个不在文章里的文件夹；一定要放在这里，就先让 git 忽略它（写进 .gitignore），"
            "或者在 koujing.yaml 的 articles 里排除它，例如 “!report/**”",
            "choose a folder that is not among the articles; or one that git ignores (.gitignore), or that articles "
            "in koujing.yaml leave out, such as '!report/**'",
        ),
    ),
    "claims-parquet": (
        ("Parquet 要写进文件", "Parquet goes to a file"),
        ("加上 -o claims.parquet", "add -o claims.parquet"),
    ),
    "claims-parquet-untyped": (
        ("--untyped 不能写成 Parquet", "--untyped does not go with Parquet"),
        ("换成 --format csv 或 jsonl", "take --format csv or jsonl"),
    ),
    "no-pyarrow": (
        ("读写 Parquet 要用 pyarrow，还没有安装", "Parquet takes pyarrow, which is not installed"),
        ("运行 pip install \"koujing[parquet]\"", "pip install \"koujing[parquet]\""),
    ),
    "output-failed": (
        ("报告写不进 {got}：{why}", "the report cannot be written to {got}: {why}"),
        ("检查文件夹的权限和空间", "check the folder's permissions and space"),
    ),
    "init-inside": (
        ("上层的文件夹已经有配置：{got}", "a folder above has a config already: {got}"),
        ("在它所在的文件夹里运行 koujing init；这里的文章已经属于那个项目",
         "run `koujing init` beside it: the articles here belong to that project already"),
    ),
    "init-there": (
        ("{got} 已经有了，内容不同，没有改动", "{got} is there already and differs; nothing was changed"),
        ("直接修改它的 articles，或加 --force 换成新的", "change `articles` in it, or replace it with --force"),
    ),
    "init-none": (
        ("--ci none 不能和 {got} 一起用", "--ci none does not go with {got}"),
        ("只留一种", "leave one of them out"),
    ),
    "init-install": (
        ("--install 的值不能用：{got}", "--install cannot be this: {got}"),
        ("写 pip 认得的包名、版本或地址，例如 koujing==1.2.0，不含 $、引号和反斜杠",
         "give a name, version or address as pip takes it, such as koujing==1.2.0, without $, quotes or backslashes"),
    ),
    "init-unreadable": (
        ("打不开：{why}", "cannot be opened: {why}"),
        ("检查它是不是文件、链接是否有效、有没有权限",
         "check that it is a file, that a link leads somewhere, and its permissions"),
    ),
    # resolve
    "resolve-no-config": (
        ("这里没有 koujing.yaml，裁定无处可放", "there is no koujing.yaml here, and so no place for rulings"),
        ("在文章仓库的根目录运行 koujing init", "run `koujing init` at the root of the content repo"),
    ),
    "resolve-unknown": (
        ("没有叫“{got}”的问题", "there is no finding “{got}”"),
        ("最接近的：{nearest}；koujing check 列出全部", "the nearest: {nearest}; `koujing check` lists them all"),
    ),
    "resolve-resolved": (
        ("{got} 已由裁定 {ruling} 解决", "{got} is resolved already, by the ruling {ruling}"),
        ("要改主意，就改或删 {file}", "to decide otherwise, change or delete {file}"),
    ),
    "resolve-of-ruling": (
        ("{got} 说的是裁定文件本身：{about}", "{got} is about a ruling itself: {about}"),
        ("怎么办：{mend}", "what to do: {mend}"),
    ),
    "resolve-no-value": (
        ("{got} 没有两种口径可选，不能用 stands", "nothing of {got} could stand: it has no two values to choose from"),
        ("改文章，或用 both-stand、misread、under-review", "edit the article, or choose another verdict"),
    ),
    "resolve-side-fact": (
        ("{got} 的这一方就是参考事实 {id}，已经管着所有文章",
         "that side of {got} is the reference fact {id}, which holds for all articles already"),
        ("改另一方的文章；若它在这里不适用，在 koujing.yaml 里写 facts: {{{id}: off}}",
         "edit the other side's articles; if the fact does not hold here: facts: {{{id}: off}} in koujing.yaml"),
    ),
    "resolve-side-ruling": (
        ("{got} 的这一方就是裁定 {id}，已经管着所有文章", "that side of {got} is the ruling {id}, which holds already"),
        ("改另一方的文章，或者先改那份裁定", "edit the other side's articles, or change that ruling first"),
    ),
    "resolve-unit": (
        ("{got} 的这一方写不成裁定：“{value}”的单位不是主题的单位 {unit}",
         "that side of {got} cannot be written down as standing: “{value}” is not in the topic's unit, {unit}"),
        ("改文章，统一单位；或用 both-stand", "give the articles one unit, or use both-stand"),
    ),
    "resolve-unfit": (
        ("{got} 的裁定写不下来：{why}", "the ruling on {got} cannot be written down: {why}"),
        ("改文章，或换一种裁定", "edit the article, or decide otherwise"),
    ),
    "resolve-missing": (
        ("{verdict} 还缺 {options}", "{verdict} also needs {options}"),
        ("在命令里写上；在终端里运行 koujing resolve {got} 会一样一样地问",
         "add them to the command; at a terminal, `koujing resolve {got}` asks one by one"),
    ),
    "resolve-no-name": (
        ("不知道裁定人是谁：git 里没有名字", "nobody knows who decides: git has no name"),
        ("加 --by 名字，或运行 git config user.name 名字", "add --by NAME, or run git config user.name NAME"),
    ),
    "resolve-needs-verdict": (
        ("{options} 要和 --verdict 一起用", "{options} needs --verdict"),
        ("写上 --verdict，或去掉它，一个一个地看", "give --verdict too, or leave it out and be asked one by one"),
    ),
    "resolve-needs-id": (
        ("--verdict 要说明裁定哪个问题", "--verdict needs the findings that it is on"),
        ("写上编号，例如 koujing resolve K7QF2M --verdict …", "name them: koujing resolve K7QF2M --verdict …"),
    ),
    "resolve-foreign": (
        ("{verdict} 用不到 {options}", "{verdict} takes no {options}"),
        ("去掉它，或换一种裁定", "leave it out, or decide otherwise"),
    ),
    "resolve-claim": (
        ("{got} 里没有说法 {claim}", "{got} has no claim {claim}"),
        ("它的说法：{known}", "its claims: {known}"),
    ),
    "resolve-which": (
        ("{got} 有几条说法，要说明读错的是哪几条", "{got} has several claims: say which were misread"),
        ("加 --claim，或用 --side 指一方：{known}", "add --claim, or --side for a whole side: {known}"),
    ),
    "resolve-words": (
        ("{got} 的裁定依据的是原文，不是说法，用不到 --claim 和 --side", "{got} rests on words that are no claims"),
        ("去掉 --claim 和 --side", "leave out --claim and --side"),
    ),
    "resolve-gone-by": (
        ("--expires 的日期 {got} 已经过去了，今天是 {today}", "--expires {got} has gone by: today is {today}"),
        ("写一个以后的日期", "give a later day"),
    ),
    "resolve-empty": (
        ("{option} 是空的", "{option} is empty"),
        ("下一位编辑要知道是谁裁定的、为什么", "the next editor must know who decided, and why"),
    ),
    "resolve-no-effect": (
        ("这份裁定写下去不起作用：{why}", "this ruling would not do what it is for: {why}"),
        ("换一种裁定；一定要写，就加 --yes", "decide otherwise; to write it all the same, add --yes"),
    ),
    "resolve-later-fact": (
        ("这份裁定写下去不起作用：{why}", "this ruling would not do what it is for: {why}"),
        ("参考事实以后才有效：加 --until {until}，裁定只管到那一天",
         "the fact holds from a later day on: with --until {until} the ruling holds until then"),
    ),
    "resolve-write": (
        ("裁定写不进 {got}：{why}", "the ruling cannot be written to {got}: {why}"),
        ("检查文件夹的权限和空间", "check the folder's permissions and space"),
    ),
    "resolve-outside": (
        (
            "{got} 经由一个链接指到仓库外面（{real}），没有写",
            "{got} leads out of the repo by a link, to {real}: not written",
        ),
        ("把链接换成仓库里的文件夹", "put a folder of the repo in the place of the link"),
    ),
    "resolve-there": (
        ("{got} 刚刚有了，没有改动它", "{got} has just come to be, and was left as it is"),
        ("再运行一次", "run the command again"),
    ),
    "resolve-changed": (
        ("{got} 刚刚被改过，没有动它", "{got} has been changed meanwhile, and was left as it is"),
        ("看一看它，再运行一次", "look at it, and run the command again"),
    ),
    "bad-side": (
        ("没有“{got}”这一方", "there is no side “{got}”"),
        ("写 1（甲）或 2（乙）", "write 1 (A) or 2 (B)"),
    ),
    "bad-date": (
        ("不是日期：{got}", "not a date: {got}"),
        ("写成 2025-01-31 的样子", "write it like 2025-01-31"),
    ),
    **CLUSTER,
    # --base
    "base-no-git": (
        ("{folder} 不在 git 仓库里，无从比较", "{folder} lies in no git repository: there is nothing to compare with"),
        ("在内容仓库里运行；还没有仓库就先执行 git init，再提交一次：git add -A && git commit",
         "run this inside the content repo; start one with `git init`, then `git add -A && git commit`"),
    ),
    "base-git-missing": (
        ("没有安装 git，--base 需要它", "git is not installed, and --base needs it"),
        ("安装 git（https://git-scm.com/downloads），或去掉 --base", "install git, or leave --base out"),
    ),
    "base-no-commit": (
        ("这个仓库还没有任何提交，无从比较", "this repository has no commit yet: there is nothing to compare with"),
        ("先提交一次：git add -A && git commit", "make one: git add -A && git commit"),
    ),
    "base-unknown": (
        ("git 不认识 --base 给出的“{got}”", "git does not know “{got}”, which --base names"),
        ("写一个分支、标签或提交；已有：{known}", "name a branch, a tag or a commit; there are: {known}"),
    ),
    "base-unfetched": (
        ("git 不认识 --base 给出的“{got}”", "git does not know “{got}”, which --base names"),
        ("如果它在远端，先取回：git fetch {fetch}（已有：{known}）",
         "if the remote has it, fetch it: git fetch {fetch} (there are: {known})"),
    ),
    "base-unknown-shallow": (
        ("git 不认识 --base 给出的“{got}”，而且仓库只取回了最近的历史",
         "git does not know “{got}”, which --base names, and only the latest history was fetched"),
        ("取回全部历史：git fetch --unshallow；在 GitHub Actions 里给 actions/checkout 写 fetch-depth: 0",
         "fetch all history: git fetch --unshallow; in GitHub Actions give actions/checkout fetch-depth: 0"),
    ),
    "base-unfetched-shallow": (
        ("git 不认识 --base 给出的“{got}”，而且仓库只取回了最近的历史",
         "git does not know “{got}”, which --base names, and only the latest history was fetched"),
        ("取回全部历史和它：git fetch --unshallow {fetch}；在 GitHub Actions 里给 actions/checkout 写 fetch-depth: 0",
         "fetch it with all history: git fetch --unshallow {fetch}; in GitHub Actions give actions/checkout "
         "fetch-depth: 0"),
    ),
    "base-shallow": (
        ("仓库只取回了最近的历史，里面没有“{got}”和 HEAD 的共同提交",
         "only the latest history was fetched, and “{got}” and HEAD have no commit in common there"),
        ("取回全部历史：git fetch --unshallow；在 GitHub Actions 里给 actions/checkout 写 fetch-depth: 0，"
         "在 GitLab 里设 GIT_DEPTH: 0",
         "fetch all history: git fetch --unshallow; in GitHub Actions give actions/checkout fetch-depth: 0, in GitLab "
         "set GIT_DEPTH: 0"),
    ),
    "base-apart": (
        ("“{got}”和 HEAD 没有共同的历史", "“{got}” and HEAD have no history in common"),
        ("比较的应是当前分支从中分出的那个分支；git log --oneline --graph --all 显示各分支的来历",
         "name the branch that this one grew from: `git log --oneline --graph --all` shows where each comes from"),
    ),
    "base-ownership": (
        ("这个仓库属于另一个用户，git 拒绝读它", "the repository is another user's, and git refuses to read it"),
        ("如果信得过它：git config --global --add safe.directory {folder}",
         "if you trust it: git config --global --add safe.directory {folder}"),
    ),
    "base-refused": (
        ("git 拒绝了：{why}", "git refused: {why}"),
        ("先让 git status 能在 {folder} 里运行", "make `git status` work in {folder} first"),
    ),
    "base-config": (
        ("提交 {commit} 里的配置有错（{where}），那时的文章也按现在的配置检查",
         "the config is broken in commit {commit} ({where}): its articles, too, were audited by the config of now"),
        ("合并之后的提交就有好的配置可比", "once this is merged there is a config to compare with"),
    ),
    "base-domain": (
        ("提交 {commit} 里的领域有错（{where}），那时的文章也按现在的领域检查",
         "a domain is broken in commit {commit} ({where}): its articles, too, were audited by the domains of now"),
        ("合并之后的提交就有好的领域可比", "once this is merged there is a domain to compare with"),
    ),
    "base-ruling": (
        ("这条裁定在提交 {commit} 里有错，比较时当它不存在",
         "this ruling is broken in commit {commit}, and was ignored there"),
        ("它原来要关闭的冲突会算作这次带来的", "what it was to close counts as brought by this change"),
    ),
    "base-submodule": (
        ("这里是 git 子模块，看不到它在提交 {commit} 时的内容，里面的说法都算作新的",
         "a git submodule: what it held in commit {commit} is not known, and all its claims count as new"),
        ("在子模块自己的仓库里运行 koujing check --base",
         "run `koujing check --base` in the submodule's own repository"),
    ),
    "base-fail-on": (
        ("fail_on 从 {was} 改成了 {now}：提交 {commit} 时会阻止发布的，现在可能放行",
         "fail_on is {now} and was {was}: what would have blocked in commit {commit} may pass now"),
        ("如果不是有意的，改回 {was}", "set it back to {was} if that was not meant"),
    ),
    "serve-port": (
        ("不能在 {got} 提供网页：{why}", "cannot serve on {got}: {why}"),
        ("用 --port 换一个端口，--port 0 是任意空闲的", "choose another with --port; --port 0 takes any that is free"),
    ),
    "bug": (
        ("程序出错：{why}", "the program failed: {why}"),
        ("请把上面的信息报告给开发者", "please report what is written above"),
    ),
}  # fmt: skip

def problem_words(code: str, args: Mapping[str, str], lang: Lang) -> tuple[str, str]:
    """The message and the hint of a code."""
    message, hint = PROBLEM[code]
    near = args.get("near", "")
    said = pick(hint, lang).format_map(args)
    if near:
        said = pick(NEAR, lang).format(near=near) + ("" if lang == "zh" else " ") + said
    return pick(message, lang).format_map(args), said


def words_of_problem(problem: Problem, lang: Lang) -> tuple[str, str]:
    """The message and the hint of a file's problem."""
    if problem.message:
        return told(problem.message, lang), told(problem.hint, lang)
    return problem_words(problem.code, dict(problem.args), lang)
