"""The words by which lines of text are told from prose, and one table from another; all from the form files."""

from __future__ import annotations

import re
from functools import cache
from os.path import commonprefix
from typing import NamedTuple

from gongkai.report.form import form_ids, load
from gongkai.report.recognise.labels import fold

_RULE_BEGINS = 5
_COMMAS = re.compile("[，：（）]")
_REMARK = re.compile("（([^）]*[，：][^）]*)）")
_PART = 4


class Vocabulary(NamedTuple):
    """Folded words of all forms by which lines of text are told from prose and one table from another."""

    items: tuple[str, ...]
    item_begins: str
    subject: str
    requests: tuple[str, ...]
    first_row: str
    remedies: tuple[str, ...]
    parts_of_labels: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words, taken from the form files.

    `items` head the blocks of the first table and all begin with `item_begins`; `requests` stand over the second, `first_row` begins its first row;
    `remedies` stand over the third; `parts_of_labels` are pieces of the remarks with commas that labels hold, as no prose has
    them.
    """
    forms = [load(form_id) for form_id in form_ids()]
    newest = forms[-1]
    groups = [group for group in newest.remedy_groups if group.above] or list(newest.remedy_groups)
    items = tuple(sorted({fold(row.item) for form in forms for row in form.proactive if row.item}))
    rule = tuple(part for part in map(fold, _COMMAS.split(newest.requests_rule)) if part)
    labels = [row.label for form in forms for row in form.requests] + [form.requests_rule for form in forms]
    labels += [
        word for form in forms for row in form.proactive for c in row.columns for word in (c.label, *c.spellings)
    ]
    remarks = {fold(remark) for label in labels for remark in _REMARK.findall(label)}
    return Vocabulary(
        items=items,
        item_begins=commonprefix(items),  # noqa: RUF071, character by character is what is meant
        subject=fold(newest.proactive_subject),
        requests=(*rule, fold(newest.requests_applicants)),
        first_row=fold(newest.requests[0].label)[:_RULE_BEGINS],
        remedies=(
            fold(newest.remedy_columns[-2].label),
            fold(newest.remedy_groups[0].label + (groups[0].above or "")),
        ),
        parts_of_labels=tuple(
            sorted({words[at : at + _PART] for words in remarks for at in range(len(words) - _PART + 1)})
        ),
    )
