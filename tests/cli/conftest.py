"""Running the command line in the test's own process."""

import pytest

from gongkai.cli.entry import run


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    """Each test begins in Chinese; what `--lang` sets is undone afterwards."""
    monkeypatch.setenv("GONGKAI_LANG", "zh")


@pytest.fixture
def gongkai(capfd):
    """Run a command line; gives exit code, standard output, standard error."""

    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call
