"""Sheets of rows for a register: the template, reading one, looking every row through, and writing rows in batches."""
