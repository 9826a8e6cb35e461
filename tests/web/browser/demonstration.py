"""The demonstration county for a browser: made by its own command's function, its people able to sign in."""

from __future__ import annotations

import pyotp
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.demo import whole
from gongkai.web.demo.people import PREFIX
from tests.web.people import PASSWORD


def demonstration():
    """Make the county, and give its people what they would set up by their links."""
    links = []
    whole.make(CONSOLE, keep=links.extend)
    for user in User.objects.filter(login__startswith=PREFIX, is_active=True):
        user.set_password(PASSWORD)
        user.totp_secret, user.password_changed_at = pyotp.random_base32(), timezone.now()
        user.save()
    return links


def of(name):
    """Somebody of the county by login, without its prefix."""
    return User.objects.get(login=f"{PREFIX}{name}")
