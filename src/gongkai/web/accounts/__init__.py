"""People who sign in: their accounts, how they come in, and what every address asks of them."""
