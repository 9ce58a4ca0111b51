"""What a clause says yes or no to: its sign, what it requires, restricts, asks, supposes or denies.

This layer knows Chinese and no domain. Its words are in grammar.yaml, one role each; `read_clause` turns the role
tokens of a clause into one `Grammar`, which is all that patterns ask for. The laws it keeps (tests/claims/language):
不X, 暂不X, 尚未X, 并不X and 不再X have the sign -sign(X); 并非不X, 不是不X and 没有不X have sign(X).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
import yaml

from claims.language.lexicon import STOP, Hit

FAMILY = "grammar"
FAMILY_END = "grammar-end"
"""Forms that count at the end of a clause only: a family of their own, so that they hide no word they begin with."""

_POTENTIAL = re.compile(
    r"(?P<verb>[\u4e00-\u9fff])(?P<neg>[不得])(?:出来|过来|进来|进去|过去|上去|下来|起来|回来|了|着|走|成|"
    r"动|通|进|出|上|起|掉|到|回|开|过|住|够|完|齐|清|来|去|下)"
)
_NOT_POTENTIAL = frozenset(
    "来去说要会可能是并也都还就仍再从绝而又却既且均有将对差免觉获取所使值难懂显省记认当求总必方应须我你他它她谁在想愿肯"
    "只的"
)
_NOT_AFTER = re.compile(
    r"不(?:到(?:\d|[一二三四五六七八九十百千万]|位|期|账)|过(?:是|去|的)|上(?:学|班|限)|下(?:降|调|列|于)|"
    r"出(?:省|境|市)|来自|动产|完全|通过|成为|成立|开通|开放|住院|够格|清楚|进入|起付)|得(?:上限|出示|下)"
)
_FILLER = re.compile(
    r"[再也都还就仍又曾直接予以被给把能够另单独自己一律得以随意擅自任何再度继续真正完全随便私自因擅都是]*"
)
_PREPOSED = re.compile(r"(?:会|再|能)?(?:因|以|为|由|与|和|跟|随|对|把|将|给|从|按|向|凭|靠|让|使|被)")
_ENDS = re.compile(r"[的了吗吧啦嘛呀哦呢啊]?(?:$|[,。:;?!—\n…)])")


_SINCE = re.compile(r"[年月日号]起(?!付|止|草|算)")
_INTENDED = re.compile(r"计划|拟|预计|打算|力争|争取|有望|准备|筹备")
"""自2024年5月起: it is so now, unless it is only meant to be (计划于2025年10月起)."""


_SEE_WHETHER = re.compile(r"(?:具体|还得|还要|要|得|主要|全|先|关键|需)看(?!病)")
"""具体看那边通没通: it depends."""


class Grammar(msgspec.Struct, frozen=True):
    """A clause's reading. `sign`: 1 yes, -1 no, 0 no predicate that says either; `modal`: the sign comes from a modal
    or prohibition rather than a plain verb. Positions are indices of the folded text."""

    sign: int = 0
    modal: bool = False
    must: bool = False
    then: bool = False
    need_not: bool = False
    only: tuple[int, ...] = ()
    not_only: bool = False
    asks: bool = False
    wh: bool = False
    answer_from: int | None = None
    condition: bool = False
    concession: bool = False
    contrast: bool = False
    believes: int | None = None
    disbelieves: int | None = None
    denies: bool = False
    affirms: bool = False
    reality: bool = False
    future: bool = False
    past: bool = False
    changed: bool = False
    now: bool = False
    some: bool = False
    here: bool = False
    all_: bool = False
    unsure: bool = False
    irrelevant: bool = False
    approx: bool = False
    usual: bool = False
    maybe: bool = False
    example: bool = False
    negations: tuple[tuple[int, int], ...] = ()


_PLAIN = Grammar()
_PLAIN_NOW = Grammar(now=True)
"""Of clauses without a grammar word; many are."""


@cache
def grammar_words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """family -> role -> forms, from grammar.yaml, ready for `compile_lexicon`."""
    roles = yaml.safe_load((Path(__file__).parent / "grammar.yaml").read_text(encoding="utf-8"))
    split = {role: str(forms).split() for role, forms in roles.items()}
    stop = split.pop("STOP")
    words: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    for role, forms in split.items():
        words[role] = [f for f in forms if not f.endswith("$")]
        at_end = [f[:-1] for f in forms if f.endswith("$")]
        if at_end:
            ends[role + "$"] = at_end
    return {FAMILY: words, FAMILY_END: ends, STOP: {STOP: stop}}


def tokens_of(text: str, hits: Iterable[Hit], roles: frozenset[str]) -> list[Hit]:
    """The grammar tokens among `hits`, leftmost-longest: one span has one role. `hits` come sorted as find() does.
    Roles with a $ hold at the end of a clause only, and lose it here."""
    chosen: list[Hit] = []
    end = 0
    for hit in hits:
        if hit.concept not in roles or hit.start < end:
            continue
        role = hit.concept
        if role.endswith("$"):
            if not _ENDS.match(text, hit.end):
                continue
            role = role[:-1]
        chosen.append(Hit(hit.start, hit.end, role))
        end = hit.end
    return chosen


class _Predicate(msgspec.Struct):
    start: int
    end: int
    sign: int
    rank: int  # 2 a modal, 1 a verb, 0 a negation of a word no list knows
    must: bool = False
    relative: bool = False


def read_clause(text: str, start: int, end: int, tokens: Sequence[Hit]) -> Grammar:
    """The grammar of `text[start:end]`, given the role tokens inside it in order (see `tokens_of`)."""
    spans = _with_potentials(text, start, end, [(t.start, t.end, t.concept) for t in tokens])
    if not spans:
        return _PLAIN_NOW if _since(text, start, end) else _PLAIN
    seen: dict[str, list[int]] = {}  # role -> where its words end
    for _, b, role in spans:
        seen.setdefault(role, []).append(b)
    predicates, negations = _predicates(text, spans)
    deciding = _deciding(text, end, predicates)
    sign = deciding.sign if deciding else 0
    must = any(p.must and p.sign == 1 and not p.relative for p in predicates)
    need_not = "NEED_NOT" in seen or any(p.must and p.sign == -1 for p in predicates)
    # 不以同省为前提: what need not be is no requirement; 才 asks for it all the same.
    must = "THEN" in seen or (must and not need_not)
    believes, disbelieves = seen.get("BELIEF"), seen.get("NOT_BELIEF")
    answer = seen.get("ANSWER")
    return Grammar(
        sign=sign,
        modal=bool(deciding and deciding.rank == 2),
        must=must,
        then="THEN" in seen,
        need_not=need_not,
        only=tuple(seen.get("ONLY", ())),
        not_only="NOT_ONLY" in seen,
        asks="QUESTION" in seen,
        wh="WH" in seen,
        answer_from=answer[-1] if answer else None,
        condition="CONDITION" in seen,
        concession="CONCESSION" in seen,
        contrast="CONTRAST" in seen,
        believes=believes[0] if believes else None,
        disbelieves=disbelieves[0] if disbelieves else None,
        denies="DENY" in seen,
        affirms="AFFIRM" in seen,
        reality="REALITY" in seen,
        future="FUTURE" in seen,
        past="PAST" in seen,
        changed="CHANGED" in seen,
        now="NOW" in seen or _since(text, start, end),
        some="SOME" in seen,
        here="HERE" in seen,
        all_="ALL" in seen,
        unsure="UNSURE" in seen or ("QUESTION" in seen and bool(_SEE_WHETHER.search(text, start, end))),
        irrelevant="IRRELEVANT" in seen,
        approx="APPROX" in seen,
        usual="USUAL" in seen,
        maybe="MAYBE" in seen,
        example="EXAMPLE" in seen,
        negations=tuple(negations),
    )


def _since(text: str, start: int, end: int) -> bool:
    return bool(_SINCE.search(text, start, end)) and not _INTENDED.search(text, start, end)


def _with_potentials(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Potential complements (借不走, 用得上) by rule; they replace the tokens inside them (Li & Thompson 1981, 3.3)."""
    found: list[tuple[int, int, str]] = []
    clause = text[start:end]
    if "不" not in clause and "得" not in clause:
        return spans
    for m in _POTENTIAL.finditer(text, start, end):
        if m["verb"] in _NOT_POTENTIAL or _NOT_AFTER.match(text, m.start("neg")):
            continue
        # A longer grammar word over the same negation (得不到 is none, but 不得不, 不过 are) wins.
        if any(a <= m.start("neg") < b and b - a > 1 for a, b, _ in spans):
            continue
        found.append((m.start(), m.end(), "CANNOT" if m["neg"] == "不" else "CAN"))
    if not found:
        return spans
    kept = [s for s in spans if not any(a <= s[0] and s[1] <= b for a, b, _ in found)]
    return sorted(kept + found)


_SAYS = {"CAN": (1, 2), "MUST": (1, 2), "THEN": (1, 2), "NEED_NOT": (1, 2), "VERB": (1, 1), "IRRELEVANT": (1, 1),
         "BAN": (-1, 2), "CANNOT": (-1, 2)}  # fmt: skip
"""The roles of predicates: the sign and the rank of each."""


def _predicates(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[list[_Predicate], list[tuple[int, int]]]:
    predicates: list[_Predicate] = []
    negations: list[tuple[int, int]] = []
    pending: list[tuple[int, int]] = []
    scope = 1

    def flush() -> None:
        """A negation of a word that no list knows: the negation itself is the predicate."""
        if pending:
            predicates.append(_Predicate(pending[0][0], pending[-1][1], scope * (-1) ** len(pending), 0))
            pending.clear()

    for a, b, role in spans:
        if role == "NEG":
            if pending and a - pending[-1][1] > 3:
                flush()
            pending.append((a, b))
            negations.append((a, b))
        elif role == "NEG_SCOPE":
            flush()
            scope = -scope
            negations.append((a, b))
            predicates.append(_Predicate(a, b, -1, 0))
        elif role in _SAYS:
            if pending and not _reaches(text, pending[-1][1], a):
                flush()
            sign, rank = _SAYS[role]
            predicates.append(_Predicate(a, b, sign * scope * (-1) ** len(pending), rank, role == "MUST"))
            pending.clear()
    flush()
    return predicates, negations


def _reaches(text: str, a: int, b: int) -> bool:
    """Does a negation ending at `a` bear on the predicate at `b`? Over adverbs yes, over other words a little."""
    between = text[a:b]
    # 不因共济而改变: what stands between is a prepositional phrase.
    return (
        len(between) <= 2 or bool(_FILLER.fullmatch(between)) or (len(between) <= 12 and bool(_PREPOSED.match(between)))
    )


def _deciding(text: str, end: int, predicates: list[_Predicate]) -> _Predicate | None:
    """The last modal outside relative clauses decides; a verb only where no modal does; a bare negation last."""
    for p in predicates:
        of = text.find("的", p.end, end)
        if p.end <= of < end - 1:
            others = any(q.end <= p.start or q.start > of for q in predicates)
            # 使用本人的医保码: 的 after an owner joins two nouns, it closes no relative clause.
            p.relative = others and not _OWNER.search(text, p.start, of)
    # ✘ 配偶的父母(可由配偶授权): what brackets add decides only where nothing else does.
    outside = [p for p in predicates if not _bracketed(text, p, end)]
    if outside and outside[0].rank == 2:
        predicates = outside
    standing = [p for p in predicates if not p.relative] or predicates
    for rank in (2, 1, 0):
        ranked = [p for p in standing if p.rank == rank]
        if ranked:
            return ranked[-1]
    return None


def _bracketed(text: str, p: _Predicate, end: int) -> bool:
    before = text[: p.start]
    return before.rfind("(") > before.rfind(")") and ")" in text[p.end : end]


_OWNER = re.compile(
    r"(?:本人|自己|各自|自身|职工|父母|他人|家人|家属|患者|其|您|你|我|他们|对方|孩子|老人|子女|授权人|共济人|"
    r"参保人|余额|医保|账户里|名下|那边|里面|里)$"
)
