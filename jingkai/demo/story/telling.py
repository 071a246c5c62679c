"""The whole story: which leads ripen into signings and projects, and the targets set for them."""

from datetime import date
from random import Random
from typing import Any

from jingkai.core.lifecycle import Stage
from jingkai.demo import ground, names, people
from jingkai.demo.plan import YearPlan, ZonePlan

from . import agreements, building, cases, contacts, land, plants, reuse

Row = dict[str, Any]


def tell(plan: ZonePlan, *, prefix: str, seed: int) -> dict[str, list[Row]]:
    """
    Return the rows of every register by its kind, in the order of their import.

    ``prefix`` leads the log-ins of the zone's people. Equal arguments give equal rows.
    """
    return {
        **_business(plan.years, prefix, seed),
        **_land(plan, prefix, seed),
        "targets": _targets(plan.years),
    }


def _business(plans: tuple[YearPlan, ...], prefix: str, seed: int) -> dict[str, list[Row]]:
    """Return the rows of who came, what was signed and what is being built."""
    random = Random(seed)  # noqa: S311 - a story, not a secret
    officers = [prefix + name for name in people.OFFICERS]
    investors = contacts.investors(random, sum(plan.leads for plan in plans) + 10)
    found = _leads(random, plans, investors)
    signings, mature = _ripen(random, plans, found)
    signed = {signing.lead.code for signing in signings}
    ripe = {lead.code for lead in mature}
    idle = [lead for lead in found if lead.code not in signed | ripe]
    others = idle[: len(idle) // 3]
    library = signed | ripe | {lead.code for lead in others}
    lives = building.lives(random, plans, signings)
    started = {
        life.signing.code: life.steps[Stage.STARTED]
        for life in lives
        if Stage.STARTED in life.steps
    }
    return {
        "investors": investors,
        "leads": contacts.lead_rows(random, found, officers, library),
        "visits": _each(plans, lambda p: contacts.visits(random, p, investors, officers)),
        "negotiations": _each(plans, lambda p: contacts.negotiations(random, p, found, officers)),
        "maturity-cards": agreements.maturity_cards(),
        "lead-assessments": agreements.assessment_rows(signings, mature, others),
        "signings": agreements.signing_rows(signings),
        "obligations": agreements.obligation_rows(signings, started),
        "projects": building.project_rows(lives),
        "project-evidence": building.evidence_rows(lives),
        "project-officers": building.officer_rows(
            lives, [prefix + name for name in people.SERVICE_OFFICERS]
        ),
        "project-transitions": building.transition_rows(lives),
        "funds-receipts": building.receipt_rows(random, lives, date(plans[-1].year, 12, 31)),
    }


def _land(plan: ZonePlan, prefix: str, seed: int) -> dict[str, list[Row]]:
    """Return the rows of the zone's land; its own chance, so that the years stay as they are."""
    random = Random(seed + 1)  # noqa: S311 - as above
    until = date(plan.years[-1].year, 12, 31)
    officers = [prefix + name for name in people.LAND_OFFICERS]
    held = land.holdings(random, ground.plots(random, plan.land.parcels), until=until)
    built = plants.buildings(random, held, plan.land.plants, until=until)
    disposals = reuse.disposal_rows(held, built, officers, until)
    return {
        "land-approvals": land.approval_rows(held, until),
        "parcels": land.parcel_rows(held, officers),
        "grant-contracts": land.contract_rows(held) + reuse.contract_rows(disposals, until),
        "works-progress": land.works_rows(held, until),
        "delays": land.delay_rows(held, until),
        "plants": plants.plant_rows(random, built, officers, until),
        "halls": plants.hall_rows(random, built, until),
        "leases": plants.lease_rows(random, built, until),
        "standard-obligations": plants.obligation_rows(held, until),
        "idle-cases": cases.case_rows(held, officers, until),
        "idle-case-steps": cases.step_rows(held, until),
        "disposals": disposals,
        "disposal-steps": reuse.step_rows(disposals, until),
        "disposal-money": reuse.money_rows(random, disposals, until),
        "stock-targets": reuse.target_rows(until),
        "parcel-outputs": reuse.output_rows(held, until),
    }


def _each(plans: tuple[YearPlan, ...], rows_of: Any) -> list[Row]:
    return [row for plan in plans for row in rows_of(plan)]


def _leads(
    random: Random, plans: tuple[YearPlan, ...], investors: list[Row]
) -> list[contacts.Lead]:
    found: list[contacts.Lead] = []
    for plan in plans:
        found += contacts.leads(random, plan, investors, len(found))
    return found


def _ripen(
    random: Random, plans: tuple[YearPlan, ...], found: list[contacts.Lead]
) -> tuple[list[agreements.Signing], list[contacts.Lead]]:
    """Return the signings of each year's early leads, and the leads that ripened unsigned."""
    signings: list[agreements.Signing] = []
    mature: list[contacts.Lead] = []
    for plan in plans:
        of_year = [lead for lead in found if lead.found_on.year == plan.year]
        needed = plan.signings + plan.frameworks
        signings += agreements.sign(random, plan, of_year[:needed])
        mature += of_year[needed : needed + plan.mature]
    return signings, mature


def _targets(plans: tuple[YearPlan, ...]) -> list[Row]:
    """Return each year's targets, a little below or above what the year brought."""
    rows = []
    for plan in plans:
        values = {
            "visits": plan.inbound * 9 // 10,
            "negotiations": plan.negotiations * 19 // 20,
            "signings": plan.signings + 1,
            "signed_and_started": max(1, plan.started),
            "mature_leads": max(1, plan.mature - 1),
        }
        rows += [
            {
                "code": f"MB-{plan.year}-{number:02d}",
                "indicator": indicator,
                "year": plan.year,
                "value": value,
                "source": names.SOURCE,
            }
            for number, (indicator, value) in enumerate(values.items(), 1)
        ]
    return rows
