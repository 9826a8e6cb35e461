"""The channels of an office and what was released on them where and when, with the evidence of it."""
