"""The imports of a register: their log, their staged rows, how their sources are read."""

import hashlib
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from jingkai.apps.accounts.models import Zone

from ..declaration import Register
from ..models import ImportMapping, ImportRun, StagedRow, State


def import_runs(register: Register) -> QuerySet[ImportRun]:
    """Return the latest imports of the register in scope."""
    return ImportRun.objects.filter(kind=register.kind).defer("content").order_by("-at", "-pk")


def import_run(register: Register, pk: int) -> ImportRun | None:
    """Return one import of the register in scope."""
    runs = ImportRun.objects.filter(kind=register.kind, pk=pk).select_related("zone")
    return runs.defer("content").first()


def same_imports(
    register: Register, zone: Zone, content: bytes, signature: str
) -> QuerySet[ImportRun]:
    """Return the imports that have written this very file and stand, latest first."""
    found = ImportRun.everywhere.filter(
        zone=zone,
        kind=register.kind,
        sha256=hashlib.sha256(content).hexdigest(),
        signature=signature,
        state=State.IMPORTED,
    )
    return found.select_related("zone").defer("content").order_by("-imported_at")


def staged_rows(run: ImportRun, outcome: str = "", finding: str = "") -> QuerySet[StagedRow]:
    """Return the rows of an import in order, of one outcome or warned of one thing, or all."""
    rows = StagedRow.objects.filter(run=run).order_by("position")
    if finding:
        return rows.filter(findings__icontains=f'"code": "{finding}"')
    return rows.filter(outcome=outcome) if outcome else rows


def abandoned_imports(zone: Zone, before: datetime) -> QuerySet[ImportRun]:
    """Return the imports received before the instant whose rows still wait to be confirmed."""
    waiting = [State.CHECKING, State.REFUSED, State.READY]
    staged = Exists(StagedRow.everywhere.filter(run=OuterRef("pk")))
    found = ImportRun.everywhere.filter(staged, zone=zone, state__in=waiting, at__lt=before)
    return found.defer("content").order_by("pk")


def known_mapping(register: Register, zone: Zone, source: str) -> ImportMapping | None:
    """Return how a workbook with such headings was read last."""
    found = ImportMapping.everywhere.filter(zone=zone, kind=register.kind, source=source)
    return found.first()
