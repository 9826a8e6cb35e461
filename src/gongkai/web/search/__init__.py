"""The search of the site: one local index a node over what everybody sees, written by the node's sweep.

The index finds, the records decide: what is shown, counted and offered as a filter is asked of them anew each time.
"""
