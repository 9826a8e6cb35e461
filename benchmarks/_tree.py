"""A made-up tree of agencies of any size, with people in it, for the benchmark of pages over large trees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from gongkai.web.accounts.models import ADMINISTRATORS
from gongkai.web.agencies.models import Agency, Edge, Guide, Member, Name, Site, Tree
from gongkai.web.settings import statistics
from tests.web.people import browser, person

SINCE = date(2019, 1, 1)
_LEVELS = ("province", "city", "county", "township")
_WORDS = ("市", "县", "乡")
_QUERIES = ("第3县", "人民政府", "第1市第2县第4乡", "0102", "没有这样的机关")


def make(fan_outs: Sequence[int]) -> Agency:
    """Make a province with a level below it for every number of agencies below one; return one at the bottom."""
    with transaction.atomic():
        root = _level([("示范省", "", None)], 0)[0]
        Tree.objects.update_or_create(id=1, defaults={"root": root[1]})
        above = [root]
        for depth, (word, fan_out) in enumerate(zip(_WORDS, fan_outs, strict=True), 1):
            given = [
                (f"{name}第{number}{word}", f"{code}{number:02d}", agency)
                for name, agency, code in above
                for number in range(1, fan_out + 1)
            ]
            above = _level(given, depth)
    statistics.gather()
    return above[len(above) // 2][1]


def _level(given: list[tuple[str, str, Agency | None]], depth: int) -> list[tuple[str, Agency, str]]:
    made = Agency.objects.bulk_create(
        [Agency(kind="government", level=_LEVELS[depth]) for _ in given], batch_size=2000
    )
    rows = list(zip(given, made, strict=True))
    Name.objects.bulk_create(
        [
            Name(agency=agency, name=f"{name}人民政府", short=name, region_code=code, since=SINCE)
            for (name, code, _), agency in rows
        ],
        batch_size=2000,
    )
    Edge.objects.bulk_create(
        [Edge(child=agency, parent=parent, kind="region", since=SINCE) for (_, _, parent), agency in rows if parent],
        batch_size=2000,
    )
    return [(name, agency, code) for (name, code, _), agency in rows]


def addresses(bottom: Agency) -> dict[str, dict[str, str]]:
    """Return what is asked for, by a name that is the same whatever the tree: its path and the session of who asks."""
    root = Agency.objects.get(pk__in=Tree.objects.values("root"))
    middle = bottom.parents.get().parent
    for agency in (root, middle, bottom):
        Guide.objects.create(
            agency=agency, office_name="示范办公室", telephone="0000-0000000", updated_on=date.today()
        )
        Site.objects.create(agency=agency, sponsor="示范办公室")
    sessions = {"nobody": ""} | {who: _session(client) for who, client in _people(root, middle).items()}
    paths = {
        name: path
        for place, agency in (("root", root), ("middle", middle), ("bottom", bottom))
        for name, path in _paths(place, agency)
    }
    return {
        f"{name} as {who}": {"path": path, "session": session}
        for name, path in paths.items()
        for who, session in sessions.items()
        if path.startswith("/office/") == bool(session)
    }


def _people(root: Agency, middle: Agency) -> dict[str, Client]:
    found = {}
    for kind, _ in ADMINISTRATORS:
        found[kind] = browser(person(f"admin-{kind}", administrator=kind))
    for who, agency, role in (
        ("supervisor", root, "supervisor"),
        ("overseer", middle, "supervisor"),
        ("clerk", middle, "clerk"),
    ):
        user = person(who)
        Member.objects.create(user=user, agency=agency, role=role, since=SINCE)
        found[who] = browser(user)
    return found


def _session(client: Client) -> str:
    return client.cookies["sessionid"].value


def _paths(place: str, agency: Agency) -> list[tuple[str, str]]:
    """Every address that needs nothing or the key of an agency; that of the whole tree as a file is left out."""
    found = []
    for pattern in _patterns(get_resolver()):
        app, name = pattern
        keyed = app in ("portal", "agencies", "api") and name not in ("import", "looked_through")
        for given in ([], [agency.key]) if keyed else ([],):
            try:
                path = reverse(f"{app}:{name}", args=given)
            except NoReverseMatch:  # an address that takes something else
                continue
            if name not in ("export", "sign_out"):
                found.append((f"{app}:{name} {place if given else ''}".strip(), path))
    directory, tree, agencies = reverse("portal:directory"), reverse("agencies:tree"), reverse("api:agencies")
    found += [
        (f"{view} ?q={words}", f"{path}?q={words}")
        for words in _QUERIES
        for view, path in (("portal:directory", directory), ("agencies:tree", tree), ("api:agencies", agencies))
    ]
    asked = ("level=township", "kind=government", f"parent={agency.key}", f"after={agency.key}", "limit=200")
    found += [(f"api:agencies ?{words.partition('=')[0]} {place}", f"{agencies}?{words}") for words in asked]
    found.append(("portal:sitemap_section", reverse("portal:sitemap_section", args=["agencies"])))
    return found


def _patterns(of: URLResolver, app: str = "") -> list[tuple[str, str]]:
    found = []
    for pattern in of.url_patterns:
        if isinstance(pattern, URLResolver):
            found += _patterns(pattern, str(pattern.namespace or app))
        elif (
            isinstance(pattern, URLPattern)
            and pattern.name
            and app in ("portal", "agencies", "reports", "accounts", "notices", "api")
        ):
            found.append((app, str(pattern.name)))
    return found
