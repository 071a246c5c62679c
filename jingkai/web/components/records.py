"""How records show: figures, definition lists, timelines, tables, charts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jingkai.web import figures
from jingkai.web.parts import Chart, Heading, Row

from .markup import icon, render
from .status import Text, no_data

_SORT_ICONS = {"ascending": "arrow-up", "descending": "arrow-down"}


def stat(figure: Any) -> SafeString:
    """Return the card of one figure (``parts.Stat``)."""
    change = _get(figure, "delta")
    return render("components/stat.html", stat=figure, change=_change(figure, change))


def _change(figure: Any, change: Any) -> dict[str, object] | None:
    if change is None:
        return None
    risen, fallen = change > 0, change < 0
    good = fallen if _get(figure, "falling_is_good") else risen
    return {
        "text": figures.delta(change),
        "icon": "trending-up" if risen else "trending-down" if fallen else "minus",
        "tone": "grey" if not (risen or fallen) else "green" if good else "red",
    }


def _get(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)


def definition_list(terms: Iterable[Any], columns: int = 2) -> SafeString:
    """Return label and value pairs (``parts.Term``) in one to three columns."""
    return render("components/definition_list.html", terms=terms, columns=columns)


def timeline(entries: Iterable[Any], label: Text = "") -> SafeString:
    """Return dated events (``parts.Entry``), in the order given, with their evidence."""
    return render("components/timeline.html", entries=entries, label=label)


def table(
    headings: Sequence[Heading],
    rows: Iterable[Row],
    caption: Text,
    *,
    selectable: bool = False,
    total: Sequence[object] | None = None,
    cards: bool = False,
) -> SafeString:
    """
    Return a table of headings (``parts.Heading``) and rows (``parts.Row``).

    The caption is read out, not shown. ``selectable`` puts a checkbox named ``keys`` before each
    row; ``total`` is a last row that adds up. With ``cards`` each row is a card on a phone.
    Built by hand: fifty rows cost under 1 ms.
    """
    opening = [
        _opening(heading, is_labelled=cards and place > 0)
        for place, heading in enumerate(headings)
    ]
    body = "".join([_row(row, opening, selectable=selectable) for row in rows])
    foot = (
        f"<tfoot>{_row(Row(cells=total), opening, selectable=selectable)}</tfoot>" if total else ""
    )
    return format_html(
        '<div class="jk-table-frame" tabindex="0" role="region" aria-label="{}">'
        '<table class="jk-table{}"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}{}</tr></thead><tbody>{}</tbody>{}</table></div>",
        caption,
        " is-selectable" if selectable else "",
        caption,
        _select_all() if selectable else "",
        SafeString("".join([_heading(heading) for heading in headings])),
        mark_safe(body),  # noqa: S308  each cell is escaped in _row
        mark_safe(foot),  # noqa: S308
    )


def table_frame(content: str, caption: Text) -> SafeString:
    """Return a hand-written ``<thead>`` and ``<tbody>`` in the frame of a table."""
    return format_html(
        '<div class="jk-table-frame" tabindex="0" role="region" aria-label="{}">'
        '<table class="jk-table"><caption class="visually-hidden">{}</caption>{}</table></div>',
        caption,
        caption,
        content,
    )


def _select_all() -> SafeString:
    return format_html(
        '<th class="jk-check"><input type="checkbox" class="form-check-input" '
        'data-select-all aria-label="{}"></th>',
        _("选择本页全部"),
    )


def _heading(heading: Heading) -> SafeString:
    label: object = heading.label
    if heading.url:
        arrow = icon(_SORT_ICONS.get(heading.sort, "arrows-sort"))
        label = format_html('<a href="{}">{}{}</a>', heading.url, heading.label, arrow)
    return format_html(
        '<th scope="col"{}{}{}>{}</th>',
        SafeString(' class="is-numeric"') if heading.numeric else "",
        format_html(' aria-sort="{}"', heading.sort or "none") if heading.url else "",
        format_html(' title="{}"', heading.hint) if heading.hint else "",
        label,
    )


def _opening(heading: Heading, *, is_labelled: bool) -> str:
    """Return the tag that opens each cell below the heading."""
    numeric = ' class="is-numeric"' if heading.numeric else ""
    label = f' data-label="{conditional_escape(heading.label)}"' if is_labelled else ""
    return f"<td{numeric}{label}>"


def _row(row: Row, opening: Sequence[str], *, selectable: bool) -> str:
    cells = [f"{tag}{_cell(cell)}</td>" for tag, cell in zip(opening, row.cells, strict=True)]
    if row.url and cells:
        url, text = conditional_escape(row.url), _cell(row.cells[0])
        cells[0] = f'<td><a class="jk-row-link" href="{url}">{text}</a></td>'
    if selectable:
        cells.insert(0, _checkbox(row))
    tone = f' class="jk-tone-{conditional_escape(row.tone)}"' if row.tone else ""
    return f"<tr{tone}>{''.join(cells)}</tr>"


def _cell(cell: object) -> str:
    if cell is None:
        return no_data()
    return conditional_escape(cell if isinstance(cell, str) else str(cell))


def _checkbox(row: Row) -> str:
    if not row.key:
        return '<td class="jk-check"></td>'
    return format_html(
        '<td class="jk-check"><input type="checkbox" class="form-check-input" name="keys" '
        'value="{}" aria-label="{}"></td>',
        row.key,
        _("选择 %(name)s") % {"name": row.label or row.key},
    )


def chart(figure: Chart, name: str) -> SafeString:
    """Return a chart (``parts.Chart``) with its table; ``name`` is unique on the page."""
    columns = [series.values for series in figure.series]
    rows = zip(figure.categories, zip(*columns, strict=True), strict=True)
    return render(
        "components/chart.html",
        chart=figure,
        name=name,
        data=_chart_data(figure),
        rows=list(rows),
        is_empty=all(value is None for values in columns for value in values),
    )


def _chart_data(figure: Chart) -> dict[str, object]:
    return {
        "kind": figure.kind,
        "unit": figure.unit,
        "categories": [str(category) for category in figure.categories],
        "urls": list(figure.urls),
        "target": figure.target,
        "series": [
            {
                "name": str(series.name),
                "values": [None if value is None else float(value) for value in series.values],
            }
            for series in figure.series
        ],
    }


def options(values: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """Return the options of a select, one of them chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if value == chosen else "", label)
            for value, label in values
        ),
    )
