"""What a file's rows are warned of without being refused: each with column, value and sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django.db.models import Max, Min
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts.models import Zone
from jingkai.core.geometry import faults
from jingkai.core.geometry.shapes import Shape
from jingkai.core.identifiers import mask

from ..declaration import BoundColumn, Register, Secrecy
from ..kinds import bare, plain
from ..models import Record

Finding = dict[str, str]

REPAIRED, SLIGHT, AREA, OUTSIDE = "repaired", "slight", "area", "outside"
SAME, OVERLAP = "same", "overlap"
READ, TWIN = "read", "twin"
LABELS: dict[str, Promise] = {
    READ: gettext_lazy("读取提示"),
    TWIN: gettext_lazy("编号相近"),
    REPAIRED: gettext_lazy("已修复图形"),
    SLIGHT: gettext_lazy("图形瑕疵"),
    AREA: gettext_lazy("面积不符"),
    OUTSIDE: gettext_lazy("位置偏远"),
    SAME: gettext_lazy("图形重复"),
    OVERLAP: gettext_lazy("图形重叠"),
}
NOT_CLOSED = "not_closed"  # a ring; the others are codes of ``faults``
FAULTS: dict[str, Promise] = {
    NOT_CLOSED: gettext_lazy("边界没有闭合"),
    faults.Code.REPEATED_POINTS: gettext_lazy("有重复的点"),
    faults.Code.SPIKE: gettext_lazy("有尖刺"),
    faults.Code.SELF_CROSSING: gettext_lazy("边界自相交"),
    faults.Code.HOLE_OUTSIDE: gettext_lazy("孔洞在边界之外"),
    faults.Code.HOLES_OVERLAP: gettext_lazy("孔洞互相重叠"),
    faults.Code.PARTS_OVERLAP: gettext_lazy("各部分互相重叠"),
    faults.Code.CUT_APART: gettext_lazy("孔洞把图形切断"),
    faults.Code.SLIVER: gettext_lazy("有细碎的小块"),
    faults.Code.COLLAPSED: gettext_lazy("图形几乎没有面积"),
}
REPAIRS: dict[str, Promise] = {
    NOT_CLOSED: gettext_lazy("闭合边界（最后一点连回第一点）"),
    faults.Code.REPEATED_POINTS: gettext_lazy("去掉重复的点"),
    faults.Code.SPIKE: gettext_lazy("去掉尖刺"),
    faults.Code.SELF_CROSSING: gettext_lazy("修复自相交（按边界围住的范围）"),
    faults.Code.HOLE_OUTSIDE: gettext_lazy("去掉边界之外的孔洞"),
    faults.Code.HOLES_OVERLAP: gettext_lazy("合并重叠的孔洞"),
    faults.Code.PARTS_OVERLAP: gettext_lazy("合并重叠的部分"),
    faults.Code.CUT_APART: gettext_lazy("把切断的图形分成几块"),
    faults.Code.SLIVER: gettext_lazy("去掉细碎的小块"),
}
BLOCKING = frozenset(faults.Code) - {
    faults.Code.REPEATED_POINTS,
    faults.Code.SPIKE,
    faults.Code.SLIVER,
}
MOST_DIFFERENCE = Fraction(5, 100)  # of the registered area
MOST_SHOWN = 200  # letters of a cell
LEAST_KNOWN = 3  # records before there is an extent to be outside of
_MARGIN = 0.05  # of a degree, some 5 km, around what is known


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the zone's records of a register lie; None while hardly any do."""

    window: tuple[float, float, float, float] | None

    def holds(self, shape: Shape) -> bool:
        """Return whether the shape lies there, or nobody knows where there is."""
        if self.window is None:
            return True
        west, south, east, north = self.window
        left, bottom, right, top = shape.bounds
        is_beside = left < west - _MARGIN or right > east + _MARGIN
        return not is_beside and bottom >= south - _MARGIN and top <= north + _MARGIN


def extent(register: Register, zone: Zone) -> Extent:
    """Return where the zone's records of the register lie."""
    if not register.outline:
        return Extent(None)
    located = cast("Any", register.model)
    rows = located.everywhere.filter(zone=zone, west__isnull=False)
    if len(rows.values_list("pk")[:LEAST_KNOWN]) < LEAST_KNOWN:
        return Extent(None)
    found = rows.aggregate(Min("west"), Min("south"), Max("east"), Max("north"))
    west, south = found["west__min"], found["south__min"]
    return Extent((west, south, found["east__max"], found["north__max"]))


def is_repair(code: str) -> bool:
    """Return whether the code is that of a fault that can be mended."""
    return code in REPAIRS


def repair_label(code: str) -> str:
    """Return what mending a fault does."""
    return str(REPAIRS.get(code, code))


def fault_sentence(fault: faults.Fault) -> str:
    """Return what is wrong with an outline, where, and what can be done."""
    east, north = fault.place
    facts = {"fault": FAULTS[fault.code], "east": f"{east:.6f}", "north": f"{north:.6f}"}
    if not fault.is_repairable:
        return _("%(fault)s（%(east)s,%(north)s 附近），无法修复，请改正后重新导入") % facts
    facts["change"] = change(fault)
    return _("%(fault)s（%(east)s,%(north)s 附近）；可允许修复后重新校验，%(change)s") % facts


def change(fault: faults.Fault) -> str:
    """Return what mending a fault does to the area; of edges that cross there is none before."""
    said = {"before": area(fault.area_before), "after": area(fault.area_after)}
    if fault.code is faults.Code.SELF_CROSSING:
        return _("修复后面积为 %(after)s 平方米") % said
    return _("修复后面积由 %(before)s 变为 %(after)s 平方米") % said


def areas(fault: faults.Fault) -> tuple[str, str]:
    """Return the areas before and after a fault is mended, for the page that offers it."""
    before = "" if fault.code is faults.Code.SELF_CROSSING else area(fault.area_before)
    return before, area(fault.area_after)


def repaired(register: Register, shape: Shape, fault: faults.Fault) -> Finding:
    """Return that a fault was mended, and what that did to the area."""
    said = {"fault": FAULTS[fault.code], "change": change(fault)}
    rule = _("%(fault)s，已按您的选择修复；%(change)s") % said
    return made(REPAIRED, register, shape, rule)


def slight(register: Register, shape: Shape, fault: faults.Fault) -> Finding:
    """Return that an outline has a fault with which it can be kept."""
    finding = made(SLIGHT, register, shape, fault_sentence(fault))
    before, after = areas(fault)
    return finding | {"fault": str(fault.code), "before": before, "after": after}


def area(value: Decimal | None) -> str:
    """Return an area in m² as a sentence has it."""
    return "—" if value is None else f"{value:,.2f}"


def of_row(
    register: Register, values: Mapping[str, Any], existing: Record | None, known: Extent
) -> list[Finding]:
    """Return what a row's outline is warned of by itself."""
    shape = values.get(register.outline) if register.outline else None
    if not isinstance(shape, Shape):
        return []
    found = [] if known.holds(shape) else [_outside(register, shape)]
    registered = values.get(register.area)
    if registered is None and existing is not None and register.area:
        registered = getattr(existing, register.area)
    if differs(shape.area_m2, registered):
        found.append(_area(register, shape, registered))
    return found


def differs(computed: Decimal | None, registered: Decimal | None) -> bool:
    """Return whether the two areas are more than a twentieth of the registered one apart."""
    if not computed or not registered:
        return False
    return abs(Fraction(computed) - Fraction(registered)) > Fraction(registered) * MOST_DIFFERENCE


def of_cell(code: str, column: BoundColumn, cell: Any, rule: str) -> Finding:
    """Return a finding about a cell."""
    return {"code": code, "column": str(column.label), "value": shown(column, cell), "rule": rule}


def shown(column: BoundColumn | None, cell: Any) -> str:
    """Return a cell as an error or a finding has it; of a secret one no more than a mask."""
    if column is not None and isinstance(cell, Shape):
        cell = bare(column.kind).shown(cell)
    text = plain(cell)[:MOST_SHOWN].replace("\0", "�")
    if column is not None and column.secrecy is not Secrecy.OPEN:
        return mask(text) if text else ""
    return text


def made(code: str, register: Register, shape: Shape, rule: str) -> Finding:
    """Return a finding about a row's outline."""
    column = register.by_name[register.outline]
    return {
        "code": code,
        "column": str(column.label),
        "value": column.kind.shown(shape),
        "rule": rule,
    }


def _outside(register: Register, shape: Shape) -> Finding:
    east, north = shape.centre
    rule = _("在 %(east)s,%(north)s，离本园区已登记的记录 5 公里以上，请核对坐标系") % {
        "east": f"{east:.6f}",
        "north": f"{north:.6f}",
    }
    return made(OUTSIDE, register, shape, rule)


def _area(register: Register, shape: Shape, registered: Any) -> Finding:
    computed = shape.area_m2 or Decimal(0)
    share = (Fraction(computed) / Fraction(registered) - 1) * 100
    rule = _(
        "图形面积 %(computed)s 平方米，与登记面积 %(registered)s 平方米相差 %(share)s%%；"
        "以登记面积为准，请核对"
    ) % {
        "computed": area(computed),
        "registered": area(registered),
        "share": f"{float(share):+.1f}",
    }
    return made(AREA, register, shape, rule)
