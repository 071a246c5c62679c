"""
The document as a fragment of a page.

Everything is escaped and nothing needs a style attribute or a script, so that the strictest
content security policy shows it whole. Charts are drawn as SVG; their numbers stand in
``data-chart`` for a script that may draw them livelier, and in a table for everybody.
"""

import json
from html import escape

from . import charts
from .data import chart_tree
from .model import Block, Bullets, Cell, Chart, Document, Figure, Paragraph, Run, Table
from .outline import NumberedBlock, NumberedSection, Outline, number_text, outline
from .plain import cleaned
from .words import dated, words_in


def render(document: Document) -> str:
    """Return an ``<article class="document">`` that may stand in a page as it is."""
    return _Page(cleaned(document)).article()


class _Page:
    """One rendering; remembers which footnotes were already referred to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._outline: Outline = outline(document)
        self._words = words_in(document.language)
        self._seen: set[int] = set()

    def article(self) -> str:
        one = self._document
        language = "zh-Hans" if one.language == "zh-hans" else "en"
        sections = "".join(self._section(section) for section in self._outline.sections)
        parts = (self._header(), sections, self._signature(), self._notes(), self._foot())
        return _tag("article", "".join(parts), class_="document", lang=language)

    def _header(self) -> str:
        one = self._document
        return _tag(
            "header",
            _tag("h1", _text(one.title))
            + _filled("p", one.subtitle, class_="subtitle")
            + _filled("p", one.number, class_="number")
            + _filled("p", one.addressee and one.addressee + self._words.colon, class_="to"),
        )

    def _signature(self) -> str:
        one = self._document
        day = dated(one.dated_on, one.language)
        stamp = {"datetime": one.dated_on.isoformat()} if one.dated_on else {}
        date = _tag("time", _text(day), **stamp)
        return _tag("p", f"{_text(one.issuer)}<br>{date}", class_="signature")

    def _section(self, section: NumberedSection) -> str:
        heading = _filled(f"h{section.level + 1}", section.number + section.heading)
        blocks = "".join(self._block(one) for one in section.blocks)
        return _tag("section", heading + blocks, data_level=str(section.level))

    def _block(self, one: NumberedBlock) -> str:
        block: Block = one.block
        match block:
            case Paragraph(runs):
                return _tag("p", self._runs(runs))
            case Bullets(items):
                return _tag("ul", "".join(_tag("li", self._runs(item)) for item in items))
            case Table():
                return self._table(block, one.label)
            case Chart():
                return self._chart(block, one.label)

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if isinstance(run, Figure):
            return self._figure(run)
        return _tag("strong", _text(run.text)) if run.strong else _text(run.text)

    def _figure(self, figure: Figure) -> str:
        text = _text(figure.text)
        if figure.url:
            link = _tag("a", text, class_="figure", href=figure.url, data_figure=figure.code)
        else:
            link = _tag("span", text, class_="figure", data_figure=figure.code)
        return link + self._mark(figure)

    def _mark(self, figure: Figure) -> str:
        if figure.footnote is None:
            return ""
        number = self._outline.footnotes[figure.footnote]
        first = number not in self._seen
        self._seen.add(number)
        target = _tag("a", str(number), href=f"#note-{number}", title=figure.footnote.text)
        return _tag("sup", target, id=f"ref-{number}" if first else "")

    def _table(self, table: Table, label: str) -> str:
        heads = "".join(
            _tag("th", _text(one.heading), scope="col", class_=one.align.value)
            for one in table.columns
        )
        rows = "".join(
            _tag(
                "tr",
                "".join(
                    _tag("td", self._cell(cell), class_=column.align.value)
                    for cell, column in zip(row.cells, table.columns, strict=True)
                ),
                class_="total" if row.is_total else "",
            )
            for row in table.rows
        )
        unit = _filled("span", table.unit_note, class_="unit")
        caption = _caption(label, table.caption) + (unit and " " + unit)
        return _tag(
            "figure",
            _tag("figcaption", caption)
            + _tag("table", _tag("thead", _tag("tr", heads)) + _tag("tbody", rows)),
            class_="table",
        )

    def _cell(self, cell: Cell) -> str:
        return self._words.not_on_record if cell is None else self._run(cell)

    def _chart(self, chart: Chart, label: str) -> str:
        caption = _tag("figcaption", _caption(label, chart.caption))
        summary = _tag("summary", self._words.chart_data)
        return _tag(
            "figure",
            charts.svg(chart) + caption + _tag("details", summary + self._numbers(chart)),
            class_="chart",
            data_chart=json.dumps(chart_tree(chart), ensure_ascii=False),
        )

    def _numbers(self, chart: Chart) -> str:
        unit = f"（{chart.unit}）" if chart.unit else ""
        heads = (self._words.category, *(one.name + unit for one in chart.series))
        head = "".join(_tag("th", _text(one), scope="col") for one in heads)
        rows = "".join(
            _tag(
                "tr",
                _tag("th", _text(category), scope="row")
                + "".join(
                    _tag("td", number_text(one.values[at], self._words.not_on_record))
                    for one in chart.series
                ),
            )
            for at, category in enumerate(chart.categories)
        )
        return _tag("table", _tag("thead", _tag("tr", head)) + _tag("tbody", rows))

    def _notes(self) -> str:
        items = "".join(
            _tag("li", _text(one.text) + f' <a href="#ref-{number}">↩</a>', id=f"note-{number}")
            for one, number in self._outline.footnotes.items()
        )
        if not items:
            return ""
        heading = _tag("h2", self._words.definitions)
        return _tag("aside", heading + _tag("ol", items), class_="footnotes")

    def _foot(self) -> str:
        lines = "".join(_tag("p", _text(line)) for line in self._document.foot)
        return _tag("footer", lines) if lines else ""


def _caption(label: str, caption: str) -> str:
    return _tag("span", _text(f"{label}\u3000{caption}"), class_="caption")


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _filled(name: str, text: str, **attributes: str) -> str:
    return _tag(name, _text(text), **attributes) if text else ""


def _tag(name: str, content: str, **attributes: str) -> str:
    """Return the element around content that is HTML already; attributes are escaped here."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{content}</{name}>"
