"""Rows of projects as the frozen records that the core decides on."""

from collections.abc import Mapping
from datetime import date

from jingkai.core import lifecycle

from .models import STAGE_DATES, Project, Stage, Status

FORMAL = "formal"  # investment.Signing.Kind.FORMAL: a framework agreement passes no gate


def life_dates(project: Project) -> lifecycle.LifeDates:
    """Return the dated facts of the project and what was agreed for them."""
    return lifecycle.LifeDates(
        signed_on=project.signed_on,
        settled_on=project.settled_on,
        land_supplied_on=project.land_supplied_on,
        started_on=project.started_on,
        completed_on=project.completed_on,
        production_started_on=project.production_started_on,
        at_capacity_on=project.at_capacity_on,
        at_target_on=project.at_target_on,
        agreed_settle_on=project.agreed_settle_on,
        agreed_start_on=project.agreed_start_on,
        agreed_completion_on=project.agreed_completion_on,
        agreed_production_on=project.agreed_production_on,
        agreed_capacity_on=project.agreed_capacity_on,
        agreed_target_on=project.agreed_target_on,
    )


def light(project: Project, *, on: date) -> lifecycle.Light:
    """Return the project's light on the day, today or later: what was undone is not looked up."""
    status = lifecycle.Status(project.status)
    if project.status_since is not None and project.status_since > on:
        status = lifecycle.Status(Status.ONGOING)
    return lifecycle.light(life_dates(project), on=on, status=status)


def gate_facts(
    project: Project, *, evidence: Mapping[str, int], has_officer: bool, on: date | None
) -> lifecycle.ProjectFacts:
    """
    Return what the gates look at, for a step on the day.

    A step brings the date of its own stage, so that dates of stages are always on record; only
    ``signed_on`` is the date of the formal agreement in the register of signings.
    """
    fields: dict[str, object] = {
        field.attname: getattr(project, field.attname) for field in project._meta.concrete_fields
    }
    fields |= {name: True for stage, name in STAGE_DATES.items() if stage != Stage.SIGNED}
    fields["signed_on"] = _formally_signed_on(project, on)
    fields["service_officer"] = True if has_officer else None
    return lifecycle.ProjectFacts(fields=fields, evidence=evidence, site=project.site or None)


def _formally_signed_on(project: Project, on: date | None) -> date | None:
    signing = project.signing
    if signing is None or signing.kind != FORMAL:
        return None
    signed_on: date = signing.signed_on
    return signed_on if on is None or signed_on <= on else None
