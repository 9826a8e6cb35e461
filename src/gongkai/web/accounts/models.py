"""A person's account. What the person may do for an agency stands with the agencies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongkai.web.audit.record import Record

ADMINISTRATORS = (("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员"))
"""The three administrators, of whom nobody is two and none has a role in an agency."""


class UserManager(BaseUserManager["User"]):
    """Makes accounts; one without a password cannot sign in until its invitation is used."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> User:
        """Return a new account; `login` is unique without regard to case."""
        user: User = self.model(login=login.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account with a login, however it is written."""
        return self.get(login=(username or "").strip().lower())


class User(AbstractBaseUser, Record):
    """A person: login, name as it is shown to colleagues, and which of the three administrators it is, if any."""

    login = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    administrator = models.CharField("管理员", max_length=10, choices=ADMINISTRATORS, blank=True, default="")
    is_active = models.BooleanField("启用", default=True)
    totp_secret = models.CharField("动态口令密钥", max_length=64, blank=True, default="")

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = "用户"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(administrator__in=["", *(code for code, _ in ADMINISTRATORS)]),
                name="accounts_user_administrator_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
