"""The page of the mapping, where a file's rows lie somewhere: systems, axes, repairs."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.core.geometry import files, systems

from ..declaration import Register
from ..imports import findings, georeference
from ..imports.looking import Look
from ..imports.mapping import AXES, Reading
from ..models import ImportRun, Outcome

MOST_OFFERED = 6
OTHER = "other"  # chosen, and its number typed
SWAPPED = "|swapped"  # follows the code of a system whose northing stands first
_INTERNET = (systems.GCJ02, systems.BD09)
_NAMES: dict[str, Promise] = {
    systems.CGCS2000: gettext_lazy("国家2000（CGCS2000）经纬度"),
    systems.WGS84: gettext_lazy("WGS 84 经纬度（GPS、GeoJSON、KML）"),
    systems.GCJ02: gettext_lazy("火星坐标 GCJ-02（高德、腾讯地图）"),
    systems.BD09: gettext_lazy("百度坐标 BD-09"),
}
_REASONS: dict[systems.Reason, Promise] = {
    systems.Reason.DECLARED: gettext_lazy("文件中写明"),
    systems.Reason.DECLARED_DATUM: gettext_lazy("文件写明这一基准，未写明投影"),
    systems.Reason.DECLARED_LOOSELY: gettext_lazy("文件写得含糊，请核对"),
    systems.Reason.AGAINST_DECLARED: gettext_lazy(
        "与文件写明的不同，但数值只有这样才落在适用范围"
    ),
    systems.Reason.SWAPPED: gettext_lazy("纵坐标（纬度）在前，导入时对调"),
    systems.Reason.NEAR: gettext_lazy("落在本园区附近"),
    systems.Reason.FAR: gettext_lazy("离本园区 %(km)s 公里，请核对"),
    systems.Reason.DEGREES: gettext_lazy("数值像经纬度"),
    systems.Reason.ZONE_NUMBER: gettext_lazy("横坐标以带号 %(zone)s 开头"),
    systems.Reason.METRES: gettext_lazy("数值像投影坐标（米）"),
    systems.Reason.INTERNET: gettext_lazy(
        "互联网地图坐标，偏移数百米，从数值上看不出来；会换算为国家2000"
    ),
    systems.Reason.OLD_DATUM: gettext_lazy("旧基准，没有测绘部门的参数，可能偏 100 米"),
    systems.Reason.SOME_OUTSIDE: gettext_lazy("部分行不在适用范围"),
}
_REMARKS: dict[files.Remark, Promise] = {
    files.Remark.NO_SYSTEM: gettext_lazy("文件中没有坐标系（Shapefile 缺少 .prj）"),
    files.Remark.NO_TABLE: gettext_lazy("缺少 .dbf，只有图形，没有属性"),
    files.Remark.INDEX_REBUILT: gettext_lazy("缺少 .shx，已重建索引"),
    files.Remark.ENCODING_FOUND: gettext_lazy("没有写明文字编码，按 %(encoding)s 读取，请核对"),
    files.Remark.ENCODING_WRONG: gettext_lazy("写明的编码 %(said)s 不对，按 %(encoding)s 读取"),
    files.Remark.ENCODING_UNKNOWN: gettext_lazy("文字编码不能确定，文字可能有误"),
    files.Remark.DELETED: gettext_lazy("有 %(count)s 条已标记删除的记录，没有读取"),
    files.Remark.UNEVEN: gettext_lazy("图形 %(shapes)s 个、属性 %(records)s 条，数目不一致"),
    files.Remark.VIEW: gettext_lazy("图层“%(name)s”是查询而不是表，没有读取"),
    files.Remark.OPEN_LINES: gettext_lazy("有 %(count)s 条线没有围成面"),
}
_FIRST_PREFIXED, _FIRST_PLAIN, _FIRST_WIDE = 4513, 4534, 4491


def system_name(code: str) -> str:
    """Return what officials call a coordinate system."""
    if code in _NAMES:
        return str(_NAMES[code])
    number = int(code[5:]) if code.startswith("EPSG:") and code[5:].isdigit() else 0
    if _FIRST_PREFIXED <= number < _FIRST_PLAIN:
        zone = number - _FIRST_PREFIXED + 25
        return _("国家2000 3度带 第%(zone)s带（横坐标带带号）") % {"zone": zone}
    if _FIRST_PLAIN <= number <= 4554:
        meridian = (number - _FIRST_PLAIN + 25) * 3
        return _("国家2000 3度带 中央经线%(meridian)s°（不带带号）") % {"meridian": meridian}
    if _FIRST_WIDE <= number <= 4501:
        zone = number - _FIRST_WIDE + 13
        return _("国家2000 6度带 第%(zone)s带（横坐标带带号）") % {"zone": zone}
    return systems.name(code) if systems.is_known(code) else code


def places(
    register: Register, run: ImportRun, look: Look, reading: Reading
) -> dict[str, Any] | None:
    """Return what the page asks about coordinates; None where the file has none."""
    columns = georeference.chosen(look, reading)
    sample = georeference.points(look, columns) if register.outline else []
    if not sample:
        return None
    known = findings.extent(register, run.zone).window
    ranked = georeference.candidates(look, columns, known)
    chosen = _value(reading.system, swapped=reading.swapped) if reading.system else ""
    offered = [_offered(one, chosen) for one in ranked[:MOST_OFFERED]]
    offered += list(_internet(sample, {one["value"] for one in offered}, chosen))
    if not chosen and ranked and ranked[0].is_certain:
        offered[0]["is_chosen"] = True
    return {
        "sample": f"{sample[0][0]:.10g}, {sample[0][1]:.10g}",
        "declared": georeference.said(look)[:200],
        "encoding": look.about.get("encoding", ""),
        "remarks": _remarks(look),
        "known": _window(known) if known else "",
        "systems": offered,
        "other": reading.system if chosen not in {one["value"] for one in offered} else "",
        "other_swapped": reading.swapped,
        "repairs": _repairs(run, reading),
    }


def _remarks(look: Look) -> list[str]:
    """Return what was found on opening the file that an officer should know."""
    told: list[tuple[str, dict[str, Any]]] = json.loads(look.about.get("notes", "[]"))
    known = ((_REMARKS.get(files.Remark(code)), facts) for code, facts in told if code in _REMARKS)
    return [str(remark) % defaultdict(str, facts) for remark, facts in known]


def _value(system: str, *, swapped: bool) -> str:
    return f"{system}{SWAPPED}" if swapped else system


def _offered(one: systems.Candidate, chosen: str) -> dict[str, Any]:
    value = _value(one.system, swapped=one.swapped)
    return {
        "value": value,
        "name": system_name(one.system),
        "code": one.system,
        "reasons": [str(_REASONS[reason]) % one.facts for reason in one.reasons],
        "at": f"{one.place[0]:.6f}, {one.place[1]:.6f}",
        "is_chosen": value == chosen,
        "is_doubtful": one.swapped or one.system in _INTERNET,
    }


def _internet(
    sample: list[tuple[float, float]], offered: set[str], chosen: str
) -> Iterator[dict[str, Any]]:
    """Yield the systems of internet maps: no number tells them from longitude and latitude."""
    for code in _INTERNET:
        at = georeference.lies_at(sample, code, swapped=False)
        if code not in offered and at and (at != sample[0]):
            reasons = (systems.Reason.INTERNET,)
            yield _offered(systems.Candidate(code, False, reasons, {}, at), chosen)


def _window(known: tuple[float, float, float, float]) -> str:
    west, south, east, north = known
    return f"{west:.3f}–{east:.3f}, {south:.3f}–{north:.3f}"


def _repairs(run: ImportRun, reading: Reading) -> list[dict[str, Any]]:
    """Return the faults that rows were refused for, and those that are mended already."""
    counts: Counter[str] = Counter()
    areas: dict[str, list[str]] = {}
    told = Q(outcome=Outcome.REFUSED) | ~Q(findings=[])
    rows = run.rows.filter(told).order_by("position").values_list("errors", "findings")
    for errors, warnings in rows.iterator():
        for error in (*errors, *warnings):
            if fault := error.get("fault"):
                counts[fault] += 1
                areas.setdefault(fault, _change(error))
    codes = [*counts, *(code for code in reading.repairs if code not in counts)]
    return [
        {
            "code": code,
            "label": findings.repair_label(code),
            "count": counts[code],
            "example": areas.get(code),
            "is_chosen": code in reading.repairs,
        }
        for code in codes
    ]


def _change(error: Mapping[str, str]) -> list[str]:
    before, after = error.get("before", ""), error.get("after", "")
    return [before, after] if after else []


def asked_places(data: QueryDict) -> dict[str, Any]:
    """Return what the form says of coordinates, as a reading takes it."""
    system, _bar, swapped = data.get("system", "").partition("|")
    if system == OTHER:
        number = data.get("other-system", "").strip().upper().removeprefix("EPSG:").strip()
        system = f"EPSG:{number}" if number else ""
        swapped = data.get("other-swapped", "")
    known = systems.is_known(system) if system else False
    return {
        "system": system if known else "",
        "swapped": known and bool(swapped),
        "repairs": tuple(code for code in data.getlist("repair") if findings.is_repair(code)),
    }


def lacks_system(register: Register, look: Look, reading: Reading) -> bool:
    """Return whether a shape is to be read and nobody has said in which system it is."""
    meant = set(reading.columns.values())
    is_read = register.outline and (register.outline in meant or set(AXES) <= meant)
    return (
        bool(is_read)
        and not reading.system
        and bool(georeference.points(look, georeference.chosen(look, reading)))
    )
