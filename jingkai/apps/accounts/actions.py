"""Writes on zones and people; each leaves its audit event."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit

from . import queries
from .models import AccessToken, Department, Membership, User, Zone
from .roles import Role

MARK = "jk_"  # by which a scanner knows a token of ours that stands where it should not
MOST_TOKENS = 20


class NotEnded(Exception):
    """A role could not be ended; the message says why."""


class NotIssued(Exception):
    """A token could not be made; the message says why."""


class NotRevoked(Exception):
    """A token stays good; the message says why."""


class NotReset(Exception):
    """A password stays as it is; the message says why."""


@transaction.atomic
def found_zone(
    *, code: str, name: str, name_en: str, is_demonstration: bool, by: str, at: datetime
) -> Zone:
    """Register a zone that does not exist yet and return it."""
    zone = Zone.objects.create(
        code=code, name=name, name_en=name_en, is_demonstration=is_demonstration
    )
    audit.record(
        verb="accounts.zone.created",
        actor=by,
        target_kind="zone",
        target_id=str(zone.pk),
        target_label=str(zone),
        zone_code=code,
        at=at,
        details={"name": name, "is_demonstration": is_demonstration},
    )
    return zone


@transaction.atomic
def open_department(
    *, zone: Zone, code: str, name: str, is_external: bool, by: str, at: datetime
) -> Department:
    """Register a department of the zone, or one that it works with."""
    department = Department.everywhere.create(
        zone=zone, code=code, name=name, is_external=is_external
    )
    audit.record(
        verb="accounts.department.created",
        actor=by,
        target_kind="department",
        target_id=str(department.pk),
        target_label=name,
        zone_code=zone.code,
        at=at,
    )
    return department


@transaction.atomic
def sign_up(
    *, username: str, name: str, password: str, is_demonstration: bool, by: str, at: datetime
) -> User:
    """Give a person a log-in; the password is stored as an Argon2 hash and appears nowhere."""
    user = User.objects.create_user(
        username=username, password=password, name=name, is_demonstration=is_demonstration
    )
    audit.record(
        verb="accounts.user.created",
        actor=by,
        target_kind="user",
        target_id=str(user.pk),
        target_label=name,
        at=at,
        details={"username": username, "is_demonstration": is_demonstration},
    )
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    zone: Zone,
    role: Role,
    since: date,
    by: str,
    at: datetime,
    department: Department | None = None,
) -> Membership:
    """Let the person act in the zone as the role, from the day on."""
    membership = Membership.objects.create(
        user=user, zone=zone, role=role, valid_from=since, department=department
    )
    audit.record(
        verb="accounts.membership.created",
        actor=by,
        target_kind="user",
        target_id=str(user.pk),
        target_label=str(user),
        zone_code=zone.code,
        at=at,
        details={
            "role": role.value,
            "valid_from": since.isoformat(),
            "department": department.name if department else None,
        },
    )
    return membership


@transaction.atomic
def end_role(*, membership: Membership, until: date, by: str, at: datetime, reason: str) -> None:
    """
    End what the person was in the zone; the next request already sees it.

    :raises NotEnded: without a reason, or before the role's second day
    """
    if not reason.strip():
        raise NotEnded(_("结束任职必须说明理由"))
    if until <= membership.valid_from:
        raise NotEnded(_("任职当日不能结束，请次日办理"))
    membership.valid_until = until
    membership.save(update_fields=["valid_until"])
    audit.record(
        verb="accounts.membership.ended",
        actor=by,
        target_kind="user",
        target_id=str(membership.user_id),
        target_label=str(membership.user),
        zone_code=membership.zone.code,
        at=at,
        reason=reason,
        details={"role": membership.role, "valid_until": until.isoformat()},
    )


@transaction.atomic
def sign_up_with_role(
    *, zone: Zone, person: dict[str, str], post: dict[str, Any], by: str, at: datetime
) -> User:
    """
    Give somebody new a log-in and a first role.

    ``person`` has ``username``, ``name`` and ``password``; ``post`` what ``give_role`` takes.
    """
    user = sign_up(**person, is_demonstration=zone.is_demonstration, by=by, at=at)
    give_role(user=user, zone=zone, **post, by=by, at=at)
    return user


@transaction.atomic
def found_zone_with_administrator(
    *, zone: dict[str, str], username: str, password: str, by: str, at: datetime
) -> Zone:
    """Found a real zone (``code``, ``name``, ``name_en``) whose administrator can log in."""
    found = found_zone(**zone, is_demonstration=False, by=by, at=at)
    person = {"username": username, "name": username, "password": password}
    post = {"role": Role.ADMINISTRATOR, "since": timezone.localdate(at)}
    sign_up_with_role(zone=found, person=person, post=post, by=by, at=at)
    return found


@transaction.atomic
def set_password(*, user: User, password: str, by: str, at: datetime) -> None:
    """Change a person's password, which ends their tokens; the trail never says what it is."""
    user.set_password(password)
    user.save(update_fields=["password"])
    ended = AccessToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    audit.record(
        verb="accounts.password.changed",
        actor=by,
        target_kind="user",
        target_id=str(user.pk),
        target_label=str(user),
        at=at,
        details={"tokens_revoked": ended},
    )


@transaction.atomic
def reset_password(*, membership: Membership, password: str, by: str, at: datetime) -> None:
    """
    Give a person of the zone a new password.

    :raises NotReset: when the role has ended, or the person also serves elsewhere: whoever sets
        a password can log in with it, and a zone's administrator has no business in another zone
    """
    user = membership.user
    if membership.valid_until is not None:
        raise NotReset(_("“%(name)s”的任职已结束") % {"name": user})
    if Membership.objects.filter(user=user).exclude(zone=membership.zone).exists():
        raise NotReset(_("“%(name)s”在其他园区也有任职，请其本人修改密码") % {"name": user})
    set_password(user=user, password=password, by=by, at=at)


@transaction.atomic
def note_log_in(*, user: User, at: datetime) -> None:
    """Leave in the trail that somebody logged in."""
    audit.record(
        verb="accounts.user.logged_in",
        actor=user.username,
        target_kind="user",
        target_id=str(user.pk),
        target_label=str(user),
        at=at,
    )


@transaction.atomic
def issue_token(
    *, user: User, zone: Zone, name: str, may_write: bool, until: date, by: str, at: datetime
) -> tuple[AccessToken, str]:
    """
    Give a program of the person a token for the zone; return it and its secret, told only now.

    :raises NotIssued: where the person has too many that are good
    """
    if queries.tokens_of(user, zone).filter(revoked_at=None).count() >= MOST_TOKENS:
        raise NotIssued(_("有效的令牌最多 %(most)s 个，请先吊销不用的") % {"most": MOST_TOKENS})
    secret = MARK + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        user=user,
        zone=zone,
        name=name,
        digest=queries.digest(secret),
        tail=secret[-4:],
        may_write=may_write,
        made_at=at,
        valid_until=until,
    )
    _note_token("issued", token, by=by, at=at)
    return token, secret


@transaction.atomic
def revoke_token(*, token: AccessToken, by: str, at: datetime, reason: str = "") -> None:
    """
    End a token; the next request with it is refused.

    :raises NotRevoked: when it is somebody else's, and no reason is given
    """
    if by != token.user.username and not reason.strip():
        raise NotRevoked(_("吊销他人的令牌必须说明理由"))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    _note_token("revoked", token, by=by, at=at, reason=reason.strip())


@transaction.atomic
def note_token_use(*, token: AccessToken, at: datetime) -> None:
    """Leave in the trail that a program came with the token, once a day."""
    token.used_on = timezone.localdate(at)
    token.save(update_fields=["used_on"])
    _note_token("used", token, by=token.user.username, at=at)


def _note_token(what: str, token: AccessToken, *, by: str, at: datetime, reason: str = "") -> None:
    audit.record(
        verb=f"accounts.token.{what}",
        actor=by,
        target_kind="token",
        target_id=str(token.pk),
        target_label=str(token),
        zone_code=token.zone.code,
        at=at,
        reason=reason,
        details={"may_write": token.may_write, "valid_until": token.valid_until.isoformat()},
    )
