"""The figures: what counts, when it counts, and that number and list agree."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.investment.indicators import INDICATORS
from jingkai.apps.registers import queries as registers
from jingkai.core.indicators import Period, PeriodRule, year

YEAR = year(2024)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


def value(code, period=YEAR):
    indicator = BY_CODE[code]
    return indicator.measure(indicator.rows(period))


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2023, 12, 31), 0),
        (date(2024, 1, 1), 1),
        (date(2024, 12, 31), 1),
        (date(2025, 1, 1), 0),
    ],
)
def test_a_flow_counts_both_ends_of_its_period_and_no_day_beyond(make, on, counts):
    lead = make.lead(found_on=on)
    make.visit(visited_on=on)
    make.visit(visited_on=on, direction="outbound")
    make.negotiation(lead, on)
    make.signing(signed_on=on, planned_wan=Decimal("100.5"), fixed_investment_wan=Decimal(80))
    make.signing(signed_on=on, kind="framework", planned_wan=Decimal(9999))

    flows = ("visits", "outreach", "negotiations", "leads_new", "signings")
    assert [value(code) for code in flows] == [counts] * 5
    assert value("framework_agreements") == counts
    assert value("signed_planned_wan") == (Decimal("100.5") if counts else None)
    assert value("signed_fixed_wan") == (Decimal(80) if counts else None)


@pytest.mark.parametrize(
    ("due_on", "kept_on", "counts"),
    [
        (None, None, 0),
        (date(2024, 12, 30), None, 1),
        (date(2024, 12, 31), None, 0),  # the due day itself is in time
        (date(2024, 6, 1), date(2024, 7, 1), 0),
        (date(2024, 6, 1), date(2025, 1, 1), 1),  # kept, but only after the period
    ],
)
def test_a_promise_is_overdue_from_the_day_after_it_was_due(make, due_on, kept_on, counts):
    make.obligation(due_on=due_on, kept_on=kept_on)

    assert value("obligations_overdue") == counts


@pytest.mark.parametrize(
    ("lost_on", "revived_on", "counts"),
    [
        (None, None, 1),
        (date(2024, 12, 31), None, 0),
        (date(2025, 1, 1), None, 1),
        (date(2024, 5, 1), date(2024, 12, 31), 1),
        (date(2024, 5, 1), date(2025, 1, 1), 0),
    ],
)
def test_a_lead_is_in_the_library_unless_it_is_lost_at_the_end(make, lost_on, revived_on, counts):
    make.lead(
        entered_library_on=date(2024, 4, 1),
        lost_on=lost_on,
        lost_reason="other" if lost_on else "",
        revived_on=revived_on,
    )

    assert value("leads_in_library") == counts


def test_conversion_is_of_the_leads_found_in_the_period_signed_by_its_end(make):
    for found_on, signed_on in (
        (date(2024, 1, 1), date(2024, 4, 10)),  # 100 days
        (date(2024, 1, 1), date(2024, 1, 11)),  # 10 days
        (date(2024, 1, 1), date(2025, 1, 1)),
        (date(2023, 12, 31), date(2024, 2, 1)),
    ):
        lead = make.lead(found_on=found_on)
        make.signing(lead=lead, investor=lead.investor, signed_on=signed_on)

    assert value("lead_conversion") == Decimal("66.7")
    assert value("days_lead_to_signing") == 55
    assert value("lead_conversion", Period(date(2024, 1, 1), date(2024, 1, 31))) == Decimal("33.3")


def test_without_leads_there_is_no_share_and_no_median(make):
    assert value("lead_conversion") is None
    assert value("days_lead_to_signing") is None


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
def test_every_figure_lists_its_records_in_their_register(make, indicator):
    make.card()
    lead = make.lead(entered_library_on=date(2024, 4, 1))
    make.mature(lead)
    make.visit()
    make.visit(direction="outbound")
    make.negotiation(lead, date(2024, 5, 1))
    make.signing(planned_wan=Decimal(10), fixed_investment_wan=Decimal(5))
    make.signing(kind="framework")
    make.obligation(due_on=date(2024, 5, 1))

    register = registers.find(indicator.register)
    rows = registers.with_expressions(register, indicator.rows(YEAR))
    listed = list(registers.values(rows, register.bound))

    assert listed
    if indicator.definition.period_rule is not PeriodRule.COHORT and not indicator.contribution:
        assert len(listed) == indicator.measure(indicator.rows(YEAR))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
def test_what_happens_later_changes_no_earlier_figure(make, indicator):
    make.card()
    leads = [make.lead(entered_library_on=date(2024, 4, 1)) for _ in range(3)]
    for lead in leads:
        make.mature(lead, assessed_on=date(2024, 5, 1))
    signing = make.signing(signed_on=date(2024, 6, 1))
    before = indicator.measure(indicator.rows(YEAR))
    later = YEAR.end + timedelta(days=1)

    make.lead(found_on=later)
    make.visit(visited_on=later)
    make.negotiation(leads[0], later)
    make.signing(lead=leads[0], investor=leads[0].investor, signed_on=later)
    make.mature(leads[1], assessed_on=later, credit_vetoed=True)
    type(leads[2]).everywhere.filter(pk=leads[2].pk).update(lost_on=later, lost_reason="other")
    make.obligation(signing=signing, due_on=later)

    assert indicator.measure(indicator.rows(YEAR)) == before


def test_every_definition_says_what_it_means():
    for indicator in INDICATORS:
        definition = indicator.definition
        texts = (definition.name, definition.unit, definition.date_used, definition.counts)
        assert all(str(text) for text in texts)
        fields = {field.name for field in registers.find(indicator.register).model._meta.fields}
        assert set(definition.needs) <= fields
    assert len(BY_CODE) == len(INDICATORS)
