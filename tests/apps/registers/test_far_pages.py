"""Pages far down a list are found another way than the first ones, and must join up with them."""

from datetime import datetime

import pytest
from django.http import QueryDict

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import filters, queries
from jingkai.apps.registers.declaration import Register

ROWS = queries.FAR + 105


@pytest.fixture
def many(visits: Register, inside: Zone, clock: datetime) -> list[int]:
    """Store enough rows to reach beyond FAR, ten of them equal in order at a time."""
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock}
    rows = [
        visits.model(**kept, code=f"LF-{number}", people=number // 10 + 1, visited_on=clock.date())
        for number in range(ROWS)
    ]
    return [row.pk for row in visits.model.everywhere.bulk_create(rows)]


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["", "people", "-people", "investor__name"])
def test_the_pages_together_show_every_row_once(
    visits: Register, many: list[int], sort: str
) -> None:
    def shown(number: int) -> list[int]:
        asked = filters.read(visits, QueryDict(f"sort={sort}&length=100&page={number}"))
        rows = queries.rows_of(visits)
        page = queries.page(visits, asked, rows, base="", columns=["code"])
        return [pk for pk, _cells in page.rows]

    pages = [pk for number in range(1, ROWS // 100 + 2) for pk in shown(number)]

    asked = filters.read(visits, QueryDict(f"sort={sort}"))
    assert pages == list(asked.apply(queries.rows_of(visits)).values_list("pk", flat=True))
    assert sorted(pages) == sorted(many)
