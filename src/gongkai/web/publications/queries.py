"""Reading documents: lists, what is shown of one, its steps with names, its relations both ways, its findings in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.calendar import calendar
from gongkai.law.duties import duty
from gongkai.web.accounts.queries import names
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import standing
from gongkai.web.agencies.remedies import jurisdiction_of
from gongkai.web.files import responses
from gongkai.web.files.queries import content
from gongkai.web.publications import policies, text
from gongkai.web.publications.gate.finding import from_record
from gongkai.web.publications.given import label
from gongkai.web.publications.models import Attachment, Document, Edition, GateFinding, Relation, Step
from gongkai.web.publications.models.words import SHOWN
from gongkai.web.publications.validity import validity, word

MOST_FINDINGS = 100
"""So many findings of one part are shown; the rest are counted."""
_CHANNELS = {"console": "本机命令行", "sweep": "后台任务", "system": "系统"}
_DOES = {"amends": "修改", "repeals": "废止", "interprets": "解读", "based_on": "依据"}
_DONE = {"amends": "被修改", "repeals": "被废止", "interprets": "解读材料", "based_on": "被引为依据"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step with the name of who took it, and what it was about."""

    step: Step
    who: str
    item: str


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words."""

    finding: GateFinding
    says: str
    where: str
    redactable: bool
    asked_by: str
    settled_by: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another document, how the two stand to each other, and since when; without an address it is elsewhere."""

    says: str
    name: str
    since: date
    document: Document | None


def looked_for(documents: QuerySet[Document], words: str = "", **exactly: str) -> QuerySet[Document]:
    """Return the documents that fit, the latest first."""
    if words.strip():
        at = words.strip()
        documents = documents.filter(Q(title__icontains=at) | Q(number__icontains=at) | Q(index_number__icontains=at))
    wanted = {name: value for name, value in exactly.items() if value}
    return documents.filter(**wanted).select_related("agency").prefetch_related("agency__names")


def published(agency: Agency | None = None, column: str = "") -> QuerySet[Document]:
    """Return the documents that everybody sees, the latest first; of an agency, of a column."""
    found = policies.public().order_by("-released_at", "-pk")
    if agency is not None:
        found = found.filter(agency=agency)
    return found.filter(column=column) if column else found


def counted(agency: Agency) -> dict[str, int]:
    """Return how many documents of each column everybody sees of an agency."""
    columns = published(agency).order_by().values("column").annotate(number=Count("pk"))
    return dict(columns.values_list("column", "number"))


def facts(document: Document) -> list[tuple[str, str]]:
    """Return what is printed about a document, in the order of the platform's table; blank where there is nothing."""
    today = timezone.localdate()
    return [
        ("索引号", document.index_number or ""),
        ("主题分类", label("topics", document.topic)),
        ("发布机构", standing(document.publisher, today).name),
        ("文号", document.number),
        ("成文日期", _day(document.formed_on)),
        ("发布日期", _day(timezone.localtime(document.released_at).date() if document.released_at else None)),
        ("有效性", word(validity(document, today))),
        ("名称", document.title),
        ("关键词", document.keywords),
        ("公开方式", document.get_attribute_display()),
        ("公开事项", label("proactive", document.column)),
        ("公开时限", document.get_timing_display()),
        ("生效日期", _day(document.effective_on)),
        ("有效期至", _day(document.expires_on)),
        ("联合发文机关", document.joint),
        ("信息来源", document.source),
        ("内容概述", document.abstract),
    ]


def body(edition: Edition | None) -> SafeString:
    """Return the text of an edition for a page."""
    if edition is None:
        return SafeString("")
    # Cleaned when it was written, and cleaned again: nothing but our own vocabulary comes out.
    return mark_safe(text.clean(edition.body))  # noqa: S308  # nosec B308 B703 - see above


def paragraphs(edition: Edition | None) -> list[tuple[int, SafeString]]:
    """Return the paragraphs of an edition with their numbers, for the office."""
    if edition is None:
        return []
    found = text.paragraphs(text.clean(edition.body))
    return [(one.number, mark_safe(one.html)) for one in found]  # noqa: S308  # nosec B308 B703 - cleaned just before


def steps(document: Document) -> list[Taken]:
    """Return the steps that were taken, the latest first."""
    taken = list(document.steps.order_by("-pk"))
    called = people(step.by for step in taken)
    files = dict(document.attachments.values_list("key", "name"))
    return [Taken(step, called[step.by], _item(step.item, files)) for step in taken]


def first_to(document: Document) -> Taken | None:
    """Return who took the latest step, for whoever came second."""
    return next(iter(steps(document)), None)


def findings(document: Document, attachment: Attachment | None) -> list[Said]:
    """Return what the gate says of the text, or of a file, what is open first."""
    found = document.findings.filter(attachment=attachment).exclude(state__in=("gone", "redacted"))
    rows = sorted(found, key=lambda one: (one.severity != "error", one.severity != "warning", one.pk))[:MOST_FINDINGS]
    called = people(name for row in rows for name in (row.asked_by, row.settled_by))
    return [_said(row, called) for row in rows]


def relations(document: Document, *, public: bool) -> list[Related]:
    """Return how a document stands to others, both ways; for the public only to those that everybody sees."""
    own = document.relations.select_related("target")
    others = Relation.objects.filter(target=document, document__state__in=SHOWN).select_related("document")
    found = [
        Related(_DOES[one.kind], one.target.title if one.target else one.named, one.since, one.target)
        for one in own
        if one.target is None or one.target.public or not public
    ]
    return [*found, *(Related(_DONE[one.kind], one.document.title, one.since, one.document) for one in others)]


def corrections(document: Document) -> list[Edition]:
    """Return the corrections that everybody saw, the latest first."""
    return list(document.editions.filter(published_at__isnull=False).exclude(note="").order_by("-number"))


def download(attachment: Attachment) -> FileResponse:
    """Return a file of a document under the name that the document gives it, to be saved."""
    file = attachment.file
    return responses.attachment(content(file), attachment.name, responses.MEDIA.get(file.format, responses.ANY))


def due(document: Document) -> date | None:
    """Return the day by which the law wants a document disclosed that is not yet; none for what is not to be."""
    if document.attribute != "proactive" or document.released_at is not None:
        return None
    found = duty("publication").due(
        document.formed_on, calendar(), jurisdiction_of(document.agency, timezone.localdate())
    )
    return found.due


def people(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of those who acted; of programs what they are."""
    given = set(actors)
    called = names(given)
    return {actor: called.get(actor) or _CHANNELS.get(actor.partition(":")[0], actor) for actor in given}


def _said(row: GateFinding, called: dict[str, str]) -> Said:
    try:
        finding = from_record(row.record)
    except (KeyError, TypeError, ValueError):
        return Said(row, row.code, row.get_subject_display(), False, called[row.asked_by], called[row.settled_by])
    place = f"{row.get_subject_display()}第{row.paragraph}段" if row.paragraph else finding.where.say("zh")
    if row.subject in ("title", "particulars"):
        place = row.get_subject_display()
    return Said(row, finding.say("zh"), place, finding.redactable, called[row.asked_by], called[row.settled_by])


def _item(item: str, files: dict[str, str]) -> str:
    return "正文" if item == "body" else files.get(item, "已移除的附件") if item else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
