"""Gongkai (公开): reads, checks, compares and adds up annual reports on government information disclosure."""

__version__ = "0.1.0"
