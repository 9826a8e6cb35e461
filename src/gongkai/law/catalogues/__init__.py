"""Catalogues: what an office discloses, by level, and the words by which a disclosed document is marked and sorted."""
