"""The whole demonstration in order: county, people, earlier years' reports, and the samples with real figures."""

from __future__ import annotations

from collections.abc import Callable

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.demo import county, documents, lists, people, reports, samples

Tell = Callable[[str], None]
Keep = Callable[[list[people.Link]], None]


def make(by: Actor, *, keep: Keep, tell: Tell = lambda _what: None) -> bool:
    """Make whatever of the demonstration is not there yet; return whether there are new people.

    `keep` is given the links of new people at once, for they are kept nowhere else; `tell` hears what is being made. Doing
    it again changes nothing, and goes on where it was interrupted. Raises InvalidInput where the installation has agencies
    of its own: made-up ones do not come among real ones.
    """
    if Agency.objects.exists() and not county.is_there():
        raise InvalidInput("demo.not_empty")
    if not county.is_there():
        tell(messages.text("demo.part.county"))
    top = county.make_demo(by)
    found = county.agencies()
    links = people.make_people(found, by)
    if links:
        tell(messages.text("demo.part.people"))
        keep(links)
    reports.make_reports(found, tell)
    documents.make_documents(found, tell)
    lists.make_lists(found)
    samples.load_samples(people.who_acts(top, "clerk"), top, people.who_acts(top, "approver"))
    return bool(links)
