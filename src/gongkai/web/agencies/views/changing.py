"""The forms of the system administrator: founding, naming, placing and ending agencies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.web.accounts.access import actor, administrator, takes_a_form
from gongkai.web.agencies import actions, forms, queries
from gongkai.web.agencies.actions import Founding, Naming, Place
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.models.words import EDGES, SEVERAL, codes
from gongkai.web.agencies.views.acting import Page, agency_at_hand, done, named_agency, now

_system = administrator("system")
_SHAPE = (
    "found", "rename", "recode", "correct_name", "move", "correct_edge", "merge", "take_over", "split", "dissolve",
    "put_in_charge", "bring_in",
)  # fmt: skip
_FOUND = Page(
    "设立机关", "设立", "已设立。", "设立以后，由安全管理员授予角色，由机关填写公开指南。", back="agencies:tree"
)
_RENAME = Page(
    "更名", "保存新名称", "已更名，原名称保留在历史里。", "只在名称真正改变时使用；录入错误请用“更正”。", _SHAPE
)
_RECODE = Page("变更代码", "保存新代码", "代码已变更，原代码保留在历史里。", "", _SHAPE)
_CORRECT = Page("更正名称或者日期", "保存更正", "已更正。", "用于录入错误，原来的写法和理由记入审计。", _SHAPE)
_MOVE = Page("变更隶属关系", "保存", "隶属关系已变更。", "", _SHAPE)
_CORRECT_EDGE = Page("更正隶属日期", "保存更正", "已更正。", "", _SHAPE)
_MERGE = Page(
    "合并", "合并", "已合并，本机关的记录仍可查阅。", "从合并之日起本机关不再存在，下级机关转入承接机关。", _SHAPE
)
_SPLIT = Page("分设", "分设", "已分设。", "分设出来的机关与本机关的上级相同。", _SHAPE)
_DISSOLVE = Page("撤销", "撤销机关", "已撤销，本机关的记录仍可查阅。", "还有下级机关的，先移走或者办理合并。", _SHAPE)
_CHARGE = Page(
    "主管部门", "保存", "已保存。", "县级以上地方人民政府办公厅（室）或者政府指定的部门主管政府信息公开工作。", _SHAPE
)


@_system
@takes_a_form
def found(request: HttpRequest) -> HttpResponse:
    """Found an agency."""
    form = forms.Found(request.POST or None, initial={"seen": 0})

    def do(given: dict[str, Any]) -> object:
        places = tuple(Place(kind, named_agency(given[kind], kind)) for kind in codes(EDGES) if given[kind].strip())
        founding = Founding(_naming(given), given["kind"], given["level"], places, given["line"], given["outside"])
        return actions.found(founding, since=given["since"], by=actor(request))

    return done(request, None, form, _FOUND, do, lambda: 0)


@_system
@takes_a_form
def rename(request: HttpRequest, key: str) -> HttpResponse:
    """Give an agency another name."""
    agency = agency_at_hand(request, key, "tree")
    latest = agency.names.order_by("since").last()
    initial = {"seen": agency.version, "short": latest.short if latest else ""}
    form = forms.Rename(request.POST or None, initial=initial)
    return done(
        request, agency, form, _RENAME,
        lambda given: actions.rename(
            agency, name=given["name"], short=given["short"], since=given["since"], by=actor(request), seen=given["seen"]
        ),
        lambda: now(agency),
        says=_renamed,
    )  # fmt: skip


@_system
@takes_a_form
def recode(request: HttpRequest, key: str) -> HttpResponse:
    """Give an agency other codes."""
    agency = agency_at_hand(request, key, "tree")
    standing = queries.standing(agency, queries.today())
    initial = {"seen": agency.version, "region_code": standing.region_code, "unified_code": standing.unified_code}
    form = forms.Recode(request.POST or None, initial=initial)
    return done(
        request, agency, form, _RECODE,
        lambda given: actions.recode(
            agency, region_code=given["region_code"], unified_code=given["unified_code"],
            since=given["since"], by=actor(request), seen=given["seen"],
        ),
        lambda: now(agency),
    )  # fmt: skip


@_system
@takes_a_form
def correct_name(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """Put right a name, a code or a date that was mistyped."""
    agency = agency_at_hand(request, key, "tree")
    name = get_object_or_404(agency.names, pk=row)
    fields = ("name", "short", "region_code", "unified_code", "since")
    initial = {field: getattr(name, field) for field in fields} | {"seen": agency.version}
    form = forms.CorrectName(request.POST or None, initial=initial)
    return done(
        request, agency, form, _CORRECT,
        lambda given: actions.correct_name(
            agency, row=name, naming=_naming(given), since=given["since"], reason=given["reason"],
            by=actor(request), seen=given["seen"],
        ),
        lambda: now(agency),
    )  # fmt: skip


@_system
@takes_a_form
def correct_edge(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """Put right the first day of a place."""
    agency = agency_at_hand(request, key, "tree")
    edge = get_object_or_404(agency.parents, pk=row)
    form = forms.CorrectEdge(request.POST or None, initial={"seen": agency.version, "since": edge.since})
    return done(
        request, agency, form, _CORRECT_EDGE,
        lambda given: actions.correct_edge(
            agency, edge=edge, since=given["since"], reason=given["reason"], by=actor(request), seen=given["seen"]
        ),
        lambda: now(agency),
    )  # fmt: skip


@_system
@takes_a_form
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Put an agency under another."""
    agency, today = agency_at_hand(request, key, "tree"), queries.today()
    form = forms.Move(request.POST or None, initial={"seen": agency.version})
    several = {str(edge.pk): edge for edge in agency.parents.filter(kind=SEVERAL, until__isnull=True)}
    names = ((pk, queries.standing(edge.parent, today).name) for pk, edge in several.items())
    form.fields["leaves"].choices = (("", "不取代"), *names)  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> object:
        parent = named_agency(given["parent"], "parent") if given["parent"].strip() else None
        return actions.move(
            agency, kind=given["kind"], parent=parent, since=given["since"], by=actor(request), seen=given["seen"],
            leaves=several.get(given["leaves"]),
        )  # fmt: skip

    return done(request, agency, form, _MOVE, do, lambda: now(agency))


@_system
@takes_a_form
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Merge an agency into another."""
    agency = agency_at_hand(request, key, "tree")
    form = forms.Merge(request.POST or None, initial={"seen": agency.version})
    return done(
        request, agency, form, _MERGE,
        lambda given: actions.merge(
            [agency], into=named_agency(given["into"], "into"), on=given["since"], by=actor(request), seen=[given["seen"]]
        ),
        lambda: now(agency),
    )  # fmt: skip


@_system
@takes_a_form
def split(request: HttpRequest, key: str) -> HttpResponse:
    """Split an agency off another; it stands where that one stands."""
    agency = agency_at_hand(request, key, "tree")
    form = forms.Split(request.POST or None, initial={"seen": agency.version})

    def do(given: dict[str, Any]) -> object:
        edges = agency.parents.filter(until__isnull=True).select_related("parent")
        places = tuple(Place(edge.kind, edge.parent) for edge in edges)
        founding = Founding(_naming(given), agency.kind, agency.level, places, agency.line)
        return actions.split(
            agency,
            into=[founding],
            on=given["since"],
            goes_on=not given["ends"],
            by=actor(request),
            seen=given["seen"],
        )

    return done(request, agency, form, _SPLIT, do, lambda: now(agency))


@_system
@takes_a_form
def dissolve(request: HttpRequest, key: str) -> HttpResponse:
    """End an agency."""
    agency = agency_at_hand(request, key, "tree")
    form = forms.Dissolve(request.POST or None, initial={"seen": agency.version})

    def do(given: dict[str, Any]) -> object:
        successor = named_agency(given["successor"], "successor") if given["successor"].strip() else None
        return actions.dissolve(
            agency, on=given["since"], reason=given["reason"], by=actor(request), seen=given["seen"],
            successor=successor,
        )  # fmt: skip

    return done(request, agency, form, _DISSOLVE, do, lambda: now(agency))


@_system
@takes_a_form
def put_in_charge(request: HttpRequest, key: str) -> HttpResponse:
    """Put an office in charge of disclosure in its region, or take it out."""
    agency: Agency = agency_at_hand(request, key, "tree")
    form = forms.PutInCharge(request.POST or None, initial={"seen": agency.version, "in_charge": agency.supervises})
    return done(
        request, agency, form, _CHARGE,
        lambda given: actions.put_in_charge(
            agency, in_charge=given["in_charge"], by=actor(request), seen=given["seen"]
        ),
        lambda: now(agency),
    )  # fmt: skip


def _renamed(given: dict[str, Any]) -> str:
    """What is said of a new name: when it is to come, and that the old one is not lost."""
    since = given["since"]
    if since <= queries.today():
        return _RENAME.says
    return f"将于{since.year}年{since.month}月{since.day}日更名为“{given['name']}”，在那以前仍用现在的名称。"


def _naming(given: dict[str, Any]) -> Naming:
    return Naming(given["name"], given["short"], given["region_code"], given["unified_code"])
