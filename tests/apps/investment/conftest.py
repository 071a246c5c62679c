"""A small zone's investment records, made one by one with what a test does not care about."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment.models import (
    Investor,
    Lead,
    LeadAssessment,
    MaturityCard,
    Negotiation,
    Obligation,
    Signing,
    Visit,
)
from jingkai.apps.registers.models import Record

TODAY = date(2024, 12, 31)
NUMBERS = count(1)


class Making:
    """Makes records of one zone."""

    def __init__(self, zone: Zone, at: datetime) -> None:
        self.zone = zone
        self.at = at

    def row(self, model: type[Record], **values: Any) -> Any:
        values.setdefault("code", f"{model.__name__}-{next(NUMBERS)}")
        return model.everywhere.create(
            zone=self.zone,
            recorded_at=self.at,
            recorded_by="test",
            changed_at=self.at,
            changed_by="test",
            **values,
        )

    def investor(self, **values: Any) -> Investor:
        return self.row(Investor, **{"name": f"示范企业{next(NUMBERS)}号"} | values)

    def lead(self, **values: Any) -> Lead:
        values.setdefault("investor", None)
        values["investor"] = values["investor"] or self.investor()
        usual = {"name": f"示范线索{next(NUMBERS)}号", "origin": "visit"}
        return self.row(Lead, **usual | {"found_on": date(2024, 3, 1)} | values)

    def assessment(self, lead: Lead, **values: Any) -> LeadAssessment:
        return self.row(LeadAssessment, **{"lead": lead, "assessed_on": TODAY} | values)

    def mature(self, lead: Lead, **values: Any) -> LeadAssessment:
        yes = ("investor_verified", "funds_proved", "site_matched", "policy_screened")
        no = ("industry_prohibited", "environment_vetoed", "safety_vetoed", "credit_vetoed")
        answers = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
        return self.assessment(lead, **answers | values)

    def card(self, **values: Any) -> MaturityCard:
        usual = {
            "effective_from": date(2020, 1, 1),
            "basis": "示范评分办法",
            "investor_verified_weight": 25,
            "funds_proved_weight": 20,
            "site_matched_weight": 25,
            "policy_screened_weight": 15,
            "decision_dated_weight": 15,
            "threshold": 70,
        }
        return self.row(MaturityCard, **usual | values)

    def visit(self, **values: Any) -> Visit:
        usual = {"direction": "inbound", "visited_on": date(2024, 5, 1), "delegation": "示范团组"}
        return self.row(Visit, **usual | values)

    def negotiation(self, lead: Lead, on: date) -> Negotiation:
        values = {"lead": lead, "investor": lead.investor, "topic": "示范洽谈"}
        return self.row(Negotiation, negotiated_on=on, **values)

    def signing(self, **values: Any) -> Signing:
        values.setdefault("investor", None)
        values["investor"] = values["investor"] or self.investor()
        usual = {"name": "示范项目", "kind": "formal", "signed_on": date(2024, 6, 1)}
        return self.row(Signing, **usual | values)

    def obligation(self, **values: Any) -> Obligation:
        values.setdefault("signing", None)
        values["signing"] = values["signing"] or self.signing()
        return self.row(Obligation, **{"kind": "start"} | values)


@pytest.fixture
def make(zone: Zone, clock: datetime) -> Iterator[Making]:
    """Return what makes records of the zone, with the zone in scope."""
    with scope.zones(zone.pk):
        yield Making(zone, clock)


@pytest.fixture
def officer(zone: Zone, hire: Callable[..., Any]) -> Any:
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[..., Any]) -> Any:
    """Return somebody of the zone who may read but not write."""
    return hire(zone, Role.SAFETY)


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[..., Any]) -> Any:
    return hire(neighbour, Role.INVESTMENT)
