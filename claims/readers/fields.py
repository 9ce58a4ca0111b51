"""Which field of an export is what, and what its values mean: the exports of content systems have no one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from claims.alike import nearest
from claims.errors import ReadError
from claims.exports import BodyFormat, Field, Form
from claims.readers.days import day_of

KNOWN: Mapping[Field, tuple[str, ...]] = {
    "id": ("id", "_id", "article_id", "post_id", "content_id", "news_id", "doc_id", "guid", "uuid",
           "编号", "文章编号", "文章id", "内容id", "稿件编号", "稿件id", "序号"),
    "title": ("title", "article_title", "post_title", "headline", "标题", "文章标题", "题目", "稿件标题"),
    "body": ("body", "content", "article_content", "post_content", "text", "html", "markdown", "article",
             "正文", "内容", "文章内容", "文章正文", "正文内容", "稿件内容"),
    "date": ("date", "published_at", "published", "publish_time", "publish_date", "published_date", "pub_time",
             "pub_date", "post_date", "release_time", "created_at", "create_time",
             "发布时间", "发布日期", "发表时间", "发表日期", "上线时间", "日期", "时间", "创建时间"),
    "author": ("author", "authors", "author_name", "post_author", "byline", "writer",
               "作者", "作者姓名", "撰稿人", "撰稿", "编辑", "责任编辑"),
    "url": ("url", "link", "permalink", "href", "canonical_url", "链接", "网址", "原文链接", "文章链接"),
    "region": ("region", "地区", "适用地区", "省份", "城市"),
}  # fmt: skip
"""Names that are understood of themselves, the first that a record has; case, spaces, `_` and `-` do not count."""

_WRAPPED = ("rendered", "$oid", "$date", "$numberLong", "$numberInt", "#text")
"""Objects that hold nothing but a value: the REST interface of WordPress, exports of MongoDB, XML as JSON."""
_SHOWN_KEYS = 12


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What an export says of one article; `date` is ISO, `format` None where the body is to be looked at."""

    id: str | None = None
    body: str
    title: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None
    region: str | None = None
    format: BodyFormat | None = None


def source_of(record: Record) -> str:
    """The characters that the article's offsets count."""
    return "\n".join([record.body, *(words for words in (record.title, record.region) if words)])


@lru_cache(maxsize=512)
def layout(keys: tuple[str, ...], form: Form) -> Mapping[Field, str]:
    """Which of a record's keys is what field. A name that its owner gave is the only one for its field."""
    given = dict(form.fields)
    plain: dict[str, str] = {}
    for key in keys:
        plain.setdefault(_plain(key), key)
    found: dict[Field, str] = {}
    for field, names in KNOWN.items():
        own = given.get(field)
        if own is None:
            free = (plain[_plain(name)] for name in names if _plain(name) in plain)
            known = [key for key in free if key not in given.values()]
            if known:
                found[field] = known[0]
        elif own in keys or own.partition(".")[0] in keys:
            found[field] = own
    return found


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c not in " _-\ufeff\u3000")


def value_at(values: Mapping[str, Any], key: str) -> Any:
    """The value of a key, or where a `.` leads into objects; None where there is none."""
    if key in values:
        return _unwrapped(values[key])
    value: Any = values
    for name in key.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return _unwrapped(value)


def _unwrapped(value: Any) -> Any:
    if isinstance(value, Mapping):
        return next((value[name] for name in _WRAPPED if name in value), value)
    return value


def name_of(values: Mapping[str, Any], keys: Mapping[Field, str]) -> str | None:
    """What a record is called: its id, else its address. Raises ReadError for an id that is no text and no number."""
    for field in ("id", "url"):
        if field in keys:
            name = _text(values, keys, field)
            if name is not None:
                return name
    return None


def record_of(values: Mapping[str, Any], form: Form) -> Record:
    """The record in a mapping of names to values. Raises ReadError, without a path."""
    keys = layout(tuple(values), form)
    body = _body(values, keys, form)
    name = name_of(values, keys)
    return Record(
        id=form.prefix + name if name is not None else None,
        body=body,
        title=" ".join((_text(values, keys, "title") or "").split()) or None,
        date=_day(values, keys),
        author=_text(values, keys, "author"),
        url=_text(values, keys, "url"),
        region=_text(values, keys, "region"),
        format=form.format,
    )


def missing(names: Sequence[str], form: Form) -> list[tuple[Field, str, str]]:
    """Names that an export's owner gave and no record has: the field, the name, and the nearest that there is."""
    tops = {name.partition(".")[0] for name in names} | set(names)
    return [
        (field, own, nearest(own, names) or "") for field, own in form.fields
        if own not in tops and own.partition(".")[0] not in tops
    ]  # fmt: skip


def no_field(field: str, own: str, near: str) -> ReadError:
    """A name in koujing.yaml that nothing in an export has."""
    hint = f"did you mean `{near}`? see" if near else "see"
    return ReadError(f"no record has the field `{own}` ({field})", hint=f"{hint} `exports` in koujing.yaml")


def no_body(names: Sequence[str], form: Form) -> ReadError:
    """A record, or an export, whose names have none for the body."""
    own = dict(form.fields).get("body")
    has = ", ".join(names[:_SHOWN_KEYS]) + (", …" if len(names) > _SHOWN_KEYS else "")
    message = f"the record has no field `{own}` for its body" if own else "the record has no body"
    hint = f"its fields are: {has or '—'}; name the right one under `exports` in koujing.yaml"
    return ReadError(message, hint=hint)


def _body(values: Mapping[str, Any], keys: Mapping[Field, str], form: Form) -> str:
    key = keys.get("body")
    if key is None:
        raise no_body(tuple(values), form)
    value = value_at(values, key)
    if value is None or value != value:
        raise ReadError(f"the body (`{key}`) is null", hint="write the article, or leave it out of the export")
    if isinstance(value, bytes):
        value = _decoded(value, key)
    if not isinstance(value, str):
        raise _wrong(key, value, "text")
    if "\0" in value:
        raise ReadError(f"the body (`{key}`) holds NUL characters", hint="only texts can be audited")
    return value


def _decoded(value: bytes, key: str) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(f"`{key}` holds bytes that are not UTF-8", hint="export it as text") from error


def _text(values: Mapping[str, Any], keys: Mapping[Field, str], field: Field) -> str | None:
    if field not in keys:
        return None
    value = value_at(values, keys[field])
    if isinstance(value, list):
        words = [_word(item, keys[field]) for item in value]
        return "、".join(word for word in words if word) or None
    return _word(value, keys[field])


def _word(value: Any, key: str) -> str | None:
    """A text without space round it; a number as it is written, 12.0 as 12: columns with gaps hold floats."""
    value = _unwrapped(value)
    if value is None or value != value:
        return None
    if isinstance(value, bytes):
        value = _decoded(value, key)
    if isinstance(value, str):
        return value.replace("\0", "").strip() or None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        if hasattr(value, "hex") and hasattr(value, "int"):  # a UUID
            return str(value)
        raise _wrong(key, value, "text or a number")
    return str(int(value)) if value == value // 1 else str(value)


def _day(values: Mapping[str, Any], keys: Mapping[Field, str]) -> str | None:
    if "date" not in keys:
        return None
    value = value_at(values, keys["date"])
    try:
        return day_of(value)
    except (ValueError, OverflowError, OSError) as error:
        shown = str(value)[:40]
        raise ReadError(
            f"`{keys['date']}` is not a date: {shown}", hint="write 2025-03-01, an epoch, 2025/3/1 or 2025年3月1日"
        ) from error


def _wrong(key: str, value: object, want: str) -> ReadError:
    names = {bool: "true or false", list: "a list", dict: "an object", int: "a number", float: "a number"}
    return ReadError(
        f"`{key}` is {names.get(type(value), type(value).__name__)}, not {want}",
        hint="correct the export, or name the right field under `exports` in koujing.yaml",
    )
