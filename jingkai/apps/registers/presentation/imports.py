"""An import as the records that components take."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ..declaration import Register
from ..models import ImportRun
from .addresses import links

STEPS = (gettext_lazy("上传"), gettext_lazy("校验"), gettext_lazy("确认导入"))


def import_outcome(
    register: Register, zone: str, run: ImportRun, errors: list[dict[str, Any]] | None
) -> dict[str, Any]:
    """Return what the page of one import shows."""
    report = run.report
    found = links(register, zone)
    found["errors"] = reverse(f"{register.kind}-import-errors", args=[zone, run.pk])
    shown = errors or report["errors"]
    return {
        "register": register,
        "links": found,
        "steps": STEPS,
        "step": 4 if run.imported_at else 2 if shown else 3,
        "run": run,
        "errors": shown,
        "error_count": len(shown) + report["more_errors"],
        "nothing_to_do": not shown and not report["created"] and not report["updated"],
    }
