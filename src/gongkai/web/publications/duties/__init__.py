"""What an office must publish, by when, and proof that it was done."""
