"""Where a text names places of China; and, from :mod:`claims.language.gazetteer`, the tree that they form.

Finding errs towards silence, since a place read by mistake moves a claim to another region. Full names and the short
names of provinces and prefectures count anywhere, but for those that are ordinary words too; short names of counties
only directly after what they lie in (甘肃平凉静宁). What is a word and what a place is data: data/place_words.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec
import yaml
from ahocorasick_rs import AhoCorasick

from claims.language.gazetteer import DATA, Place, Tree, holder_of, lies_in, municipality, place, province_of, tree

__all__ = ["Place", "PlaceHit", "find", "lies_in", "municipality", "never_short", "place", "province_of", "short_name"]


class PlaceHit(msgspec.Struct, frozen=True, order=True):
    """`text[start:end]` names the places `names` (canonical; several only for words like 京津冀). `in_name`: it is the
    beginning of the name of an institution, a street, a programme (兰州大学第一医院), and says little of where."""

    start: int
    end: int
    names: tuple[str, ...]
    in_name: bool = False


_PEOPLES = (
    "维吾尔族?|哈萨克族?|柯尔克孜族?|蒙古族?|塔吉克|锡伯|达斡尔族|各族|土家族|布依族|朝鲜族|拉祜族|布朗族|哈尼族|"
    "景颇族|傈僳族|普米族|纳西族|独龙族|东乡族|保安族|撒拉族|裕固族|仡佬族|仫佬族|毛南族|黎族|畲族|回族|藏族|苗族|"
    "彝族|壮族|侗族|瑶族|白族|傣族|佤族|水族|羌族|满族|土族|怒族"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:{_PEOPLES})*自治[区州县旗]$")
_SUFFIX = re.compile(r"(?:特别行政区|回族区|达斡尔族区|地区|林区|特区|新区|[省市县区盟旗])$")
_HOUSEHOLD = ("籍", "户籍", "户口")
# A character that may be the first part of a word which goes on (名单县); not prepositions and the like (在赵县).
_WITHIN = re.compile(r"[\u4e00-\u9fff](?<![在到赴去往从由自向驻我该的和与及或辖如是括含])")
_AREA = frozenset("域级")
_LEVELS = frozenset("省市县区州旗盟")
_LEVELLED = frozenset("级域区市乡镇划别间")
_MARKET = frozenset("场值")
_SO_MANY = re.compile("([两三四五六])(?:个?省|地|市|区|方)")
_LISTING = frozenset("、,，和及与")
_ROAD_OR_CHANNEL = (
    r"发布(?=公众号|官微|微信|微博|消息|讯|客户端|$|[,，。:：;；、)）])"
    r"|[东西南北中]?[一二三四五六七八]?(?:路(?![况途费段程径线由经过政])|大道|大街)"
)

_FEW = 10_000
"""Characters: so much text is searched without the automaton, which takes about as long to build."""


def short_name(name: str) -> str:
    """A standard name without what it is: 湖北, 恩施, 静宁; itself where less than two characters remain (陇县)."""
    if matched := _AUTONOMOUS.match(name):
        return matched[1].removesuffix("族") if len(matched[1]) > 2 else matched[1]
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) > 1 else name


class _Words(msgspec.Struct):
    """data/place_words.yaml; each member is explained there."""

    aliases: dict[str, str]
    groups: dict[str, str]
    initials: dict[str, str]
    row_initials: dict[str, str]
    never_alone: str
    well_known: str
    only_after_parent: str
    doubtful: str
    words: str
    not_places: str
    name_tails: str
    not_in_names: str


class _Text(msgspec.Struct):
    """One text on its way: the hits so far, and where words that are no places begin (-> where they end)."""

    chars: str
    context: Sequence[str]
    blocked: Mapping[int, int]
    hits: list[PlaceHit]

    def before(self, start: int) -> str:
        return self.chars[start - 1 : start]

    def after(self, end: int) -> str:
        return self.chars[end : end + 1]


class _Finder:
    """What finding needs, built once from the two data files."""

    def __init__(self, table: Tree, words: _Words) -> None:
        self.tree = table
        self.only_after_parent = frozenset(words.only_after_parent.split())
        self.doubtful = frozenset(words.doubtful.split())
        self.words = frozenset(words.words.split())
        self.groups = {word: tuple(names.split()) for word, names in words.groups.items()}
        self.initials = {i + h: name for i, name in words.initials.items() for h in _HOUSEHOLD}
        self.in_rows = words.initials | {i: name for name, i in words.row_initials.items()}
        self.not_places = frozenset(words.not_places.split())
        self.forms, self.alone = _forms(table, words)
        # Each is the short name of one prefecture; a word of the data that is none stops the build here.
        self.never_alone = {
            short: next(name for name in self.forms[short] if table.places[name].level == "prefecture")
            for short in words.never_alone.split()
        }
        self.longest = max(map(len, self.forms))
        self.patterns = sorted({*self.alone, *self.never_alone, *self.groups, *self.initials, *self.not_places})
        self._numbers = {surface: n for n, surface in enumerate(self.patterns)}
        self._firsts = frozenset(surface[0] for surface in self.patterns)
        self._lengths = sorted({len(surface) for surface in self.patterns})
        self._automaton: AhoCorasick | None = None
        self._searched = 0
        tails, others = "|".join(words.name_tails.split()), "|".join(words.not_in_names.split())
        self.name = re.compile(
            rf"(?!医院|[和与])(?:(?!{others})[\u4e00-\u9fff\d]){{0,8}}?(?:{tails})(?!生)|{_ROAD_OR_CHANNEL}",
            re.IGNORECASE,
        )

    def _matches(self, chars: str) -> Iterable[tuple[int, int, int]]:
        """(number of a pattern, start, end) of each that stands in a text, in any order. All of them, overlapping: the
        longest may prove to be none (西安区域) and give way to a shorter one."""
        self._searched += len(chars)
        if self._automaton is None and self._searched > _FEW:
            self._automaton = AhoCorasick(self.patterns)
        if self._automaton is not None:
            return self._automaton.find_matches_as_indexes(chars, overlapping=True)
        starts = (start for start, first in enumerate(chars) if first in self._firsts)
        spans = ((start, start + length) for start in starts for length in self._lengths)
        return [
            (self._numbers[surface], start, end)
            for start, end in spans
            if end <= len(chars) and (surface := chars[start:end]) in self._numbers
        ]

    def find(self, chars: str, context: Sequence[str]) -> list[PlaceHit]:
        found = sorted((start, -end, self.patterns[i]) for i, start, end in self._matches(chars))
        rows = self._rows(chars)
        if rows:
            found = sorted((*found, *((start, -end, chars[start:end]) for start, end in rows.items())))
        blocked = {start: -end for start, end, surface in reversed(found) if surface in self.not_places}
        text = _Text(chars, context, blocked, [])
        done = 0
        for start, minus_end, surface in found:
            end = -minus_end
            if start < done:
                continue
            if surface in self.not_places:
                done = end
            elif rows.get(start) == end:
                text.hits.append(PlaceHit(start, end, tuple(self.in_rows[c] for c in surface)))
                done = end
            elif surface in self.groups:
                text.hits.append(PlaceHit(start, end, self.groups[surface]))
                done = end
            elif surface in self.initials:
                text.hits.append(PlaceHit(start, start + 1, (self.initials[surface],)))
                done = end
            elif (name := self._named(text, surface, start, end)) is not None:
                name, done = self._extended(text, name, end)
                text.hits.append(PlaceHit(start, done, (name,), self._in_name(chars, end, done)))
            elif surface in self.never_alone or (surface in self.doubtful and text.after(end) not in _AREA):
                done = end  # nor is 河北区 the province
        return text.hits

    def _rows(self, chars: str) -> dict[int, int]:
        """Rows of initials with their number behind (川渝黔三地): start -> end."""
        rows: dict[int, int] = {}
        for m in _SO_MANY.finditer(chars):
            start = m.start() - 2 - "两三四五六".index(m[1])
            row = chars[max(start, 0) : m.start()]
            if start >= 0 and len(set(row)) == len(row) and all(c in self.in_rows for c in row):
                rows[start] = m.start()
        return rows

    def _in_name(self, chars: str, first: int, end: int) -> bool:
        """北京朝阳医院 is a name, 湖北医院 and 武汉市医院 are any hospital there."""
        if chars.startswith("医院", end):
            return end > first and chars[end - 1] not in _LEVELS
        return self.name.match(chars, end) is not None

    def _named(self, text: _Text, surface: str, start: int, end: int) -> str | None:
        """The place that a form names with no other directly before it."""
        names = self.forms[surface]
        before, after = text.before(start), text.after(end)
        if surface in self.never_alone:
            prefecture = self.never_alone[surface]
            followed = self._step(text, prefecture, end, 1) is not None
            return prefecture if followed or self._listed(text, prefecture, start, end) else None
        if surface in self.only_after_parent or _runs_on(surface, after):
            return None
        doubtful = surface in self.doubtful
        # 陇县, 沁县: two characters are soon found across two words.
        if (doubtful or (len(surface) == 2 and surface.endswith("县"))) and (
            _WITHIN.match(before) or after in _LEVELLED
        ):
            return None
        return names[0] if len(names) == 1 and not doubtful else self._known(text, names)

    def _listed(self, text: _Text, name: str, start: int, end: int) -> bool:
        """Whether it stands in a list beside a place of its own province."""
        province = province_of(name)
        if text.before(start) in _LISTING and text.hits and text.hits[-1].end == start - 1:
            return any(province_of(other) == province for other in text.hits[-1].names)
        if text.after(end) in _LISTING and not _WITHIN.match(text.before(start)):
            next_ones = (text.chars[end + 1 : end + 1 + n] for n in (4, 3, 2))
            return any(
                province_of(other) == province for form in next_ones if form in self.alone for other in self.forms[form]
            )
        return False

    def _known(self, text: _Text, names: Sequence[str]) -> str | None:
        """The one among several places that something named before in the text, or the context, points to."""
        for hit in reversed(text.hits):
            near = _near(names, hit.names)
            if len(near) == 1:
                return near.pop()
        near = _near(names, text.context)
        return near.pop() if len(near) == 1 else None

    def _extended(self, text: _Text, name: str, end: int) -> tuple[str, int]:
        """The most specific place of a compound that begins with `name`, and where the compound ends."""
        steps = 1
        while True:
            step = self._step(text, name, end, steps)
            if step is None and text.chars[end - 1] == "市":
                step = self._step(text, name, end - 1, steps)  # 青岛|市南区
            if step is None:
                return name, end
            name, end = step
            steps += 1

    def _step(self, text: _Text, outer: str, at: int, steps: int) -> tuple[str, int] | None:
        """What lies in `outer` and is named directly behind it: the longest form, a direct child before others."""
        shortest = text.blocked.get(at, at + 2)
        for end in range(min(len(text.chars), at + self.longest), shortest - 1, -1):
            surface = text.chars[at:end]
            names = [name for name in self.forms.get(surface, ()) if name != outer and lies_in(name, outer)]
            if not names or _runs_on(surface, text.after(end)):
                continue
            children = [name for name in names if holder_of(name) == outer]
            if surface in self.words:
                whole = steps > 1 or self.tree.places[outer].parent is None
                if not (children and whole and not _WITHIN.match(text.after(end))):
                    continue
            best = children or names
            chosen = best[0] if len(best) == 1 else self._known(text, best)
            if chosen is not None:
                return chosen, end
        return None


def _runs_on(surface: str, after: str) -> bool:
    """深圳市场, 东方市场: the last character belongs to the next word."""
    return surface.endswith("市") and after in _MARKET


def _near(names: Sequence[str], known: Iterable[str]) -> set[str]:
    """Those that lie in a known place; failing that, those beside one (玄武区 … 鼓楼区)."""
    near: set[str] = set()
    for other in known:
        inside = {name for name in names if lies_in(name, other)}
        near |= inside or {name for name in names if lies_in(other, holder_of(name) or "")}
    return near


def _forms(table: Tree, words: _Words) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Every form -> the places it may name; and the forms that may stand without a place before them."""
    forms: dict[str, tuple[str, ...]] = {**table.borne, **{old: (new,) for old, new in table.former.items()}}
    alone = set(forms)
    never_alone = frozenset(words.never_alone.split())
    for name, aliases in words.aliases.items():
        forms |= dict.fromkeys(aliases.split(), (name,))
        alone |= set(aliases.split())
    # Provinces first: 吉林 is the province, 海南 never 海南藏族自治州; a county's short name that is also that of a
    # prefecture or a province (海南区, 通化县) does not count at all.
    bearing: dict[str, dict[str, list[str]]] = {"province": {}, "prefecture": {}, "county": {}}
    for standard, bearers in table.borne.items():
        for name in bearers:
            bearing[table.places[name].level].setdefault(standard, []).append(name)
    for level, named in bearing.items():
        for standard, bearers_here in named.items():
            names, short = tuple(bearers_here), short_name(standard)
            if standard.endswith("自治州"):
                forms[short + "州"] = names
                alone.add(short + "州")
            if short in alone:
                continue
            forms[short] = (*forms.get(short, ()), *names)
            if level != "county" and short not in never_alone:
                alone.add(short)
    alone |= {short for short in words.well_known.split() if len(forms.get(short, ())) == 1}
    return forms, frozenset(alone)


@cache
def _finder() -> _Finder:
    raw = yaml.load((DATA / "place_words.yaml").read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _Finder(tree(), msgspec.convert(raw, _Words))


def never_short() -> frozenset[str]:
    """Words that are no county's short name: ordinary ones, and those that a prefecture or a province bears too."""
    finder = _finder()
    return finder.words | finder.alone | finder.not_places | frozenset(finder.never_alone)


def find(text: str, context: Sequence[str] = ()) -> list[PlaceHit]:
    """The places that `text` names, in order, without overlap; a compound (湖北省十堰市, 甘肃平凉静宁) is one.

    `context`: canonical names of places known from the title, the headings, the front matter; it decides names that
    several counties bear (鼓楼区) and that no place before them in the text decides. Undecided ones are left out.
    """
    return _finder().find(text, context)
