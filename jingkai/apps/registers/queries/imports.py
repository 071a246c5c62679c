"""The imports of a register."""

from django.db.models import QuerySet

from ..declaration import Register
from ..models import ImportRun


def import_runs(register: Register) -> QuerySet[ImportRun]:
    """Return the latest imports of the register in scope."""
    return ImportRun.objects.filter(kind=register.kind).defer("content").order_by("-at", "-pk")


def import_run(register: Register, pk: int) -> ImportRun | None:
    """Return one import of the register in scope."""
    return ImportRun.objects.filter(kind=register.kind, pk=pk).first()
