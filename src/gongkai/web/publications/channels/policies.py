"""Who may see and keep the channels of an agency; that there are such channels everybody may know."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import held
from gongkai.web.publications.channels.bulk.models import ShowingImport
from gongkai.web.publications.channels.models import STANDING, Channel, Showing
from gongkai.web.publications.models.document import Document
from gongkai.web.publications.policies import PREPARE


def visible(user: User) -> QuerySet[Channel]:
    """Return the channels of the agencies whose records a person reads."""
    return Channel.objects.filter(agency__in=agencies.visible(user, timezone.localdate(), "read"))


def showings(user: User) -> QuerySet[Showing]:
    """Return what was released on these channels, struck records too."""
    return Showing.objects.filter(channel__agency__in=agencies.visible(user, timezone.localdate(), "read"))


def imports(user: User) -> QuerySet[ShowingImport]:
    """Return the lists that were brought for these channels."""
    return ShowingImport.objects.filter(channel__agency__in=agencies.visible(user, timezone.localdate(), "read"))


def may(user: User, agency: Agency) -> bool:
    """Whether a person may keep the channels of an agency and enter what was released on them."""
    return agencies.can(user, PREPARE, agency, timezone.localdate())


def public(agency: Agency) -> QuerySet[Channel]:
    """Return the channels that an agency has today, as everybody sees them."""
    return Channel.objects.filter(held(timezone.localdate()), agency=agency)


def public_showings(document: Document) -> QuerySet[Showing]:
    """Return where else a document was released, as everybody sees it."""
    return document.showings.filter(STANDING).select_related("channel").order_by("shown_on", "pk")
