"""The text of a table cell in one line, for formats whose cells hold several."""

from __future__ import annotations


def join_lines(text: str) -> str:
    """Text of a cell without breaks and tabs; a blank stays where two words or figures would run together."""
    joined = ""
    for piece in text.replace("\t", "\n").split("\n"):
        piece = piece.strip()
        if joined and piece and _wordlike(joined[-1]) and _wordlike(piece[0]):
            joined += " "
        joined += piece
    return joined


def _wordlike(character: str) -> bool:
    return character.isdigit() or (character.isascii() and (character.isalpha() or character in "-+.,%/"))
