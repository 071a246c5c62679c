"""A list as the records that components take."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jingkai.web.parts import Pages

from ..declaration import BoundColumn
from ..filters import Filters
from ..queries import LAST, MOST_COUNTED, Page


def heading(asked: Filters, column: BoundColumn, sorts: Collection[str]) -> dict[str, Any]:
    """Return one heading: how it is sorted, and the link that sorts by it where that is quick."""
    state = ""
    if asked.order.lstrip("-") == column.path:
        state = "descending" if asked.order.startswith("-") else "ascending"
    then = column.name if state == "descending" else f"-{column.name}"
    link = f"?{asked.without('sort', 'page')}&sort={then}" if column.name in sorts else ""
    is_long = column.sortable and not link
    return {"column": column, "state": state, "link": link, "is_long": is_long}


_TICK = (
    '<td class="jk-check"><input type="checkbox" class="form-check-input" name="pk" value="{}"'
    ' aria-label="{} {}"></td>'
)


def body(page: Page, *, is_selectable: bool) -> SafeString:
    """Return the rows of the table; a template would take thrice as long over them."""
    word = conditional_escape(_("选择行"))
    ticks = [
        _TICK.format(pk, word, number) if is_selectable else ""
        for number, (pk, _cells) in enumerate(page.rows, start=1)
    ]
    rows = zip(ticks, page.rows, strict=True)
    return mark_safe("".join(f"<tr>{tick}{cells}</tr>" for tick, (_pk, cells) in rows))  # noqa: S308 - cells are safe


def pages(asked: Filters, page: Page) -> Pages:
    """Return where the page stands and its neighbours."""
    earlier, later = (
        f"?{asked.query}&page={place}" if place else ""
        for place in (page.place.previous, page.place.next)
    )
    total = page.counted if page.is_exact else None
    return Pages(
        first=page.first,
        last=page.last,
        total=total,
        previous_url=earlier,
        next_url=later,
        first_url=f"?{asked.query}" if earlier else "",
        last_url=f"?{asked.query}&page={LAST}" if later else "",
    )


def choice_counts(found: Mapping[str, Sequence[int]]) -> list[tuple[str, str]]:
    """Return the element of each choice in the drawer, and the count that it shows."""
    most = MOST_COUNTED
    return [
        (f"count-{name}-{place}", f"{most:,}+" if count > most else f"{count:,}")
        for name, counts in found.items()
        for place, count in enumerate(counts)
    ]


def kept_for_file(data: QueryDict) -> list[tuple[str, str]]:
    """Return the parameters that decide which rows a file has, and in what order."""
    left = {"page", "length", "columns", "group", "then", "view", "format", "form"}
    return [(name, value) for name in data if name not in left for value in data.getlist(name)]


def kept(data: QueryDict) -> list[tuple[str, str]]:
    """Return the parameters that the search box keeps."""
    left = {"q", "page"}
    return [(name, value) for name in data if name not in left for value in data.getlist(name)]
