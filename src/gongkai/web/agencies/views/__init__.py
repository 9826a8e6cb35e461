"""The office's pages of agencies: reading the tree, changing it, keeping one's own data, people, and the sheet."""
