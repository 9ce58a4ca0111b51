"""What there is to say of the cache: why a run did without it, and what `koujing cache` prints."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Lang, Pair, pick

_NOTES: Mapping[str, tuple[Pair, Pair]] = {
    "cache-no-home": (
        ("没有用户文件夹可以放缓存，这次没有用缓存", "there is no home folder to keep a cache in: done without one"),
        ("用环境变量 {variable} 指定一个文件夹，或加 --no-cache", "name a folder in {variable}, or say --no-cache"),
    ),
    "cache-foreign": (
        ("缓存文件夹 {folder} 不是只有你能写的，里面的内容不可信，这次没有用缓存",
         "the cache folder {folder} is not yours alone, and not to be trusted: done without a cache"),
        ("删除它，或用环境变量 KOUJING_CACHE_DIR 换一个文件夹", "delete it, or name another in KOUJING_CACHE_DIR"),
    ),
    "cache-foreign-file": (
        ("{file} 是别的程序的数据库，没有动它，这次没有用缓存",
         "{file} is a database of another program; it was left alone, and this run did without a cache"),
        ("移走它，或用环境变量 KOUJING_CACHE_DIR 换一个文件夹",
         "move it away, or name another folder in KOUJING_CACHE_DIR"),
    ),
    "cache-newer": (
        ("{file} 是更新版本的 koujing 写的，这次没有用缓存", "{file} is of a newer koujing: done without a cache"),
        ("升级 koujing，或用 koujing cache --clear 清空", "update koujing, or empty it: koujing cache --clear"),
    ),
    "cache-unusable": (
        ("不能读写缓存文件夹 {folder}：{why}", "the cache folder {folder} cannot be read or written: {why}"),
        ("检查权限和磁盘空间，或加 --no-cache；检查结果不受影响",
         "check permissions and disk space, or say --no-cache; the results are the same"),
    ),
    "cache-busy": (
        ("另一个进程一直占用着缓存 {folder}，这次新读的没有存进去：{why}",
         "another process kept the cache {folder} to itself, and what was read now is not kept: {why}"),
        ("检查结果不受影响", "the results are the same"),
    ),
    "cache-renewed": (
        ("缓存 {folder} 损坏了（{why}），已重新建立", "the cache {folder} was broken ({why}) and is made anew"),
        ("检查结果不受影响，只是这次慢一些", "the results are the same; this run was slower"),
    ),
    "cache-broken": (
        ("缓存 {folder} 损坏了（{why}），别的进程正在用它，这次没有用缓存",
         "the cache {folder} is broken ({why}) and another process has it open: done without a cache"),
        ("等别的 koujing 结束后再运行一次，它会自动重建",
         "run koujing again once the others are done: it is made anew"),
    ),
    "cache-damaged": (
        ("缓存 {folder} 里有损坏的内容，没有采用，已重新读取",
         "something in the cache {folder} is damaged; it was not used, and read anew"),
        ("检查结果不受影响", "the results are the same"),
    ),
}  # fmt: skip

_LINES: Mapping[str, Pair] = {
    "where": ("缓存文件夹：{folder}", "cache folder: {folder}"),
    "size": ("大小：{size}，{rows} 项", "size: {size}, {rows} entries"),
    "cleared": ("已清空缓存：{folder}", "the cache is empty now: {folder}"),
    "not-cleared": ("没有能清空缓存：{folder}", "the cache could not be emptied: {folder}"),
}


def note_words(code: str, args: Mapping[str, str], lang: Lang) -> tuple[str, str]:
    """What happened, and what to do."""
    message, hint = _NOTES[code]
    return pick(message, lang).format_map(args), pick(hint, lang).format_map(args)


def cache_line(key: str, lang: Lang, **args: object) -> str:
    return pick(_LINES[key], lang).format_map(args)
