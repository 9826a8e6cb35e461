"""What an operator sets (`declared`, `secret`), and Django's own settings, made from that in `platform`."""
