"""Files taken apart: one module a format, each gives its pieces of text, remarks and files inside, and can save."""
