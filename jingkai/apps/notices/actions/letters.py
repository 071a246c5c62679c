"""
Letters: made in one transaction with the notices they carry, sent afterwards, tried again.

Making is exactly once, since a letter's key is unique. Sending is at least once: where the process
dies between the mail server's yes and our note of it, the letter leaves again under the same
Message-ID. Only e-mail leaves the product; there are no webhooks of messengers.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission

from .. import queries
from ..models import Letter, Notice, Way

MOST_TRIES = 5
LEASE = timedelta(minutes=5)
MOST_LISTED = 50
MOST_AT_ONCE = 500


@transaction.atomic
def make_letters(*, zone: Zone, at: datetime) -> list[Letter]:
    """Put what is due for mail into letters: one a notice, or one a person for a digest."""
    due = Notice.everywhere.select_for_update(of=("self",)).filter(
        zone=zone, letter=None, mail_at__lte=at
    )
    made: dict[tuple[str, str], Letter] = {}
    for notice in due.order_by("id")[:MOST_AT_ONCE]:
        key = _key(notice)
        if (notice.to, key) not in made:
            made[notice.to, key] = _letter(zone, notice.to, key, at)
        notice.letter = made[notice.to, key]
        notice.save(update_fields=["letter"])
    return list(made.values())


def deliver(*, zone: Zone, at: datetime) -> int:
    """Make what letters are due in the zone and send them; return how many left."""
    if not settings.MAIL_FROM:
        return 0
    make_letters(zone=zone, at=at)
    waiting = Letter.everywhere.filter(zone=zone, ended_at=None, due_at__lte=at).order_by("id")
    return sum(_send(letter, at) for letter in waiting[:MOST_AT_ONCE] if _taken(letter, at))


def _key(notice: Notice) -> str:
    if notice.way == Way.MAIL or notice.mail_at is None:
        return f"notice-{notice.pk}"
    return f"{notice.way}-{timezone.localdate(notice.mail_at)}"


def _letter(zone: Zone, to: str, key: str, at: datetime) -> Letter:
    """Return the letter of that key; what came after it had left goes into a further one."""
    found, is_new = Letter.everywhere.get_or_create(
        zone=zone, to=to, key=key, defaults={"number": uuid.uuid4().hex, "due_at": at}
    )
    if is_new or (found.ended_at is None and not found.tries):
        return found
    return _letter(zone, to, f"{key}+", at)


def _taken(letter: Letter, at: datetime) -> bool:
    """Claim the letter for a while; of two that try at once one gets it."""
    held = Letter.everywhere.filter(pk=letter.pk, due_at=letter.due_at, ended_at=None)
    letter.tries += 1
    letter.due_at = at + LEASE
    return bool(held.update(due_at=letter.due_at, tries=letter.tries))


def _send(letter: Letter, at: datetime) -> bool:
    address, notices = _address(letter, at)
    if not address or not notices:
        reason = _("没有接收邮箱") if not address else _("收件人已无权查看")
        return _end(letter, error=reason, ended_at=at)
    try:
        _message(letter, address, notices).send()
    except (SMTPException, OSError) as reason:
        is_last = letter.tries >= MOST_TRIES
        return _end(letter, error=str(reason), ended_at=at if is_last else None)
    _end(letter, error="", ended_at=at, sent_at=at)
    return True


def _end(letter: Letter, **values: object) -> bool:
    Letter.everywhere.filter(pk=letter.pk).update(**values)
    return False


def _address(letter: Letter, at: datetime) -> tuple[str, list[Notice]]:
    """Return where the letter goes and what of it the person may read at this moment."""
    person = accounts.person(letter.to)
    if person is None or not person.is_active:
        return "", []
    day = timezone.localdate(at)
    roles = accounts.roles_in(person, letter.zone, on=day)
    rights = accounts.permissions(roles)
    allowed = ["", *rights] if roles else []
    held = Notice.everywhere.filter(letter=letter, permission__in=allowed).order_by("id")
    if Permission.READ_SENSITIVE not in rights:
        with scope.zones(letter.zone_id), scope.sealed(letter.to):
            held = Notice.unsealed(held)
    preference = queries.preference(letter.zone, letter.to)
    return preference.email or person.email, list(held)


def _message(letter: Letter, address: str, notices: list[Notice]) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        subject = notices[0].title
        if letter.key.startswith((Way.DAILY.value, Way.WEEKLY.value)):
            said = ngettext(
                "%(zone)s：%(count)s 条消息", "%(zone)s：%(count)s 条消息", len(notices)
            )
            subject = said % {"zone": letter.zone, "count": len(notices)}
        body = "\n\n".join([*_lines(notices), _("在“消息”页可以更改提醒方式和免打扰时间。")])
    number = f"<{letter.number}@{settings.MAIL_FROM.rpartition('@')[2].strip('> ')}>"
    return EmailMessage(
        " ".join(subject.split()),
        body,
        settings.MAIL_FROM,
        [address],
        headers={"Message-ID": number},
    )


def _lines(notices: list[Notice]) -> Iterable[str]:
    for notice in notices[:MOST_LISTED]:
        link = f"{settings.PUBLIC_URL}{notice.url}" if settings.PUBLIC_URL and notice.url else ""
        yield "\n".join(part for part in (notice.title, notice.text, link) if part)
    if len(notices) > MOST_LISTED:
        yield _("另有 %(count)s 条，请登录查看。") % {"count": len(notices) - MOST_LISTED}
