"""People for tests: accounts that can sign in, and browsers in which they have."""

from __future__ import annotations

import pyotp
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.accounts.models import User

PASSWORD = "纸上得来终觉浅-2024"


def person(login="clerk", *, administrator="", **fields):
    """Return an account that is set up: password, telephone."""
    fields = {
        "name": f"姓名{login}",
        "totp_secret": pyotp.random_base32(),
        "password_changed_at": timezone.now(),
        **fields,
    }
    return User.objects.create_user(login, PASSWORD, administrator=administrator, **fields)


def code(user, steps=0):
    """Return the code that the person's telephone shows, `steps` half minutes from now."""
    return pyotp.TOTP(user.totp_secret).generate_otp(int(timezone.now().timestamp()) // 30 + steps)


def browser(user=None, *, address="198.51.100.7", **more):
    """Return a browser at an address, in which `user` has come in by the front door."""
    client = Client(REMOTE_ADDR=address, **more)
    if user is not None:
        user.refresh_from_db()
        User.objects.filter(pk=user.pk).update(totp_step=0)
        client.post(reverse("accounts:sign_in"), {"login": user.login, "password": PASSWORD})
        answer = client.post(reverse("accounts:code"), {"code": code(user)})
        assert answer.status_code == 302, answer.content.decode()
    return client
