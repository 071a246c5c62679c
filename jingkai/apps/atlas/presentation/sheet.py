"""
A printed sheet of the map: A3 landscape, drawn by the server from the records themselves.

Title, map with a kilometre grid, legend with counts, north arrow, scale, system, day, who files.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jingkai.documents import fonts, typesetting
from jingkai.documents.canvas import width_of
from jingkai.web import figures

from ..layers import NEUTRAL, PALETTE, UNKNOWN
from ..queries import Class, Outlines
from .amounts import area_of
from .ground import Frame, Ground, visible
from .paper import FAINT, INK, PALE, WIDTH, Paper

FRAME = Frame(left=14, top=30, width=312, height=246)
_COLUMN = FRAME.left + FRAME.width + 8
_RIGHT = WIDTH - 12
_LETTER = 14.0  # the size for which documents.canvas measures
_MOST_LABELS = 600
_SIZES = (2.3, 1.7)  # of names on the map, in millimetres
_LINE = 1.15  # of a letter's size
_COLOURS = PALETTE | dict([NEUTRAL, UNKNOWN])
_PAGE = b"""
#set document(title: sys.inputs.title)
#set page(width: 420mm, height: 297mm, margin: 0mm)
#set text(font: "Noto Sans SC", lang: "zh")
#image(bytes(sys.inputs.svg), format: "svg", width: 420mm, alt: sys.inputs.title)
"""
_DOTS_PER_INCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is written on the sheet, and what is drawn."""

    title: str
    subtitle: str
    legend: str
    unit: str
    as_of: date
    has_labels: bool
    ground: Ground
    outlines: Outlines


def svg(sheet: Sheet) -> str:
    """Return the sheet as an ``<svg>`` element of 420 by 297 millimetres."""
    paper = Paper()
    paper.text(WIDTH / 2, 16, sheet.title, size=8.5, anchor="middle", bold=True)
    paper.text(WIDTH / 2, 23.5, sheet.subtitle, size=3.8, anchor="middle", colour=FAINT)
    _grid(paper, sheet.ground)
    _map(paper, sheet)
    _frame(paper, sheet.ground)
    _north(paper)
    below = _legend(paper, sheet)
    _scale(paper, sheet.ground, max(below, 196))
    _signed(paper, sheet)
    return paper.element(sheet.title)


def pdf(sheet: Sheet, *, at: int) -> bytes:
    """Return the sheet as PDF/A, dated with so many seconds since 1970."""
    return typesetting.pdf_a(_PAGE, inputs=_inputs(sheet), at=at)


def png(sheet: Sheet) -> bytes:
    """Return the sheet as a picture of 200 dots to the inch."""
    return typesetting.png(_PAGE, inputs=_inputs(sheet), dots_per_inch=_DOTS_PER_INCH)


def _inputs(sheet: Sheet) -> dict[str, str]:
    return {"svg": fonts.showable(svg(sheet)), "title": fonts.showable(sheet.title)}


def _map(paper: Paper, sheet: Sheet) -> None:
    placed = sheet.ground.on_paper(sheet.outlines.geometries)
    drawn = visible(placed)
    colours = {one.code: one.colour for one in sheet.outlines.classes}
    for code in sorted(set(sheet.outlines.codes.tolist())):
        of_class = placed[drawn & (sheet.outlines.codes == code)]
        name = colours.get(code, UNKNOWN[0] if sheet.outlines.classes else "blue")
        is_unknown = name == UNKNOWN[0]
        stroke = FAINT if is_unknown else "#ffffff"
        paper.shapes(of_class, fill=_COLOURS[name], stroke=stroke, dashed=is_unknown)
    if sheet.has_labels:
        _labels(paper, placed, sheet.outlines.titles, drawn)


def _labels(paper: Paper, placed: Any, titles: list[str], drawn: Any) -> None:
    """Write the names of those outlines that have room for them, the largest first."""
    bounds = shapely.bounds(placed)
    sides = bounds[:, 2:] - bounds[:, :2]
    order = np.argsort(-np.nan_to_num(sides[:, 0]))
    written: list[Any] = []
    for at in order[: _MOST_LABELS * 4].tolist():
        label = fitted(titles[at], *sides[at].tolist()) if drawn[at] else None
        if label is None or len(written) >= _MOST_LABELS:
            continue
        middle = shapely.point_on_surface(placed[at])
        half = label.wide / 2, label.high / 2
        box = shapely.box(
            middle.x - half[0], middle.y - half[1], middle.x + half[0], middle.y + half[1]
        )
        if not any(box.intersects(other) for other in written):
            written.append(box)
            _write(paper, label, middle.x, middle.y - half[1])


@dataclass(frozen=True, slots=True)
class Label:
    """A name as it stands on the sheet, in millimetres."""

    lines: tuple[str, ...]
    size: float

    @property
    def wide(self) -> float:
        return max(width_of(line) for line in self.lines) / _LETTER * self.size

    @property
    def high(self) -> float:
        return len(self.lines) * self.size * _LINE


def fitted(title: str, wide: float, high: float) -> Label | None:
    """Return the name as large as there is room for, on one line or two; None for no room."""
    tries = (Label(lines, size) for size in _SIZES for lines in ((title,), _halves(title)))
    return next((one for one in tries if one.wide <= wide and one.high <= high), None)


def _halves(title: str) -> tuple[str, ...]:
    """Return the name on two lines, broken at the blank next to its middle or at the middle."""
    middle = len(title) / 2
    blanks = [at for at, letter in enumerate(title) if letter == " "]
    at = min(blanks, key=lambda at: abs(at - middle)) if blanks else round(middle)
    return (title[:at].strip(), title[at:].strip())


def _write(paper: Paper, label: Label, x: float, top: float) -> None:
    for number, line in enumerate(label.lines):
        base = top + (number * _LINE + 0.9) * label.size
        paper.text(x, base, line, size=label.size, anchor="middle", halo=True)


def _grid(paper: Paper, ground: Ground) -> None:
    """Draw the kilometre grid with its figures, as maps of the state carry it."""
    step, frame = ground.grid_m, ground.frame
    paper.box(frame.left, frame.top, frame.width, frame.height, fill="#fbfcfd")
    for east in np.arange(np.ceil(ground.west / step) * step, ground.east, step).tolist():
        x = ground.x(east)
        paper.rule(x, frame.top, x, frame.top + frame.height, stroke=PALE, line=0.12)
        label = _kilometres(east, step)
        paper.text(
            x, frame.top + frame.height + 3.6, label, size=2.4, anchor="middle", colour=FAINT
        )
    for north in np.arange(np.ceil(ground.south / step) * step, ground.north, step).tolist():
        y = ground.y(north)
        paper.rule(frame.left, y, frame.left + frame.width, y, stroke=PALE, line=0.12)
        paper.upright(frame.left - 1.4, y, _kilometres(north, step))


def _frame(paper: Paper, ground: Ground) -> None:
    frame = ground.frame
    paper.box(frame.left, frame.top, frame.width, frame.height, stroke=INK, line=0.35)
    west, south, east, north = ground.window
    top, bottom = frame.top - 1.6, frame.top + frame.height + 7.4
    right = frame.left + frame.width
    paper.text(frame.left, top, f"{_degrees(west)} E  {_degrees(north)} N", size=2.3, colour=FAINT)
    corner = f"{_degrees(east)} E  {_degrees(south)} N"
    paper.text(right, bottom, corner, size=2.3, anchor="end", colour=FAINT)


def _north(paper: Paper) -> None:
    x, y = FRAME.left + FRAME.width - 12, FRAME.top + 8
    paper.box(x - 6.5, y - 5.5, 13, 23, fill="#ffffff", stroke=PALE)
    paper.text(x, y, _("北"), size=4, anchor="middle", bold=True)
    paper.polygon([(x, y + 2), (x + 4, y + 14), (x, y + 11)], fill="#ffffff")
    paper.polygon([(x, y + 2), (x - 4, y + 14), (x, y + 11)], fill=INK)


def _legend(paper: Paper, sheet: Sheet) -> float:
    """Write the legend; return where it ends."""
    y = FRAME.top + 5
    paper.text(_COLUMN, y, _("图例"), size=5, bold=True)
    paper.text(_COLUMN, y + 6, sheet.legend, size=3.4, colour=FAINT)
    y += 9.5
    for one in sheet.outlines.classes:
        if one.count:
            _class(paper, one, y)
            y += 7
    total = sum(one.count for one in sheet.outlines.classes) or len(sheet.outlines.titles)
    paper.rule(_COLUMN, y, _RIGHT, y, stroke=PALE)
    paper.text(_COLUMN, y + 5.5, _("图幅内合计"), size=3.2)
    shown = figures.number(total, 0)
    paper.text(_RIGHT - 27, y + 5.5, shown, size=3.2, anchor="end", bold=True)
    return y + 12


def _class(paper: Paper, one: Class, y: float) -> None:
    is_unknown = one.colour == UNKNOWN[0]
    stroke = FAINT if is_unknown else _COLOURS[one.colour]
    paper.box(_COLUMN, y, 6, 4, fill=_COLOURS[one.colour], stroke=stroke)
    paper.text(_COLUMN + 8.5, y + 3.3, one.label or _("未登记"))
    paper.text(_RIGHT - 27, y + 3.3, figures.number(one.count, 0), anchor="end")
    paper.text(_RIGHT, y + 3.3, area_of(one.area), size=2.7, anchor="end", colour=FAINT)


def _scale(paper: Paper, ground: Ground, y: float) -> None:
    bar = ground.bar_m
    wide = bar / ground.metres_a_mm
    for part in range(4):
        fill = INK if part % 2 == 0 else "#ffffff"
        paper.box(_COLUMN + part * wide / 4, y, wide / 4, 1.6, fill=fill, stroke=INK)
    paper.text(_COLUMN, y - 1.2, "0", size=2.6)
    shown = (
        _("%(n)s 公里") % {"n": _short(bar / 1_000)}
        if bar >= 1_000
        else _("%(n)s 米") % {"n": _short(bar)}
    )
    paper.text(_COLUMN + wide, y - 1.2, shown, size=2.6, anchor="end")
    paper.text(_COLUMN, y + 7, _("比例尺 1:%(scale)s") % {"scale": f"{ground.scale:,}"})
    system = _("CGCS2000，3 度带，中央经线 %(central)s°E") % {"central": ground.central}
    paper.text(_COLUMN, y + 12, system, size=2.7, colour=FAINT)
    note = _("格网间隔 %(n)s 公里，注记单位为公里") % {"n": _short(ground.grid_m / 1_000)}
    paper.text(_COLUMN, y + 16.5, note, size=2.7, colour=FAINT)


def _signed(paper: Paper, sheet: Sheet) -> None:
    y = FRAME.top + FRAME.height - 22
    paper.rule(_COLUMN, y - 6, _RIGHT, y - 6, stroke=PALE)
    day = date_format(sheet.as_of, "DATE_FORMAT")
    paper.text(_COLUMN, y, _("填报单位：%(unit)s") % {"unit": sheet.unit or "＿＿＿＿＿＿＿＿"})
    paper.text(_COLUMN, y + 7, _("数据截至：%(day)s") % {"day": day})
    paper.text(_COLUMN, y + 14, _("制图日期：%(day)s") % {"day": day})
    advice = _("由登记图形绘制，面积以登记面积为准；不作为权属凭证")
    paper.text(_COLUMN, y + 21, advice, size=2.5, colour=FAINT)


def _kilometres(metres: float, step: float) -> str:
    return f"{metres / 1_000:.{0 if step >= 1_000 else 1 if step >= 100 else 2}f}"


def _short(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _degrees(value: float) -> str:
    """Return degrees, minutes and seconds."""
    seconds = round(value * 3_600)
    return f"{seconds // 3_600}°{seconds // 60 % 60:02d}′{seconds % 60:02d}″"
