"""Agencies: the tree of governments, departments and offices, as it is on any date."""
