"""The whole of an installation in one file, and an installation out of it, on either engine.

Rows are read and written as they stand in the database, below the models: what a field keeps encrypted stays so.
"""
