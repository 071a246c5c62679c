"""What the crawl does not reach: writes, figures, letters, other people's work."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Role
from jingkai.apps.investment import queries as investment
from jingkai.apps.investment.models import Investor, Lead
from jingkai.apps.notices import actions as notices
from jingkai.apps.notices import jobs as letters
from jingkai.apps.notices import queries as bell
from jingkai.apps.notices.models import Notice, Preference
from jingkai.apps.registers import actions, checking, fitting, jobs, kinds, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun, State, classification
from jingkai.apps.reporting import actions as reporting
from jingkai.apps.reporting import queries as figures
from jingkai.apps.work import actions as work
from jingkai.core import indicators as core
from tests.apps.registers.imports.making import HEADINGS, book

from .conftest import CANARY, SENSITIVE, Make, Planted

pytestmark = pytest.mark.django_db

Hire = Callable[[Zone, Role], User]
LogIn = Callable[[User], Client]
UNCLEARED = ROLE_PERMISSIONS[Role.SERVICES]


@pytest.fixture
def outsider(zone: Zone, hire: Hire) -> User:
    """Return somebody who reads every register and is not cleared."""
    return hire(zone, Role.SERVICES)


def _imported(register: Register, zone: Zone, at: datetime, *row: str) -> ImportRun:
    content = book([HEADINGS, list(row)])
    run, _same = jobs.receive(
        register=register, zone=zone, content=content, file_name="a.xlsx", by="b", at=at
    )
    return jobs.check(register=register, run=run, by="b", at=at)


def test_only_what_leads_to_something_sensitive_is_sealed(planted: Planted, make: Make) -> None:
    open_one = make("investors", code="I-2", name="明远公司", kind="enterprise")

    with scope.sealed("b"):
        seen = [record for made in planted.values() for record in type(made).objects.all()]

    assert seen == [open_one]


@pytest.mark.parametrize("listed", [0, 1])
def test_what_is_sealed_stays_so_where_it_is_too_much_to_be_named_one_by_one(
    planted: Planted,
    outsider: User,
    zone: Zone,
    monkeypatch: pytest.MonkeyPatch,
    clock: datetime,
    listed: int,
) -> None:
    monkeypatch.setattr(classification, "MOST_LISTED", listed)
    about = f"projects:{planted['projects'].pk}"
    said = {"kind": "mention", "title": "x", "at": clock, "about": about}
    Notice.everywhere.create(zone=zone, to=outsider.username, **said)

    with scope.zones(zone.pk), scope.sealed(outsider.username):
        seen = [record for made in planted.values() for record in type(made).objects.all()]
        told_of = bell.unread_count(outsider.username, UNCLEARED)

    assert (seen, told_of) == ([], 0)


def test_a_record_that_is_open_again_is_seen_again_with_what_leads_to_it(
    planted: Planted,
) -> None:
    Investor.everywhere.update(classification="internal")

    with scope.sealed("b"):
        seen = {kind for kind, made in planted.items() if type(made).objects.exists()}

    assert seen == planted.keys() - {"visits"}


@pytest.mark.parametrize(("role", "may"), [(Role.SERVICES, False), (Role.LEADER, True)])
def test_only_who_is_cleared_may_mark_a_record_as_sensitive(
    zone: Zone, role: Role, may: bool
) -> None:
    register = fitting.fit(queries.registers()["investors"], zone, ROLE_PERMISSIONS[role])
    kind = register.by_name["classification"].kind

    def mark() -> Any:
        return kind.parse("敏感")

    if may:
        assert mark() == SENSITIVE["classification"]
    else:
        with pytest.raises(kinds.Refused):
            mark()


def test_an_import_cannot_write_over_a_sealed_record_or_tell_of_it(
    visits: Register, planted: Planted, zone: Zone, clock: datetime
) -> None:
    with scope.sealed("b"):
        run = _imported(visits, zone, clock, "C-visits", "来访", "2024-03-01", "考察团", "3")

    assert run.state == State.REFUSED
    assert CANARY not in str(run.report)
    assert "无权查看" in str(run.report)


def test_a_reference_to_a_sealed_record_means_nothing(planted: Planted, zone: Zone) -> None:
    register = queries.registers()["leads"]
    column = register.by_name["investor"]
    keys = {"investor": {planted["investors"].code}}

    with scope.sealed("b"):
        found = checking.resolve(zone, [column], keys)

    assert found == {"investor": {}}


def test_anothers_import_and_batch_are_not_shown_to_who_is_not_cleared(
    visits: Register, inside: Zone, clock: datetime
) -> None:
    run = _imported(visits, inside, clock, "LF-1", "来访", "2024-03-01", f"{CANARY}团", "3")

    with scope.sealed("somebody"):
        of_another = queries.import_run(visits, run.pk)
    with scope.sealed("b"):
        own = queries.import_run(visits, run.pk)

    assert of_another is None
    assert own == run


def test_a_figure_is_the_same_for_everybody_and_its_page_says_what_it_does_not_list(
    planted: Planted, zone: Zone, outsider: User, hire: Hire, log_in: LogIn, clock: datetime
) -> None:
    period = core.year(clock.year)
    with scope.sealed(outsider.username):
        value = figures.reading("visits", period).value

    url = f"/z/{zone.code}/figures/visits/?year={clock.year}&as_of={clock.date()}"
    page = log_in(outsider).get(url).content.decode()
    open_page = log_in(hire(zone, Role.LEADER)).get(url)

    assert value == 1
    assert "另有 1 条保密级别高于您的权限，不予显示" in page
    assert "不予显示" not in open_page.content.decode()


def test_what_has_moved_since_a_freeze_is_counted_and_goes_unnamed(
    planted: Planted, zone: Zone, clock: datetime
) -> None:
    freeze = reporting.freeze_period(
        zone=zone,
        label="年度",
        period=core.year(clock.year - 1),
        today=clock.date(),
        by="x",
        at=clock,
        note="",
    )
    freeze.ends_on = clock.date()
    freeze.save()
    frozen = next(f for f in figures.frozen_figures(freeze) if f.indicator == "visits")

    with scope.sealed("b"):
        since = figures.difference(frozen)

    assert [moved.label for moved in since.moved] == ["您无权查看的记录"]
    assert since.value == 1


def test_no_letter_about_it_leaves_to_who_is_not_cleared(
    planted: Planted, addressed: User, zone: Zone, clock: datetime, settings: Any
) -> None:
    settings.MAIL_FROM = "经开 <jingkai@example.cn>"
    ways = {"mention": "mail"}
    Preference.everywhere.create(
        zone=zone, person=addressed.username, email="a@example.cn", ways=ways
    )
    notices.send(
        zone=zone,
        to=[addressed.username],
        kind="mention",
        title=CANARY,
        text="",
        url="",
        permission="projects.read",
        about=f"projects:{planted['projects'].pk}",
        by="x",
        at=clock,
    )

    letters.deliver_mail(clock)

    assert mail.outbox == []


def test_the_timeline_of_an_open_lead_leaves_out_a_sensitive_visit(
    make: Make, clock: datetime
) -> None:
    on = clock.date()
    investor = make("investors", name="明远公司", kind="enterprise")
    lead = make("leads", name="线索", investor=investor, origin="visit", found_on=on)
    visit = {"direction": "inbound", "visited_on": on, "people": 3, "lead": lead}
    make("visits", delegation=CANARY, investor=investor, **visit, **SENSITIVE)

    with scope.sealed("b"):
        hidden = investment.contacts_of(lead)
    shown = investment.contacts_of(lead)

    assert (len(hidden), len(shown)) == (0, 1)


def test_a_refusal_to_delete_does_not_name_what_is_sealed(
    make: Make, inside: Zone, clock: datetime
) -> None:
    investor = make("investors", name="明远公司", kind="enterprise")
    talk = {"investor": investor, "negotiated_on": clock.date(), "topic": CANARY}
    make("negotiations", **talk, **SENSITIVE)
    register = queries.registers()["investors"]

    with scope.sealed("b"), pytest.raises(kinds.Refused) as refused:
        actions.delete_record(register=register, record=investor, by="b", at=clock, reason="重复")

    assert CANARY not in str(refused.value)
    assert "您无权查看的记录" in str(refused.value)


@pytest.mark.parametrize(("role", "moves"), [(Role.INVESTMENT, True), (Role.FINANCE, False)])
def test_sensitive_work_goes_to_who_may_see_it_and_moves_whoever_hands_it_over(
    planted: Planted,
    zone: Zone,
    hire: Hire,
    log_in: LogIn,
    clock: datetime,
    role: Role,
    moves: bool,
) -> None:
    leaver, successor = hire(zone, Role.DISCIPLINE), hire(zone, role)
    Lead.everywhere.update(assigned_to=leaver, assigned_on=clock.date())
    client = log_in(hire(zone, Role.ADMINISTRATOR))
    asked = {"before": leaver.username, "to": successor.username, "scope": "all", "reason": "调离"}

    preview = client.get(f"/z/{zone.code}/hand-overs/new/", asked)
    answer = client.post(f"/z/{zone.code}/hand-overs/new/", asked)

    assert CANARY not in preview.content.decode() + answer.content.decode()
    assert (Lead.everywhere.get().assigned_to == successor) is moves


def test_nothing_is_done_to_sealed_records_among_all_that_are_asked_for(
    planted: Planted, zone: Zone, outsider: User, clock: datetime
) -> None:
    asked = actions.WantedOfMany(verb="change", query="every=1", values={"place": "会议室"})
    visits = fitting.fit(queries.registers()["visits"], zone, UNCLEARED)

    with scope.sealed(outsider.username), pytest.raises(actions.NotApplied):
        actions.open_batch(
            register=visits, zone=zone, wanted=asked, by=outsider.username, at=clock
        )


@pytest.mark.parametrize(("role", "state"), [("services", "refused"), ("leader", "ready")])
def test_a_job_sees_what_the_person_may_see_who_asked_for_it(
    visits: Register,
    planted: Planted,
    zone: Zone,
    hire: Hire,
    clock: datetime,
    role: str,
    state: str,
) -> None:
    by = hire(zone, Role(role)).username
    content = book([HEADINGS, ["C-visits", "来访", "2024-03-01", "考察团", "3"]])
    run, _same = jobs.receive(
        register=visits, zone=zone, content=content, file_name="a.xlsx", by=by, at=clock
    )

    done = work.run(job=jobs.start(jobs.CHECK, run, by, clock), at=clock)

    run.refresh_from_db()
    assert (done.error, run.state) == ("", state)
