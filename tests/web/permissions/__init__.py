"""Who may do what, at every address: a world of people and records, what is expected of it, and how it is asked."""
