"""Assessments of leads, signings and what they promise."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from jingkai.demo import names
from jingkai.demo.plan import YearPlan

from . import days
from .contacts import Lead

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Signing:
    """One signing of the story, with what its project needs."""

    code: str
    lead: Lead
    signed_on: date
    is_formal: bool

    @property
    def agreed_start_on(self) -> date:
        """Return the day by which building is to start."""
        return days.after(self.signed_on, 180)

    @property
    def fixed_investment_wan(self) -> int:
        """Return the part of the plan that is fixed investment."""
        return self.lead.planned_wan * 4 // 5


def sign(random: Random, plan: YearPlan, candidates: list[Lead]) -> list[Signing]:
    """
    Return the year's signings, the formal ones first, in order of their dates.

    The first of them are signed by June, so that as many as planned can start within the year.
    """
    formal = _signed(random, plan, candidates[: plan.signings], f"QY-{plan.year}", is_formal=True)
    rest = candidates[plan.signings : plan.signings + plan.frameworks]
    return formal + _signed(random, plan, rest, f"KJ-{plan.year}", is_formal=False)


def _signed(
    random: Random, plan: YearPlan, found: list[Lead], prefix: str, *, is_formal: bool
) -> list[Signing]:
    early, late = date(plan.year, 6, 20), date(plan.year, 12, 20)
    signings = []
    for number, lead in enumerate(sorted(found, key=lambda lead: lead.found_on), 1):
        last = early if number <= plan.started else late
        first = max(days.after(lead.found_on, 20), date(plan.year, 1, 8))
        day = days.between(random, min(first, last), last)
        signings.append(Signing(f"{prefix}-{number:02d}", lead, day, is_formal))
    return signings


def signing_rows(signings: list[Signing]) -> list[Row]:
    """Return the signings as rows."""
    return [
        {
            "code": signing.code,
            "name": signing.lead.name,
            "kind": "formal" if signing.is_formal else "framework",
            "signed_on": signing.signed_on,
            "agreement_no": f"示范协〔{signing.signed_on.year}〕{signing.code[-2:]}号",
            "investor": signing.lead.investor,
            "lead": signing.lead.code,
            "industry_code": signing.lead.industry_code,
            "planned_wan": signing.lead.planned_wan,
            "fixed_investment_wan": signing.fixed_investment_wan,
            "land_mu": signing.lead.land_mu,
            "agreed_intensity_wan_per_mu": 240,
            "agreed_tax_wan_per_mu": 15,
            "agreed_start_on": signing.agreed_start_on,
            "agreed_completion_on": days.after(signing.agreed_start_on, 420),
            "agreed_production_on": days.after(signing.agreed_start_on, 510),
            "clauses": "投资强度、亩均税收和建设时限按约定履行；不承诺税收返还（示范条款）。",
            "source": names.SOURCE,
        }
        for signing in signings
    ]


def obligation_rows(signings: list[Signing], started: dict[str, date]) -> list[Row]:
    """Return what each formal signing promises; ``started`` tells which have kept the start."""
    rows: list[Row] = []
    for signing in signings:
        if not signing.is_formal:
            continue
        promises: tuple[Row, ...] = (
            {
                "kind": "start",
                "due_on": signing.agreed_start_on,
                "kept_on": started.get(signing.code),
            },
            {"kind": "production", "due_on": days.after(signing.agreed_start_on, 510)},
            {
                "kind": "intensity",
                "promised": 240,
                "unit": "wan_per_mu",
                "due_on": days.after(signing.agreed_start_on, 420),
            },
            {
                "kind": "tax",
                "promised": 15,
                "unit": "wan_per_mu",
                "due_on": days.after(signing.agreed_start_on, 1_200),
            },
        )
        rows += [
            {
                "code": f"{signing.code}-{number}",
                "signing": signing.code,
                "source": names.SOURCE,
            }
            | promise
            for number, promise in enumerate(promises, 1)
        ]
    return rows


def maturity_cards() -> list[Row]:
    """Return the zone's scorecard."""
    return [
        {
            "code": "CSD-2023",
            "effective_from": date(2023, 1, 1),
            "basis": "示范园区招商项目成熟度评分办法（虚构）",
            "investor_verified_weight": 25,
            "funds_proved_weight": 20,
            "site_matched_weight": 25,
            "policy_screened_weight": 15,
            "decision_dated_weight": 15,
            "threshold": 80,
            "source": names.SOURCE,
        }
    ]


def assessment_rows(signed: list[Signing], mature: list[Lead], others: list[Lead]) -> list[Row]:
    """Return assessments: full marks for formal signings and the mature, less for others."""
    ripe = [*(signing.lead for signing in signed if signing.is_formal), *mature]
    rows = [_assessment(lead, 15) | {"site_matched": True, **_decided(lead)} for lead in ripe]
    for number, lead in enumerate(others):
        site = (False, None)[number % 2]
        rows.append(_assessment(lead, 25) | {"site_matched": site})
    if others:
        rows[-1] |= {"site_matched": True, "industry_prohibited": True, **_decided(others[-1])}
    return rows


def _assessment(lead: Lead, wait: int) -> Row:
    return {
        "code": f"PG-{lead.code}",
        "lead": lead.code,
        "assessed_on": days.after(lead.found_on, wait),
        "investor_verified": True,
        "funds_proved": True,
        "policy_screened": True,
        "industry_prohibited": False,
        "environment_vetoed": False,
        "safety_vetoed": False,
        "credit_vetoed": False,
        "note": "示范评估",
        "source": names.SOURCE,
    }


def _decided(lead: Lead) -> Row:
    return {"decision_on": days.after(lead.found_on, 150)}
