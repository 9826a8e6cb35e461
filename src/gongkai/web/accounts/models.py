"""A person's account and what belongs to coming in. What the person may do for an agency stands with the agencies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.web.accounts.encrypted import EncryptedField
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
    totp_secret = EncryptedField("动态口令密钥", max_length=255, blank=True, default="")
    totp_step = models.PositiveBigIntegerField("最近使用的动态口令时段", default=0)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)

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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of the person carries: another password or one-time code signs out everywhere.

        Made from the plain secret, so that encrypting it anew signs nobody out; `secret` is a former key of the
        installation, under which sessions go on.
        """
        carried = self.password + self.totp_secret
        return salted_hmac("gongkai.accounts.session", carried, secret=secret, algorithm="sha256").hexdigest()


class FormerPassword(models.Model):
    """A password that the person had, hashed, so that it is not taken again soon."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField("密码", max_length=128)
    until = models.DateTimeField("停用时间", default=timezone.now)

    class Meta:
        verbose_name = "曾用密码"


class RecoveryCode(models.Model):
    """A code that stands once for a one-time code, kept as its digest."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "备用码"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "digest"], name="accounts_recovery_once")]


class Invitation(Record):
    """A link with which a person sets the password of an account, once; kept as its digest."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField("摘要", max_length=64, unique=True)
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "邀请"


class Token(Record):
    """With what a program acts for a person: a name for it, and a secret of which only the digest is kept.

    `scope` is whether it may only read or also write; what the person may not do, it may not do. `last_used` is a day and
    no more, so that using one does not write every time.
    """

    SCOPES: ClassVar = (("read", "只读"), ("write", "读写"))
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField("摘要", max_length=64, unique=True)
    scope = models.CharField("权限", max_length=10, choices=SCOPES, default="read")
    expires_at = models.DateTimeField("失效时间")
    last_used = models.DateField("最近使用日期", null=True, blank=True)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = "接口令牌"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(scope__in=["read", "write"]), name="accounts_token_scope_known"
            ),
        ]


class Tries(models.Model):
    """How often somebody tried a door since when: at one subject from one address, or from one address at all.

    `mark` stands for the pair or the address, `subject` for what was tried (empty for an address): keyed digests, so
    that a login which nobody has is not kept in words.
    """

    door = models.CharField("入口", max_length=20)
    mark = models.CharField("标记", max_length=64)
    subject = models.CharField("对象", max_length=64, blank=True, default="")
    address = models.CharField("地址", max_length=50)
    used = models.PositiveIntegerField("次数", default=0)
    since = models.DateTimeField("自")

    class Meta:
        verbose_name = "尝试次数"
        constraints: ClassVar = [models.UniqueConstraint(fields=["door", "mark"], name="accounts_tries_once")]
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="accounts_tries_subject"),
            models.Index(fields=["since"], name="accounts_tries_since"),
        ]
