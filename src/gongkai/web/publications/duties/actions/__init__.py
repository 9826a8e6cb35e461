"""What is done with an office's catalogue: keeping its items, and saying by which documents they are fulfilled."""

from gongkai.web.publications.duties.actions.binding import bind, confirm, draft_for, unbind
from gongkai.web.publications.duties.actions.keeping import add, adopt, change, restore, retire

__all__ = ["add", "adopt", "bind", "change", "confirm", "draft_for", "restore", "retire", "unbind"]
