"""What is done between an office and the public, room by room."""
