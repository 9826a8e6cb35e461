"""Files, kept by their content and read only through the application."""
