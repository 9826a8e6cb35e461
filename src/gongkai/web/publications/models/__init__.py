"""The records of publishing: documents, editions, attachments, relations, steps, findings, procedures, serials, duties."""

from gongkai.web.publications.models.assessment import Assessment
from gongkai.web.publications.models.document import Attachment, Document, Edition, Relation
from gongkai.web.publications.models.duty import Duty, Fulfilment
from gongkai.web.publications.models.workflow import Counter, GateFinding, Procedure, Step

__all__ = [
    "Assessment", "Attachment", "Counter", "Document", "Duty", "Edition", "Fulfilment", "GateFinding", "Procedure", "Relation",
    "Step",
]  # fmt: skip
