"""What the outlines of a file have to do with one another, and with those on record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.core.geometry import overlaps
from jingkai.core.geometry.overlaps import Overlap, Relation
from jingkai.core.geometry.shapes import Kind, Shape

from .. import spatial
from ..declaration import Register
from ..models import ImportRun, Outcome, StagedRow
from . import findings
from .findings import Finding

BATCH = 1_000
MOST_NAMED = 5  # others that a row is warned of


@dataclass(frozen=True, slots=True)
class _Row:
    """A staged row with a new outline."""

    pk: int
    sheet: str
    row: int
    key: str
    shape: Shape
    told: list[Finding]


@dataclass(frozen=True, slots=True)
class _Other:
    """Another outline on the same ground, as a sentence names it."""

    name: str
    pair: Overlap
    is_first: bool


def find(register: Register, run: ImportRun) -> None:
    """Warn the rows of the import whose outline is that of another, or lies over it."""
    rows = list(_rows(register, run)) if register.outline else []
    if not rows:
        return
    others: dict[int, list[_Other]] = defaultdict(list)
    shapes = [row.shape for row in rows]
    for pair in (*overlaps.find(shapes), *_same_lines(shapes)):
        one, other = rows[pair.first], rows[pair.second]
        others[pair.first].append(_Other(_place(one, other), pair, is_first=True))
        others[pair.second].append(_Other(_place(other, one), pair, is_first=False))
    keys, known = _known(register, run, rows)
    for pair in overlaps.find(shapes, known) if known else []:
        name = _("已登记的 %(key)s") % {"key": keys[pair.second]}
        others[pair.first].append(_Other(name, pair, is_first=True))
    _tell(register, rows, others)


def _rows(register: Register, run: ImportRun) -> Iterator[_Row]:
    asked = run.rows.filter(outcome__in=[Outcome.CREATED, Outcome.CHANGED]).order_by("position")
    names = ("pk", "sheet", "row", "key", "values", "findings")
    for pk, sheet, row, key, values, told in asked.values_list(*names).iterator(BATCH):
        if text := values.get(register.outline):
            yield _Row(pk, sheet, row, key, _own(text), told)


def _own(text: str) -> Shape:
    """Return the shape of a text that was written from one: it need not be looked at again."""
    return Shape(bytes(shapely.to_wkb(shapely.from_wkt(text), byte_order=1)))


def _known(
    register: Register, run: ImportRun, rows: Sequence[_Row]
) -> tuple[list[str], list[Shape]]:
    """Return the keys and outlines on record around those of the file, less those it changes."""
    bounds = [row.shape.bounds for row in rows]
    west, south, east, north = zip(*bounds, strict=True)
    named = {row.key for row in rows}
    located = cast("Any", register.model)
    found = located.unsealed(located.everywhere.filter(zone=run.zone))
    found = spatial.within(found, min(west), min(south), max(east), max(north)).order_by("pk")
    told = found.values_list(register.key, register.outline).iterator(BATCH)
    pairs = [(key, shape) for key, shape in told if key not in named]
    return [key for key, _shape in pairs], [shape for _key, shape in pairs]


def _same_lines(shapes: Sequence[Shape]) -> Iterator[Overlap]:
    """Yield the points and lines that stand in the file more than once; they cover no ground."""
    first: dict[Shape, int] = {}
    for place, shape in enumerate(shapes):
        if shape.kind is not Kind.AREA and first.setdefault(shape, place) != place:
            yield Overlap(first[shape], place, Decimal(0), Relation.SAME, 1.0, 1.0)


def _place(row: _Row, other: _Row) -> str:
    if row.sheet == other.sheet:
        return _("第 %(row)s 行") % {"row": other.row}
    return _("工作表“%(sheet)s”第 %(row)s 行") % {"sheet": other.sheet, "row": other.row}


def _tell(register: Register, rows: Sequence[_Row], others: dict[int, list[_Other]]) -> None:
    warned = [
        StagedRow(pk=rows[place].pk, findings=_told(register, rows[place], found))
        for place, found in others.items()
    ]
    with transaction.atomic():
        StagedRow.everywhere.bulk_update(warned, ["findings"], batch_size=BATCH)


def _told(register: Register, row: _Row, others: Sequence[_Other]) -> list[Finding]:
    kept = [told for told in row.told if told["code"] not in {findings.SAME, findings.OVERLAP}]
    kept += [_finding(register, row, other) for other in others[:MOST_NAMED]]
    more = len(others) - MOST_NAMED
    if more > 0:
        rule = _("另与 %(count)s 个图形重叠") % {"count": more}
        kept.append(findings.made(findings.OVERLAP, register, row.shape, rule))
    return kept


def _finding(register: Register, row: _Row, other: _Other) -> Finding:
    if other.pair.relation is Relation.SAME:
        rule = _("与%(other)s的图形相同，请核对是否重复登记") % {"other": other.name}
        return findings.made(findings.SAME, register, row.shape, rule)
    share = other.pair.share_of_first if other.is_first else other.pair.share_of_second
    rule = _("与%(other)s重叠 %(shared)s 平方米，占本图形的 %(share)s%%") % {
        "other": other.name,
        "shared": findings.area(other.pair.shared_m2),
        "share": f"{share * 100:.1f}",
    }
    return findings.made(findings.OVERLAP, register, row.shape, rule)
