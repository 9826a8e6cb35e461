"""The records of publishing: documents, editions, attachments, relations, steps, findings, procedures, serials."""

from gongkai.web.publications.models.document import Attachment, Document, Edition, Relation
from gongkai.web.publications.models.workflow import Counter, GateFinding, Procedure, Step

__all__ = ["Attachment", "Counter", "Document", "Edition", "GateFinding", "Procedure", "Relation", "Step"]
