"""The pages of documents: those of the office, and those that everybody sees."""
