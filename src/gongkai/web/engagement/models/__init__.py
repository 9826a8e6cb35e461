"""The records of what passes between an office and the public: consultations with comments, and messages."""

from gongkai.web.engagement.models.comment import Answer, Comment
from gongkai.web.engagement.models.consultation import Change, Consultation, Enclosure
from gongkai.web.engagement.models.message import Desk, Message, Transfer

__all__ = ["Answer", "Change", "Comment", "Consultation", "Desk", "Enclosure", "Message", "Transfer"]
