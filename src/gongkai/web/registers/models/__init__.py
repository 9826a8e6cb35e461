"""The records of the registers: rules and documents, decisions, charges, procurement, their corrections, imports."""

from gongkai.web.registers.models.bulk import Import, RefusedRow
from gongkai.web.registers.models.decision import Decision
from gongkai.web.registers.models.money import Charge, Procurement
from gongkai.web.registers.models.row import STANDING, Correction, Row, ten_thousands
from gongkai.web.registers.models.rule import Rule

__all__ = [
    "STANDING",
    "Charge",
    "Correction",
    "Decision",
    "Import",
    "Procurement",
    "RefusedRow",
    "Row",
    "Rule",
    "ten_thousands",
]
