"""The Chinese of what is wrong in an export or an archive."""

from __future__ import annotations

EXPORTS: tuple[tuple[str, str], ...] = (
    # records
    (r"the record has no field `(.*)` for its body", r"记录里没有“\g<1>”字段，读不到正文"),
    (r"the record has no body", r"记录没有正文"),
    (r"the body \(`(.*)`\) is null", r"正文（\g<1>）是 null"),
    (r"the body \(`(.*)`\) holds NUL characters", r"正文（\g<1>）含有 NUL 字符"),
    (r"the body is empty", r"正文是空的"),
    (r"the body has (\d+) bytes, more than the limit of (\d+)", r"正文太大：\g<1> 字节，上限 \g<2>"),
    (r"`(.*)` holds bytes that are not UTF-8", r"“\g<1>”里的字节不是 UTF-8"),
    (r"`(.*)` is not a date: (.*)", r"“\g<1>”不是日期：\g<2>"),
    (r"`(.*)` is (.*), not text", r"“\g<1>”应是文字，这里的类型是 \g<2>"),
    (r"`(.*)` is (.*), not .*", r"“\g<1>”应是文字或数字，这里的类型是 \g<2>"),
    (r"no record has the field `(.*)` \((.*)\)", r"没有一条记录有“\g<1>”字段（\g<2>）"),
    # JSON lines
    (r"the file is UTF-16", r"文件是 UTF-16 编码"),
    (r"the file is one JSON list, not JSON lines", r"文件是一个 JSON 数组，不是一行一条记录的 JSONL"),
    (r"the line has (\d+) bytes, more than the limit of (\d+)", r"这一行太长：\g<1> 字节，上限 \g<2>"),
    (r"the line is no JSON object", r"这一行不是 JSON 对象"),
    (r"the line breaks off within its JSON", r"这一行的 JSON 没有写完"),
    (r"the JSON is nested too deeply", r"JSON 嵌套太深"),
    (r"the JSON holds a number that is out of range", r"JSON 里有超出范围的数字"),
    (r"the JSON holds half a character(.*)", r"JSON 里有半个字符\g<1>"),
    (r"not valid JSON: (.*)", r"不是有效的 JSON：\g<1>"),
    # hints
    (r"its fields are: (.*); name the right one under `exports` in koujing.yaml",
     r"它的字段有：\g<1>；在 koujing.yaml 的 exports 里写明哪个是正文"),
    (r"write the article, or leave it out of the export", r"写上正文，或不导出这一条"),
    (r"export it as text", r"导出成文字"),
    (r"write 2025-03-01, an epoch, 2025/3/1 or (.*)", r"写成 2025-03-01、2025/3/1、2025年3月1日或时间戳"),
    (r"correct the export, or name the right field under `exports` in koujing.yaml",
     r"改正导出，或在 koujing.yaml 的 exports 里写明是哪个字段"),
    (r"did you mean `(.*)`\? see `exports` in koujing.yaml", r"是不是想写“\g<1>”？请改 koujing.yaml 的 exports"),
    (r".*`exports` in koujing.yaml", r"请改 koujing.yaml 的 exports"),
    (r"a record is one article: split it, or leave it out", r"一条记录是一篇文章；拆开它，或不导出"),
    (r"a record is one JSON object on a line of its own, without \[ and \] and commas",
     r"一行写一条记录（一个 JSON 对象），不要方括号和行末逗号"),
    (r"a record is one JSON object on a line of its own", r"一行写一条记录（一个 JSON 对象）"),
    (r"export it again; a record is one line, whole", r"重新导出；一条记录占完整的一行"),
    (r"a text was cut within a character: correct it, and export it again", r"文字在字符中间被截断；改正后重新导出"),
    (r"correct the export", r"改正导出的文件"),
    (r"export it as UTF-8", r"导出成 UTF-8"),
)  # fmt: skip
"""What is wrong in a record, in JSON lines, in Parquet and in a zip; and what to do."""
