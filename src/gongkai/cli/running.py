"""Whether the site runs on this machine with the data folder at hand."""

from __future__ import annotations


def runs() -> bool:
    """Whether a server of this folder sweeps: its workers would go on with the keys that they have read."""
    import fcntl

    from gongkai.cli.serving import LOCK
    from gongkai.web.settings import declared

    try:
        with (declared.folder("GONGKAI_DATA") / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
