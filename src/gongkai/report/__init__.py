"""The annual report: forms as data, reading, checking, comparing, adding up, writing."""
