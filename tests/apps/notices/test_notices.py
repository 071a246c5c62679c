"""What a person is told, sees and has read."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jingkai.apps.accounts.models import Membership
from jingkai.apps.audit.models import Event
from jingkai.apps.notices import actions, queries
from jingkai.apps.notices.models import Notice, Preference

pytestmark = pytest.mark.django_db


def bell(page):
    return re.search(r"消息，(\d+\+?) 条未读", page.content.decode())[1]


def test_the_bell_counts_what_is_unread_and_opening_a_notice_reads_it(zone, officer, tell, log_in):
    browser = log_in(officer)
    [first, _] = tell()[0], tell(title="第二条")
    page = browser.get(reverse("notices", args=[zone.code]))

    answer = browser.get(reverse("notice", args=[zone.code, first.pk]))

    assert bell(page) == "2"
    assert answer.url == f"/z/{zone.code}/leads/"
    assert bell(browser.get(reverse("notices", args=[zone.code]))) == "1"


def test_the_bell_costs_one_query_a_page_and_counts_no_further_than_99(
    zone, officer, tell, log_in, clock
):
    browser = log_in(officer)
    for _ in range(101):
        tell()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = browser.get(reverse("funnel", args=[zone.code]))

    assert bell(page) == "99+"
    assert len([one for one in asked if "notices_notice" in one["sql"]]) == 1


def test_everything_on_the_page_is_read_at_once_and_what_comes_later_is_not(
    zone, officer, tell, log_in
):
    browser = log_in(officer)
    [shown], [later] = tell(), tell()

    browser.post(reverse("notices-read", args=[zone.code]), {"newest": str(shown.pk)})

    assert Notice.everywhere.get(pk=shown.pk).read_at is not None
    assert Notice.everywhere.get(pk=later.pk).read_at is None


def test_nobody_is_shown_a_notice_of_what_they_may_not_read(zone, officer, tell, log_in):
    browser = log_in(officer)
    [hidden] = tell(title="土地秘密", permission="trail.read")

    page = browser.get(reverse("notices", args=[zone.code]))

    assert "土地秘密" not in page.content.decode()
    assert bell(page) == "0"
    assert browser.get(reverse("notice", args=[zone.code, hidden.pk])).status_code == 404


def test_a_colleague_and_a_stranger_see_nothing_of_it(
    zone, neighbour, tell, log_in, colleague, stranger
):
    [mine] = tell()

    assert log_in(colleague).get(reverse("notice", args=[zone.code, mine.pk])).status_code == 404
    for code in (zone.code, neighbour.code):
        page = log_in(stranger).get(reverse("notice", args=[code, mine.pk]))
        assert page.status_code == 404


def test_nobody_is_told_what_they_did_themselves_and_nobody_twice(officer, colleague, tell):
    told = tell(to=[officer.username, colleague.username, officer.username], by=colleague.username)

    assert [notice.to for notice in told] == [officer.username]


def test_numbers_of_persons_are_masked_in_the_words(tell):
    [notice] = tell(title="联系 13812345678", text="证件 110101199001011234")

    assert notice.title == "联系 138****5678"
    assert "19900101" not in notice.text


def test_a_kind_that_the_settings_do_not_name_is_refused(tell):
    with pytest.raises(actions.Unknown):
        tell(kind="gossip")


def test_who_switched_a_kind_off_finds_it_in_the_list_and_hears_no_bell(
    zone, officer, tell, log_in
):
    Preference.everywhere.create(zone=zone, person=officer.username, ways={"mention": "off"})
    tell(title="安静的消息")

    page = log_in(officer).get(reverse("notices", args=[zone.code]))

    assert "安静的消息" in page.content.decode()
    assert bell(page) == "0"


def test_the_list_is_filtered_by_kind_and_paged(zone, officer, tell, log_in):
    for number in range(51):
        tell(title=f"第{number}条。")
    tell(kind="share", title="共享了视图")
    browser, base = log_in(officer), reverse("notices", args=[zone.code])

    mentions = browser.get(f"{base}?kind=mention").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', mentions)[1].replace("&amp;", "&")

    assert "共享了视图" not in mentions
    assert "第50条。" in mentions
    assert "第0条。" not in mentions
    assert "第0条。" in browser.get(base + older).content.decode()


@pytest.mark.parametrize("before", ["10" * 28, "x", "-1"])
def test_a_strange_address_is_no_error(zone, officer, log_in, before):
    page = log_in(officer).get(reverse("notices", args=[zone.code]), {"before": before})

    assert page.status_code == 200


def test_a_person_chooses_ways_and_quiet_hours_and_the_trail_keeps_no_address(
    zone, officer, log_in
):
    address = reverse("notice-preferences", args=[zone.code])
    said = {f"way-{kind}": "product" for kind in queries.KINDS} | {"way-mention": "daily"}
    said |= {"email": "a@example.cn", "quiet_from": "22", "quiet_until": "7"}

    answer = log_in(officer).post(address, said)

    held = Preference.everywhere.get(person=officer.username)
    assert answer.status_code == 302
    assert (held.quiet_from, held.quiet_until, held.workdays_only) == (22, 7, False)
    assert held.ways["mention"] == "daily"
    event = Event.objects.get(verb="notices.preference.changed")
    assert "example.cn" not in str([change.after for change in event.changes.all()])


def test_a_letter_needs_an_address(zone, officer, log_in):
    said = {f"way-{kind}": "mail" for kind in queries.KINDS} | {
        "quiet_from": "20",
        "quiet_until": "8",
    }

    page = log_in(officer).post(reverse("notice-preferences", args=[zone.code]), said)

    assert page.status_code == 400
    assert "请填写接收邮箱" in page.content.decode()


def test_a_right_that_ended_takes_the_notices_along(zone, officer, tell, clock):
    tell()

    Membership.objects.filter(user=officer).update(valid_until=clock.date())

    assert not queries.may_read(
        officer.username, zone, "investment.read", on=timezone.localdate(clock)
    )
    assert queries.may_read(
        officer.username, zone, "investment.read", on=clock.date() - timedelta(days=1)
    )


@pytest.mark.parametrize(
    "wrong", [{"quiet_from": 24}, {"quiet_until": 24}], ids=["begins", "ends"]
)
def test_the_database_knows_no_twenty_fifth_hour(zone, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.everywhere.create(zone=zone, person="x", **wrong)


def test_the_database_refuses_to_have_read_before_it_came(tell, clock):
    [notice] = tell()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.everywhere.filter(pk=notice.pk).update(read_at=clock - timedelta(seconds=1))
