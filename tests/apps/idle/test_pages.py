"""What people see and may do: the officer, the checker, a colleague, another zone's officer."""

from datetime import date

import pytest
from django.urls import reverse

from jingkai.apps.idle import jobs
from jingkai.apps.idle.models import CaseStep, IdleCase, Paper
from jingkai.apps.idle.queries import todos
from jingkai.core.idle_land.procedure import StepCode
from jingkai.web import clock as clocks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

START = date(2023, 4, 1)


@pytest.fixture(autouse=True)
def fixed(settings, tmp_path, clock):
    settings.CLOCK = clock.isoformat()
    settings.FILES_FOLDER = tmp_path


@pytest.fixture
def visit(log_in, zone):
    """Return a function that opens a page of the zone, or posts to it, as a person."""

    def visited(user, name, *args, data=None):
        client, url = log_in(user), reverse(name, args=[zone.code, *args])
        return client.post(url, data) if data is not None else client.get(url)

    return visited


def said(answer):
    return answer.content.decode()


def test_the_page_of_statuses_tells_outcome_disposal_and_next_limit(
    make, zone, clock, visit, land_officer
):
    make.idle(START, name="东区 1 号")
    make.suspended(date(2023, 1, 1), area=20_000, wan=4_000, name="东区 2 号")
    jobs.catch_up(zone, clock)

    page = said(visit(land_officer, "idle"))

    for words in ("东区 1 号", "是闲置土地", "征缴土地闲置费", "600 万元", "满两年"):
        assert words in page
    assert "可以认定为闲置土地" in page
    assert "2025-04-01" in page


def test_the_statuses_are_filtered_and_paged_by_the_database(
    make, zone, clock, visit, colleague, django_assert_max_num_queries
):
    for number in range(55):
        make.idle(START, name=f"地块{number:02d}号")
    make.parcel(stage="", name="未知地块")
    jobs.catch_up(zone, clock)
    visit(colleague, "idle")

    with django_assert_max_num_queries(40):
        first = said(visit(colleague, "idle"))
    answer = visit(colleague, "idle")
    unknown = said(answer.client.get(answer.request["PATH_INFO"], {"outcome": "unknown"}))

    assert first.count("jk-row-link") == 50
    assert "未知地块" in unknown
    assert "地块01号" not in unknown


def test_a_parcels_page_shows_why_with_the_article(make, visit, colleague):
    parcel = make.idle(START)

    page = said(visit(colleague, "parcel", parcel.pk))

    assert "闲置土地判定" in page
    assert "已过动工日期 640 天，2024-04-01 已满一年" in page
    assert "《闲置土地处置办法》第二条第一款" in page
    assert "立案" not in page.split('id="idle-land"')[-1].split("</section>")[0]


def test_a_claim_that_nobody_accepted_is_shown_by_what_it_would_change(make, visit, colleague):
    parcel = make.idle(START)
    make.delay(parcel, "g1", START)

    page = said(visit(colleague, "parcel", parcel.pk))

    assert "如全部认可，法定处置将变为：协商选择处置方式" in page


def test_the_officer_opens_a_case_from_the_parcel(make, visit, land_officer):
    parcel = make.idle(START)
    told = {"opened_on": "2024-12-20", "ground": "巡查", "officer": land_officer.pk}

    answer = visit(land_officer, "idle-open", parcel.pk, data=told)

    case = IdleCase.objects.get(parcel=parcel)
    assert answer.url == reverse("idle-case", args=["home", case.pk])
    assert case.officer == land_officer


def test_the_page_of_a_case_says_what_is_next_and_why_not_yet(make, visit, land_officer):
    case = make.case(make.idle(START), date(2024, 12, 20))

    page = said(visit(land_officer, "idle-case", case.pk))

    assert "送达《闲置土地调查通知书》" in page
    assert "已用 11 天，还有" in page
    assert "日（未注明工作日）" in page
    assert "须先办理：“送达《闲置土地调查通知书》”" in page


def test_a_refusal_is_told_with_its_article(make, visit, land_officer):
    case = make.case(make.idle(date(2024, 12, 1)), date(2024, 12, 20))
    told = {"done_on": "2024-12-30"}

    answer = visit(land_officer, "idle-record", case.pk, "determination", data=told)

    assert answer.status_code == 400
    assert "《闲置土地处置办法》第九条" in said(answer)


def test_officer_and_checker_are_two(make, visit, land_officer, planner):
    case = make.case(make.idle(START))
    number = {"document_number": "示〔2024〕1号"}
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **number)
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))
    visit(land_officer, "idle-record", case.pk, "determination", data={"done_on": "2024-05-06"})
    draft = CaseStep.objects.get(case=case, step="determination")
    assert [todo.kind for todo in todos(user=planner, on=clocks.today())] == [
        "approve_idle_case_step"
    ]

    own = visit(land_officer, "idle-approve", draft.pk, data=number)
    visit(planner, "idle-approve", draft.pk, data=number)

    draft.refresh_from_db()
    assert own.status_code == 403
    assert draft.approved_by == planner.username


def test_who_may_only_read_writes_nothing(make, visit, colleague):
    case = make.determined(make.idle(START))

    pages = {
        name: visit(colleague, name, *args, data={}).status_code
        for name, args in (
            ("idle-record", (case.pk, "publication")),
            ("idle-describe", (case.pk,)),
            ("idle-end", (case.pk,)),
            ("idle-suspend", (case.pk,)),
            ("idle-paper", (case.pk, "plan")),
        )
    }

    assert set(pages.values()) == {403}
    assert "idle-record" not in said(visit(colleague, "idle-case", case.pk))


def test_another_zones_officer_finds_nothing(make, log_in, zone, neighbour, stranger):
    case = make.determined(make.idle(START))
    step = CaseStep.objects.filter(case=case).first()
    client = log_in(stranger)

    for name, pk in (
        ("idle-case", case.pk),
        ("idle-describe", case.pk),
        ("idle-serve", step.pk),
        ("idle-withdraw", step.pk),
        ("idle-open", case.parcel_id),
    ):
        ours = client.get(reverse(name, args=[zone.code, pk]))
        theirs = client.get(reverse(name, args=[neighbour.code, pk]))
        assert (ours.status_code, theirs.status_code) == (404, 404)


def test_a_document_is_drafted_and_downloaded(make, visit, land_officer):
    case = make.determined(make.idle(START))
    form = said(visit(land_officer, "idle-paper", case.pk, "determination"))
    assert "登记中没有，请补充" in form

    visit(land_officer, "idle-paper", case.pk, "determination", data={"holder_address": "示范路"})

    paper = Paper.objects.get()
    assert paper.given == {"holder_address": "示范路"}
    answer = visit(land_officer, "idle-paper-word", paper.pk)
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_a_document_that_is_not_on_the_cases_way_is_not_there(make, visit, land_officer):
    case = make.determined(make.idle(START))

    page = visit(land_officer, "idle-paper", case.pk, "plan")
    sent = visit(land_officer, "idle-paper", case.pk, "plan", data={"holder_address": "示范路"})

    assert (page.status_code, sent.status_code) == (404, 404)
    assert not Paper.objects.exists()


def test_what_the_records_say_is_not_retyped(make, visit, land_officer):
    case = make.determined(make.idle(START))
    told = {"holder_address": "示范路", "price_wan": "1万元"}

    visit(land_officer, "idle-paper", case.pk, "fee_decision", data=told)

    assert Paper.objects.get().given == {"holder_address": "示范路"}


def test_the_board_shows_the_overdue_first(make, visit, colleague):
    late = make.case(make.idle(START, name="早立案"), date(2024, 6, 1))
    make.case(make.idle(START, name="晚立案"), date(2024, 12, 20))

    page = said(visit(colleague, "idle-board"))

    assert page.index("早立案") < page.index("晚立案")
    assert "超期 1 件" in page
    assert IdleCase.objects.get(pk=late.pk).due_on == date(2024, 7, 1)


def test_parcels_that_are_idle_and_have_no_case_are_a_todo(make, zone, clock, land_officer):
    make.idle(START)
    make.case(make.idle(START), date(2024, 12, 20))
    jobs.catch_up(zone, clock)

    found = todos(user=land_officer, on=date(2024, 12, 31))

    assert "1 宗地已构成或可以认定为闲置土地，尚未立案" in [todo.title for todo in found]


def test_the_page_of_a_case_takes_a_bounded_number_of_queries(
    make, visit, land_officer, django_assert_max_num_queries
):
    case = make.determined(make.idle(START))
    visit(land_officer, "idle-case", case.pk)

    with django_assert_max_num_queries(75):
        visit(land_officer, "idle-case", case.pk)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("idle-authority", {"name": "示范市自然资源局"}),
        ("idle-warnings", {"months": "-3, 0，12", "soon_days": "20"}),
    ],
)
def test_the_zones_settings_are_kept(visit, zone, land_officer, name, data):
    answer = visit(land_officer, name, data=data)

    assert answer.status_code == 302


def test_prices_are_shown_only_to_who_may_see_business_secrets(
    make, zone, clock, visit, colleague, land_officer
):
    case = make.determined(make.idle(START))
    jobs.catch_up(zone, clock)

    assert "600 万元" in said(visit(land_officer, "idle"))
    assert "600 万元" not in said(visit(colleague, "idle"))
    assert "3,000 万元" in said(visit(land_officer, "idle-case", case.pk))
    assert "3,000 万元" not in said(visit(colleague, "idle-case", case.pk))


def test_a_form_quotes_the_article_and_says_what_is_still_lacking(make, visit, land_officer):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))
    make.step(case, StepCode.PLAN, date(2024, 5, 20), option="extension")

    page = said(visit(land_officer, "idle-record", case.pk, "agreement"))

    assert "《闲置土地处置办法》第十二条第一款" in page
    assert "文字待核对" in page
    assert "尚未办理“本级政府批准处置方案”" in page
    assert "项目资金是否落实" in page


def test_who_approves_sees_what_was_drafted(make, visit, planner):
    case = make.case(make.idle(START))
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), document_number="示〔2024〕1号")
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))
    draft = make.step(case, StepCode.DETERMINATION, date(2024, 5, 6), note="现场无施工")

    page = said(visit(planner, "idle-approve", draft.pk))

    assert "办理 2024-05-06" in page
    assert "现场无施工" in page


def test_the_checker_forces_and_revokes_what_the_officer_may_not(
    make, visit, planner, land_officer
):
    case = make.case(make.idle(START))
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), document_number="示〔2024〕1号")
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    told = {"done_on": "2024-05-06", "force_reason": "调查笔录已归档"}

    refused = visit(land_officer, "idle-force", case.pk, "determination", data=told)
    visit(planner, "idle-force", case.pk, "determination", data=told)

    row = CaseStep.objects.get(case=case, step="determination")
    assert (refused.status_code, row.force_reason) == (403, "调查笔录已归档")
    make.approve(row, "示〔2024〕9号")
    visit(planner, "idle-revoke", row.pk, data={"reason": "文号有误"})
    row.refresh_from_db()
    assert row.withdrawn_reason == "文号有误"


def test_who_may_approve_ends_a_case_that_the_facts_do_not_end(make, visit, planner, land_officer):
    case = make.case(make.idle(START))
    told = {"result": "other", "on": "2024-12-30", "reason": "并入另案"}

    refused = visit(land_officer, "idle-end", case.pk, data=told)
    visit(planner, "idle-end-despite", case.pk, data=told)

    case.refresh_from_db()
    assert (refused.status_code, case.result) == (400, "other")


def test_hoarding_is_recorded_while_nobody_knows_of_a_mortgage(make, visit, land_officer):
    case = make.case(make.idle(START))
    form = said(visit(land_officer, "idle-describe", case.pk))
    told = {"is_mortgaged": "", "hoarding_on": "2024-12-28", "hoarding_document": "示〔2024〕7号"}

    visit(land_officer, "idle-describe", case.pk, data=told)

    case.refresh_from_db()
    assert "required" not in form.split('name="is_mortgaged"')[1].split(">")[0]
    assert (case.is_mortgaged, case.hoarding_document) == (None, "示〔2024〕7号")
    assert "第二十四条" in said(visit(land_officer, "idle-case", case.pk))


def test_the_papers_of_another_way_are_not_offered(make, visit, land_officer):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))

    page = said(visit(land_officer, "idle-case", case.pk))

    assert "闲置土地处置方案" in page
    assert "征缴土地闲置费决定书" not in page


def test_the_party_is_told_of_a_suspension_afterwards(make, visit, land_officer):
    case = make.case(make.idle(START), date(2024, 12, 1))
    told = {"clock": "inquiry", "cause": "testing", "from_on": "2024-12-10"}
    visit(land_officer, "idle-suspend", case.pk, data=told)
    (paused,) = case.suspensions.all()

    later = {"until_on": "2024-12-20", "told_on": "2024-12-11"}
    visit(land_officer, "idle-resume", paused.pk, data=later)

    paused.refresh_from_db()
    assert (paused.until_on, paused.told_on) == (date(2024, 12, 20), date(2024, 12, 11))
    case.refresh_from_db()
    assert case.due_on == date(2025, 1, 10)
