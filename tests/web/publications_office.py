"""A county whose people publish: a drafter, three reviewers, a secrecy reviewer, an approver; and documents on their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import docx
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency, Edge, Member, Name, Tree
from gongkai.web.audit.actor import Actor
from gongkai.web.demo.county import made_up_code
from gongkai.web.publications import actions, text
from gongkai.web.publications.actions import Verdict
from gongkai.web.publications.models import Document
from gongkai.web.publications.way import items
from tests.web.people import person

SINCE = date(2019, 1, 1)
ID = "11010119900307889X"
"""An identity number with a right check character, which belongs to nobody."""
BODY = "一、总体要求\n（一）办理范围\n本镇居民均可办理。\n1.申请人填写申请表。"
ROLES = {
    "clerk": ("clerk",), "other": ("clerk",), "first": ("reviewer",), "second": ("reviewer",), "third": ("reviewer",),
    "secrecy": ("secrecy_reviewer",), "approver": ("approver",), "reader": ("reader",),
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    county: Agency
    town: Agency
    people: dict[str, User]

    def by(self, name):
        return Actor("user", self.people[name].key)


def office():
    county = Agency.objects.create(kind="government", level="county")
    Name.objects.create(
        agency=county, name="样例县人民政府", since=SINCE, region_code="990100", unified_code=made_up_code(2)
    )
    Tree.objects.update_or_create(id=1, defaults={"root": county})
    town = Agency.objects.create(kind="government", level="township")
    Name.objects.create(agency=town, name="样例县青石镇人民政府", since=SINCE)
    Edge.objects.create(child=town, parent=county, kind="region", since=SINCE)
    people = {name: person(name) for name in [*ROLES, "stranger"]}
    for name, roles in ROLES.items():
        for role in roles:
            Member.objects.create(user=people[name], agency=county, role=role, since=SINCE)
    Member.objects.create(user=people["stranger"], agency=town, role="clerk", since=SINCE)
    return Office(county, town, people)


def values(**given):
    return {
        "title": "样例县临时救助办法", "number": "样政规〔2026〕1号", "topic": "general_affairs", "column": "normative_documents",
        "formed_on": timezone.localdate() - timedelta(days=3), "timing": "as_it_arises", "attribute": "proactive",
        "origin": "drafted", **given,
    }  # fmt: skip


def drafted(made, body=BODY, by="clerk", agency=None, **given):
    return actions.draft(agency=agency or made.county, body=text.from_plain(body), by=made.by(by), **values(**given))


def fresh(document):
    return Document.objects.select_related("agency", "current", "shown").get(pk=document.pk)


def do(made, name, document, by, /, **given):
    """Do an act with a document as it is now; return it as it is then."""
    now = fresh(document)
    getattr(actions, name)(now, by=made.by(by), seen=now.version, **given)
    return fresh(document)


def passed(document):
    return {item: Verdict("passed") for item in items(document)}


def reviewed(made, document):
    """Submit a document and give it the three reviews."""
    document = do(made, "submit", document, "clerk")
    for by in ("first", "second", "third"):
        document = do(made, "review", document, by, proofread=True)
    return document


def approved(made, document):
    document = reviewed(made, document)
    document = do(made, "secrecy_review", document, "secrecy", verdicts=passed(document))
    return do(made, "approve", document, "approver")


def released(made, document=None, **given):
    return do(made, "release", approved(made, document or drafted(made, **given)), "clerk")


def word_file(*lines):
    """A Word file with these paragraphs."""
    made, out = docx.Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.core_properties.author = ""
    made.save(out)
    return out.getvalue()


def along_the_way(agency, by):
    """A document of an agency at every step of its way; `by` are those who act, by role. One review is asked for."""
    ways = ("draft", "first_review", "secrecy_review", "approval", "open", "withdrawn")
    found = {}
    for at in ways:
        body = text.from_plain(f"{BODY}\n举报电话13800138000，联系人样小明。" if at == "draft" else BODY)
        document = actions.draft(
            agency=agency, body=body, by=by["clerk"],
            **values(title=f"样例办法（{at}）", source="样例来源", abstract="概述", keywords="样例", joint="样例局"),
        )  # fmt: skip
        if at in ("draft", "open"):
            actions.attach(document, name="附件.txt", content=b"text", by=by["clerk"], seen=document.version)
            actions.relate(
                document, kind="based_on", named="上级文件", since=SINCE, by=by["clerk"], seen=document.version
            )  # fmt: skip
        if at == "draft":
            finding = document.findings.filter(severity="error").first()
            actions.ask(document, finding=finding, reason="值班电话", by=by["clerk"], seen=document.version)
            actions.override(document, finding=finding, reason="可以", by=by["reviewer"], seen=document.version)
        found[at] = _brought(document, at, by)
    return {at: fresh(document) for at, document in found.items()}


def _brought(document, at, by):
    steps = [
        ("first_review", lambda d: actions.submit(d, by=by["clerk"], seen=d.version)),
        ("secrecy_review", lambda d: actions.review(d, by=by["reviewer"], seen=d.version, proofread=True, comment="同意")),
        ("approval", lambda d: actions.secrecy_review(d, verdicts=passed(d), by=by["secrecy_reviewer"], seen=d.version)),
        ("open", lambda d: (actions.approve(d, by=by["approver"], seen=d.version),
                            actions.release(d, by=by["clerk"], seen=d.version))),
        ("withdrawn", lambda d: actions.withdraw(d, reason="有误", by=by["clerk"], seen=d.version)),
    ]  # fmt: skip
    if at == "draft":
        return document
    if at == "withdrawn":
        steps[1] = ("secrecy_review", lambda d: _on_paper(d, by["clerk"]))
    for reached, go in steps:
        go(document)
        if reached == at:
            break
    return document


def _on_paper(document, by):
    signed = [actions.Signature("first_review", "样小明", timezone.localdate())]
    actions.sign_on_paper(
        document, scan=b"scan", name="审批表.txt", signatures=signed, by=by, seen=document.version
    )  # fmt: skip
