"""The story of a zone into its registers, through the product's own Excel import."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.idle import actions as cases
from jingkai.apps.idle.models import CaseStep
from jingkai.apps.idle.queries import determination
from jingkai.apps.land.models import Parcel, Statutory
from jingkai.apps.projects import actions as officers
from jingkai.apps.projects.models import OfficerAssignment
from jingkai.apps.registers import actions, jobs, queries, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.reuse import actions as disposals
from jingkai.apps.reuse import queries as land
from jingkai.apps.reuse.models import Disposal, InefficiencyStandard, Proof, StockTarget
from jingkai.core import idle_land
from jingkai.core.idle_land.procedure import StepCode
from jingkai.core.land.axes import Measure
from jingkai.core.land.measures import ROUTES

from . import names, people
from .story import reuse

Row = dict[str, Any]
Story = dict[str, list[Row]]
TAKEN_BACK = "CZ-S1"


class NotLoaded(RuntimeError):
    """A workbook of the demonstration was refused: a defect of the product or of its story."""


def load(*, zone: Zone, story: Story, at: datetime, tell: Callable[[str], object]) -> None:
    """
    Import each register's workbook in the story's order.

    Rows that are on record already change nothing, so that loading twice is loading once.

    :raises NotLoaded: when the import refuses a row
    """
    with scope.zones(zone.pk):
        for kind, rows in story.items():
            register = queries.find(kind)
            if register is None:
                raise NotLoaded(f"没有台账 {kind}")
            tell(_import(register, zone, rows, at))


def acknowledge(*, zone: Zone, at: datetime) -> None:
    """Let each service officer take over their projects, but for what came in the last month."""
    with scope.zones(zone.pk):
        waiting = OfficerAssignment.objects.filter(
            acknowledged_on=None, until=None, since__lt=at.date() - timedelta(days=30)
        )
        for assignment in waiting.select_related("officer").order_by("pk"):
            officers.acknowledge(assignment=assignment, by=assignment.officer.username, at=at)


def settle(*, zone: Zone, story: Story, at: datetime) -> None:
    """
    Let people answer what was imported: the authority's decisions, the disposals that are done.

    Of the determinations that were drafted every second one is approved by another person, with
    the authority's number; a disposal is finished when all its steps are; stock is
    taken for the targets that have none; a local standard is published, and parcels judged by it.
    """
    with scope.zones(zone.pk):
        _approve_determinations(at)
        _plan_to_take_back(zone, at)
        done = set(reuse.finished(story["disposals"]))
        for disposal in Disposal.objects.filter(code__in=done, finished_on=None).order_by("pk"):
            proofs = ROUTES[Measure(disposal.measure)].proofs
            disposals.finish_disposal(
                disposal=disposal,
                on=at.date() - timedelta(days=30),
                proof=Proof(proofs[0].value),
                document=f"示范凭证 {disposal.code}",
                reused_area_m2=None,
                by=people.BY,
                at=at,
            )
        for target in StockTarget.objects.filter(items=None).order_by("pk"):
            disposals.take_stock(target=target, again=False, by=people.BY, at=at)
        if not InefficiencyStandard.objects.exists():
            _judge_parcels(zone, at)


def _approve_determinations(at: datetime) -> None:
    drafted = CaseStep.objects.filter(step=StepCode.DETERMINATION).order_by("pk")
    for number, step in enumerate(drafted):
        if number % 2 or step.approved_by:
            continue
        cases.approve_step(
            step=step,
            document_number=f"示范自然资认〔{at.year}〕{number + 1}号",
            served_on=step.done_on + timedelta(days=2),
            by=people.CHECKER,
            at=at,
        )


def _plan_to_take_back(zone: Zone, at: datetime) -> None:
    """Let the first parcel that may be taken back be on its way, its holder told of a hearing."""
    held = Parcel.objects.filter(statutory=Statutory.IDLE_BY_HOLDER).order_by("pk")
    ripe = idle_land.Disposal.RECOVERY
    found = (one for one in held if determination(one, on=at.date()).disposal is ripe)
    parcel = next(found, None)
    if parcel is None or Disposal.objects.filter(code=TAKEN_BACK).exists():
        return
    values = {
        "code": TAKEN_BACK,
        "parcel": parcel,
        "measure": Measure.RECLAIM_WITHOUT_COMPENSATION,
        "area_m2": parcel.area_m2,
        "planned_on": at.date() - timedelta(days=20),
        "officer": parcel.officer,
        "source": names.SOURCE,
    }
    disposals.record_step(
        disposal=disposals.plan_disposal(zone=zone, values=values, by=people.BY, at=at),
        step="hearing_notice",
        done_on=at.date() - timedelta(days=10),
        document=f"示范自然资听〔{at.year}〕1号",
        officer=parcel.officer,
        source=names.SOURCE,
        by=people.BY,
        at=at,
    )


def _judge_parcels(zone: Zone, at: datetime) -> None:
    """Publish the zone's standard of inefficient land, and judge each parcel by it."""
    register = queries.registers()["inefficiency-standards"]
    about: dict[str, Any] = {"zone": zone, "by": people.BY, "at": at}
    actions.create_record(register=register, values=reuse.STANDARD, **about)
    standard = InefficiencyStandard.objects.get()
    for number, (fact, operator, value, article) in enumerate(reuse.CRITERIA, 1):
        basis = f"{reuse.STANDARD['document_number']}{article}"
        asked = {"fact": fact, "operator": operator, "value": value, "basis": basis}
        kept = {"code": f"{standard.code}-{number}", "standard": standard, "source": names.SOURCE}
        criterion = disposals.add_criterion(values=kept | asked, **about)
        disposals.confirm_criterion(
            criterion=criterion, value=value, basis=basis, by=people.BY, at=at
        )
    disposals.publish_standard(standard=standard, by=people.CHECKER, at=at)
    parcels = list(land.parcels().filter(zone=zone).order_by("pk"))
    counts = disposals.keep_appraisals(standard=standard, parcels=parcels, at=at)
    disposals.conclude_appraisal(standard=standard, counts=counts, by=people.BY, at=at)


def workbook(register: Register, rows: list[Row]) -> bytes:
    """Return the rows as an officer would fill in the register's template."""
    buffer = io.BytesIO()
    blank = {column.name: None for column in register.typed}
    unknown = {name for row in rows for name in row} - set(blank)
    if unknown:
        raise NotLoaded(f"{register.kind}: {sorted(unknown)}")
    full = [blank | row for row in rows]
    workbooks.write_xlsx(register, list(register.typed), full, buffer)
    return buffer.getvalue()


@transaction.atomic
def _import(register: Register, zone: Zone, rows: list[Row], at: datetime) -> str:
    run, was_imported = jobs.receive(
        register=register,
        zone=zone,
        content=workbook(register, rows),
        file_name=f"{register.name}.xlsx",
        by=people.BY,
        at=at,
    )
    if was_imported:
        return f"{register.name}: ={run.report['rows']}"
    run = jobs.check(register=register, run=run, by=people.BY, at=at)
    if run.report["errors"]:
        raise NotLoaded(f"{register.kind}: {run.report['errors'][:5]}")
    report = run.report
    if not report["created"] and not report["updated"]:
        transaction.set_rollback(True)  # what is on record already leaves no second trace
        return f"{register.name}: ={report['unchanged']}"
    actions.import_workbook(register=register, run=run, by=people.BY, at=at)
    return f"{register.name}: +{report['created']} ~{report['updated']} ={report['unchanged']}"
