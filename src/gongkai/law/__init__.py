"""What the law says: articles, dated parameters, the calendar, and rules as pure functions over them.

Nothing here reads a clock, a database or a setting of the machine: today, the calendar and the office are arguments.
"""
