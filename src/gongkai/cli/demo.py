"""`gongkai demo`: the sample reports of the package, read and checked before one's eyes."""

from __future__ import annotations

import webbrowser
from importlib import resources
from pathlib import Path

from gongkai import messages
from gongkai.cli.checking import checked
from gongkai.cli.command import command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.findings import print_report, print_sum
from gongkai.cli.folder import write_folder
from gongkai.cli.pipeline import read_files, reports_of, tell_unreadable
from gongkai.cli.screen import somebody_looks
from gongkai.cli.terminal import say

DEFAULT = "gongkai-demo"


@command("demo")
@option("--out", type=str, default=DEFAULT, show_default=True, metavar="DIR")
@option("--open", "open_page", is_flag=True)
@option("--force", is_flag=True)
def demo(out: str, open_page: bool, force: bool) -> int:
    """Read and check the sample reports, write the overview, and show where it is."""
    with resources.as_file(resources.files("gongkai.cli").joinpath("samples")) as samples:
        reports, unreadable = reports_of(read_files([str(samples)]))
    reports = checked(reports)
    index = write_folder(Path(out), reports, unreadable, force=force)
    for report in reports:
        print_report(report)
    for outcome in unreadable:
        tell_unreadable(outcome)
    print_sum(reports, len(unreadable))
    say(messages.text("cli.demo.written", path=index.resolve()))
    if open_page and somebody_looks():
        webbrowser.open(index.resolve().as_uri())
    return GOOD
