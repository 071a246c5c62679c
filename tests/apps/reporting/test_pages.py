"""The pages: who may see them, what they show, what they answer to nonsense."""

from datetime import date

import pytest
from django.urls import reverse

from jingkai.apps.accounts.roles import Role
from jingkai.apps.land.models import Plant
from jingkai.apps.reporting import queries
from jingkai.apps.reporting.models import Freeze, Target
from jingkai.apps.reporting.queries import workbench
from jingkai.web import figures
from jingkai.web.parts import Todo

PAGES = ["workbench", "dashboard", "figures", "periods"]


@pytest.fixture(autouse=True)
def _on_the_last_day(settings):
    settings.CLOCK = "2024-12-31"


@pytest.fixture
def leader(filled, hire, log_in):
    return log_in(hire(filled, Role.LEADER))


@pytest.mark.parametrize("name", PAGES)
def test_a_leader_of_the_zone_sees_the_page(leader, zone, name):
    assert leader.get(reverse(name, args=[zone.code])).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_person_of_another_zone_finds_nothing(zone, neighbour, hire, log_in, name):
    stranger = log_in(hire(neighbour, Role.LEADER))

    assert stranger.get(reverse(name, args=[zone.code])).status_code == 404


@pytest.mark.parametrize("name", ["dashboard", "figures", "periods"])
def test_who_may_not_read_figures_is_refused(zone, hire, log_in, name):
    administrator = log_in(hire(zone, Role.ADMINISTRATOR))

    assert administrator.get(reverse(name, args=[zone.code])).status_code == 403


def test_each_figure_of_the_dashboard_opens_as_many_records(leader, zone):
    answer = leader.get(reverse("dashboard", args=[zone.code]))

    for card in answer.context["headlines"]:
        opened = leader.get(card.url)
        assert f"{opened.context['records']:,}" == card.value
        assert opened.context["page"].counted == opened.context["records"]


def test_the_dashboard_shows_that_the_parts_add_up(leader, zone, year):
    answer = leader.get(reverse("dashboard", args=[zone.code]))

    assert [row["difference"] for row in answer.context["partitions"]] == [None]
    assert "口径校验未通过" not in answer.content.decode()


def test_each_figure_of_land_on_the_dashboard_opens_as_many_records(leader, zone, year):
    shown = leader.get(reverse("dashboard", args=[zone.code])).context["land"]

    for card in shown["figures"]:
        opened = leader.get(card.url)
        assert opened.context["page"].counted == opened.context["records"], card.label
    for url, area in zip(shown["chart"].urls, shown["chart"].series[0].values, strict=True):
        opened = leader.get(url).context
        assert opened["part_stat"].value == (None if area is None else figures.number(area))
        assert opened["records"] == opened["page"].counted


@pytest.mark.parametrize(
    ("code", "part", "filters"),
    [
        ("land_area", "unknown", "layer=parcels&axis=supply&supply__empty=1"),
        ("land_area", "in_use", "layer=parcels&axis=supply&supply=in_use"),
        ("idle_area", "in_use", ""),  # what the authority determined is no filter of the register
    ],
)
def test_a_part_of_the_land_opens_on_the_map_with_the_same_filter(
    leader, zone, code, part, filters
):
    path = reverse("figure", args=[zone.code, code])

    url = leader.get(f"{path}?by=supply&part={part}").context["map_url"]

    assert url.partition("?")[2] == filters
    assert not url or leader.get(url).status_code == 200


def test_land_on_the_dashboard_is_for_who_may_read_land(filled, hire, log_in):
    liaison = log_in(hire(filled, Role.LIAISON))

    answer = liaison.get(reverse("dashboard", args=[filled.code]))

    assert answer.context["land"] is None
    assert "盘活与土地" not in answer.content.decode()


def test_a_figure_of_land_can_have_a_target(leader, zone, year):
    leader.post(
        reverse("targets-new", args=[zone.code]),
        {"code": "T1", "year": "2024", "indicator": "finished_disposals", "value": "100"},
    )

    standing = queries.reading("finished_disposals", year)

    assert standing.target == 100
    assert standing.attainment.share * 100 == standing.value


def test_the_dashboard_as_of_an_earlier_day(leader, zone):
    answer = leader.get(reverse("dashboard", args=[zone.code]) + "?year=2024&as_of=2024-03-31")

    visits = answer.context["headlines"][0]
    period = queries.to_date(2024, date(2024, 3, 31))
    assert visits.value == str(queries.reading("visits", period).value)


def test_the_dashboard_sees_a_record_that_was_just_written(leader, zone, clock):
    page = reverse("dashboard", args=[zone.code])
    before = int(leader.get(page).context["headlines"][0].value)

    leader.post(
        reverse("targets-new", args=[zone.code]),
        {"code": "T1", "year": "2024", "indicator": "visits", "value": str(before * 2)},
    )

    after = leader.get(page).context["headlines"][0]
    assert Target.everywhere.get().value == before * 2
    assert after.attainment * 2 == 1


@pytest.mark.parametrize("query", ["year=abc", "as_of=2024-02-30", "year=1&as_of=x", "month=13"])
def test_nonsense_in_the_address_is_told_and_harmless(leader, zone, query):
    answer = leader.get(reverse("dashboard", args=[zone.code]) + "?" + query)

    assert answer.status_code == 200
    assert answer.context["chosen"].errors
    assert answer.context["chosen"].year == 2024


def test_a_day_to_come_is_not_asked_for(leader, zone):
    answer = leader.get(reverse("dashboard", args=[zone.code]) + "?as_of=2025-06-30&year=2024")

    assert answer.context["chosen"].as_of == date(2024, 12, 31)


@pytest.mark.parametrize(
    "path", ["typed_in/", "signings/?by=colour&part=red", "visits/?by=industry&part=34"]
)
def test_what_is_not_a_figure_is_not_found(leader, zone, path):
    assert leader.get(f"/z/{zone.code}/figures/{path}").status_code == 404


def test_the_list_is_for_those_who_may_read_the_register(filled, hire, log_in):
    liaison = log_in(hire(filled, Role.LIAISON))

    answer = liaison.get(reverse("figure", args=[filled.code, "signings"]))

    assert answer.status_code == 200
    assert not answer.context["may_read"]
    assert "示范签约" not in answer.content.decode()


def test_the_list_of_a_figure_is_exported(leader, filled):
    answer = leader.get(reverse("figure-export", args=[filled.code, "signings"]) + "?format=csv")

    lines = answer.content.decode("utf-8-sig").strip().splitlines()
    assert (
        len(lines) - 1
        == queries.reading("signings", queries.to_date(2024, date(2024, 12, 31))).value
    )


@pytest.mark.parametrize(
    ("role", "status"), [(Role.LEADER, 302), (Role.INVESTMENT, 403), (Role.ADMINISTRATOR, 403)]
)
def test_only_who_may_freeze_freezes(filled, hire, log_in, role, status):
    person = log_in(hire(filled, role))

    answer = person.post(
        reverse("freeze", args=[filled.code]),
        {"label": "2023年度", "starts_on": "2023-01-01", "ends_on": "2023-12-31"},
    )

    assert answer.status_code == status
    assert Freeze.everywhere.exists() is (status == 302)


def test_a_period_that_is_not_over_is_refused_with_the_reason(leader, filled):
    answer = leader.post(
        reverse("freeze", args=[filled.code]),
        {"label": "明年", "starts_on": "2025-01-01", "ends_on": "2025-12-31"},
    )

    assert answer.status_code == 400
    assert "期间结束后才能封存" in answer.content.decode()


def test_a_frozen_period_shows_what_has_changed(leader, filled):
    leader.post(
        reverse("freeze", args=[filled.code]),
        {"label": "2023年度", "starts_on": "2023-01-01", "ends_on": "2023-12-31"},
    )
    queries.find("visits").rows(queries.to_date(2023, date(2023, 12, 31))).delete()

    answer = leader.get(reverse("period", args=[filled.code, Freeze.everywhere.get().pk]))

    assert answer.status_code == 200
    assert "visits" in {one.frozen.indicator for one in answer.context["changed"]}


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx", "json"])
def test_the_report_is_downloaded_under_a_chinese_name(leader, filled, suffix):
    answer = leader.get(reverse("year-end-file", args=[filled.code, 2024, suffix]))

    assert answer.status_code == 200
    assert "%E5%B9%B4%E5%B2%81%E6%9C%AB" in answer["Content-Disposition"]


@pytest.mark.parametrize("path", ["report/2024/exe/", "report/1/", "report/99999/"])
def test_a_report_that_does_not_exist_is_not_found(leader, filled, path):
    assert leader.get(f"/z/{filled.code}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("due_on", "group"),
    [
        (date(2024, 12, 30), "overdue"),
        (date(2024, 12, 31), "today"),
        (date(2025, 1, 1), "this_week"),
        (date(2025, 1, 7), "this_week"),
        (date(2025, 1, 8), "later"),
        (None, "later"),
    ],
)
def test_a_to_do_stands_where_its_day_is(today, due_on, group):
    todo = Todo(
        kind=workbench.investment.Task.ASSIGN_LEAD,
        title="分派线索",
        due_on=due_on,
        url_name="leads-detail",
        url_kwargs={},
    )

    found = workbench.by_urgency([todo], on=today)

    assert getattr(found, group) == [todo]


def test_a_large_area_has_its_decimals_on_its_own_page_alone(leader, zone):
    kept = Plant.objects.order_by("pk")[0].pk
    Plant.objects.exclude(pk=kept).update(idle_area_m2=None)
    Plant.objects.filter(pk=kept).update(floor_area_m2=90_000, idle_area_m2="12345.67")

    cards = leader.get(reverse("dashboard", args=[zone.code])).context["land"]["figures"]
    [card] = [card for card in cards if "idle_plant_area" in card.url]

    assert card.value == "12,346"
    assert leader.get(card.url).context["stat"].value == "12,345.67"
