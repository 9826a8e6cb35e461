"""Reading what passes between an office and the public, room by room."""
