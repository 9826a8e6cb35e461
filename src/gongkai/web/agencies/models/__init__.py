"""The records of the tree: agencies with their dated names and edges, what each keeps of itself, and who works there."""

from gongkai.web.agencies.models.agency import Agency, Edge, Name, Succession, Tree
from gongkai.web.agencies.models.exchange import Import
from gongkai.web.agencies.models.particulars import FeeAccount, Guide, LocalChoice, Site
from gongkai.web.agencies.models.people import Member
from gongkai.web.agencies.models.words import COLUMNS, EDGES, KINDS, LEVELS, LINES, ROLES

__all__ = [
    "COLUMNS",
    "EDGES",
    "KINDS",
    "LEVELS",
    "LINES",
    "ROLES",
    "Agency",
    "Edge",
    "FeeAccount",
    "Guide",
    "Import",
    "LocalChoice",
    "Member",
    "Name",
    "Site",
    "Succession",
    "Tree",
]
