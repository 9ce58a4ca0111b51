"""Disclaimers and page furniture on scraped pages: what says nothing about the article's subject.

Recognised by how a line begins together with what every sentence in it says, never by whole sentences: an unknown
wording is kept, because a lost assertion costs more than a kept disclaimer.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"[【\[(\uff08*\s]*(?:"
    r"(?:温馨|友情|特别|重要|健康|用药|安全)?(?:提示|提醒|说明)\s*[】\])\uff09]?\s*[:\uff1a]"
    r"|(?:免责|郑重|特别|重要|版权|本站|网站)?声明"
    r"|本(?:信息|内容|资料|页面?|网页|站|平台|网站)"
    r"|本文(?:内容|信息|来源|仅|所涉|部分|资料|由|转载|整理|图片|观点|不)?"
    r"|(?:以上|以下|上述|文中|文内|页面)(?:的)?(?:所有|全部)?(?:内容|信息|资料|回答|建议|政策)?(?:均|由|来|仅|不|整)?"
    r"|(?:内容|信息|资料)(?:来源|来自|由|仅|均)"
    r"|仅供|注\s*[:\uff1a]|如有侵权|版权所有|转载(?:请|自)"
    r")"
)
# What a disclaimer says: at least one of the first in its first sentence, one of either in every sentence.
_DISCLAIMS = re.compile(
    r"仅供|不能(?:代替|替代|取代|作为)|(?:无法|不可|不应|并非)(?:代替|替代|取代|作为)|代替面诊|不构成|不作为|不代表"
    r"|整理自|(?:整理|汇总|编辑|摘编|转载|收集)(?:而成|于|自)|来(?:自|源于?)(?:互联网|网络|公开)|公开(?:渠道|资料|信息)"
    r"|由.{0,8}(?:整理|汇总|编辑|编写|提供)|仅代表|免责|不承担|不负责|概不|侵权|版权|难免|滞后|过期|如有不适"
)
_FURNISHES = re.compile(
    r"以.{1,20}为准|务必|遵医嘱|切勿|就医|就诊|面诊|看医生|咨询(?:医生|医师|专业|当地|相关)|不适|不舒服|专业(?:医疗|意见|医师|医生)|诊疗|诊断"
    r"|准确性|不准确|有误|核实|核查|联系|反馈|更正|更新|删除|延迟|时效|最新(?:政策|公告|官方)|官方(?:渠道|公告|发布)"
)
_SENTENCES = re.compile(r"[\u3002\uff01\uff1f!?;\uff1b\n]+")
_CLAUSES = re.compile(r"[,\uff0c\u3002\uff01\uff1f!?;\uff1b\n]+")
_BUTTON = "首页|返回首页|顶部|返回顶部|回到顶部|加载更多|查看更多|更多|分享|收藏|点赞|举报|上一篇|下一篇|目录|打印|关闭"
_FURNITURE = re.compile(rf"\s*(?:{_BUTTON})(?:\s+(?:{_BUTTON}))*\s*")


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph is a disclaimer and nothing else."""
    opening = _OPENING.match(text)
    if opening is None:
        return False
    sentences = [sentence for sentence in _SENTENCES.split(text) if sentence.strip()]
    if not sentences or not (_DISCLAIMS.search(sentences[0]) or _is_medical(sentences[0])):
        return False
    if not all(_is_typical(sentence) for sentence in sentences):
        return False
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    strange = sum(not _is_typical(clause) for clause in clauses)
    return strange * 3 <= len(clauses)


def is_furniture(line: str) -> bool:
    """Whether a line is made of a page's buttons only (首页 顶部)."""
    return _FURNITURE.fullmatch(line) is not None


def _is_typical(text: str) -> bool:
    return bool(_DISCLAIMS.search(text) or _FURNISHES.search(text))


def _is_medical(sentence: str) -> bool:
    """The doctor's advice that stands below every page: 如有不适请及时就医."""
    return bool(re.search(r"不适|不舒服", sentence) and re.search(r"就医|就诊|医院|医生", sentence))
