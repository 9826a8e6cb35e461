"""The pages of what offices must publish: those of the office, and the catalogue that everybody sees."""
