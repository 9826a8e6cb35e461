"""In which language an answer says its sentences."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from gongkai.messages import LANGUAGES, Language


def asked(request: HttpRequest) -> Language:
    """Return the language that whoever asks likes best of those that there are, Chinese where none is named."""
    for named, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for language in LANGUAGES:
            if named.partition("-")[0] == language:
                return language
    return "zh"
