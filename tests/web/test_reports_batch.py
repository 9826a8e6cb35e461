"""A batch of many files by the page: all are read, what was there already is named, and what could not be read with its reason."""

from __future__ import annotations

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.reports import queries
from gongkai.web.reports.models import Batch, Reading
from tests.web.people import browser
from tests.web.reports_office import SAMPLES, office, sweep

FILES = 200 if os.environ.get("GONGKAI_WHOLE") else 20
BROKEN = 5
"""One in so many cannot be read, by three reasons in turn."""
_REASONS = {
    "document.empty": b" \n ",
    "document.damaged": b"PK\x03\x04" + b"\0" * 500,
    "document.other_kind": b"Rar!\x1a\x07\x00",
}


def file(number):
    """A text of its own each: the sample with so many empty lines after it, or something that is no report."""
    if number % BROKEN == 0:
        code, content = list(_REASONS.items())[number // BROKEN % len(_REASONS)]
        endings = {"document.empty": "txt", "document.damaged": "docx", "document.other_kind": "rar"}
        return SimpleUploadedFile(f"坏{number}.{endings[code]}", content + b" " * number), code
    name = ("2019-huangjin.txt", "2022-pingchangguan.txt")[number % 2]
    return SimpleUploadedFile(f"年报{number}.txt", SAMPLES[name] + b"\n" * number), ""


@pytest.mark.django_db
def test_a_batch_of_many_files_is_read_and_summed_up(record_property):
    made = office()
    clerk = browser(made.clerk)
    given = [file(number) for number in range(FILES)]
    again = SimpleUploadedFile("又一次.txt", given[1][0].read())
    given[1][0].seek(0)
    answer = clerk.post(
        reverse("reports:upload"), {"keeper": made.county.key, "files": [*(content for content, _ in given), again]}
    )
    batch = Batch.objects.get()
    assert answer["Location"] == reverse("reports:batch", args=[batch.key])
    assert queries.progress(batch) == (FILES, FILES, 0, 0)
    assert "又一次.txt" in str(batch.duplicates)
    assert sweep() == FILES
    broken = [code for _, code in given if code]
    assert queries.progress(batch) == (FILES, 0, FILES - len(broken), len(broken))
    read = Reading.objects.filter(state="read")
    assert all(line.count('"value"') >= 186 for line in read.values_list("line", flat=True))
    reasons = {reason.code: len(reason.names) for reason in queries.unread(batch)}
    assert reasons == {code: broken.count(code) for code in _REASONS}
    page = clerk.get(reverse("reports:batch", args=[batch.key])).content.decode()
    assert all(f"坏{number}." in page for number in range(0, FILES, BROKEN))
    record_property("counted", {"files of a batch read, or told why not": FILES})
