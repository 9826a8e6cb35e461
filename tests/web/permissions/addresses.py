"""Every address of the platform, found by walking the resolver; with keys of real records, and what a form there sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from gongkai.web.agencies.exchange.lines import exported
from gongkai.web.agencies.exchange.sheet import write
from gongkai.web.publications.models import Document
from gongkai.web.registers.models import Import
from tests.web.people import code
from tests.web.permissions.world import World
from tests.web.reports_office import SAMPLES

NOWHERE = "zzzzzzzzzzzzzz"
"""A key as the platform gives them that nothing has."""


TYPED = {
    "title": "样例县新办法", "topic": "general_affairs", "column": "normative_documents", "formed_on": "2020-01-05",
    "timing": "as_it_arises", "attribute": "proactive", "origin": "drafted", "body": "正文。",
}  # fmt: skip
"""What is typed for a document."""


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver: its name with the namespaces, and its view."""

    name: str
    view: Any


def walk(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every pattern of the platform; one without a name is told by its route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            name = entry.name or f"no name: {entry.pattern}"
            yield Address(":".join((*spaces, name)), entry.callback)
        else:
            yield from walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces)


def given(world: World) -> dict[str, dict[str, Any]]:
    """What stands in the address of a record of the county, by the name of the address; others take nothing."""
    own, draft = {"key": world.own.key}, {"key": world.draft.key}
    person = {"key": world.people["new"].user.key}
    system = {"key": world.people["disabled system"].user.key}
    people = dict.fromkeys(("person", "invite", "disable", "appoint", "reset_code", "unlock"), person)
    agencies = (
        "one", "below", "guide", "site", "people", "history", "rename", "recode", "move", "split",
        "put_in_charge", "keep_guide", "keep_site", "keep_local_choice", "keep_fee_account", "grant",
    )  # fmt: skip
    reports = ("one", "original", "confirm", "correct", "waive", "read_again", "discard", "publish")
    portal = ("agency", "guide", "rules", "statutory", "annual_reports", "feed", "documents_feed", "requests")
    withheld = {"register": "decisions", "key": world.records["own decision withheld"]}

    def at(state: str) -> dict[str, Any]:
        return {"key": world.records[f"own document {state}"]}

    edge, role = world.own.parents.get(), world.own.members.get(user=world.people["reader own"].user)
    return {
        **{f"accounts:{name}": found for name, found in people.items()},
        "accounts:enable": system,
        "accounts:dismiss": system,
        "accounts:invitation": {"token": world.records["token"]},
        **{f"agencies:{name}": own for name in agencies},
        "agencies:correct_name": own | {"row": world.own.names.get().pk},
        "agencies:correct_edge": own | {"row": edge.pk},
        "agencies:revoke": own | {"role": role.key},
        "agencies:merge": {"key": world.places["child"].key},
        "agencies:dissolve": {"key": world.places["child"].key},
        "agencies:looked_through": {"key": world.records["import"]},
        "accounts:revoke_token": {"key": world.records["own token"]},
        **{
            f"api:{name}": draft for name in ("office_report", "confirm", "correct", "waive", "read_again", "publish")
        },
        **{f"api:{name}": {"key": world.open.key} for name in ("report", "report_cells", "unpublish")},
        "api:agency": own,
        "api:report_file": {"key": world.open.key, "ending": "csv"},
        "api:document": at("open"),
        "api:rows": {"code": "decisions"},
        "api:row": {"code": "decisions", "key": world.records["own decision open"]},
        "api:office_file": draft | {"ending": "csv"},
        "api:read_notice": {"key": world.records["notice"]},
        "api:withdraw_waiver": {"key": world.waived.key, "waiver": world.records["waiver"]},
        "api:batch": {"key": world.draft.batch.key},
        "notices:go": {"key": world.records["notice"]},
        **{f"reports:{name}": draft for name in reports},
        "reports:batch": {"key": world.draft.batch.key},
        "reports:picture": draft | {"page": 1},
        "reports:export": draft | {"ending": "csv"},
        "reports:withdraw": {"key": world.waived.key},
        "reports:unpublish": {"key": world.open.key},
        "reports:public_one": {"key": world.open.key},
        "reports:public_export": {"key": world.open.key, "ending": "json"},
        **{f"registers:{name}": {"register": "decisions"} for name in ("list", "new", "public_list")},
        **{f"registers:{name}": {"register": "charges", "ending": "csv"} for name in ("export", "public_export")},
        "registers:one": withheld,
        "registers:enforcement_export": {"ending": "csv"},
        "registers:bring": {"register": "decisions"},
        "registers:template": {"register": "decisions"},
        **{f"registers:{name}": {"key": world.records["own sheet"]} for name in ("import", "refused")},
        "registers:decide": {"key": world.records["own sheet"], "act": "drop"},
        "registers:change": withheld | {"act": "strike"},
        "registers:public_one": {"register": "decisions", "key": world.records["own decision open"]},
        **{f"publications:{name}": at("draft") for name in ("one", "edit", "sheet")},
        "publications:attachment": at("draft") | {"file": world.records["own file draft"]},
        "publications:procedure": own,
        "publications:prepare": at("draft") | {"act": "submit"},
        "publications:review": at("first_review") | {"act": "review"},
        "publications:secrecy": at("secrecy_review") | {"act": "secrecy_review"},
        "publications:approve": at("approval") | {"act": "approve"},
        "publications:public_one": at("open"),
        "publications:public_attachment": at("open") | {"file": world.records["own file open"]},
        **{f"portal:{name}": own for name in portal},
        "portal:disclosed": own | {"item": "normative_documents"},
        "portal:sitemap_section": {"section": "agencies"},
    }


def asked(world: World) -> dict[str, dict[str, str]]:
    """What is asked behind the question mark, by the name of the address."""
    return {
        "api:figures": {"cell": "requests.new.total"},
        "api:law_deadline": {"rule": "deadlines.plain_answer", "from": "2024-03-01"},
        "reports:compare": {"first": world.draft.key, "second": world.waived.key},
        "reports:public_compare": {"first": world.open.key, "second": world.second.key},
    }


def sent(world: World, by: Any) -> dict[str, dict[str, Any]]:
    """What a form sends that would be carried out, by the name of the address; `by` is the person who sends it."""
    today = timezone.localdate().isoformat()
    seen = {"seen": 1}
    agency = {"seen": world.own.version}
    draft = {"seen": world.draft.version}
    day = "2020-06-01"

    def at(state: str) -> dict[str, Any]:
        return {"seen": Document.objects.get(key=world.records[f"own document {state}"]).version}

    password = {"new": "远上寒山石径斜-1958", "again": "远上寒山石径斜-1958"}
    return {
        "accounts:sign_in": {"login": "p1", "password": "wrong"},
        "accounts:code": {"code": "000000"},
        "accounts:set_up": {"code": "000000"},
        "accounts:confirm": {"code": code(by) if by else "000000"},
        "accounts:invitation": {"name": "新来的人", **password},
        "accounts:password": {"old": "纸上得来终觉浅-2024", **password},
        "accounts:new_token": {"name": "程序", "scope": "read", "days": "30"},
        "accounts:new": {"login": "newcomer", "name": "新来的人"},
        "accounts:appoint": {"kind": "audit"},
        "agencies:found": {
            "seen": 0, "name": "甲样县新设局", "kind": "department", "level": "county", "region": world.own.key,
            "since": today,
        },
        "agencies:rename": {**agency, "name": "甲样新县人民政府", "since": today},
        "agencies:recode": {**agency, "region_code": "990201", "since": today},
        "agencies:correct_name": {**agency, "name": "甲样县人民政府正名", "since": "2015-01-01", "reason": "误录"},
        "agencies:correct_edge": {**agency, "since": day, "reason": "误录"},
        "agencies:move": {**agency, "kind": "region", "parent": world.places["top"].key, "since": today},
        "agencies:merge": {**agency, "into": world.places["own"].key, "since": today},
        "agencies:split": {**agency, "name": "甲样县分设局", "since": today},
        "agencies:dissolve": {
            **agency, "since": today, "successor": world.places["own"].key, "reason": "机构改革",
        },
        "agencies:put_in_charge": {**agency, "in_charge": "on"},
        "agencies:import": {"file": SimpleUploadedFile("树.xlsx", write(exported()))},
        "agencies:looked_through": seen,
        "agencies:keep_guide": {**seen, "ways": "新的获取方式", "updated_on": today},
        "agencies:keep_site": {**seen, "header_name": "新页眉", "on_guide": "on", "on_annual_reports": "on"},
        "agencies:keep_local_choice": {**seen, "court_name": "甲样县人民法院"},
        "agencies:keep_fee_account": {**seen, "payee": "新的收款单位"},
        "agencies:grant": {"seen": 0, "login": world.people["new"].user.login, "role": "clerk", "since": today},
        "agencies:revoke": {**seen, "until": today, "reason": "调离"},
        "agencies:cover": {
            "seen": 0, "login": world.people["head own"].user.login, "colleague": world.people["new"].user.login,
            "since": today, "until": "2099-01-01",
        },
        "agencies:hand_over": {
            "seen": 0, "login": world.people["head own"].user.login, "to": world.people["new"].user.login,
            "since": today, "reason": "调离",
        },
        "publications:new": {**TYPED, "keeper": world.own.key},
        "publications:edit": {**TYPED, **at("draft")},
        "publications:procedure": {"seen": 1, "reviews": 2},
        "publications:prepare": at("draft"),
        "publications:review": at("first_review") | {"proofread": "on"},
        "publications:secrecy": at("secrecy_review") | {"result_body": "passed"},
        "publications:approve": at("approval"),
        "registers:new": {
            "keeper": world.own.key, "kind": "licence", "number": "样许〔2024〕9号", "decided_on": day, "matter": "设立样例店",
            "power": "own", "subject_kind": "organisation", "subject": "样例公司", "publicity": "open",
        },
        "registers:bring": {"keeper": world.own.key, "file": SimpleUploadedFile("台账.csv", "种类,决定书文号\n".encode())},
        "registers:decide": {"seen": Import.objects.get(key=world.records["own sheet"]).version},
        "registers:change": {"seen": 2, "reason": "重复录入"},
        "reports:upload": {
            "keeper": world.own.key, "files": [SimpleUploadedFile("新.txt", SAMPLES["2022-pingchangguan.txt"])],
        },
        "reports:confirm": {**draft, "agency": world.own.key, "year": 2020, "scope": "own", "other_name": "on"},
        "reports:correct": {**draft, "cell": "requests.new.total", "value": "12", "reason": "看错"},
        "reports:waive": {**draft, "finding": 1, "reason": "原文如此"},
        "reports:withdraw": {"seen": world.waived.version, "waiver": world.records["waiver"]},
        "reports:read_again": draft,
        "reports:discard": {**draft, "reason": "wrong_file", "sure": "on"},
        "reports:publish": draft,
        "reports:unpublish": {"seen": world.open.version, "reason": "有误"},
    }  # fmt: skip


def told(world: World) -> dict[str, Any]:
    """What a program sends that would be carried out, by the name of the address; a form where files go with it."""
    draft = {"version": world.draft.version}
    upload = {"keeper": world.own.key, "files": [SimpleUploadedFile("新.txt", SAMPLES["2022-pingchangguan.txt"])]}
    return {
        "api:confirm": {**draft, "agency": world.own.key, "year": 2020, "scope": "own", "other_name": True},
        "api:correct": {**draft, "cell": "requests.new.total", "value": "12", "reason": "看错"},
        "api:waive": {**draft, "finding": 1, "reason": "原文如此"},
        "api:withdraw_waiver": {"version": world.waived.version},
        "api:read_again": draft,
        "api:publish": draft,
        "api:unpublish": {"version": world.open.version, "reason": "有误"},
        "api:upload": upload,
        "api:batches": upload,
    }


def path(name: str, kwargs: dict[str, Any]) -> str:
    """The path of an address."""
    if name == "api:nothing":
        return reverse("api:openapi").replace("openapi.json", "no-such-thing")
    return reverse(name, kwargs=kwargs)


def elsewhere(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same address of a record that is not there."""
    return {name: NOWHERE if name == "key" else value for name, value in kwargs.items()}
