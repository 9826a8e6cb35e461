"""The words that say what a figure counts.

Each entry of `HEAD` is read backwards from the figure: the keyword, then only words of the trade that add nothing
(`FILLING`), then the figure. `TAIL` holds the words that may follow the figure instead.
"""

from __future__ import annotations

import re

FILLING = (
    "政府信息公开|政府信息|信息公开|依申请公开|申请公开|政务公开|公开申请|申请人|申请书|申请表|申请件|申请|公开|信息|政务|"
    "公民|公众|群众|社会|各类|各种|书面|有效|提出|提交|要求|关于|方面|涉及|人士|"
    "案件|事项|总数|总量|总计|总共|总|数量|件数|件量|受理量|量|数|共计|合计|累计|共|计|答复|决定|办结|办理|处理|继续|情形|情况|"
    '类型|类|金额|件|为|是|有|达到|达|均|已|分别|的|了|：|:|“|”|"| |至今|结果|作出|依法|按期|按时|及时'
)


_GENERAL = "(?:各类|各种|政府|政务|村务|党务|公开|有关|相关|本级|的|共|了|累计|共计|本年度|全年|应|以上| )*+"

# (what, keywords); a keyword starts with plain characters, so that the search can skip to them.
HEAD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("carry", ("结转[^，。]{0,16}?", "转下[^，。]{0,8}?", "转至下[^，。]{0,8}?", "转入下[^，。]{0,8}?", "顺延[^，。]{0,10}?", "延至[^，。]{0,10}?")),
    ("requests_new", ("新收到", "新收", "新增受理", "新增", "新受理", "新接收", "收到", "受理", "接收", "接到", "收件")),
    ("requests_answered", ("办结", "答复", "回复", "办理完毕", "办理")),
    ("not_supplemented", ("逾期不补正", "逾期未补正", "未按期补正")),
    ("fee_unpaid", ("逾期未按收费通知", "逾期未缴", "未缴纳费用")),
    ("granted", ("予以公开", "同意公开", "给予公开")),
    ("partly_granted", ("部分公开", "予以部分公开")),
    ("refused", ("不予公开", "不同意公开")),
    ("unavailable", ("无法提供",)),
    ("not_processed", ("不予处理",)),
    ("other", ("其他处理", "其它处理")),
    ("refused.state_secret", ("属于国家秘密", "涉及国家秘密")),
    ("refused.prohibited_by_law", ("其他法律行政法规禁止公开", "法律行政法规禁止公开", "法律、行政法规禁止公开")),
    ("refused.endangers_security_or_stability", ("危及“三安全一稳定”", "三安全一稳定")),
    ("refused.third_party_rights", ("保护第三方合法权益", "第三方合法权益")),
    ("refused.internal_management", ("属于三类内部事务", "三类内部事务", "内部事务")),
    ("refused.deliberative", ("属于四类过程性", "四类过程性", "过程性")),
    ("refused.enforcement_case_file", ("属于行政执法案卷", "行政执法案卷", "执法案卷")),
    ("refused.statutory_lookup", ("属于行政查询", "行政查询")),
    ("unavailable.not_held", ("本机关不掌握", "不掌握相关", "不掌握", "信息不存在", "不存在", "非本机关掌握", "不属于本机关")),
    ("unavailable.needs_creation", ("没有现成信息需要另行制作", "没有现成信息", "需要另行制作", "另行制作")),
    ("unavailable.still_unclear", ("补正后申请内容仍不明确", "补正后仍不明确", "仍不明确")),
    ("not_processed.petition_or_complaint", ("信访举报投诉类", "信访、举报、投诉类", "信访投诉举报类", "信访类")),
    ("not_processed.repeated", ("重复申请",)),
    ("not_processed.published_matter", ("要求提供公开出版物", "公开出版物")),
    ("not_processed.excessive", ("无正当理由大量反复申请", "大量反复申请")),
    ("not_processed.confirm_or_reissue", ("要求行政机关确认或重新出具", "确认或重新出具")),
    ("withdrawn", ("撤回", "撤销申请")),
    ("applicant.organisation", ("法人或其他组织", "法人或者其他组织", "法人和其他组织", "法人及其他组织", "法人、其他组织", "法人")),
    ("applicant.natural_person", ("自然人", "公民个人", "个人")),
    ("applicant.business", ("商业企业", "企业")),
    ("applicant.research_org", ("科研机构",)),
    ("applicant.nonprofit_org", ("社会公益组织", "公益组织")),
    ("applicant.legal_service_org", ("法律服务机构", "律师事务所")),
    ("channel.network", ("网络平台", "网络", "网上", "互联网", "网站", "在线")),
    ("channel.letter", ("信函", "邮寄", "来信")),
    ("channel.in_person", ("当面", "现场", "窗口")),
    ("channel.email", ("电子邮件", "邮箱")),
    ("channel.fax", ("传真",)),
    ("request", ("政府信息公开申请", "政府信息依申请", "信息公开申请", "依申请公开", "公开申请", "申请公开")),
    ("published_items", (
        f"主动公开(?:{_GENERAL}|[^，。]{{1,90}}等{_GENERAL})信息",
        f"公开(?:{_GENERAL}|[^，。]{{1,90}}等{_GENERAL})信息",
        f"发布(?:{_GENERAL}|[^，。]{{1,90}}等{_GENERAL})信息",
        f"公布(?:{_GENERAL}|[^，。]{{1,90}}等{_GENERAL})信息",
        "主动公开",
    )),
    ("normative_documents", ("规范性文件",)),
    ("document.repealed", ("废止", "宣布失效")),
    ("document.in_force", ("现行有效", "继续有效")),
    ("administrative_rules", ("政府规章", "规章(?!制)")),
    ("licences", ("行政许可",)),
    ("penalties", ("行政处罚",)),
    ("compulsion", ("行政强制",)),
    ("charges", ("行政事业性收费", "行政事业收费")),
    ("remedy.upheld", ("结果维持", "予以维持", "获维持", "被维持", "维持")),
    ("remedy.overturned", ("结果纠正", "予以纠正", "被纠正", "纠正")),
    ("remedy.pending", ("尚未审结", "未审结", "正在审理")),
    ("remedy.other", ("其他结果", "其它结果")),
    ("reconsiderations", ("行政复议", "复议")),
    ("litigations", ("行政诉讼", "诉讼", "起诉")),
    ("fee.notices", ("收费通知书", "收费通知")),
    ("fee.received", ("实际收取", "实收", "信息处理费用", "信息处理费", "信息公开处理费用", "信息公开处理费", "处理费用", "处理费")),
    ("fee.billed", ("总金额", "计收金额", "应收金额", "开具金额")),
)  # fmt: skip

# Words that may come between a figure and what it counts, for what follows the figure.
_LINK = "(?:属于|属|系|是|为|被|均|已|由|的|作出|按|以|经|依法| )*+"
_TAIL_WORDS = [
    entry
    for entry in HEAD
    if entry[0] not in {"requests_new", "requests_answered", "published_items", "fee.received"}
]


def _compile(entries: list[tuple[str, tuple[str, ...]]], pattern: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return one pattern for all keywords, and the `what` of each of its (empty) marking groups."""
    marked = [(what, f"{word}()") for what, words in entries for word in words]
    marked.sort(key=lambda pair: -len(pair[1]))
    whole = "|".join(word for _, word in marked)
    return re.compile(pattern.format(words=whole)), ("", *(what for what, _ in marked))


BEFORE, BEFORE_WHAT = _compile(list(HEAD), f"(?:{{words}})(?:{FILLING})*+$")
AFTER, AFTER_WHAT = _compile([*_TAIL_WORDS, ("request", ("申请",))], f"{_LINK}(?:{{words}})")
