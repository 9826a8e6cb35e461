"""The records of publishing: documents, editions, attachments, relations, steps, findings, procedures, serials, duties, channels."""

from gongkai.web.publications.models.assessment import Assessment
from gongkai.web.publications.models.document import Attachment, Document, Edition, Relation
from gongkai.web.publications.models.duty import Duty, Fulfilment
from gongkai.web.publications.models.workflow import Counter, GateFinding, Procedure, Step  # isort: split

from gongkai.web.publications.channels.bulk.models import RefusedShowing, ShowingImport
from gongkai.web.publications.channels.models import Channel, Showing

__all__ = [
    "Assessment", "Attachment", "Channel", "Counter", "Document", "Duty", "Edition", "Fulfilment", "GateFinding", "Procedure",
    "RefusedShowing", "Relation", "Showing", "ShowingImport", "Step",
]  # fmt: skip
