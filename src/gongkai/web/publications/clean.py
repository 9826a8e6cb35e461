"""What the gate says about a document: looking through its text and files, keeping the findings, and holding back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import guide
from gongkai.web.audit.actor import Actor
from gongkai.web.files.models import File
from gongkai.web.files.queries import content
from gongkai.web.publications import gate, text
from gongkai.web.publications.models import Attachment, Document, Edition, GateFinding
from gongkai.web.publications.models.words import STANDING_FINDINGS

PARTICULARS = ("number", "joint", "source", "abstract", "keywords")
"""What is printed about a document besides its title."""
TITLE_NAME, PARTICULARS_NAME, BODY_NAME = "标题.txt", "说明.txt", "正文.html"
_PAGE = '<html><head><meta charset="utf-8"></head><body>', "</body></html>"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, what of the document it is in, and in which paragraph of the text."""

    subject: str
    finding: gate.Finding
    paragraph: int | None = None


def words(agency: Agency) -> gate.WordLists:
    """Return what the office tells the gate about itself: its own address and telephones are nobody's personal data."""
    kept = guide(agency)
    telephones = tuple(number for number in (kept.telephone, kept.fax) if number.strip())
    addresses = tuple(address for address in (kept.address,) if address.strip())
    return gate.WordLists(own_addresses=addresses, own_telephones=telephones)


def fingerprint(values: Mapping[str, Any], body: str) -> str:
    """Return the digest of all that the gate looks through in a document's text."""
    parts = [values.get("title", ""), *(values.get(name, "") for name in PARTICULARS), body]
    return sha256("\x00".join(map(str, parts)).encode()).hexdigest()


def in_text(agency: Agency, values: Mapping[str, Any], body: str) -> list[Found]:
    """Look through title, particulars and text, which is laid out with a paragraph a line."""
    numbered = "\n".join(f"<p>{one.html}</p>" for one in text.paragraphs(body))
    return [
        Found(subject, finding, _paragraph(finding) if subject == "body" else None)
        for subject, name, written in _parts(values, numbered)
        if written
        for finding in gate.examine(written, name, words=words(agency), today=timezone.localdate()).findings
        if finding.where.layer != "file_name"
    ]


def in_file(agency: Agency, given: bytes, name: str) -> list[Found]:
    """Look through a file in a process of its own."""
    examination = gate.examine_in_child(given, name, words=words(agency), today=timezone.localdate())
    return [Found("attachment", finding) for finding in examination.findings]


def without(agency: Agency, values: Mapping[str, Any], body: str) -> tuple[dict[str, str], str]:
    """Return title, particulars and text with what redaction takes away taken away."""
    today, known = timezone.localdate(), words(agency)
    changed: dict[str, bytes] = {}
    for subject, name, written in _parts(values, body):
        found = gate.examine(written, name, words=known, today=today).findings if written else ()
        to_do = [one for one in found if _to_redact(one) and one.where.layer != "file_name"]
        if to_do:
            changed[subject] = gate.redact(written, name, to_do, words=known, today=today).content
    new: dict[str, str] = {}
    if "title" in changed:
        new["title"] = changed["title"].decode()
    if "particulars" in changed:
        new |= dict(zip(PARTICULARS, changed["particulars"].decode().split("\n\n"), strict=True))
    if "body" in changed:
        body = text.clean(changed["body"].decode().removeprefix(_PAGE[0]).removesuffix(_PAGE[1]))
    return new, body


def redacted_file(agency: Agency, file: File) -> gate.Redacted:
    """Return a file with what redaction takes away taken away. Raises InvalidInput where nothing can be."""
    with content(file) as stream:
        given = stream.read()
    today, known = timezone.localdate(), words(agency)
    found = gate.examine_in_child(given, file.name, words=known, today=today).findings
    return gate.redact_in_child(given, file.name, [one for one in found if _to_redact(one)], words=known, today=today)


def keep(
    document: Document, found: Iterable[Found], *, edition: Edition | None = None, attachment: Attachment | None = None,
    by: Actor, gone: str = "gone",
) -> None:  # fmt: skip
    """Keep the findings about the text of a document, or about a file, in place of those that there were.

    What was found before and is not found again becomes `gone`, or `redacted`. What somebody let pass passes again, where
    it is the very same.
    """
    earlier = document.findings.filter(attachment=attachment)
    passed = {(one.code, one.mark): one for one in earlier.filter(state="overridden") if one.mark}
    made = [_row(document, one, edition, attachment) for one in found]
    for row in made:
        before = passed.get((row.code, row.mark))
        if before is not None:
            row.state, row.asked_by, row.asked_because = before.state, before.asked_by, before.asked_because
            row.settled_by, row.settled_because = before.settled_by, before.settled_because
    marks = {(row.code, row.mark) for row in made}
    for row in earlier.exclude(state__in=("gone", "redacted")):
        again = (row.code, row.mark) in marks
        GateFinding.objects.filter(pk=row.pk).update(
            state="gone" if again else gone, version=row.version + 1,
            **({} if again or row.state == "overridden" else {"settled_by": str(by)}),
        )  # fmt: skip
    GateFinding.objects.bulk_create(made)


def standing(document: Document) -> list[GateFinding]:
    """Return what holds a document up: errors of its present text and files that nobody settled."""
    found = document.findings.filter(severity="error", state__in=STANDING_FINDINGS)
    return list(found.select_related("attachment"))


def demand(document: Document) -> None:
    """Go on only with a document whose text and files were looked through as they are, with nothing left. Raises InvalidInput."""
    edition = document.current
    if edition is None:
        raise InvalidInput("publications.no_text")
    values = {name: getattr(document, name) for name in ("title", *PARTICULARS)}
    attachments = list(document.attachments.select_related("file"))
    looked = edition.examined == fingerprint(values, edition.body)
    if not looked or any(one.examined != one.file.digest for one in attachments):
        raise InvalidInput("publications.not_examined")
    if open_now := len(standing(document)):
        raise InvalidInput("publications.findings", count=open_now)


def _parts(values: Mapping[str, Any], body: str) -> list[tuple[str, str, bytes]]:
    particulars = "\n\n".join(
        str(values.get(name, "")).replace("\r\n", "\n").replace("\n\n", "\n") for name in PARTICULARS
    )
    return [
        ("title", TITLE_NAME, str(values.get("title", "")).encode()),
        ("particulars", PARTICULARS_NAME, particulars.encode() if particulars.strip() else b""),
        ("body", BODY_NAME, f"{_PAGE[0]}{body}{_PAGE[1]}".encode() if body else b""),
    ]


def _paragraph(finding: gate.Finding) -> int | None:
    """The text is looked through with a paragraph a line."""
    at = finding.where
    return int(at.at) if at.kind == "line" and at.at.isdecimal() else None


def _to_redact(finding: gate.Finding) -> bool:
    return finding.redactable and finding.severity != "notice"


def mark(finding: gate.Finding) -> str:
    """Return by what a finding is known again without what was found: a digest under the installation's key."""
    told = finding.value or repr(finding.key)
    return salted_hmac("gongkai.publications.gate", told, algorithm="sha256").hexdigest()


def _row(document: Document, found: Found, edition: Edition | None, attachment: Attachment | None) -> GateFinding:
    finding = found.finding
    return GateFinding(
        document=document, edition=edition, attachment=attachment, subject=found.subject, paragraph=found.paragraph,
        code=finding.code, severity=finding.severity, record=finding.record(), mark=mark(finding),
    )  # fmt: skip
