"""The pages of coming in, of accounts, and of the audit."""
