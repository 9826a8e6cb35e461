"""Sheets that people bring: read in a limited process, row by row, and days as people write them."""
