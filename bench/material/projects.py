"""A zone of thousands of projects with everything that hangs on one; see ``rows`` for how."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.investment.models import Investor, Lead, LeadAssessment, Obligation, Signing
from jingkai.apps.projects.models import (
    STAGE_DATES,
    Evidence,
    FundsReceipt,
    OfficerAssignment,
    Project,
    Site,
    Stage,
    Status,
    Transition,
)
from jingkai.apps.reporting.models import Target

from . import rows
from .rows import day, pick, stored, wan

LIFE = tuple(Stage)
STEP = timedelta(days=60)
LAST_DAY = date(2024, 12, 31)
LOST_ONE_IN = 23
TARGETS = {"visits": 4_000, "signings": 3_000, "started_projects": 2_500}


def zone(of: Zone, count: int, *, served_by: User) -> None:
    """Store so many projects, with their signings, steps, money, evidence and promises."""
    investors = rows.investors(of, count // 5)
    rows.visits(of, count, to=investors, by=served_by)
    rows.negotiations(of, count, to=investors)
    leads = stored(of, Lead, _leads(count, investors))
    stored(of, LeadAssessment, _assessments(leads))
    signings = stored(of, Signing, _signings(leads))
    stored(of, Obligation, _obligations(signings))
    projects = stored(of, Project, _projects(signings))
    stored(of, Transition, _steps(projects))
    stored(of, FundsReceipt, _receipts(projects))
    stored(of, Evidence, _evidence(projects))
    stored(of, OfficerAssignment, _assignments(projects, served_by))
    stored(of, Target, _targets())


def _leads(count: int, investors: Sequence[Investor]) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "code": f"XS{number:06}",
            "name": f"虚构项目{number:06}",
            "investor": pick(investors, number),
            "origin": pick(Lead.Source.values, number),
            "found_on": day(number),
            "industry_code": pick(rows.INDUSTRIES, number),
            "planned_wan": wan(number),
            "entered_library_on": day(number) if number % 2 else None,
        }


def _assessments(leads: Sequence[Lead]) -> Iterator[dict[str, Any]]:
    for number, lead in enumerate(leads):
        yield {
            "code": f"PG{number:06}",
            "lead": lead,
            "assessed_on": lead.found_on,
            "investor_verified": True,
            "funds_proved": number % 3 > 0,
            "site_matched": number % 4 > 0,
            "policy_screened": True,
            "decision_on": lead.found_on if number % 2 else None,
        }


def _signings(leads: Sequence[Lead]) -> Iterator[dict[str, Any]]:
    for number, lead in enumerate(leads):
        planned = wan(number)
        yield {
            "code": f"QY{number:06}",
            "name": lead.name,
            "kind": Signing.Kind.FRAMEWORK if number % 7 == 0 else Signing.Kind.FORMAL,
            "signed_on": day(number),
            "investor_id": lead.investor_id,
            "lead": lead if number % 3 else None,
            "industry_code": lead.industry_code,
            "planned_wan": planned if number % 19 else None,
            "fixed_investment_wan": planned / 2 if number % 19 else None,
            "agreed_start_on": day(number) + 2 * STEP,
            "agreed_completion_on": day(number) + 6 * STEP,
            "agreed_production_on": day(number) + 8 * STEP,
        }


def _obligations(signings: Sequence[Signing]) -> Iterator[dict[str, Any]]:
    for number, signing in enumerate(signings):
        yield {
            "code": f"LY{number:06}",
            "signing": signing,
            "kind": Obligation.Kind.INVESTMENT,
            "promised": signing.planned_wan or Decimal(1_000),
            "unit": Obligation.Unit.WAN,
            "due_on": signing.agreed_production_on,
            "kept_on": signing.agreed_production_on if number % 2 else None,
        }


def _projects(signings: Sequence[Signing]) -> Iterator[dict[str, Any]]:
    for number, signing in enumerate(signings):
        entered = signing.signed_on
        dates = _stage_dates(number, entered)
        reached = [stage for stage, field in STAGE_DATES.items() if field in dates]
        started = dates.get("started_on")
        is_lost = number % LOST_ONE_IN == 0
        yield dates | {
            "code": f"XM{number:06}",
            "name": signing.name,
            "signing": signing,
            "investor_id": signing.investor_id,
            "industry_code": signing.industry_code,
            "planned_wan": signing.planned_wan,
            "fixed_investment_wan": signing.fixed_investment_wan,
            "site": pick(Site.values, number),
            "entered_on": entered,
            "stage": reached[-1] if reached else Stage.IN_LIBRARY,
            "settled_on": entered + STEP if number % 4 else None,
            "land_supplied_on": entered + STEP if number % 3 else None,
            "completed_on": started + STEP if started and number % 5 else None,
            "agreed_settle_on": entered + STEP,
            "agreed_start_on": signing.agreed_start_on,
            "agreed_completion_on": signing.agreed_completion_on,
            "agreed_production_on": signing.agreed_production_on,
            "agreed_capacity_on": entered + 10 * STEP,
            "agreed_target_on": entered + 12 * STEP,
            "status": Status.LOST if is_lost else Status.ONGOING,
            "status_reason": "虚构：投资方放弃" if is_lost else "",
            "status_since": LAST_DAY if is_lost else None,
        }


def _stage_dates(number: int, entered: date) -> dict[str, date]:
    """Return when a project reached each of its stages: up to all six, none in the future."""
    steps = number % len(LIFE)
    dated = {field: entered + STEP * place for place, field in enumerate(STAGE_DATES.values())}
    return {field: on for field, on in list(dated.items())[:steps] if on <= LAST_DAY}


def _steps(projects: Sequence[Project]) -> Iterator[dict[str, Any]]:
    for project in projects:
        reached = LIFE[: LIFE.index(Stage(project.stage)) + 1]
        for before, after in pairwise(reached):
            yield {
                "code": f"JD{project.code}-{after}",
                "project": project,
                "from_stage": before,
                "to_stage": after,
                "moved_on": getattr(project, STAGE_DATES[after]),
            }


def _receipts(projects: Sequence[Project]) -> Iterator[dict[str, Any]]:
    for number, project in enumerate(projects):
        for part in range(number % 4):
            yield {
                "code": f"DW{number:06}-{part}",
                "project": project,
                "received_on": min(project.entered_on + STEP * part, LAST_DAY),
                "amount_wan": wan(number) / 10,
                "kind": pick(FundsReceipt.Kind.values, number),
            }


def _evidence(projects: Sequence[Project]) -> Iterator[dict[str, Any]]:
    for number, project in enumerate(projects):
        for kind in Evidence.Kind.values[: number % 8]:
            yield {
                "code": f"ZJ{number:06}-{kind}",
                "project": project,
                "kind": kind,
                "title": "虚构材料",
                "dated_on": project.entered_on,
            }


def _assignments(projects: Sequence[Project], officer: User) -> Iterator[dict[str, Any]]:
    for number, project in enumerate(projects):
        if number % 6:
            yield {
                "code": f"ZY{number:06}",
                "project": project,
                "officer": officer,
                "since": project.entered_on,
                "acknowledged_on": project.entered_on if number % 5 else None,
            }


def _targets() -> Iterator[dict[str, Any]]:
    for indicator, value in TARGETS.items():
        yield {
            "code": f"MB2024-{indicator}",
            "indicator": indicator,
            "year": 2024,
            "value": Decimal(value),
        }
