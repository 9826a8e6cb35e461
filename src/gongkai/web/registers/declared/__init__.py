"""What each register declares of itself: the one place from which forms, sheets, checks, searches and columns are made."""

from collections.abc import Mapping

from gongkai.web.registers.declared import figures, lists, persons
from gongkai.web.registers.declared.declaration import Declared
from gongkai.web.registers.models import Row

DECLARED: Mapping[type[Row], Declared] = {
    one.model: one for one in (*figures.DECLARED, *lists.DECLARED, *persons.DECLARED)
}
"""Every register's declaration by its model."""

__all__ = ["DECLARED", "Declared"]
