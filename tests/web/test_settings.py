"""Settings as an operator makes them: what can be used, what is wrong and how that is said."""

import pytest

from gongkai.errors import InvalidInput
from gongkai.web.settings import declared, validity
from gongkai.web.settings.declared import DECLARED

BY_NAME = {setting.name: setting for setting in DECLARED}
WRONG = [
    ("GONGKAI_TRIES", "0", "setting.number"),
    ("GONGKAI_TRIES", "five", "setting.number"),
    ("GONGKAI_TRIES", "-1", "setting.number"),
    ("GONGKAI_TRIES", "５", "setting.number"),
    ("GONGKAI_DEBUG", "perhaps", "setting.switch"),
    ("GONGKAI_LOG_FORMAT", "xml", "setting.choice"),
    ("GONGKAI_LOG_LEVEL", "LOUD", "setting.choice"),
    ("DATABASE_URL", "mysql://x/y", "setting.form"),
    ("GONGKAI_ORIGINS", "https://a.example,www.b.example", "setting.form"),
    ("GONGKAI_ORIGINS", "https://a.example/path", "setting.form"),
    ("GONGKAI_PREFIX", "gongkai", "setting.form"),
    ("GONGKAI_PREFIX", "/gongkai/", "setting.form"),
    ("GONGKAI_MAIL_URL", "mail.example.cn", "setting.form"),
    ("GONGKAI_MAIL_FROM", "nobody", "setting.form"),
]


@pytest.mark.parametrize(("name", "value", "code"), WRONG)
def test_what_cannot_be_used_is_said_and_nothing_begins_with_it(monkeypatch, name, value, code):
    monkeypatch.setenv(name, value)
    assert validity.wrong(BY_NAME[name]).code == code
    with pytest.raises(InvalidInput) as refused:
        validity.require_all()
    assert refused.value.facts["name"] == name


def test_a_secret_is_not_in_what_is_said_of_it(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://somebody:canary@host/name")
    monkeypatch.setenv("GONGKAI_MAIL_URL", "canary")
    for name in ("DATABASE_URL", "GONGKAI_MAIL_URL"):
        assert "canary" not in str(validity.wrong(BY_NAME[name]))


def test_a_choice_is_the_declared_word_however_it_is_written(monkeypatch):
    monkeypatch.setenv("GONGKAI_LOG_LEVEL", "warning")
    assert declared.choice("GONGKAI_LOG_LEVEL") == "WARNING"


def test_an_empty_variable_is_as_none(monkeypatch):
    monkeypatch.setenv("GONGKAI_TRIES", "  ")
    assert (declared.number("GONGKAI_TRIES"), declared.is_given("GONGKAI_TRIES")) == (5, False)


def test_names_that_nobody_declared_are_reported_with_the_nearest(monkeypatch):
    for name in ("GONGKAI_TIRES", "gongkai_tries", "GONGKAI_ZZZZZZZZZZZZZZ"):
        monkeypatch.setenv(name, "3")
    monkeypatch.setenv("GONGKAI_TRIES", "3")
    found = validity.unknown()
    assert found["GONGKAI_TIRES"] == found["gongkai_tries"] == "GONGKAI_TRIES"
    assert found["GONGKAI_ZZZZZZZZZZZZZZ"] == ""
    assert "GONGKAI_TRIES" not in found
