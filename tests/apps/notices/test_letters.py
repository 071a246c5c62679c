"""The letters: made once, sent once, tried again."""

from datetime import date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from jingkai.apps.accounts.models import Membership
from jingkai.apps.calendar import actions as calendars
from jingkai.apps.notices import actions, jobs
from jingkai.apps.notices.models import Letter, Notice, Preference
from tests.apps.calendar.conftest import NUMBER, TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("inside", "posting")]

TO_A_WORKING_DAY = timedelta(days=2)  # the clock stands at New Year's Eve


@pytest.fixture
def posting(settings):
    """Let the zone have a mail server."""
    settings.MAIL_FROM = "经开 <jingkai@example.cn>"
    settings.PUBLIC_URL = "https://jingkai.example.cn"


@pytest.fixture
def wants(zone, officer):
    """Return a function by which the officer wants mentions in that way."""

    def wanted(way):
        ways = {"mention": way, "share": way}
        Preference.everywhere.create(
            zone=zone, person=officer.username, email="officer@example.cn", ways=ways
        )

    return wanted


def test_a_letter_carries_the_words_and_the_way_to_the_record(wants, tell, clock):
    wants("mail")
    tell()

    jobs.deliver_mail(clock)

    [letter] = mail.outbox
    assert letter.to == ["officer@example.cn"]
    assert letter.subject == "评论中提到了您：示范线索"
    assert "https://jingkai.example.cn/z/home/leads/" in letter.body


def test_a_digest_is_one_letter_and_never_leaves_twice(wants, tell, clock):
    wants("daily")
    tell(title="第一条")
    tell(title="第二条", kind="share")

    jobs.deliver_mail(clock)
    before = len(mail.outbox)
    for _ in range(3):
        jobs.deliver_mail(clock + TO_A_WORKING_DAY)

    assert before == 0
    [letter] = mail.outbox
    assert "第一条" in letter.body
    assert "第二条" in letter.body
    assert "2 条消息" in letter.subject


def test_what_comes_after_the_digest_goes_into_the_next(wants, tell, clock):
    wants("daily")
    tell(title="第一条")
    jobs.deliver_mail(clock + TO_A_WORKING_DAY)
    tell(title="第二条", at=clock + TO_A_WORKING_DAY)

    jobs.deliver_mail(clock + 2 * TO_A_WORKING_DAY)

    assert ["第二条" in letter.body for letter in mail.outbox] == [False, True]


def test_two_that_deliver_at_once_send_one_letter(wants, tell, zone, clock):
    wants("mail")
    tell()
    [first] = actions.letters.make_letters(zone=zone, at=clock)
    second = Letter.everywhere.get(pk=first.pk)

    taken = [actions.letters._taken(letter, clock) for letter in (first, second)]

    assert taken == [True, False]


def test_a_mail_server_that_is_away_is_asked_again_and_gets_the_same_letter(
    wants, tell, clock, monkeypatch
):
    wants("mail")
    tell()
    numbers = []

    def refuse(message, **_):
        numbers.append(message.extra_headers["Message-ID"])
        raise SMTPServerDisconnected("away")

    with monkeypatch.context() as away:
        away.setattr(mail.EmailMessage, "send", refuse)
        jobs.deliver_mail(clock)
        jobs.deliver_mail(clock)
    refused = Letter.everywhere.get()
    jobs.deliver_mail(clock + actions.letters.LEASE)

    assert (refused.tries, refused.error) == (1, "away")
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == numbers
    assert Letter.everywhere.get().sent_at is not None


def test_a_letter_is_given_up_after_five_tries_and_says_why(wants, tell, clock, monkeypatch):
    wants("mail")
    tell()

    def refuse(_message, **_):
        raise SMTPServerDisconnected("away")

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    for step in range(8):
        jobs.deliver_mail(clock + step * actions.letters.LEASE)

    held = Letter.everywhere.get()
    assert (held.tries, held.error, held.sent_at) == (5, "away", None)
    assert held.ended_at is not None


def test_a_letter_heeds_the_holidays_that_the_zone_entered(wants, tell, zone, officer):
    wants("mail")
    friday = datetime(2027, 2, 12, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    tell(at=friday)
    said = {"document_number": NUMBER, "issued_on": date(2026, 11, 20), "source": "示范"}
    calendars.enter_notice(zone=zone, text=TEXT, said=said, by=officer.username, at=friday)

    tell(at=friday)

    before, after = Notice.objects.order_by("pk")
    assert before.mail_at == friday
    assert after.mail_at == friday + timedelta(days=1, hours=14)  # Sunday, which is worked


def test_who_lost_the_right_meanwhile_gets_no_letter(wants, tell, officer, clock):
    wants("daily")
    tell()

    Membership.objects.filter(user=officer).update(valid_until=clock.date())
    jobs.deliver_mail(clock + TO_A_WORKING_DAY)

    assert mail.outbox == []
    assert Letter.everywhere.get().ended_at is not None


def test_what_may_not_be_read_is_left_out_of_a_digest(wants, tell, clock):
    wants("daily")
    tell(title="可以看")
    tell(title="不可以看", permission="trail.read")

    jobs.deliver_mail(clock + TO_A_WORKING_DAY)

    [letter] = mail.outbox
    assert "不可以看" not in letter.body


def test_without_a_mail_server_nothing_is_meant_for_mail(settings, wants, tell, clock):
    settings.MAIL_FROM = ""
    wants("mail")

    [notice] = tell()
    jobs.deliver_mail(clock + TO_A_WORKING_DAY)

    assert notice.mail_at is None
    assert mail.outbox == []


def test_a_record_that_is_gone_is_not_written_of(wants, tell, zone, clock):
    wants("daily")
    tell(about="leads:1")

    actions.forget(zone=zone, about=["leads:1"])
    jobs.deliver_mail(clock + TO_A_WORKING_DAY)

    assert mail.outbox == []
    assert not Notice.everywhere.exists()
