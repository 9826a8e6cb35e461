"""The records of the registers: those that feed Table 2, the lists people look for, corrections, imports."""

from gongkai.web.registers.models.amounts import AmountField, FenField, YuanField, ten_thousands
from gongkai.web.registers.models.bulk import Import, RefusedRow
from gongkai.web.registers.models.decision import Decision
from gongkai.web.registers.models.lists.budget import Budget
from gongkai.web.registers.models.lists.passing import Passing
from gongkai.web.registers.models.lists.post import Post
from gongkai.web.registers.models.lists.power import Power
from gongkai.web.registers.models.lists.project import Project
from gongkai.web.registers.models.lists.service import Service
from gongkai.web.registers.models.lists.subsidy import Subsidy
from gongkai.web.registers.models.money import Charge, Procurement
from gongkai.web.registers.models.row import STANDING, Correction, Row
from gongkai.web.registers.models.rule import Rule

__all__ = [
    "STANDING",
    "AmountField",
    "Budget",
    "Charge",
    "Correction",
    "Decision",
    "FenField",
    "Import",
    "Passing",
    "Post",
    "Power",
    "Procurement",
    "Project",
    "RefusedRow",
    "Row",
    "Rule",
    "Service",
    "Subsidy",
    "YuanField",
    "ten_thousands",
]
