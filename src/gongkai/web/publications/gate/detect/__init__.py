"""Detectors: each reads a piece of text and says what in it should not get out unseen."""
