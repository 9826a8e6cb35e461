"""Lists of persons that are shown for a time: their end, and what was weighed before."""
