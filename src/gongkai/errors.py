"""The tree of errors: each has a stable code and the facts that its message needs.

    GongkaiError
    ├── UnreadableDocument   a file could not be read; nothing of it is used
    ├── InvalidInput         something given by a person is not of the expected form
    └── InvalidData          a data file of the project or of an office is wrong

Messages for people live in `gongkai.messages`, keyed by the code; `str(error)` is the code with its facts.
"""

from __future__ import annotations


class GongkaiError(Exception):
    """An error that a person can act on.

    `code` is stable and is a key of `gongkai.messages`; `facts` fill the placeholders of that message.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        if not self.facts:
            return self.code
        return f"{self.code} ({', '.join(f'{name}={value}' for name, value in self.facts.items())})"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.facts)


class UnreadableDocument(GongkaiError):
    """A file that cannot be read as a whole; its message says why and what to try."""


class InvalidInput(GongkaiError):
    """What a person gave is not of the expected form; its message says what was expected."""


class InvalidData(GongkaiError):
    """A data file (a form, a waiver file, a table of notices) breaks its own rules."""


def _rebuild(kind: type[GongkaiError], code: str, facts: dict[str, object]) -> GongkaiError:
    return kind(code, **facts)
