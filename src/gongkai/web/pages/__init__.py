"""Pages of the public that are rendered once and stored until what they show has changed."""
