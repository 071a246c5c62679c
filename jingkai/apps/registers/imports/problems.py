"""What is wrong with a workbook, cell by cell, for the copy that shows its uploader where."""

from ..models import ImportRun, Outcome
from ..sandbox.problems import Problem

MOST = 10_000


def problems(run: ImportRun) -> list[Problem]:
    """Return the errors of every refused row, each at its cell."""
    places = run.report.get("columns", {})
    rows = run.rows.filter(outcome=Outcome.REFUSED).order_by("position")
    return [
        Problem(
            sheet=row.sheet,
            row=row.row,
            column=places.get(row.sheet, {}).get(error["column"]),
            heading=error["column"],
            value=error["value"],
            rule=error["rule"],
        )
        for row in rows.only("sheet", "row", "errors")[:MOST]
        for error in row.errors
    ]
