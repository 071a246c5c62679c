"""The pages, as an officer, a colleague without the right, and a stranger meet them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from jingkai.apps.investment.models import Investor, Lead, Obligation
from jingkai.apps.registers import queries as registers

KINDS = (
    "investors",
    "visits",
    "negotiations",
    "leads",
    "lead-assessments",
    "signings",
    "obligations",
    "maturity-cards",
)


@pytest.fixture(autouse=True)
def today(settings):
    settings.CLOCK = "2024-12-31T09:00:00+08:00"


@pytest.fixture
def lead(make):
    make.card()
    lead = make.lead(entered_library_on=date(2024, 4, 1))
    make.mature(lead, credit_vetoed=None)
    make.visit(lead=lead, result="达成初步意向")
    make.negotiation(lead, date(2024, 5, 1))
    return lead


@pytest.fixture
def signing(make):
    return make.signing(
        signed_on=date(2024, 9, 1),
        clauses="甲方承诺将项目公司缴纳的增值税地方留成部分全额返还。",
        agreed_start_on=date(2025, 3, 1),
    )


def posts(lead, signing):
    said = {
        "assign": {"assign-to": "", "assign-protected_until": "2025-03-01"},
        "lose": {"lose-on": "2024-12-31", "lose-reason": "no_funds", "lose-note": "资金未到位"},
        "revive": {"revive-on": "2024-12-31", "revive-note": "追加股东"},
    }
    for verb, data in said.items():
        yield reverse(f"lead-{verb}", args=["home", lead.pk]), data
    yield reverse("signing-track", args=["home", signing.pk]), {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_register_opens_with_a_record_its_form_and_its_template(
    kind, lead, signing, make, officer, log_in
):
    make.obligation(signing=signing, due_on=date(2024, 5, 1))
    browser = log_in(officer)
    pk = registers.find(kind).model.objects.latest("pk").pk

    for name, args in (
        ("list", []),
        ("detail", [pk]),
        ("new", []),
        ("template", []),
        ("export", []),
    ):
        answer = browser.get(reverse(f"{kind}-{name}", args=["home", *args]))
        assert answer.status_code == 200, name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_columns_of_a_register_share_a_heading(kind, language):
    with translation.override(language):
        headings = [str(column.label) for column in registers.find(kind).bound]

    assert sorted(headings) == sorted(set(headings))


def test_a_lead_s_page_says_how_mature_it_is_and_what_is_missing(lead, officer, log_in):
    page = log_in(officer).get(reverse("leads-detail", args=["home", lead.pk])).content.decode()

    assert "尚不能判定" in page
    assert "严重失信" in page
    assert "达成初步意向" in page
    assert reverse("lead-assign", args=["home", lead.pk]) in page


def test_who_may_only_read_sees_the_lead_without_its_verbs(lead, colleague, log_in):
    page = log_in(colleague).get(reverse("leads-detail", args=["home", lead.pk]))

    assert page.status_code == 200
    assert reverse("lead-assign", args=["home", lead.pk]) not in page.content.decode()


def test_a_signing_s_page_warns_of_a_promised_tax_refund(signing, officer, log_in):
    page = log_in(officer).get(reverse("signings-detail", args=["home", signing.pk]))

    assert "公平竞争审查条例" in page.content.decode()


def test_the_verbs_of_a_lead_go_through_its_page(lead, officer, log_in):
    browser = log_in(officer)

    for verb, data in (
        ("lose", {"lose-on": "2024-12-31", "lose-reason": "no_funds", "lose-note": "资金未到位"}),
        ("revive", {"revive-on": "2024-12-31", "revive-note": "追加股东"}),
        ("assign", {"assign-to": officer.pk, "assign-protected_until": "2025-03-01"}),
    ):
        answer = browser.post(reverse(f"lead-{verb}", args=["home", lead.pk]), data, follow=True)
        assert "已保存" in answer.content.decode(), verb

    found = Lead.objects.get(pk=lead.pk)
    assert (found.lost_reason, found.revived_on) == ("no_funds", date(2024, 12, 31))
    assert (found.assigned_to, found.protected_until) == (officer, date(2025, 3, 1))


def test_a_refusal_is_told_on_the_lead_s_page(lead, officer, log_in):
    url = reverse("lead-revive", args=["home", lead.pk])

    answer = log_in(officer).post(
        url, {"revive-on": "2024-12-31", "revive-note": "x"}, follow=True
    )
    incomplete = log_in(officer).post(url, {"revive-on": "2024-12-31"}, follow=True)

    assert "无需唤醒" in answer.content.decode()
    assert "唤醒说明" in incomplete.content.decode()


def test_the_promises_of_a_signing_are_tracked_from_its_page(signing, officer, log_in):
    browser = log_in(officer)
    url = reverse("signing-track", args=["home", signing.pk])

    first = browser.post(url, follow=True)
    second = browser.post(url, follow=True)

    assert "已纳入跟踪：1 项承诺" in first.content.decode()
    assert "没有尚未纳入跟踪的约定" in second.content.decode()
    assert Obligation.objects.get().due_on == date(2025, 3, 1)


def test_a_colleague_without_the_right_and_a_stranger_change_nothing(
    lead, signing, colleague, stranger, log_in
):
    for url, data in posts(lead, signing):
        assert log_in(colleague).post(url, data).status_code == 403
        assert log_in(stranger).post(url, data).status_code == 404


def test_a_record_of_another_zone_is_not_found_through_one_s_own(lead, signing, stranger, log_in):
    for url, data in posts(lead, signing):
        own = url.replace("/home/", "/neighbour/")
        assert log_in(stranger).post(own, data).status_code == 404


def test_the_funnel_s_counts_open_the_leads_behind_them(lead, officer, log_in):
    browser = log_in(officer)

    page = browser.get(reverse("funnel", args=["home"]), {"year": 2024})
    rows = page.context["rows"]

    cohort, links = rows[0]
    assert (cohort.leads, cohort.negotiated, cohort.signed) == (1, 1, 0)
    for count, link in ((1, links["leads"]), (1, links["negotiated"]), (0, links["signed"])):
        assert browser.get(link).context["page"].counted == count


def test_the_funnel_of_no_year_is_not_found(zone, officer, log_in):
    assert log_in(officer).get("/z/home/funnel/?year=first").status_code == 404


def test_a_duplicate_investor_is_saved_with_a_warning(make, officer, log_in):
    make.investor(name="示范铸造有限公司")
    data = {"code": "KS-9", "name": "示范铸造公司", "kind": "enterprise"}

    answer = log_in(officer).post(reverse("investors-new", args=["home"]), data, follow=True)

    assert Investor.objects.filter(code="KS-9").exists()
    assert "相同或只差写法" in answer.content.decode()


def test_a_scorecard_is_put_in_force_by_its_form_and_stands(zone, make, officer, log_in):
    before = make.card()
    data = {
        "code": "CARD-2025",
        "effective_from": "2025-01-01",
        "basis": "示范评分办法（2025）",
        "investor_verified_weight": "20",
        "funds_proved_weight": "20",
        "site_matched_weight": "20",
        "policy_screened_weight": "20",
        "decision_dated_weight": "20",
        "threshold": "80",
    }
    url = reverse("maturity-cards-new", args=["home"])

    wrong = log_in(officer).post(url, data | {"threshold": "80", "funds_proved_weight": "21"})
    log_in(officer).post(url, data)

    before.refresh_from_db()
    assert wrong.status_code == 400
    assert "权重之和应为 100" in wrong.content.decode()
    assert before.effective_to == date(2025, 1, 1)
