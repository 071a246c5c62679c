"""A shape on the ground: typed as text, kept in CGCS2000, shown as a sketch."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians
from typing import Any

import shapely
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jingkai.core.geometry.shapes import Kind as ShapeKind
from jingkai.core.geometry.shapes import NotAShape, Reason, Shape

from .texts import NOTHING, Kind, Refused, Veiled, plain

MOST_CELL = 32_767  # what Excel keeps of one cell
WIDE, HIGH, MARGIN = 48, 32, 2  # of a sketch
_SKETCHED = 0.5  # of a sketch's unit: what is smaller is not drawn
_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*")
_HEX = re.compile(r"0[01][0-9A-Fa-f]{16,}")

_SENTENCES: dict[Reason, Callable[[], str]] = {
    Reason.UNREADABLE: lambda: _("不是可识别的图形；请填 WKT、GeoJSON，或每行一个点：经度,纬度"),
    Reason.EMPTY: lambda: _("图形中没有点"),
    Reason.NOT_CLOSED: lambda: _("面的边界没有闭合：最后一点应与第一点相同"),
    Reason.TOO_FEW_POINTS: lambda: _("点数不足：线至少 2 点，面至少 3 点"),
    Reason.TOO_MANY_POINTS: lambda: _("图形的点过多，最多 %(most)s 点"),
    Reason.NOT_FINITE: lambda: _("坐标中有不是数字的值"),
    Reason.OUT_OF_RANGE: lambda: _(
        "坐标超出经纬度范围；应为 CGCS2000 经度,纬度（投影坐标请从文件导入，并选择坐标系）"
    ),
    Reason.CURVED: lambda: _("图形含有圆弧，请先转为折线"),
    Reason.MIXED: lambda: _("图形中点、线、面混在一起，请分开登记"),
}


@dataclass(frozen=True, kw_only=True)
class Outline(Kind):
    """A shape in CGCS2000, longitude first; WKT wherever it is written."""

    filter = "outline"
    width = 40
    is_ordered = False

    def parse(self, raw: object) -> Shape | None:
        """Return the shape of WKT, GeoJSON, or lines of longitude and latitude."""
        if raw is None or isinstance(raw, Shape):
            return raw
        if isinstance(raw, dict):
            raw = json.dumps(raw, default=float)
        text = plain(raw)
        if not text:
            return None
        if text == too_long():
            raise Veiled(text)
        try:
            return sound(_read(text))
        except NotAShape as reason:
            raise Refused(sentence(reason)) from None

    def cell(self, value: Any) -> Any:
        """Return the shape as WKT; of one that no cell holds, where it can be had."""
        text = self.text(value)
        return None if not text else text if len(text) <= MOST_CELL else too_long()

    def text(self, value: Any) -> str:
        """Return the shape as WKT."""
        return "" if value is None else str(value.wkt)

    def shown(self, value: Any) -> str:
        """Return what the shape is, and how large."""
        if value is None:
            return ""
        words = {ShapeKind.POINT: _("点"), ShapeKind.LINE: _("线"), ShapeKind.AREA: _("面")}
        area: Decimal | None = value.area_m2
        if area is None:
            return words[value.kind]
        shown = number_format(area, use_l10n=True, force_grouping=True)
        return _("%(kind)s · %(area)s 平方米") % {"kind": words[value.kind], "area": shown}

    def drawn(self, value: Any) -> str:
        """Return a sketch of the shape, and what it is."""
        return "" if value is None else self.html(value)

    def html(self, value: Any) -> SafeString:
        """Return a sketch of the shape, and what it is."""
        if value is None:
            return NOTHING
        return format_html(
            '<span class="jk-outline">{} {}</span>', sketch(value), self.shown(value)
        )

    def json(self, value: Any) -> Any:
        """Return the shape as WKT."""
        return self.text(value) or None


def sentence(reason: NotAShape) -> str:
    """Return why something is no shape, for whoever typed it."""
    return _SENTENCES[reason.reason]() % ({"most": ""} | reason.facts)


def too_long() -> str:
    """Return what stands in a cell that cannot hold the shape; read back, it says nothing."""
    return _("图形过大，单元格放不下，请导出 GeoPackage 或 GeoJSON")


def sound(shape: Shape) -> Shape:
    """
    Return the shape, if its edges do not cross.

    :raises Refused: saying where they do
    """
    if shape.kind is ShapeKind.AREA and not shapely.is_valid(shape.geometry):
        told = str(shapely.is_valid_reason(shape.geometry))
        place = re.search(r"\[(\S+) (\S+)\]", told)
        where = f"{float(place[1]):.6f},{float(place[2]):.6f}" if place else ""
        raise Refused(
            _("图形的边界自相交（%(where)s 附近）；请修正，或从文件导入并选择修复")
            % {"where": where}
        )
    return shape


def sketch(shape: Shape, *, wide: int = WIDE, high: int = HIGH) -> SafeString:
    """Return a small drawing of the shape, north up; a larger one keeps more of its corners."""
    west, south, east, north = shape.bounds
    narrowing = cos(radians((south + north) / 2))
    scale = min(
        (wide - 2 * MARGIN) / max((east - west) * narrowing, 1e-9),
        (high - 2 * MARGIN) / max(north - south, 1e-9),
    )
    left = (wide - (east - west) * narrowing * scale) / 2
    top = (high - (north - south) * scale) / 2
    drawn = shapely.transform(
        shape.geometry,
        lambda points: (points - [west, north]) * [narrowing * scale, -scale] + [left, top],
    )
    return format_html(
        '<svg class="jk-sketch is-{}" viewBox="0 0 {} {}" aria-hidden="true"><path d="{}"/></svg>',
        shape.kind,
        wide,
        high,
        _path(drawn),
    )


def _path(drawn: Any) -> str:
    if not shapely.length(drawn):
        points = shapely.get_coordinates(drawn)
        return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)
    drawn = shapely.simplify(drawn, _SKETCHED)
    rings = shapely.get_parts(shapely.boundary(drawn) if drawn.area else drawn)
    return "".join(
        _line(shapely.get_coordinates(ring), is_closed=drawn.area > 0) for ring in rings
    )


def _line(points: Any, *, is_closed: bool) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{steps}{'Z' if is_closed else ''}"


def _read(text: str) -> Shape:
    if text.startswith("{"):
        return Shape.of_geojson(text)
    if _HEX.fullmatch(text):
        return Shape.of_wkb(bytes.fromhex(text))
    if text[0].isalpha():
        return Shape.of_wkt(text)
    return Shape.of_wkt(of_points(text))


def of_points(text: str) -> str:
    """
    Return lines of two numbers each as WKT: a point, a line, or an area once closed.

    :raises NotAShape: when a line is none
    """
    pairs = [_PAIR.fullmatch(line) for line in re.split(r"[\n;；]", text) if line.strip()]
    points = [f"{pair[1]} {pair[2]}" for pair in pairs if pair]
    if len(points) < len(pairs):
        raise NotAShape(Reason.UNREADABLE)
    if len(points) == 1:
        return f"POINT ({points[0]})"
    if len(points) == 2:
        return f"LINESTRING ({', '.join(points)})"
    ring = points if points[0] == points[-1] else [*points, points[0]]
    return f"POLYGON (({', '.join(ring)}))"
