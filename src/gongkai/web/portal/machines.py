"""Pages for machines: whether the server works, its figures, and what search engines may read."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

import gongkai
from gongkai.errors import GongkaiError
from gongkai.web.accounts.access import public
from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.files.store import store
from gongkai.web.notices.queries import outgoing
from gongkai.web.reports.queries import published
from gongkai.web.settings import declared


@public
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the database answers and files can be written; 503 where one of them cannot."""
    del request
    works = {"database": _database_answers(), "files": _files_writable()}
    answer = JsonResponse({name: "ok" if good else "failed" for name, good in works.items()})
    answer.status_code = 200 if all(works.values()) else 503
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the text format of Prometheus, for whoever asks from this machine or has the token."""
    if not _may_measure(request):
        raise PermissionDenied
    mails, short = outgoing("mail"), outgoing("sms")
    figures = {
        "gongkai_agencies": ("Agencies in the tree", Agency.objects.count()),
        "gongkai_accounts_active": ("Accounts that can sign in", User.objects.filter(is_active=True).count()),
        "gongkai_audit_chains": ("Chains of the audit", Chain.objects.count()),
        "gongkai_audit_entries": ("Entries of the audit", Entry.objects.count()),
        "gongkai_mails_queued": ("Mails that wait to be sent", mails.queued),
        "gongkai_mails_failed": ("Mails that could not be sent", mails.failed),
        "gongkai_sms_queued": ("Short messages that wait to be sent", short.queued),
        "gongkai_sms_failed": ("Short messages that could not be sent", short.failed),
        "gongkai_reports_published": ("Annual reports that everybody sees", published().count()),
    }
    lines = [
        "# HELP gongkai_info The version that runs",
        "# TYPE gongkai_info gauge",
        f'gongkai_info{{version="{gongkai.__version__}",database="{connection.vendor}"}} 1',
    ]
    for name, (says, value) in figures.items():
        lines += [f"# HELP {name} {says}", f"# TYPE {name} gauge", f"{name} {value}"]
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public's pages, not the back office."""
    base = reverse("portal:home")
    address = request.build_absolute_uri(reverse("portal:sitemap"))
    lines = ["User-agent: *", f"Disallow: {base}office/", f"Disallow: {base}metrics", f"Sitemap: {address}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _files_writable() -> bool:
    try:
        store().check()
    except (OSError, GongkaiError):
        return False
    return True


def _may_measure(request: HttpRequest) -> bool:
    """Behind a proxy every request comes from the proxy's address, which says nothing: there only the token counts."""
    token = declared.text("GONGKAI_METRICS_TOKEN")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    try:
        near = ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        near = False
    return near and not declared.number("GONGKAI_PROXIES")
