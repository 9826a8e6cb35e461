"""Sentences that say a figure of zero without a number: 未收到…申请 · 无行政复议 · 未收取信息处理费."""

from __future__ import annotations

import re
from collections.abc import Iterator

_VERBS = (
    "收到|接到|接收到|接收|受理|收取|收|发生|产生|出现|有|被|因|引起|引发|涉及|制发|制定|出台|印发|新制定|存在|办理"
)
_DENIED = re.compile(
    f"未(?:曾)?(?:{_VERBS})|没有(?:{_VERBS})?|尚无|暂无|均无|无(?!法|障碍|误|偿|正当|关|需|须|线|论|数|人问|疑|违|锡|缝|效|证)"
)
_NOT_RECEIVING = ("收取", "制发", "制定", "出台", "印发")
_CONDITION = ("若", "如", "对", "凡", "是否", "因", "逾期", "等", "有")
_REST = re.compile(r"[^，。；\n]{0,60}")

# Between the denial and 申请 stand only words that do not narrow it to one kind of applicant or one channel.
_REQUEST = re.compile(
    "(?:人|群众|任何|过|一件|本年度|今年|年度|公民|、|法人|或者|或|和|及|与|其他|组织|个人|的|关于|有关|相关|要求|社会|公众|各类|书面|新增|新收|收到|"
    "单位|企业|政府|信息|公开|政务|方面|依|申请人|提出|提交|通过|向|本机关|我镇|我乡|我局|我街道|我办|我委|本镇|本单位|镇政府|获取|公开的| )*+"
    "申请(?!行政复议|复议|法院|公开发布|救助|许可)|依申请公开"
)
_ONE_KIND = re.compile("法人|企业|自然人")
_EVERY_KIND = re.compile("公民|自然人.{0,4}法人|个人")
_GOVERNMENT = re.compile("公开|信息")
_OUTCOME = re.compile("败诉|纠正|纠错|撤销|维持|驳回|超期|逾期|违法|被责令")
_REMEDY = re.compile("(行政复议|复议)|(行政诉讼|诉讼|起诉)")
_FEE = re.compile("处理费|依申请公开.{0,8}费|费用|收费")
_DOCUMENTS = re.compile("(?:新|出台|制定|制发|印发|任何|的|过|行政| )*+规范性文件")
_CARRIED = re.compile("(上年|上一年|去年)度?结转|结转(?:上|去)|(结转|转)(?:至|到|入)?(?:下|次年)|结转.{0,4}下")


def denials(text: str, section: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what is denied for every sentence of `text` that says there was none."""
    for found in _DENIED.finditer(text):
        start, after = found.span()
        if text[max(0, start - 2) : start].endswith(_CONDITION):
            continue
        rest = _REST.match(text, after)
        said = rest.group() if rest else ""
        for what, length in _denied(found.group(), said, section):
            yield start, after + length, what


def _denied(denial: str, rest: str, section: str) -> Iterator[tuple[str, int]]:
    if "申请" in rest and not denial.endswith(_NOT_RECEIVING):
        request = _REQUEST.match(rest)
        if request and _whole(request.group()) and (_GOVERNMENT.search(request.group()) or section in {"1", "3"}):
            yield "requests_new", request.end()
    if "复议" in rest or "诉" in rest:
        if not _OUTCOME.search(rest):
            seen = set()
            for remedy in _REMEDY.finditer(rest):
                what = "reconsiderations" if remedy.group(1) else "litigations"
                if what not in seen:
                    seen.add(what)
                    yield what, remedy.end()
    elif "费" in rest:
        fee = _FEE.search(rest)
        if fee and "事业" not in rest and (section == "6" or "处理费" in rest or "申请" in rest):
            yield "processing_fee.received", fee.end()
    elif "规范性文件" in rest and denial not in {"无", "没有", "尚无", "暂无", "均无"}:
        documents = _DOCUMENTS.match(rest)
        if documents:
            yield "normative_documents.issued", documents.end()
    elif "结转" in rest:
        carried = _CARRIED.match(rest)
        if carried:
            yield (
                ("carried_forward" if carried.group(2) or "下" in carried.group() else "brought_forward"),
                carried.end(),
            )


def _whole(words: str) -> bool:
    """Whether the words before 申请 leave no kind of applicant out."""
    return not _ONE_KIND.search(words) or bool(_EVERY_KIND.search(words))
