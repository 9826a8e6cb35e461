"""The lists of matters: service guides, powers and duties, budgets and accounts, posts, construction projects."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.publications.models.words import SHOWN as RELEASED
from gongkai.web.registers.declared.declaration import Declared, Values
from gongkai.web.registers.models import Budget, Post, Power, Project, Service, ten_thousands
from gongkai.web.registers.models.lists.budget import PARTS

_NO_PERSONS = "不要写个人的姓名、证件号码和电话。"


def _service(found: Values, agency: Agency) -> None:
    del agency
    statutory, promised = found.get("statutory_days"), found.get("promised_days")
    if statutory is not None and promised is not None and promised > statutory:
        raise InvalidInput("registers.promise_longer", promised=promised, statutory=statutory)


def _budget(found: Values, agency: Agency) -> None:
    del agency
    parts = [found[name] for name in PARTS if found.get(name) is not None]
    whole = found.get("three_public")
    if whole is not None and len(parts) == len(PARTS) and whole != sum(parts):
        raise InvalidInput("registers.three_public", given=ten_thousands(whole), added=ten_thousands(sum(parts)))
    if found["published_on"] < found["approved_on"]:
        raise InvalidInput("registers.published_before", given=found["published_on"], approved=found["approved_on"])
    document = found.get("document")
    if document is not None and document.state not in RELEASED:
        raise InvalidInput("registers.not_released", given=document.title)


def _post(found: Values, agency: Agency) -> None:
    del agency
    announced = found["announced_on"]
    for name in ("apply_until", "exam_on", "result_on"):
        if found.get(name) is not None and found[name] < announced:
            raise InvalidInput("registers.before_announced", given=found[name], announced=announced)
    taken = found.get("taken")
    if taken is not None and found.get("result_on") is None:
        raise InvalidInput("registers.no_result_day")
    if taken is not None and taken > found["places"]:
        raise InvalidInput("registers.taken_more", taken=taken, places=found["places"])


def _project(found: Values, agency: Agency) -> None:
    del agency
    begins, ends = found.get("begins_on"), found.get("ends_on")
    if begins is not None and ends is not None and ends < begins:
        raise InvalidInput("registers.ends_before", given=ends, begins=begins)


DECLARED = (
    Declared(
        Service,
        ("title", "number", "kind", "audience", "basis", "conditions", "materials", "steps", "statutory_days", "promised_days",
         "fee", "fee_basis", "place", "hours", "telephone", "complaints", "handler", "as_of"),
        once=("agency_id", "title"), named_by="title", happened=("as_of",),
        searched=("title", "number", "conditions", "materials", "handler"), facets=("kind", "audience"), check=_service,
        spellings={
            "title": "事项 办事事项 服务事项 办理事项", "number": "实施编码 事项代码 基本编码", "kind": "事项类别 类别",
            "audience": "办理对象 面向对象", "basis": "办理依据 法律依据 依据", "conditions": "申请条件 受理条件",
            "materials": "办理材料 所需材料 材料清单", "steps": "流程 办事流程 办理程序", "statutory_days": "法定办结时限 法定时限 法定期限",
            "promised_days": "承诺办结时限 承诺时限 承诺期限", "fee": "收费 收费情况 是否收费", "fee_basis": "收费标准依据",
            "place": "办公地点 办理地址 办事地点", "hours": "办公时间 工作时间", "telephone": "联系电话 电话 咨询方式",
            "complaints": "投诉电话 监督投诉电话 监督方式", "handler": "实施主体 办理部门 承办机构 责任科室", "as_of": "更新时间",
        },
        examples={
            "title": "残疾人证办理", "number": "样办001", "basis": "样例条例第一条", "conditions": "持有本地户口", "materials": "申请表一份",
            "steps": "申请、受理、审核、发证", "statutory_days": "20", "promised_days": "5", "fee": "不收费", "place": "样例路1号一楼",
            "hours": "工作日9:00至17:00", "telephone": "0000-00000000", "complaints": "0000-00000001", "handler": "样例科",
            "as_of": "2026-01-05",
        },
        help={
            "fee": "不收费的写“不收费”。", "statutory_days": "填工作日数，当场办结的填0。", "promised_days": "填工作日数，不能长于法定时限。",
            "as_of": "内容最近一次核对的日期。", "title": "同一机关的事项不能同名。",
        },
    ),
    Declared(
        Power, ("title", "number", "kind", "power", "basis", "handler", "duties", "accountability", "as_of"),
        once=("agency_id", "kind", "title"), named_by="title", happened=("as_of",), searched=("title", "number", "basis", "handler"),
        facets=("kind",),
        spellings={
            "title": "事项名称 权力名称 权责事项 职权事项 名称", "number": "权力编码 事项编码 编码", "kind": "权力类型 权力类别 职权类型 事项类型 类别",
            "basis": "实施依据 法律依据 权力依据 依据", "power": "权力来源", "handler": "责任主体 承办科室 承办部门 实施主体", "duties": "责任 职责 责任内容 对应责任",
            "accountability": "追责依据 追责情形和依据 责任追究", "as_of": "更新时间",
        },
        examples={
            "title": "占道经营处罚", "number": "样权001", "basis": "样例条例第二条", "handler": "样例队",
            "duties": "立案、调查、告知、决定、送达", "accountability": "应当立案不立案的", "as_of": "2026-01-05",
        },
        help={"as_of": "内容最近一次核对的日期。", "title": "同一类别的职权不能同名。"},
    ),
    Declared(
        Budget,
        ("year", "kind", "scope", "income", "spending", "basic", "project", "three_public", "abroad", "cars", "reception",
         "approved_on", "published_on", "document"),
        once=("agency_id", "year", "kind", "scope"), named_by="year", happened=("approved_on", "published_on"), searched=(),
        facets=("kind", "scope"), check=_budget,
        spellings={
            "year": "预算年度 决算年度", "kind": "种类 类别 类型", "scope": "公开范围", "income": "收入 收入总计 本年收入合计",
            "spending": "支出 支出总计 本年支出合计", "three_public": "三公经费 三公经费合计", "abroad": "因公出国境费 因公出国境经费",
            "cars": "公务用车费 公务用车购置和运行费 公务用车购置及运行维护费", "reception": "公务接待经费", "approved_on": "批复日期 批准时间",
            "published_on": "公开时间 公布日期", "document": "公开文件索引号 索引号",
        },
        examples={
            "year": "2026", "income": "120.5", "spending": "120.5", "basic": "100.5", "project": "20", "three_public": "3",
            "abroad": "0", "cars": "2", "reception": "1", "approved_on": "2026-01-20", "published_on": "2026-01-30",
        },
        help={
            "three_public": "三项都填的，必须等于三项之和。", "document": "填已经发布的预算或者决算文件的索引号。没有发布的先发布。",
            "published_on": "对外公开的日期，不能早于批准日期。",
        },
    ),
    Declared(
        Post,
        ("title", "number", "kind", "employer", "places", "conditions", "announced_on", "apply_until", "exam_on", "taken",
         "result_on", "result"),
        once=("agency_id", "announced_on", "number"), named_by="number",
        happened=("announced_on", "result_on"), searched=("title", "number", "employer", "conditions"), facets=("kind",), check=_post,
        spellings={
            "title": "职位 岗位名称 岗位 招聘岗位", "number": "岗位代码 职位编码 岗位编号", "kind": "类别 招聘类别", "employer": "招录单位 招聘单位 招录机关",
            "places": "招聘人数 计划人数 招考人数", "conditions": "条件 资格条件 岗位条件", "announced_on": "公告时间 发布日期", "apply_until": "报名截止时间",
            "exam_on": "笔试日期 考试时间", "taken": "实际录用人数 聘用人数", "result_on": "结果公布时间 公示日期", "result": "录用结果 结果",
        },
        examples={
            "title": "综合管理", "number": "样岗01", "employer": "样例站", "places": "2", "conditions": "本科以上学历",
            "announced_on": "2026-01-05", "apply_until": "2026-01-20", "exam_on": "2026-02-01",
        },
        help={
            "result": f"{_NO_PERSONS}拟录用人员名单用公开文件公示，期满撤回。", "taken": "有结果以后填，同时填结果公布日期。",
        },
    ),
    Declared(
        Project,
        ("title", "stage", "number", "approved_on", "builder", "contractor", "place", "scale", "yuan", "spent", "begins_on",
         "ends_on", "as_of"),
        once=("agency_id", "title"), named_by="title", happened=("approved_on", "as_of"),
        searched=("title", "number", "builder", "place"), facets=("stage",), check=_project,
        spellings={
            "title": "项目 名称", "stage": "阶段 项目阶段 建设阶段 项目进展", "number": "批文号 批复文号 审批文号", "approved_on": "批复日期 批准时间",
            "builder": "项目单位 业主单位 项目法人", "contractor": "承建单位 施工企业", "place": "地点 项目地点", "scale": "建设内容 建设规模 项目内容",
            "amount": "投资额 总投资额 计划总投资", "spent": "完成投资 累计完成投资",
            "begins_on": "开工时间", "ends_on": "竣工时间", "as_of": "更新时间",
        },
        examples={
            "title": "样例路改造", "number": "样发改〔2026〕1号", "approved_on": "2026-01-05", "builder": "样例公司", "place": "样例镇",
            "scale": "改造道路一公里", "amount": "1200.5", "spent": "0", "begins_on": "2026-03-01", "as_of": "2026-01-05",
        },
        help={
            "begins_on": "还没有开工的，填计划的日期。", "ends_on": "还没有竣工的，填计划的日期。", "as_of": "进展最近一次核对的日期。",
        },
    ),
)  # fmt: skip
