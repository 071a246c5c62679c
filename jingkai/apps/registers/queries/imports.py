"""The imports of a register: their log, their staged rows, how their sources are read."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

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


def same_import(
    register: Register, zone: Zone, content: bytes, reading: Mapping[str, Any], signature: str
) -> ImportRun | None:
    """Return the import that has written this very file, read in the same way, if one stands."""
    return (
        ImportRun.everywhere.filter(
            zone=zone,
            kind=register.kind,
            sha256=hashlib.sha256(content).hexdigest(),
            reading=dict(reading),
            signature=signature,
            state=State.IMPORTED,
        )
        .defer("content")
        .order_by("-imported_at")
        .first()
    )


def staged_rows(run: ImportRun, outcome: str = "") -> QuerySet[StagedRow]:
    """Return the rows of an import in order, of one outcome or of all."""
    rows = StagedRow.objects.filter(run=run).order_by("position")
    return rows.filter(outcome=outcome) if outcome else rows


def known_mapping(register: Register, zone: Zone, source: str) -> ImportMapping | None:
    """Return how a workbook with such headings was read last."""
    found = ImportMapping.everywhere.filter(zone=zone, kind=register.kind, source=source)
    return found.first()
