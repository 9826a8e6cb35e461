"""Deadlines: days by which an office, an applicant or another party must act, and the clock of a request."""
