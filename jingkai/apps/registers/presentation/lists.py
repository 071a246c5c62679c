"""A list as the records that components take."""

from typing import Any

from django.http import QueryDict

from jingkai.web.parts import Pages

from ..declaration import BoundColumn
from ..filters import Filters
from ..queries import Page


def heading(asked: Filters, column: BoundColumn) -> dict[str, Any]:
    """Return one heading: how it is sorted, and the link that sorts by it."""
    state = ""
    if asked.order.lstrip("-") == column.path:
        state = "descending" if asked.order.startswith("-") else "ascending"
    then = column.name if state == "descending" else f"-{column.name}"
    link = f"?{asked.without('sort', 'page')}&sort={then}" if column.sortable else ""
    return {"column": column, "state": state, "link": link}


def pages(asked: Filters, page: Page) -> Pages:
    """Return where the page stands and its neighbours."""
    earlier = f"?{asked.query}&page={page.number - 1}" if page.number > 1 else ""
    later = f"?{asked.query}&page={page.number + 1}" if page.has_next else ""
    total = page.counted if page.is_exact else None
    return Pages(
        first=page.first, last=page.last, total=total, previous_url=earlier, next_url=later
    )


def kept(data: QueryDict) -> list[tuple[str, str]]:
    """Return the parameters that the search box keeps."""
    left = {"q", "page"}
    return [(name, value) for name in data if name not in left for value in data.getlist(name)]
