"""Every model goes into a backup and comes out of it as it was, on either engine and from one to the other."""

import json
import os
import zipfile
from collections import Counter

import pytest
from django.apps import apps

from gongkai.web.backup import columns, tables
from tests.web import installation

FILL = "import json; from tests.web.every_model import fill; print(json.dumps(fill()))"
NEEDS_POSTGRESQL = pytest.mark.skipif(
    not os.environ.get("GONGKAI_TEST_DATABASE"), reason="no PostgreSQL (GONGKAI_TEST_DATABASE)"
)
ROWS = """
import json
from django.db import connection
from gongkai.web.backup import tables
found = tables.tables(tables.models_at(tables.applied(connection)))
print(json.dumps({table.label: list(table.rows(connection)) for table in found if table.label != "audit.entry"}))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    made = installation.create(tmp_path_factory.mktemp("filled") / "data")
    made.rows = Counter(json.loads(made.printed(FILL)))
    yield made
    installation.remove(made)


def digest(of):
    done = of.gongkai("backup", "--digest")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def moved(source, target, file):
    """Take a backup, restore it elsewhere; return what the backup said of itself."""
    taken = source.gongkai("backup", str(file), "--json")
    assert taken.returncode == 0, taken.stderr
    done = target.gongkai("restore", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["broken"] == []
    return json.loads(taken.stdout)


def labels():
    return {model._meta.label_lower for model in apps.get_models(include_auto_created=True) if not model._meta.proxy}


def test_every_model_is_in_a_backup_or_left_out_with_a_reason(filled):
    """A new model without a row in `tests.web.every_model` fails here."""
    left = set(tables.LEFT_OUT)
    assert left < labels()
    assert all(reason.strip() for reason in tables.LEFT_OUT.values())
    held = labels() - left
    assert len(held) > 30
    assert sorted(label for label in held if not filled.rows[label]) == []
    few = {label: filled.rows[label] for label in held if filled.rows[label] < 3}
    assert few == {"agencies.tree": 1}


def test_every_field_has_a_spelling_in_a_backup():
    seen = [columns.column(field) for model in apps.get_models(include_auto_created=True)
            for field in model._meta.local_concrete_fields]  # fmt: skip
    assert len(seen) > 200
    assert {"binary", "boolean", "date", "instant", "integer", "json", "text"} <= {one.kind for one in seen}


def test_a_backup_restored_elsewhere_is_equal_in_every_row_and_file(filled, place, tmp_path):
    target = place("other")
    said = moved(filled, target, tmp_path / "a.gongkai")
    held = Counter({label: number for label, number in filled.rows.items() if label not in tables.LEFT_OUT})
    assert (said["rows"], said["tables"], said["files"], said["lost"]) == (held.total(), len(held), 3, [])
    assert digest(target) == digest(filled) == said["digest"]
    ours, theirs = json.loads(filled.printed(ROWS)), json.loads(target.printed(ROWS))
    assert sum(map(len, ours.values())) > 90
    assert {label for label in ours if ours[label] != theirs[label]} == set()


def test_the_restored_rows_are_read_by_the_platform_as_the_originals(filled, place, tmp_path):
    """Below the models the rows are equal; the models see encrypted and odd values in them as before."""
    target = place("read")
    moved(filled, target, tmp_path / "a.gongkai")
    seen = """
import hashlib
from django.apps import apps
from gongkai.web.files.models import File
from gongkai.web.backup.tables import LEFT_OUT
from gongkai.web.files.queries import content
known = hashlib.sha256()
rows = 0
for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label_lower):
    if model._meta.label_lower not in LEFT_OUT:
        for row in model._base_manager.order_by("pk").values_list():
            known.update(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]).encode())
            rows += 1
for file in File.objects.order_by("pk"):
    known.update(content(file).read())
from gongkai.web.accounts.models import User
print(rows, known.hexdigest(), sorted(User.objects.values_list("totp_secret", flat=True))[-1][:20])
"""
    assert filled.printed(seen) == target.printed(seen)
    assert int(filled.printed(seen).split()[0]) > 90


@NEEDS_POSTGRESQL
def test_from_postgresql_to_sqlite_to_postgresql_to_sqlite_the_digest_stays_the_same(filled, place, tmp_path):
    one, two, three = place("one", "sqlite"), place("two"), place("three", "sqlite")
    digests = [digest(filled)]
    for number, (source, target) in enumerate(((filled, one), (one, two), (two, three))):
        said = moved(source, target, tmp_path / f"{number}.gongkai")
        digests += [said["digest"], digest(target)]
    assert len(digests) == 7
    assert len(set(digests)) == 1
    engines = []
    for number in range(3):
        with zipfile.ZipFile(tmp_path / f"{number}.gongkai") as file:
            engines.append(json.loads(file.read("manifest.json"))["engine"])
    assert engines == ["postgresql", "sqlite", "postgresql"]


def test_a_digest_sees_one_changed_value_one_row_less_and_one_file_less(filled, place, tmp_path):
    target = place("changed")
    moved(filled, target, tmp_path / "a.gongkai")
    seen = {digest(target)}
    for change in (
        "from gongkai.web.agencies.models import Site; site = Site.objects.first(); site.columns = {'rules': {'on': False}}; site.save()",
        "from gongkai.web.agencies.models import Guide; Guide.objects.order_by('pk')[0].delete()",
        "from gongkai.web.agencies.models import Import; Import.objects.filter(pk=1).update(content=b'x')",
        "from gongkai.web.files.models import File; File.objects.filter(pk=1).update(digest='0' * 64)",
    ):
        target.printed(change)
        seen.add(target.gongkai("backup", "--digest").stdout.strip())
    assert len(seen) == 5


@pytest.mark.parametrize(
    ("sqlite", "postgresql"),
    [
        ('{"b": 1, "a": "\\u4e2d"}', '{"a": "中", "b": 1}'),
        ("[1e+16, 1.0, -0.0]", "[10000000000000000, 1, 0.0]"),
        ("[1e-07, 1.5]", "[0.0000001, 1.50]"),
        ("9223372036854775807", "9223372036854775807.0"),
    ],
)
def test_json_of_one_content_has_one_digest_however_it_is_spelled(sqlite, postgresql):
    assert columns.plain(sqlite) == columns.plain(postgresql)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", '"1"'), ("1", "true"), ("[9007199254740993]", "[9007199254740992]"), ('"number 1e0"', "1"), ("{}", "[]"),
     ("null", "0"), ("0.1", "0.10000000000000001"), ("-1", "1"), ('{"a": 1}', '{"b": 1}'), ("10", "1")],
)  # fmt: skip
def test_json_of_different_content_has_different_digests(one, other):
    assert columns.plain(one) != columns.plain(other)
