"""What a text is called by the words before it: 问:, 答:, 误区一:."""

from __future__ import annotations

import re

from claims.language.clauses import Sentence

_ANSWER = re.compile(
    r"^(?:答案是|结论是|结论|答案|答复|回答|答|a|解答|正解|正确说法|真相|事实|官方回应|回应|回复|小编回复|"
    r"老师答|主持人|嘉宾|专家):"
)
_LABEL_QUESTION = re.compile(
    r"^(?:问|q\d*|提问|网友问|疑问|误区\w{0,3}|误解\w{0,3}|误会\w{0,3}|误传\w{0,3}|谣言\w{0,3}|说法\w{0,3}|错误说法)[:：]"
)
_MISBELIEF_LABEL = re.compile(
    r"^(?:误区|误解|误会|误传|谣言|错误说法|错误认识|常见误区|不实说法|流言|传言|网传)(?:之)?[一二三四五六七八九十\d]{0,2}[:、.]?"
)


def misbelief_label(text: str) -> bool:
    """误区一:…: what follows is a mistake that the text reports."""
    return bool(_MISBELIEF_LABEL.match(text))


def names_misbelief(text: str) -> bool:
    """A heading that is such a label and no more: the mistake itself stands below it."""
    m = _MISBELIEF_LABEL.match(text)
    return m is not None and len(text) - m.end() <= 1


def answer_start(text: str, sentence: Sentence) -> int:
    """Where the words of an answer begin, after 答: and the like."""
    m = _ANSWER.match(text[sentence.start : sentence.end])
    return sentence.start + m.end() if m else sentence.start


def question_label(text: str) -> bool:
    return bool(_LABEL_QUESTION.match(text))
