"""The records of what passes between an office and the public: consultations, their files, changes, comments and answers."""

from gongkai.web.engagement.models.comment import Answer, Comment
from gongkai.web.engagement.models.consultation import Change, Consultation, Enclosure

__all__ = ["Answer", "Change", "Comment", "Consultation", "Enclosure"]
