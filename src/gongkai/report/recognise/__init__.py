"""A Document becomes a Report: whose it is, which form it follows, every cell of the sheet with its place."""

from gongkai.report.recognise.recogniser import recognise

__all__ = ["recognise"]
