"""What is wrong with a workbook, cell by cell, for the copy that shows its uploader where."""

from django.db.models import Q

from ..models import ImportRun, Outcome
from ..sandbox.problems import Problem

MOST = 10_000


def problems(run: ImportRun) -> list[Problem]:
    """Return the errors of every refused row and what the others are warned of, at their cells."""
    places = run.report.get("columns", {})
    told = Q(outcome=Outcome.REFUSED) | ~Q(findings=[])
    rows = run.rows.filter(told).order_by("position")
    return [
        Problem(
            sheet=row.sheet,
            row=row.row,
            column=places.get(row.sheet, {}).get(error["column"]),
            heading=error["column"],
            value=error["value"],
            rule=error["rule"],
        )
        for row in rows.only("sheet", "row", "errors", "findings")[:MOST]
        for error in (*row.errors, *row.findings)
    ]
