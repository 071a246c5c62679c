"""The page of the mapping, where a file's rows lie somewhere: systems and axes."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jingkai.core.geometry import files, systems

from ..declaration import Register
from ..imports import findings, georeference
from ..imports.looking import HIDDEN_SHEETS, UNIT, Look
from ..imports.mapping import AXES, SWAPPED, Reading
from ..models import ImportRun
from ..sandbox.books import HIDDEN_COLUMNS, HIDDEN_ROWS, UNSEEN

MOST_OFFERED = 6
OTHER = "other"  # chosen, and its number typed
_INTERNET = (systems.GCJ02, systems.BD09)
_NAMES: dict[str, Promise] = {
    systems.CGCS2000: gettext_lazy("国家2000（CGCS2000）经纬度"),
    systems.WGS84: gettext_lazy("WGS 84 经纬度（GPS、GeoJSON、KML）"),
    systems.GCJ02: gettext_lazy("火星坐标 GCJ-02（高德、腾讯地图）"),
    systems.BD09: gettext_lazy("百度坐标 BD-09"),
    "EPSG:4610": gettext_lazy("西安80 经纬度"),
    "EPSG:4214": gettext_lazy("北京54 经纬度"),
    "EPSG:3857": gettext_lazy("Web 墨卡托（互联网地图切片）"),
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
    files.Remark.NO_SYSTEM: gettext_lazy(
        "文件没有带坐标系（例如 Shapefile 缺少 .prj）：请补上后重新上传，"
        "或向提供文件的单位问清后选择"
    ),
    files.Remark.NO_TABLE: gettext_lazy("缺少 .dbf，只有图形，没有属性"),
    files.Remark.INDEX_REBUILT: gettext_lazy("缺少 .shx，已重建索引"),
    files.Remark.ENCODING_FOUND: gettext_lazy("没有写明文字编码，按 %(encoding)s 读取，请核对"),
    files.Remark.ENCODING_WRONG: gettext_lazy("写明的编码 %(said)s 不对，按 %(encoding)s 读取"),
    files.Remark.ENCODING_UNKNOWN: gettext_lazy("文字编码不能确定，文字可能有误"),
    files.Remark.ENCODING_UNFIT: gettext_lazy(
        "有文字按所选的 %(encoding)s 读不出来，以 � 代替或略去，请核对编码"
    ),
    files.Remark.DELETED: gettext_lazy("有 %(count)s 条已标记删除的记录，没有读取"),
    files.Remark.UNEVEN: gettext_lazy("图形 %(shapes)s 个、属性 %(records)s 条，数目不一致"),
    files.Remark.VIEW: gettext_lazy("图层“%(name)s”是查询而不是表，没有读取"),
    files.Remark.OTHERS: gettext_lazy("压缩包里还有其他文件没有读取：%(names)s；请分开上传"),
    files.Remark.OPEN_LINES: gettext_lazy("有 %(count)s 条线没有围成面"),
}
_UNSEEN: dict[str, Promise] = {
    UNIT: gettext_lazy("表头上方写明“单位：%(said)s”，请核对各列的单位"),
    HIDDEN_ROWS: gettext_lazy("有 %(said)s 行被隐藏或筛选掉，也一并读取"),
    HIDDEN_COLUMNS: gettext_lazy("有 %(said)s 列被隐藏，也一并读取"),
    HIDDEN_SHEETS: gettext_lazy("隐藏的工作表没有读取：%(said)s"),
    UNSEEN: gettext_lazy(
        "旧格式 .xls 中的错误值（如 #N/A）会读成空白，百分比、补零等显示格式和隐藏的行也看不出来；"
        "请另存为 .xlsx 再导入，或逐项核对"
    ),
}
_DRAWN: tuple[tuple[int, int, int, Promise], ...] = (  # first code, how many, first zone, name
    (4513, 21, 25, gettext_lazy("国家2000 3度带 第%(zone)s带（横坐标带带号）")),
    (4534, 21, 25, gettext_lazy("国家2000 3度带 中央经线%(meridian)s°（不带带号）")),
    (4491, 11, 13, gettext_lazy("国家2000 6度带 第%(zone)s带（横坐标带带号）")),
    (2349, 21, 25, gettext_lazy("西安80 3度带 第%(zone)s带（横坐标带带号）")),
    (2370, 21, 25, gettext_lazy("西安80 3度带 中央经线%(meridian)s°（不带带号）")),
    (2401, 21, 25, gettext_lazy("北京54 3度带 第%(zone)s带（横坐标带带号）")),
    (2422, 21, 25, gettext_lazy("北京54 3度带 中央经线%(meridian)s°（不带带号）")),
)


def system_name(code: str) -> str:
    """Return what officials call a coordinate system."""
    if code in _NAMES:
        return str(_NAMES[code])
    number = int(code[5:]) if code.startswith("EPSG:") and code[5:].isdigit() else 0
    for first, count, zone, name in _DRAWN:
        if first <= number < first + count:
            here = zone + number - first
            return str(name) % {"zone": here, "meridian": here * 3}
    return systems.name(code) if systems.is_known(code) else code


def places(
    register: Register, run: ImportRun, look: Look, reading: Reading
) -> list[dict[str, Any]]:
    """Return what the page asks about coordinates, once for all sheets that have the same."""
    if not register.outline:
        return []
    known = findings.extent(register, run.zone).window
    asked = [_asked_of(look, reading, known, _said(reading))]
    for number, other in enumerate(look.others, 1):
        chosen = reading.systems.get(other.name, "")
        found = _asked_of(other, reading, known, chosen)
        asked.append(found and found | {"field": f"-{number}", "layer": other.name})
    found_any = [one for one in asked if one]
    if len(found_any) > 1 and asked[0]:
        asked[0]["layer"] = look.name
    return found_any


def _said(reading: Reading) -> str:
    return georeference.value(reading.system, swapped=reading.swapped) if reading.system else ""


def _asked_of(
    look: Look, reading: Reading, known: georeference.Window | None, chosen: str
) -> dict[str, Any] | None:
    """Return what is asked about the coordinates of a sheet; None where it has none."""
    columns = georeference.chosen(look, reading)
    sample = georeference.points(look, columns)
    if not sample:
        return None
    ranked = georeference.candidates(look, columns, known)
    offered = [_offered(one, chosen) for one in ranked[:MOST_OFFERED]]
    offered += list(_internet(sample, {one["value"] for one in offered}, chosen))
    if not chosen and ranked and ranked[0].is_certain:
        offered[0]["is_chosen"] = True
    other, swapped, _nothing = chosen.partition(SWAPPED)
    return {
        "field": "",
        "layer": "",
        "sample": f"{sample[0][0]:.10g}, {sample[0][1]:.10g}",
        "declared": georeference.said(look)[:200],
        "remarks": remarks(look),
        "known": _window(known) if known else "",
        "systems": offered,
        "other": other if chosen not in {one["value"] for one in offered} else "",
        "other_swapped": bool(swapped),
    }


def remarks(look: Look) -> list[str]:
    """Return what was found on opening the file that an officer should know."""
    told: list[tuple[str, dict[str, Any]]] = json.loads(look.about.get("notes", "[]"))
    known = [(_REMARKS.get(files.Remark(code)), facts) for code, facts in told if code in _REMARKS]
    seen = [
        (remark, {"said": look.about[name]})
        for name, remark in _UNSEEN.items()
        if name in look.about
    ]
    return [str(remark) % defaultdict(str, facts) for remark, facts in (*known, *seen)]


def _offered(one: systems.Candidate, chosen: str) -> dict[str, Any]:
    value = georeference.value(one.system, swapped=one.swapped)
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


def asked_places(data: QueryDict) -> dict[str, Any]:
    """Return what the form says of coordinates, as a reading takes it."""
    system, swapped = _asked_system(data, "")
    others = {
        name: _asked_system(data, f"-{number}")
        for number, name in enumerate(data.getlist("layer"), 1)
    }
    return {
        "system": system,
        "swapped": swapped,
        "systems": {
            name: georeference.value(code, swapped=turned)
            for name, (code, turned) in others.items()
            if code
        },
    }


def _asked_system(data: QueryDict, field: str) -> tuple[str, bool]:
    system, _bar, swapped = data.get(f"system{field}", "").partition("|")
    if system == OTHER:
        number = data.get(f"other-system{field}", "").strip().upper().removeprefix("EPSG:")
        system = f"EPSG:{number.strip()}" if number.strip() else ""
        swapped = data.get(f"other-swapped{field}", "")
    known = systems.is_known(system) if system else False
    return (system, bool(swapped)) if known else ("", False)


def lacks_system(register: Register, look: Look, reading: Reading) -> bool:
    """Return whether a shape is to be read and nobody has said in which system it is."""
    meant = set(reading.columns.values())
    if not register.outline or not (register.outline in meant or set(AXES) <= meant):
        return False
    said = [reading.system, *(reading.systems.get(other.name) for other in look.others)]
    return any(
        not system and georeference.points(one, georeference.chosen(one, reading))
        for system, one in zip(said, (look, *look.others), strict=True)
    )
