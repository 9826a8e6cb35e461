"""What tools say of the source and its parts: weaknesses, settings for the open network, known holes, licences."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from tests.guards.source import ROOT, SOURCE, modules

SILENCING = re.compile(r"#\s*(?:nosec\b[^#]*|noqa:[^#]*\bS\d{3}[^#]*)")
FORBIDDEN = re.compile(
    r"\bAGPL|\bAffero|\bSSPL|Server Side Public|\bBUSL|Business Source|(?<!L)(?<!Lesser )\bGPL", re.I
)
"""Licences that no part may have that the platform runs with; the Lesser GPL may be linked to."""
SPELT = re.compile(r"GNU (?:General Public|GPL)", re.I)
NOT_HERE = {"colorama", "tzdata"}
"""Parts that only other operating systems need."""


def test_bandit_finds_nothing_of_medium_weight_or_more(record_property):
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "--quiet", "--recursive", str(SOURCE), "--format", "json"],
        capture_output=True, text=True, timeout=240, cwd=ROOT,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert found["metrics"]["_totals"]["loc"] > 20_000
    heavy = [
        f"{one['filename']}:{one['line_number']} {one['test_id']} {one['issue_text']}"
        for one in found["results"]
        if one["issue_severity"] in ("MEDIUM", "HIGH")
    ]
    totals = found["metrics"]["_totals"]
    record_property("counted", {"bandit: lines": totals["loc"], "bandit: silenced places": totals["skipped_tests"]})
    record_property("counted", {"bandit: light findings": totals["SEVERITY.LOW"]})
    assert heavy == []


def test_bandit_sees_a_weakness(tmp_path):
    (tmp_path / "weak.py").write_text("import subprocess\nsubprocess.run(input(), shell=True)\n")
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "--quiet", "--recursive", str(tmp_path), "--format", "json"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert [one["issue_severity"] for one in json.loads(done.stdout)["results"]].count("HIGH") == 1


def silenced():
    """Every place of the source where a tool is told to be quiet about safety, and whether it is said why."""
    for path in sorted(modules()):
        before = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if hits := SILENCING.findall(line):
                said = " - " in hits[-1] or before.strip().startswith("#")
                yield f"{path.relative_to(ROOT)}:{number}", bool(said)
            before = line


def test_whoever_silences_a_tool_says_why(record_property):
    found = dict(silenced())
    record_property("counted", {"silenced places of the source, each with its reason": len(found)})
    assert len(found) >= 10
    assert [place for place, said in found.items() if not said] == []


def checked(tmp_path, **environment):
    """What the framework says of the settings as an office on the open network has them."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        capture_output=True, text=True, timeout=120, cwd=ROOT,
        env={
            "PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT / "src")),
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.platform", "GONGKAI_DATA": str(tmp_path),
            "GONGKAI_ORIGINS": "https://www.example.gov.cn", "GONGKAI_HOSTS": "www.example.gov.cn",
            "GONGKAI_PROXIES": "1", **environment,
        },
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_settings_for_the_open_network_give_no_warning(tmp_path, record_property):
    code, said = checked(tmp_path)
    assert code == 0, said
    number = re.search(r"no issues \((\d+) silenced\)", said)
    assert number, said
    record_property("counted", {"check --deploy: silenced": int(number[1])})
    text = (SOURCE / "web" / "settings" / "platform.py").read_text(encoding="utf-8")
    listed = re.search(r"SILENCED_SYSTEM_CHECKS = \[\n(.*?)\]", text, re.DOTALL)
    assert listed
    lines = listed[1].strip().splitlines()
    assert len(lines) == int(number[1])
    assert all(re.search(r'"security\.W\d{3}",  # \w.{20,}', line) for line in lines)


def test_the_settings_without_encryption_are_warned_of(tmp_path):
    code, said = checked(tmp_path, GONGKAI_ORIGINS="http://www.example.gov.cn", GONGKAI_DEBUG="yes")
    assert code != 0
    assert {"security.W004", "security.W012", "security.W016", "security.W018"} <= set(
        re.findall(r"security\.W\d+", said)
    )


def pinned():
    """The name and version of every part in the lock file."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.+!-]+)", text, re.MULTILINE))


def audited(parts, folder):
    """What the feed of known holes says of parts, each with its name and version."""
    listed = folder / "parts.txt"
    listed.write_text("".join(f"{name}=={version}\n" for name, version in parts.items()))
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--disable-pip", "--no-deps",
               "--timeout", "5", "--format", "json", "--progress-spinner", "off"]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder)
        return [one for one in json.loads(done.stdout)["dependencies"] if "skip_reason" not in one]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return []


def test_known_holes_of_the_parts_are_asked_for(tmp_path, record_property):
    parts = pinned()
    # One part is asked for first: where no feed answers for it, the others are not asked for at all.
    found = audited({"django": parts["django"]}, tmp_path) and audited(parts, tmp_path)
    record_property(
        "counted", {"pip-audit: parts audited": len(found), "pip-audit: parts skipped": len(parts) - len(found)}
    )
    holes = [(one["name"], one["version"], hole["id"]) for one in found for hole in one["vulns"]]
    assert holes == []
    if len(found) < len(parts):
        pytest.skip(f"not measured: a feed of known holes answered for {len(found)} of {len(parts)} parts")


def runtime():
    """The parts that the platform runs with, by name: everything but what only its makers need."""
    names, waiting = {}, [("gongkai", ("web", "s3", "ocr", "corpus"))]
    while waiting:
        name, extras = waiting.pop()
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        for text in found.requires or ():
            wanted = Requirement(text)
            if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
                continue
            key = wanted.name.lower().replace("_", "-")
            if key not in names:
                names[key] = wanted
                waiting.append((key, tuple(wanted.extras)))
    return sorted(names)


def licence(name):
    """What a part says of its licence: the expression, the classifiers, or the name in the old field."""
    told = metadata.metadata(name)
    classified = [given.rsplit(" :: ", 1)[-1] for given in told.get_all("Classifier") or () if "License ::" in given]
    old = (told.get("License") or "").strip().splitlines()
    files = [path for path in metadata.files(name) or () if re.search(r"(^|/)(LICEN[CS]E|COPYING)", str(path), re.I)]
    beginning = [] if told.get("License-Expression") or classified or old else [_title(path) for path in files]
    return [told.get("License-Expression") or "", *classified, *old[:1], *beginning]


def _title(path):
    text = path.locate().read_text(encoding="utf-8", errors="replace")
    return " ".join(text.split())[:200]


def test_no_part_has_a_licence_that_binds_the_platform(record_property):
    parts, unknown, bad = runtime(), [], []
    for name in parts:
        try:
            said = [text for text in licence(name) if text]
        except metadata.PackageNotFoundError:
            assert name in NOT_HERE, name
            continue
        if not said:
            unknown.append(name)
        if any((FORBIDDEN.search(text) or SPELT.search(text)) and " OR " not in text for text in said):
            bad.append((name, said))
    record_property("counted", {"licences read of parts that the platform runs with": len(parts)})
    assert len(parts) >= 35
    assert set(parts) <= {name.lower().replace("_", "-") for name in pinned()}
    assert unknown == []
    assert bad == []


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("AGPL-3.0-or-later", True), ("GPL-3.0-only", True), ("SSPL-1.0", True), ("LGPL-3.0-only", False),
        ("GNU Affero General Public License v3", True), ("GNU General Public License v2 (GPLv2)", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False), ("Apache-2.0 OR BSD-3-Clause", False), ("MIT", False),
    ],
)  # fmt: skip
def test_licences_that_bind_are_known(said, bound):
    assert bool(FORBIDDEN.search(said) or SPELT.search(said)) is bound
