"""The interface for programs: what everybody may read as data, and what a person's programs do with a token."""
