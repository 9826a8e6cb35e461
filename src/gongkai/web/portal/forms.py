"""How every form of the platform is written into a page, and what it says of what was typed wrongly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise

from gongkai import messages

_WITH_LIMITS = (
    "max_length",
    "min_length",
    "max_value",
    "min_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
)
_INVALID = (
    (forms.DateField, "date"),
    (forms.DecimalField, "decimal"),
    (forms.FloatField, "decimal"),
    (forms.IntegerField, "integer"),
    (forms.EmailField, "email"),
    (forms.FileField, "file"),
)
_CHOSEN = (forms.ChoiceField, forms.FileField)


class Worded(forms.BoundField):
    """A field of a form that names itself in what is wrong with it, in the place of Django's words for every field.

    Words that a form gives of its own stay. They are there before anything is checked: the form asks for its fields first.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        label = str(self.label)
        known = _defaults(field)
        for code, word in _words(field).items():
            given = field.error_messages.get(code)
            if given is None or (isinstance(given, Promise) and given == known.get(code)):
                shown = label.replace("%", "%%") if code in (*_WITH_LIMITS, "invalid_choice") else label
                field.error_messages[code] = messages.text(f"field.{word}", "zh", label=shown)


class Rendered(TemplatesSetting):
    """Forms and their fields by our own parts: label, hint, control and errors tied together."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
    bound_field_class = Worded


def _words(field: forms.Field) -> dict[str, str]:
    """The messages for what can be wrong with a field, by Django's code."""
    if field.widget.is_hidden:
        return dict.fromkeys(("required", "invalid", "invalid_choice"), "incomplete")
    found = {code: code for code in _WITH_LIMITS} | {
        "required": _required(field),
        "invalid_choice": "invalid_choice",
        "null_characters_not_allowed": "null",
    }
    kind = next((word for kind, word in _INVALID if isinstance(field, kind)), "")
    return {**found, "invalid": f"invalid.{kind}", **_file(field)} if kind else found


def _required(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "required.tick"
    return "required.choice" if isinstance(field, _CHOSEN) else "required.text"


def _file(field: forms.Field) -> dict[str, str]:
    return (
        {"missing": "invalid.file", "empty": "empty_file", "max_length": "file_name"}
        if isinstance(field, forms.FileField)
        else {}
    )


def _defaults(field: forms.Field) -> dict[str, Any]:
    """What Django says of every field of a class."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found |= getattr(kind, "default_error_messages", {})
    return found
