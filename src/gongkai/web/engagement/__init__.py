"""What passes between an office and the public besides requests: consultations on drafts, messages."""
