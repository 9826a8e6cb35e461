"""The pages of the registers: those of the office, and those that everybody sees."""
