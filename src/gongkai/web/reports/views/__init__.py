"""The pages of reports: those of the office, and those that everybody sees."""
