"""An agency's channels, and what was released on each of them and when, with the evidence."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.law.catalogues.catalogue import load
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.files.models import File
from gongkai.web.publications.models.document import Document, known
from gongkai.web.publications.models.words import Choices

KINDS: Choices = tuple((item.id, item.label) for item in load("publication_channels").items)
WEB = ("https://", "http://")
"""How a link begins."""
STANDING = Q(struck_at__isnull=True)
"""Of the showings those that count; the others were entered by mistake."""


class Channel(Record):
    """A channel of an agency under the name that the agency gives it, open from `since` on and until the day of `until`, that day left out.

    `address` is where it is found: the address of a site, the name of an account, the place of a board.
    """

    agency = models.ForeignKey(Agency, verbose_name="机关", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("渠道种类", max_length=24, choices=KINDS)
    name = models.CharField("渠道名称", max_length=100)
    address = models.CharField("网址、账号或者地点", max_length=300, blank=True, default="")
    since = models.DateField("启用日期")
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "公开渠道"
        ordering: ClassVar = ["kind", "name", "pk"]
        constraints: ClassVar = [
            known("channel", "kind", KINDS),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="publications_channel_term"
            ),
            models.UniqueConstraint(
                fields=["agency", "kind", "name"], condition=Q(until__isnull=True), name="publications_channel_once"
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    def open_on(self, day: date) -> bool:
        """Whether it is in use on a day."""
        return self.since <= day and (self.until is None or day < self.until)


class Showing(Record):
    """What was released on a channel on a day: a document of the platform, or an item that lives on that channel alone.

    An item has its own `title`, a document's stands with the document. The evidence is at least one of: `link`; `photo`; a
    line of the log that somebody signed, `signer` on `signed_on` at `place`; the list with which it came, `brought`. `by` is who entered it, as the audit names people.
    """

    channel = models.ForeignKey(Channel, verbose_name="公开渠道", on_delete=models.PROTECT, related_name="showings")
    document = models.ForeignKey(
        Document, verbose_name="文件", null=True, blank=True, on_delete=models.PROTECT, related_name="showings"
    )
    title = models.CharField("标题", max_length=300, blank=True, default="")
    shown_on = models.DateField("公开日期")
    link = models.CharField("链接", max_length=500, blank=True, default="")
    photo = models.ForeignKey(
        File, verbose_name="照片", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signer = models.CharField("记录人", max_length=60, blank=True, default="")
    signed_on = models.DateField("记录日期", null=True, blank=True)
    place = models.CharField("地点", max_length=200, blank=True, default="")
    by = models.CharField("登记人", max_length=60)
    brought = models.ForeignKey(
        "publications.ShowingImport", verbose_name="导入", null=True, blank=True, editable=False, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    struck_at = models.DateTimeField("作废时间", null=True, blank=True)
    struck_because = models.CharField("作废理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "渠道公开记录"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, title="") | (Q(document__isnull=True) & ~Q(title="")),
                name="publications_showing_of",
            ),
            models.CheckConstraint(
                condition=Q(signer="", signed_on__isnull=True, place="")
                | (~Q(signer="") & Q(signed_on__isnull=False) & ~Q(place="")),
                name="publications_showing_signed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(link="") | Q(photo__isnull=False) | ~Q(signer="") | Q(brought__isnull=False),
                name="publications_showing_evidence",
            ),
            models.CheckConstraint(
                condition=STANDING | ~Q(struck_because=""), name="publications_showing_struck_why"
            ),
            models.UniqueConstraint(
                fields=["channel", "link"], condition=STANDING & ~Q(link=""), name="publications_showing_link_once"
            ),
            models.UniqueConstraint(
                fields=["channel", "title", "shown_on"],
                condition=STANDING & ~Q(title=""),
                name="publications_showing_item_once",
            ),
            models.UniqueConstraint(
                fields=["channel", "document", "shown_on"],
                condition=STANDING & Q(document__isnull=False),
                name="publications_showing_document_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["channel", "shown_on"], name="publications_showing_counted")]

    def __str__(self) -> str:
        """What was released."""
        return self.named

    @property
    def named(self) -> str:
        """The title of the document, or of the item."""
        return self.document.title if self.document else self.title

    @property
    def href(self) -> str:
        """The link where it leads to the web; whatever else may have come into the record leads nowhere."""
        return self.link if self.link.lower().startswith(WEB) else ""

    @property
    def agency(self) -> Agency:
        """The agency whose channel it is."""
        return self.channel.agency
