"""The built wheel runs by itself and carries its data."""

import os
import subprocess
import sys
import zipfile

import pytest

import gongkai
from tests.guards.source import ROOT, SOURCE

DATA = {".toml", ".css", ".typed"}


@pytest.mark.whole
def test_the_wheel_has_all_data_and_runs(tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "wheel")
    data = {
        f"gongkai/{path.relative_to(SOURCE).as_posix()}" for path in SOURCE.rglob("*")
        if path.is_file() and (path.suffix in DATA or "samples" in path.parts) and "__pycache__" not in path.parts
    }  # fmt: skip
    assert len(data) > 10
    assert data - names == set()
    for part in ("gongkai/report/forms/2021.toml", "gongkai/messages/zh/cli.toml", "gongkai/documents/radicals.toml"):
        assert part in names
    assert any(name.startswith("gongkai/cli/samples/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "tools/"))]

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-c", "import sys; from gongkai.cli import main; main(sys.argv[1:])", *arguments],
            env={**os.environ, "PYTHONPATH": str(tmp_path / "wheel"), "GONGKAI_LANG": "zh"},
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip

    where = subprocess.run(
        [sys.executable, "-c", "import gongkai; print(gongkai.__file__)"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "wheel")}, cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert str(tmp_path / "wheel") in where.stdout
    assert run("--version").stdout == f"gongkai {gongkai.__version__}\n"
    done = run("read", str(tmp_path / "wheel" / "gongkai" / "cli" / "samples"), "--out", "overview")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "overview" / "index.html").exists()
