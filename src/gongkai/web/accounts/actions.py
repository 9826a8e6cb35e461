"""What administrators do with accounts, and what people do with their own; each act stands in the audit."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.errors import InvalidInput
from gongkai.web.accounts import codes, invitations, passwords, policies, tokens, tries
from gongkai.web.accounts.models import ADMINISTRATORS, Token, User
from gongkai.web.audit.actor import CONSOLE, Actor
from gongkai.web.audit.chain import act

CHAIN = "system"


class Made(NamedTuple):
    """A token and what is given with every request, which exists only here."""

    token: Token
    written: str


class Invited(NamedTuple):
    """An account and the token of its link, which exists only here."""

    user: User
    token: str


def create(login: str, name: str, *, by: Actor) -> Invited:
    """Make an account without any power, and a link with which the person sets the password.

    The system administrator does it. Raises InvalidInput for a login that is taken.
    """
    policies.require(by, policies.SYSTEM)
    try:
        with act(by, "accounts.create", None, chain=CHAIN, kind=User._meta.label_lower) as record:
            user = User.objects.create_user(login, name=name.strip())
            record.result["key"] = user.key
            return Invited(user, invitations.issue(user))
    except IntegrityError as error:
        raise InvalidInput("accounts.login_taken", login=login) from error


def invite(user: User, *, by: Actor) -> Invited:
    """Make a new link for an account whose person has lost the password; a one-time code is still asked for.

    There is none while the person has to set up another telephone: whoever makes the link could then come in with it.
    """
    policies.require(by, policies.SYSTEM)
    policies.require_somebody_else(user, by)
    if not user.is_active:
        raise InvalidInput("accounts.disabled", name=user.name)
    if user.password_changed_at and not user.totp_secret:
        raise InvalidInput("accounts.no_telephone", name=user.name)
    with act(by, "accounts.invite", user, chain=CHAIN):
        return Invited(user, invitations.issue(user))


def accept_invitation(token: str, *, name: str, password: str, address: str = "") -> User:
    """Set name and password with a link, which is used up by that; the audit keeps a mark of the address it came from.

    The mark shows, where two links were used at one place, that somebody may have used a link made for another; the address
    itself is somebody's, and never stands in the audit.
    Raises InvalidInput for a link that is not good any more, ValidationError for a password that is not good enough;
    then the link stays good.
    """
    with transaction.atomic():
        user = invitations.use_up(token)
        by = Actor("user", user.key)
        with act(by, "accounts.accept_invitation", user, chain=CHAIN, address=_mark(address)):
            user.name = name.strip()
            passwords.assign(user, password)
            return user.change(user.version, name=user.name)


def _mark(address: str) -> str:
    return salted_hmac("gongkai.accepted", address, algorithm="sha256").hexdigest()[:12] if address else ""


def disable(user: User, by: Actor) -> User:
    """Shut an account when its person leaves: sessions, links and tokens end at once; what was done stays under the name.

    The system administrator does it, not to oneself and not to the last administrator of a kind.
    """
    policies.require(by, policies.SYSTEM)
    policies.require_somebody_else(user, by)
    with act(by, "accounts.disable", user, chain=CHAIN):
        policies.require_another_administrator(user)
        invitations.revoke(user)
        tokens.revoke_all(user)
        return user.change(user.version, is_active=False)


def enable(user: User, *, by: Actor) -> User:
    """Open a shut account again."""
    policies.require(by, policies.SYSTEM)
    policies.require_somebody_else(user, by)
    with act(by, "accounts.enable", user, chain=CHAIN):
        return user.change(user.version, is_active=True)


def appoint(user: User, kind: str, *, by: Actor) -> User:
    """Make a person one of the three administrators. The security administrator does it, never for oneself.

    Raises InvalidInput for a person who is one already or has a role in an agency: the database refuses both.
    """
    policies.require(by, policies.SECURITY)
    policies.require_somebody_else(user, by)
    if kind not in dict(ADMINISTRATORS):
        raise InvalidInput("accounts.unknown_administrator", given=kind)
    if user.administrator:
        raise InvalidInput("accounts.one_power", name=user.name)
    try:
        with act(by, "accounts.appoint", user, chain=CHAIN, administrator=kind):
            return user.change(user.version, administrator=kind)
    except IntegrityError as error:
        user.refresh_from_db()
        raise InvalidInput("accounts.one_power", name=user.name) from error


def dismiss(user: User, *, by: Actor) -> User:
    """Take the power of an administrator from a person; the last of a kind keeps it until there is another."""
    policies.require(by, policies.SECURITY)
    policies.require_somebody_else(user, by)
    with act(by, "accounts.dismiss", user, chain=CHAIN, administrator=user.administrator):
        policies.require_another_administrator(user)
        return user.change(user.version, administrator="")


def unlock(user: User, *, by: Actor) -> int:
    """Forget the failed tries at an account from everywhere, and return how many counters there were."""
    policies.require(by, policies.SECURITY)
    with act(by, "accounts.unlock", user, chain=CHAIN) as record:
        record.result["counters"] = tries.unlock(user.login, user.key)
        return int(record.result["counters"])


def reset_code(user: User, *, by: Actor) -> User:
    """Forget the telephone of a person who has lost it: the next sign-in, with the password, sets up another.

    Sessions and tokens end, and so do links that are not used yet: else whoever made one would come in without a code.
    """
    policies.require(by, policies.SECURITY)
    policies.require_somebody_else(user, by)
    with act(by, "accounts.reset_code", user, chain=CHAIN):
        user.recovery_codes.all().delete()
        invitations.revoke(user)
        tokens.revoke_all(user)
        return user.change(user.version, totp_secret="", totp_step=0)


def set_code(user: User, secret: str, code: str) -> list[str]:
    """Take a telephone's secret over once it has shown a good code; return the recovery codes, to be shown once.

    Raises InvalidInput for a wrong code.
    """
    step = codes.step_of(secret, code)
    if step is None:
        raise InvalidInput("accounts.code_wrong")
    with act(Actor("user", user.key), "accounts.set_code", user, chain=CHAIN):
        user.change(user.version, totp_secret=secret, totp_step=step)
        return codes.renew_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """Make new recovery codes for oneself and return them, to be shown once; the old ones end."""
    with act(Actor("user", user.key), "accounts.renew_recovery_codes", user, chain=CHAIN):
        return codes.renew_recovery_codes(user)


def make_token(user: User, name: str, *, scope: str, days: int) -> Made:
    """Make a token for a program of one's own, good for some days; it is shown once and never again.

    Raises InvalidInput for a scope that there is none, for more days than the installation allows, and beyond
    `tokens.MOST` at a time.
    """
    tokens.check(user, scope, days)
    with act(
        Actor("user", user.key), "accounts.make_token", None, chain=CHAIN, kind=Token._meta.label_lower
    ) as record:
        made = Made(*tokens.issue(user, name.strip(), scope, days))
        record.result |= {"key": made.token.key, "scope": scope, "days": days}
        return made


def revoke_token(token: Token, *, by: Actor) -> Token:
    """End a token of one's own; one that has ended stays so."""
    policies.require_oneself(token.user, by)
    if token.revoked_at is not None:
        return token
    with act(by, "accounts.revoke_token", token, chain=CHAIN):
        return token.change(token.version, revoked_at=timezone.now())


def change_password(user: User, old: str, new: str, *, address: str) -> User:
    """Change one's own password; every other session ends.

    Raises InvalidInput for a wrong old password or too many of them, ValidationError for a new one not good enough.
    """
    tries.take("password", user.key, address)
    if not passwords.matches(user, old):
        raise InvalidInput("accounts.old_password_wrong")
    tries.give_back("password", user.key, address)
    with act(Actor("user", user.key), "accounts.change_password", user, chain=CHAIN):
        return passwords.assign(user, new)


def first_links(by: Actor = CONSOLE) -> dict[str, Invited]:
    """Make a one-time link for each of the three administrators that nobody is yet, and return them by kind.

    Somebody is an administrator from the use of the link on; until then new links replace the old. Raises InvalidInput
    where all three are there.
    """
    policies.require(by, policies.SYSTEM)
    made = {kind: _first(kind, by) for kind, _ in ADMINISTRATORS if not _taken(kind)}
    if not made:
        raise InvalidInput("accounts.administrators_exist")
    return made


def _taken(kind: str) -> bool:
    return User.objects.filter(administrator=kind, is_active=True, password_changed_at__isnull=False).exists()


def _first(kind: str, by: Actor) -> Invited:
    """The account of the first administrator of a kind, made when it is not there, with a new link."""
    waiting = User.objects.filter(administrator=kind, password_changed_at__isnull=True, is_active=True).first()
    if waiting is not None:
        with act(by, "accounts.invite", waiting, chain=CHAIN):
            return Invited(waiting, invitations.issue(waiting))
    with act(by, "accounts.create", None, chain=CHAIN, kind=User._meta.label_lower, administrator=kind) as record:
        login = kind if not User.objects.filter(login=kind).exists() else f"{kind}-{User.objects.count()}"
        user = User.objects.create_user(login, name=dict(ADMINISTRATORS)[kind], administrator=kind)
        record.result["key"] = user.key
        return Invited(user, invitations.issue(user))
