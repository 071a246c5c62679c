"""The procedure as data: order, limits, who does what, and what a document holds."""

from datetime import date
from graphlib import TopologicalSorter

import pytest

from jingkai.core.calendar import Unit, shipped
from jingkai.core.idle_land import STATUTES, Disposal, Topic
from jingkai.core.idle_land import documents as papers
from jingkai.core.idle_land.documents import REQUIRED, PaperKind
from jingkai.core.idle_land.procedure import (
    STEPS,
    Actor,
    Case,
    StepCode,
    article,
    barred,
    lacking,
    resting_on,
    steps_of,
)

FEE, RECOVERY = Case(disposal=Disposal.FEE), Case(disposal=Disposal.RECOVERY)
OPTIONS = Case(disposal=Disposal.OPTIONS, is_mortgaged=False)
DECIDED = {StepCode.SUSPICION, StepCode.INQUIRY, StepCode.INVESTIGATION, StepCode.DETERMINATION}


def clock(code):
    return next(each for step in STEPS.values() for each in step.clocks if each.code == code)


def test_every_step_stands_once_and_after_what_it_needs():
    order = list(STEPS)
    graph = {code: {*step.after, *step.any_of} for code, step in STEPS.items()}

    assert set(order) == set(StepCode)
    assert len(tuple(TopologicalSorter(graph).static_order())) == len(StepCode)
    for code, needed in graph.items():
        assert all(order.index(each) < order.index(code) for each in needed)


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.code)
def test_every_step_rests_on_an_article(step):
    assert article(step).quote


@pytest.mark.parametrize("statute", STATUTES, ids=lambda each: each.document_number)
def test_a_statute_answers_for_every_topic(statute):
    assert set(statute.articles) == set(Topic)


@pytest.mark.parametrize(
    ("code", "count", "unit", "is_draft"),
    [
        ("inquiry", 30, Unit.CALENDAR_DAY, False),
        ("answer", 30, Unit.CALENDAR_DAY, False),
        ("fee_payment", 30, Unit.CALENDAR_DAY, False),
        ("deregistration", 30, Unit.CALENDAR_DAY, False),
        ("hearing_request", 5, Unit.WORKING_DAY, True),
        ("reconsideration", 60, Unit.CALENDAR_DAY, False),
        ("suit", 6, Unit.MONTH, False),
        ("reminder", 10, Unit.CALENDAR_DAY, False),
        ("remedies", 6, Unit.MONTH, False),
        ("court", 9, Unit.MONTH, False),
    ],
)
def test_the_limits_of_the_procedure(code, count, unit, is_draft):
    found = clock(code)

    assert (found.limit.count, found.limit.unit) == (count, unit)
    assert found.article.is_draft is is_draft
    assert found.limit.is_unmarked is (unit is Unit.CALENDAR_DAY)


def test_a_limit_of_the_procedure_runs_on_the_statutory_calendar():
    served_on = date(2026, 9, 1)

    due = shipped.calendar().add(served_on, clock("answer").limit)

    assert due.on == date(2026, 10, 8)  # 1 October is a holiday until the 7th


def test_nothing_is_determined_before_it_was_asked_and_looked_into():
    missing = lacking(StepCode.DETERMINATION, {StepCode.SUSPICION}, Case())

    assert missing == (StepCode.INQUIRY, StepCode.INVESTIGATION)
    assert lacking(StepCode.DETERMINATION, DECIDED, Case()) == ()


@pytest.mark.parametrize("case", [FEE, RECOVERY], ids=["fee", "recovery"])
def test_no_decision_without_a_hearing_notice_and_the_governments_approval(case):
    kind = case.disposal.value
    decision = StepCode(f"{kind}_decision")

    missing = lacking(decision, DECIDED, case)
    ready = DECIDED | {StepCode.HEARING_NOTICE, StepCode.HEARING, StepCode(f"{kind}_approval")}

    assert missing == (StepCode.HEARING, StepCode(f"{kind}_approval"))
    assert lacking(StepCode.HEARING, DECIDED, case) == (StepCode.HEARING_NOTICE,)
    assert lacking(decision, ready, case) == ()


def test_a_plan_needs_the_registration_and_word_to_the_mortgagee():
    done = DECIDED | {StepCode.REGISTRATION, StepCode.PLAN}
    mortgaged = Case(disposal=Disposal.OPTIONS, is_mortgaged=True)
    unknown = Case(disposal=Disposal.OPTIONS)

    assert lacking(StepCode.PLAN, DECIDED, OPTIONS) == (StepCode.REGISTRATION,)
    assert lacking(StepCode.PLAN_APPROVAL, done, OPTIONS) == ()
    assert lacking(StepCode.PLAN_APPROVAL, done, mortgaged) == (StepCode.MORTGAGEE_NOTICE,)
    assert lacking(StepCode.PLAN_APPROVAL, done, unknown) == (StepCode.MORTGAGEE_NOTICE,)


@pytest.mark.parametrize("code", [StepCode.FEE_DECISION, StepCode.RECOVERY_DECISION])
def test_land_to_be_settled_by_agreement_never_pays_and_is_never_taken(code):
    refused = barred(code, OPTIONS)

    assert refused is not None
    assert refused.number == "第十二条第三款"


def test_a_fee_case_has_no_plan_and_no_recovery():
    codes = {step.code for step in steps_of(FEE)}

    assert {StepCode.FEE_DECISION, StepCode.HEARING_NOTICE, StepCode.SUIT} <= codes
    assert not codes & {StepCode.PLAN, StepCode.RECOVERY_DECISION, StepCode.DEREGISTRATION}


def test_a_case_whose_way_is_open_knows_the_steps_up_to_there():
    codes = [step.code for step in steps_of(Case())]

    assert codes[0] is StepCode.SUSPICION
    assert StepCode.REGISTRATION in codes
    assert StepCode.FEE_DECISION not in codes


def test_recovery_is_approved_by_the_government_with_power_to_do_so():
    assert STEPS[StepCode.RECOVERY_APPROVAL].actor is Actor.APPROVING_GOVERNMENT
    assert STEPS[StepCode.FEE_APPROVAL].actor is Actor.GOVERNMENT


@pytest.mark.parametrize(
    ("kind", "topic", "items"),
    [
        (PaperKind.INQUIRY_NOTICE, Topic.INQUIRY_NOTICE, 6),
        (PaperKind.DETERMINATION, Topic.DETERMINATION_LETTER, 5),
        (PaperKind.FEE_DECISION, Topic.DECISIONS, 7),
        (PaperKind.RECOVERY_DECISION, Topic.DECISIONS, 7),
    ],
)
def test_a_document_holds_every_item_of_its_article(kind, topic, items):
    numbers = "一二三四五六七"

    found = [content.item for content in REQUIRED[kind]]

    assert found == [f"第{numbers[place]}项" for place in range(items)]
    assert {content.topic for content in REQUIRED[kind]} == {topic}


def test_every_document_says_what_it_must_contain():
    assert set(REQUIRED) == set(PaperKind)
    assert all(len({each.code for each in items}) == len(items) for items in REQUIRED.values())


def test_a_document_names_the_facts_it_still_lacks():
    names = ("holder_name", "location", "start_on", "situation")
    given = dict.fromkeys(names, "…") | {"counted_days": 0}

    lacks = papers.lacking(PaperKind.PUBLICATION, given)
    bare = papers.lacking(PaperKind.PUBLICATION, {"holder_name": ""})

    assert lacks == {}
    assert bare["holder"] == ("holder_name",)
    assert "cause" not in bare


def test_a_step_is_loose_while_nothing_that_was_done_needs_it():
    done = {StepCode.SUSPICION, StepCode.INQUIRY, StepCode.INVESTIGATION}

    assert resting_on(StepCode.INQUIRY, done, OPTIONS) == (StepCode.INVESTIGATION,)
    assert resting_on(StepCode.INVESTIGATION, done, OPTIONS) == ()


def test_the_approval_of_a_plan_rests_on_the_notice_to_a_mortgagee():
    done = {StepCode.MORTGAGEE_NOTICE, StepCode.PLAN_APPROVAL}

    mortgaged = resting_on(StepCode.MORTGAGEE_NOTICE, done, Case(is_mortgaged=None))
    free = resting_on(StepCode.MORTGAGEE_NOTICE, done, Case(is_mortgaged=False))

    assert (mortgaged, free) == ((StepCode.PLAN_APPROVAL,), ())


def test_what_was_decided_is_carried_out_whatever_time_adds():
    late = Case(disposal=Disposal.RECOVERY, decided=frozenset({StepCode.FEE_DECISION}))
    turned = Case(disposal=Disposal.FEE, decided=frozenset({StepCode.PLAN_APPROVAL}))

    assert barred(StepCode.FEE_PAYMENT, late) is None
    assert barred(StepCode.AGREEMENT, turned) is None
    assert barred(StepCode.FEE_DECISION, late) is not None
    assert barred(StepCode.PLAN, turned) is not None
    assert barred(StepCode.FEE_PAYMENT, Case(disposal=Disposal.RECOVERY)) is not None


def test_no_case_closes_before_the_financial_regulators_have_their_copy():
    done = set(StepCode) - {StepCode.CLOSING, StepCode.FINANCE_COPY}

    assert lacking(StepCode.CLOSING, done, OPTIONS) == (StepCode.FINANCE_COPY,)
