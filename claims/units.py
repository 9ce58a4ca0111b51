"""The units of one block: which clauses head one, what leans on them, what is asked, denied, planned or past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

import msgspec

from claims.answers import answered, is_bare
from claims.beliefs import believed, denial_end
from claims.domain import Domain
from claims.groups import Group, groups
from claims.labels import answer_start, misbelief_label, question_label
from claims.language.grammar import Grammar
from claims.reading import (
    BlockReading,
    Lent,
    Span,
    Unit,
    is_question,
    subject_of,
)
from claims.reality import carried_some, conditioned, counted_some, elsewhen_from, unreal
from claims.zones import Concepts, Stretches, Zones, by_concept, merged

_ANNOUNCES = re.compile(
    r"(?:如下|以下(?:是|为|将|几|内容|信息|步骤|说明)|具体(?:规定|说明|情况|区别|看下面几条))[^,。]{0,8}$"
)
_ABOUT = re.compile(r"关于|对于|针对|有关|就")
"""关于…,整理如下: announces, and asserts nothing."""


def units(reading: BlockReading, lent: Lent, domain: Domain) -> list[Unit]:
    """All units of a block in order."""
    text = reading.folded.chars
    found: list[Unit] = []
    question: Concepts = lent.question
    question_grammar = lent.question_grammar
    before: tuple[Concepts, ...] = ()
    subject = lent.subject
    first = True
    label: Concepts = {}
    spans = reading.spans
    for number, span in enumerate(spans):
        s = span.sentence
        said = Stretches(span.hits)
        here = said.within(s.start, s.end)
        own_subject = subject_of(span.hits, domain, s.start, s.end)
        if is_question(span, text) or (
            question_label(text[s.start : s.end]) and not misbelief_label(text[s.start : s.end])
        ):
            question, question_grammar = _asked(span, said, text), _joined(span)
            subject = own_subject or subject
            before = (here,)
            first = False
            continue
        following = spans[number + 1] if number + 1 < len(spans) else None
        listed = _colon_stem(spans, number)
        found += _sentence_units(
            reading, span, said, following, domain, lent if listed is None else _under(lent, listed),
            question=question, question_grammar=question_grammar,
            before=before, subject=subject, first=first, label=label,
        )  # fmt: skip
        label = (_label(span, said, text) or label) if s.closed_by == ";" else {}
        # The first answer uses the question up; it stays as context for the sentence after.
        before = (here, question)
        question, question_grammar = {}, None
        subject = own_subject or subject
        first = False
    return found


_LABEL_LENGTH = 12


def _label(span: Span, said: Stretches, text: str) -> Concepts:
    """省内:11个市已打通,相互绑定无障碍: the label that a sentence opens with belongs to all of its clauses."""
    clause = span.sentence.clauses[0]
    named = clause.closed_by == ":" or (clause.closed_by == "," and text[clause.end - 1] in "嘛呢呐")
    first = span.grammars[0]
    if not named or clause.end - clause.start > _LABEL_LENGTH or first.asks or first.believes is not None:
        return {}
    return said.within(clause.start, clause.end)


def _colon_stem(spans: Sequence[Span], number: int) -> tuple[Concepts, Grammar] | None:
    """可支付:①门诊;②住院: the clause before the colon, for an item that asserts nothing alone; else None."""
    span = spans[number]
    for clause, grammar in zip(span.sentence.clauses, span.grammars, strict=True):
        if grammar.sign or grammar.must or grammar.only or clause.closed_by == ":":
            return None
    for earlier in reversed(spans[:number]):
        if earlier.sentence.closed_by != ";":
            return None
        for clause, grammar in zip(earlier.sentence.clauses, earlier.grammars, strict=True):
            if clause.closed_by == ":":
                return by_concept(earlier.hits, clause.start, clause.end), grammar
    return None


def _under(lent: Lent, stem: tuple[Concepts, Grammar]) -> Lent:
    return msgspec.structs.replace(lent, stem=merged(stem[0], lent.stem), stem_grammar=stem[1])


def _asked(span: Span, said: Stretches, text: str) -> Concepts:
    """What a question asks: 上回写断缴,好多人问我:能不能给爸妈用? is asked after the colon."""
    s = span.sentence
    asks = [c.end for c in s.clauses if c.closed_by == ":" and _ASKS.search(text, c.start, c.end)]
    return said.within(max(asks, default=s.start), s.end)


_ASKS = re.compile(r"问(?:我|我们|道|过|起|了|的是|得最多的是)?$")


def _joined(span: Span) -> Grammar:
    """The grammar of a question: that of its last clause that has a predicate."""
    for g in reversed(span.grammars):
        if g.sign or g.must or g.need_not:
            return g
    return span.grammars[-1]


def _sentence_units(
    reading: BlockReading,
    span: Span,
    said: Stretches,
    following: Span | None,
    domain: Domain,
    lent: Lent,
    *,
    question: Concepts,
    question_grammar: Grammar | None,
    before: tuple[Concepts, ...],
    subject: str | None,
    first: bool,
    label: Concepts,
) -> list[Unit]:
    text = reading.folded.chars
    s = span.sentence
    announces = s.clauses[-1].closed_by == ":" and _ANNOUNCES.search(text[s.start : s.end]) is not None
    if announces and _ABOUT.match(text, s.start):
        return []
    belief = believed(span, following, lent, text)
    found: list[Unit] = []
    elsewhen = elsewhen_from(span)
    label = _label(span, said, text) or label
    # 以为只能带一个:…: the mistaken belief before the colon is no part of what is so.
    mistaken = [
        c for c, g in zip(s.clauses, span.grammars, strict=True) if g.believes is not None and c.closed_by == ":"
    ]
    some_are = any(g.some for g in span.grammars)
    for group in groups(reading, span, said, domain):
        if announces and group.head == len(s.clauses) - 1:
            continue
        head = s.clauses[group.head]
        clauses = [c for c in (s.clauses[i] for i in group.clauses) if c is head or c not in mistaken]
        grammar = span.grammars[group.head]
        if group.inherits is not None and not grammar.sign:
            grammar = msgspec.structs.replace(grammar, sign=group.inherits.sign, modal=group.inherits.modal)
        plain = grammar
        labelled = _from_label(plain, span, group)
        grammar = _without_place_only(_from_stem(labelled, lent), reading)
        parts = [span.grammars[i] for i in group.clauses]
        state = belief(head)
        if state == "skip" or unreal(parts, span.grammars[group.head]):
            continue
        if elsewhen is not None and group.head > elsewhen:
            # 前几年要同一个池子,现在不用了,省内都能绑: a 现在 ends the past for good.
            since = [*parts, *span.grammars[elsewhen + 1 : group.head]]
            if not any(g.now or g.contrast for g in since):
                continue
        own = span.grammars[group.head]
        if own.asks and not (own.need_not or own.irrelevant):
            continue
        # What a label forbids is all of the list after it (不能付:体检,疫苗).
        own_start = head.start if labelled is plain else s.clauses[group.clauses[0] + 1].start
        clause_zone = said.within(own_start, head.end)
        apart = max((c.end for c in mistaken if c.end <= head.start), default=s.start)
        unit_zone = [clause_zone, *(said.within(c.start, c.end) for c in clauses), label]
        start = answer_start(text, s) if head.start == s.start else head.start
        # 得到的回答是否定的: what follows the words that announce it is the answer.
        start = max(start, grammar.answer_from or 0) if grammar.answer_from != head.end else start
        bare = is_bare(text[start : head.end], start, clause_zone, grammar)
        flip = state == "flip"
        asked_here = any(g.asks for g in span.grammars[: group.head])
        if bare and grammar.answer_from is not None and group.head and (asked_here or not question):
            # 能不能买保健品,答案是不能: the clauses before are the question.
            unit_zone.append(said.within(s.start, head.start))
            clauses, flip = list(s.clauses[: group.head + 1]), False
        elif bare and question:
            unit_zone.append(question)
            grammar, denied = answered(grammar, question_grammar, text[start : head.end])
            flip = flip or denied
        zones = Zones(
            {
                "clause": (clause_zone,),
                "unit": unit_zone,
                "sentence": ("unit", said.within(apart, s.end)),
                "near": ("sentence", question, *before),
                "stem": ("unit", lent.stem),
                "context": ("near", lent.stem, lent.context),
            }
        )
        who = (
            subject_of(span.hits, domain, head.start, head.end, first=True)
            or subject_of(span.hits, domain, s.start, head.end)
            or (subject_of([h for hs in question.values() for h in hs], domain, 0, 1 << 30) if question else None)
            or subject
        )
        carried = some_are and carried_some(span, group.head, text)
        some = carried or (some_are and (bare or any(g.some for g in parts) or conditioned(span, group.head)))
        some = some or (lent.stem_grammar is not None and lent.stem_grammar.some)
        some = some or counted_some(text[clauses[0].start : head.end], text[s.start : s.end])
        found.append(
            Unit(
                reading=reading,
                sentence=s,
                clauses=tuple(clauses),
                head=head,
                grammar=grammar,
                zones=zones,
                subject=who,
                flip=flip,
                comment=state == "comment",
                leads_on=flip and _leads_on(grammar, span, group.head, text),
                quote_end=denial_end(span, following, head) if flip else None,
                bare=bare,
                some=some,
                here=any(g.here for g in span.grammars[: group.head + 1]),
                from_title=bare and lent.from_title and first,
                contrast=carried or any(g.contrast or g.some for g in parts),
                labelled=bool(label) or (len(clauses) > 1 and clauses[0].closed_by == ":"),
            )
        )
    return found


def _leads_on(grammar: Grammar, span: Span, head: int, text: str) -> bool:
    """Whether a denied clause says nothing by itself, and one behind it does, before the denial (有人说,没有参保的亲属,
    不能使用,这是错的; 以为绑上女儿,住院就按职工的比例报,不对): denied is what they come to, which the other says."""
    if grammar.sign or grammar.must or grammar.need_not:
        return False
    behind = zip(span.grammars[head + 1 :], span.sentence.clauses[head + 1 :], strict=True)
    before_denial = takewhile(lambda pair: not pair[0].denies, behind)
    return any(g.sign or g.must or g.need_not or "就" in text[c.start : c.end] for g, c in before_denial)


def _from_label(grammar: Grammar, span: Span, group: Group) -> Grammar:
    """暂不纳入:叔伯、侄甥: what names things only has the yes or no of the label before it."""
    first = group.clauses[0]
    label = span.grammars[first]
    if first == group.head or span.sentence.clauses[first].closed_by != ":" or label.asks or label.believes is not None:
        return grammar
    if (
        grammar.sign
        or grammar.must
        or grammar.need_not
        or grammar.only
        or not (label.sign < 0 or label.only)
        or label.all_
    ):
        return grammar
    return msgspec.structs.replace(grammar, sign=label.sign, modal=label.modal, only=label.only)


def _from_stem(grammar: Grammar, lent: Lent) -> Grammar:
    """A bullet without a yes or no of its own has its stem's."""
    stem = lent.stem_grammar
    if stem is None or grammar.sign or grammar.must or grammar.need_not:
        return grammar
    return msgspec.structs.replace(
        grammar, sign=stem.sign, modal=stem.modal, must=stem.must, need_not=stem.need_not,
        only=grammar.only or stem.only,
    )  # fmt: skip


def _without_place_only(grammar: Grammar, reading: BlockReading) -> Grammar:
    """仅上海开通: an "only" on a place limits where, not what; scoping reads it."""
    kept = tuple(e for e in grammar.only if not any(0 <= p.start - e <= 1 for p in reading.places))
    return grammar if kept == grammar.only else msgspec.structs.replace(grammar, only=kept)
