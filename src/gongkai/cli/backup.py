"""`gongkai backup`: the whole of an installation in one file, taken while officers work, or proved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai import messages
from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.files import shown
from gongkai.cli.installation import start
from gongkai.cli.terminal import Steps, clean, mark, say, tell
from gongkai.errors import InvalidInput
from gongkai.report.write.json import dumps

if TYPE_CHECKING:
    from gongkai.web.backup.manifest import Manifest

MEBIBYTE = 1 << 20


@command("backup")
@click.argument("file", metavar="[FILE]", required=False)
@option("--verify", is_flag=True)
@option("--digest", is_flag=True)
@option("--without-key", is_flag=True)
@option("--force", is_flag=True)
@as_json
def backup(file: str | None, verify: bool, digest: bool, without_key: bool, force: bool, as_json: bool) -> int:
    """Write a backup, prove one, or print the digest of the installation; ends with 1 where contents are lost."""
    if (verify and digest) or bool(file) == digest:
        raise InvalidInput("cli.backup.usage")
    if not verify:
        _refuse_nothing()
    start(current=False)
    with answering():
        if file is None:
            return _digest(as_json)
        return _verify(Path(file), as_json) if verify else _take(Path(file), force, not without_key, as_json)


def _refuse_nothing() -> None:
    """Make nothing in a folder that was named by mistake. Raises InvalidInput."""
    from gongkai.web.settings import declared, secret

    data = declared.folder("GONGKAI_DATA")
    if not secret.path(data).exists():
        raise InvalidInput("backup.nothing", folder=str(data))


def _take(path: Path, force: bool, with_key: bool, as_json: bool) -> int:
    from gongkai.web.backup.take import take

    begun = time.monotonic()
    with Steps("cli.backup.step") as steps:
        taken = take(path, force=force, with_key=with_key, progress=steps.at)
    of = taken.manifest
    if as_json:
        say(dumps({**as_object(of), "path": shown(str(path)), "size": taken.size}))
    else:
        size, seconds = f"{taken.size / MEBIBYTE:.1f}", f"{time.monotonic() - begun:.1f}"
        said = messages.text("cli.backup.written", path=clean(str(path)), size=size, seconds=seconds)
        say(mark("good", said))
        tell_of(of)
        tell(mark("notice", messages.text(f"cli.backup.{'with_key' if with_key else 'without_key'}")))
    return tell_lost(of.lost)


def _verify(path: Path, as_json: bool) -> int:
    from gongkai.web.backup.verify import verify

    with Steps("cli.backup.verifying") as steps:
        of = verify(path, steps.at)
    if as_json:
        say(dumps({**as_object(of), "path": shown(str(path)), "size": path.stat().st_size}))
    else:
        say(mark("good", messages.text("cli.backup.whole", path=clean(str(path)))))
        tell_of(of)
    return tell_lost(of.lost)


def _digest(as_json: bool) -> int:
    from gongkai.web.backup.take import standing

    with Steps("cli.backup.verifying") as steps:
        found = standing(steps.at)
    if as_json:
        facts = {"tables": found.tables, "rows": found.rows, "files": found.files, "lost": found.lost}
        say(dumps({"digest": found.digest, **facts}))
    else:
        say(found.digest)
    return tell_lost(found.lost)


@contextmanager
def answering() -> Iterator[None]:
    """Say why a database does not answer, or cannot go on. Raises InvalidInput."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        raise InvalidInput("backup.database", reason=clean(str(error).strip().split("\n")[0])) from error


def tell_of(of: Manifest) -> None:
    """Say what a backup holds, of when and of what."""
    megabytes = f"{of.files_bytes / MEBIBYTE:.1f}"
    said = messages.text("cli.backup.holds", tables=len(of.tables), rows=of.rows, files=of.files, megabytes=megabytes)
    say(said)
    say(messages.text("cli.backup.of", taken=of.taken, version=of.gongkai, engine=of.engine))
    say(messages.text("cli.backup.digest", digest=of.digest))


def tell_lost(lost: list[str]) -> int:
    """Say which contents the store of the installation did not hold whole; return the exit code."""
    if not lost:
        return GOOD
    tell(mark("error", messages.text("cli.backup.lost", number=len(lost))))
    for digest in lost:
        tell(f"  {digest}")
    return BAD


def as_object(of: Manifest) -> dict[str, object]:
    """What a backup holds, for programs."""
    return {
        "digest": of.digest,
        "taken": of.taken,
        "gongkai": of.gongkai,
        "engine": of.engine,
        "tables": len(of.tables),
        "rows": of.rows,
        "files": of.files,
        "key": of.key,
        "lost": of.lost,
    }
