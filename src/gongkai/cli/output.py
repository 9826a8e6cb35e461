"""Files out: written whole or not at all, and never over a file that this program did not write."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from gongkai.cli.files import MANIFEST, shown
from gongkai.errors import GongkaiError, InvalidInput


def write_file(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write `content` under a temporary name, then give it its name.

    Raises InvalidInput where a file of that name exists and `force` is not set, or the place cannot be written.
    """
    if not force and os.path.lexists(path):
        raise InvalidInput("cli.output.exists", path=shown(str(path)))
    _place(path, content)


class Folder:
    """A folder of results. Its manifest knows each file's digest, so that only files of its own are replaced."""

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path = path
        self._force = force
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed(path, error) from error
        self._known = self._manifest()

    def write(self, name: str, content: bytes) -> Path:
        """Write a file of the folder. Raises InvalidInput where a foreign or changed file stands in its place."""
        target = self.path / name
        if os.path.lexists(target) and not self._force and self._known.get(name) != _digest(target):
            raise InvalidInput("cli.output.foreign", path=shown(str(target)))
        _place(target, content)
        self._known[name] = hashlib.sha256(content).hexdigest()
        return target

    def close(self) -> None:
        """Write the manifest."""
        _place(self.path / MANIFEST, json.dumps(self._known, ensure_ascii=False, indent=1).encode())

    def _manifest(self) -> dict[str, str]:
        try:
            known = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _place(path: Path, content: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".gongkai-", suffix=".part")
    except OSError as error:
        raise failed(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise failed(path, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def failed(path: Path, error: OSError) -> GongkaiError:
    """The error for a place that cannot be written, with the system's reason."""
    return InvalidInput("cli.output.failed", path=shown(str(path)), reason=error.strerror or str(error))
