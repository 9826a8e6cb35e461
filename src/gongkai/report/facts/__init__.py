"""Figures that the prose of a report states, as typed facts."""

from gongkai.report.facts.extraction import extract

__all__ = ["extract"]
