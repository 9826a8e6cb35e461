"""How every form of the platform is written into a page."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Rendered(TemplatesSetting):
    """Forms and their fields by our own parts: label, hint, control and errors tied together."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
