"""Numbers that offices give: codes of organisations, index numbers, document numbers, and the form in which they are found."""
