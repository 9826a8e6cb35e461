"""Every message is there in both languages, says the same facts, and every code has one."""

import re
import string

import pytest

from gongkai import messages
from tests.guards.source import FINDING_CODES, doubt_codes, messages_in, raised_codes

QUOTED = re.compile("“[^”]*”|\\([^)]*\\)|万元")


def placeholders(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_languages_have_the_same_codes():
    chinese, english = messages_in("zh"), messages_in("en")
    assert len(chinese) > 100
    assert chinese.keys() == english.keys()


def test_both_languages_say_the_same_facts():
    chinese, english = messages_in("zh"), messages_in("en")
    different = {
        code for code in chinese.keys() & english.keys() if placeholders(chinese[code]) != placeholders(english[code])
    }
    assert len(chinese) > 100
    assert different == set()


def test_no_message_is_empty_and_english_holds_chinese_only_as_a_quotation():
    every = [(language, code, text) for language in ("zh", "en") for code, text in messages_in(language).items()]
    assert len(every) > 200
    assert [entry[:2] for entry in every if not entry[2].strip()] == []
    english = {code: QUOTED.sub("", text) for language, code, text in every if language == "en"}
    assert [code for code, text in english.items() if re.search("[\u3000-\u9fff\uff00-\uffef]", text)] == []


def test_the_catalogue_is_what_the_files_say():
    assert dict(messages.catalogue("zh")) == messages_in("zh")
    assert dict(messages.catalogue("en")) == messages_in("en")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_promised_finding_has_a_message(language):
    codes = messages_in(language)
    assert len(FINDING_CODES) == 31
    without = [
        code for code in FINDING_CODES
        if f"finding.{code}" not in codes and not any(key.startswith(f"finding.{code}.") for key in codes)
    ]  # fmt: skip
    assert without == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_code_raised_in_the_package_has_a_message_that_its_facts_fill(language):
    raised, codes = raised_codes(), messages_in(language)
    assert len(raised) > 20
    assert sorted(code for code in raised if code not in codes) == []
    assert (
        sorted(
            (code, placeholders(codes[code]) - facts)
            for code, facts in raised.items()
            if placeholders(codes[code]) - facts
        )
        == []
    )


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_doubt_that_a_reader_can_give_has_a_message_without_facts(language):
    codes, said = doubt_codes(), messages_in(language)
    assert len(codes) >= 16
    assert {"document.ocr", "document.charset_label", "document.page_without_text", "report.second_report"} < codes
    assert sorted(code for code in codes if code not in said) == []
    assert sorted(code for code in codes if placeholders(said[code])) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_format_kind_and_severity_has_its_word(language):
    from typing import get_args

    from gongkai.documents.formats import FORMATS
    from gongkai.report.model import Cause, Kind, Scope, Severity

    causes = get_args(Cause.__dataclass_fields__["kind"].type) or ("cell", "swap", "shift")
    wanted = [f"format.{name}" for name in FORMATS] + [f"kind.{name}" for name in get_args(Kind)]
    wanted += [f"severity.{name}" for name in get_args(Severity)] + [f"scope.{name}" for name in get_args(Scope)]
    wanted += [f"cause.{name}" for name in causes]
    assert len(wanted) > 20
    assert [name for name in wanted if f"write.{name}" not in messages_in(language)] == []
