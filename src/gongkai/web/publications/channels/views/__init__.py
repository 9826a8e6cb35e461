"""The office's pages of channels."""
