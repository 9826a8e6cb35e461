"""The whole tree as a sheet: written, read back, and looked through before anything is taken over."""
