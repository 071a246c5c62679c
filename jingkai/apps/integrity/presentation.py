"""What the pages of the trail show, as the records that components take."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.registers import workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.web import figures
from jingkai.web.parts import Chip, Heading, Row, Term

from . import queries
from .forms import TrailFilters

# The register of a kind, as the reader may see it.
Known = Callable[[str], Register | None]
# What actions note besides; a name that is not here is shown as it is.
_NOTED: dict[str, Promise] = {
    "rows": gettext_lazy("数据行数"),
    "created": gettext_lazy("新增"),
    "updated": gettext_lazy("更新"),
    "unchanged": gettext_lazy("未变"),
    "errors": gettext_lazy("问题数"),
    "sha256": gettext_lazy("文件摘要值"),
    "query": gettext_lazy("筛选条件"),
    "to": gettext_lazy("推进到"),
    "on": gettext_lazy("日期"),
    "forced_without": gettext_lazy("强制通过时缺少"),
    "missing": gettext_lazy("强制通过时缺少"),
    "project": gettext_lazy("项目"),
    "officer": gettext_lazy("服务专员"),
    "role": gettext_lazy("角色"),
    "username": gettext_lazy("登录名"),
    "is_demonstration": gettext_lazy("示范账号"),
    "since": gettext_lazy("起始日期"),
    "valid_from": gettext_lazy("起始日期"),
    "valid_until": gettext_lazy("截止日期"),
    "starts_on": gettext_lazy("期初"),
    "ends_on": gettext_lazy("期末"),
    "figures": gettext_lazy("指标值"),
    "column": gettext_lazy("字段"),
    "reason": gettext_lazy("理由"),
    "ok": gettext_lazy("完整"),
    "events": gettext_lazy("留痕条数"),
    "changes": gettext_lazy("记录变更项数"),
    "head": gettext_lazy("链头"),
    "first_bad": gettext_lazy("首个问题"),
}
# What is noted as a code: the register and column that say it in words.
_CODED = {"to": ("project-transitions", "to_stage")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record, as it was and as it became; None: there was no record."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What an event did to one record."""

    title: str
    url: str
    is_new: bool
    is_gone: bool
    differences: list[Difference]
    unchanged: int  # fields of a changed record that stayed as they were


def headings() -> list[Heading]:
    """Return the headings of the list."""
    labels = (_("时间"), _("人员"), _("操作"), _("对象"), _("理由"))
    return [
        *(Heading(label=label) for label in labels),
        Heading(label=_("涉及记录"), numeric=True),
        Heading(label=_("序号"), numeric=True, hint=_("在本园区留痕链上的位置，连续无空号")),
    ]


def rows(events: Iterable[Any], zone_code: str) -> list[Row]:
    """Return the list's rows."""
    shown = list(events)
    names = queries.names({event.actor for event in shown})
    return [
        Row(
            cells=_cells(event, names),
            url=reverse("integrity:event", args=[zone_code, event.sequence]),
        )
        for event in shown
    ]


def _cells(event: Any, names: Mapping[str, str]) -> list[object]:
    return [
        figures.minute(event.at),
        event.actor_label or names[event.actor],
        queries.sentence(event.verb, event.target_kind),
        event.target_label or event.target_id,
        event.reason,
        f"{event.change_count:,}" if event.change_count else "",
        event.sequence,
    ]


def chips(form: TrailFilters, data: QueryDict) -> list[Chip]:
    """Return the filters in force, each with the way out."""
    return [
        Chip(label=label, value=value, url=f"?{without(data, name, 'before')}")
        for name, label, value in form.shown()
    ]


def without(data: QueryDict, *names: str) -> str:
    """Return the query string less these parameters."""
    left = data.copy()
    for name in names:
        left.pop(name, None)
    return left.urlencode()


def terms(event: Any) -> list[Term]:
    """Return the event itself, its place on the chain included."""
    return [
        Term(label=_("时间"), value=figures.minute(event.at)),
        Term(
            label=_("人员"),
            value=event.actor_label or queries.names([event.actor])[event.actor],
            note=event.actor,
        ),
        Term(
            label=_("操作"),
            value=queries.sentence(event.verb, event.target_kind),
            note=event.verb,
        ),
        Term(label=_("对象"), value=event.target_label, note=event.target_id),
        Term(label=_("理由"), value=event.reason or None),
        Term(label=_("请求编号"), value=event.request_id or None),
    ]


def proof(event: Any) -> list[Term]:
    """Return what chains the event to the one before it."""
    return [
        Term(label=_("链上序号"), value=f"{event.sequence:,}", note=event.zone_code),
        Term(label=_("摘要算法"), value=event.algorithm),
        Term(label=_("本条哈希"), value=event.hash),
        Term(label=_("前一条哈希"), value=event.previous_hash),
    ]


def details(event: Any, known: Known) -> list[Term]:
    """Return what else the action noted."""
    return [
        Term(label=str(_NOTED.get(name, name)), value=_noted(event, name, value, known))
        for name, value in event.details.items()
    ]


def _noted(event: Any, name: str, value: object, known: Known) -> str:
    if name == "column":
        return _label(known(event.target_kind), str(value))
    kind, column = _CODED.get(name, ("", ""))
    return _word(known(kind), column, {column: value}) or _plain(value)


def changed(changes: Iterable[Any], zone_code: str, known: Known) -> list[Changed]:
    """Return the records that an event changed, field by field, as the reader may see them."""
    return [_changed(change, zone_code, known) for change in changes]


def _changed(change: Any, zone_code: str, known: Known) -> Changed:
    register = known(change.kind)
    before, after = change.before, change.after
    names = dict.fromkeys([*(before or {}), *(after or {})])
    url = ""
    if register and after is not None and change.object_id.isdecimal():
        url = reverse(f"{change.kind}-detail", args=[zone_code, change.object_id])
    was_there = before is not None and after is not None
    differing = [n for n in names if not was_there or before.get(n) != after.get(n)]
    found = {"kind": queries.kind_label(change.kind), "label": change.label}
    return Changed(
        title=_("%(kind)s：%(label)s") % found,
        url=url,
        is_new=before is None,
        is_gone=after is None,
        differences=[
            Difference(
                label=_label(register, name),
                before=_word(register, name, before),
                after=_word(register, name, after),
            )
            for name in differing
        ],
        unchanged=len(names) - len(differing),
    )


def _label(register: Any, name: str) -> str:
    column = register.recorded.get(name) if register else None
    return str(column.label if column else _NOTED.get(name, name))


def _word(register: Any, name: str, values: Mapping[str, Any] | None) -> str | None:
    """Return the value as the register shows it; one that it no longer understands as it is."""
    value = (values or {}).get(name)
    if value is None or value == "":
        return None
    column = register.recorded.get(name) if register else None
    return column.told(value) if column else _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value is None or value == []:
        return _("无")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def csv_lines(events: Iterable[Any]) -> Iterator[str]:
    """Yield the events as CSV that Excel opens; what could be a formula is quoted."""
    yield "\N{BYTE ORDER MARK}"
    labels = [
        _("序号"),
        _("时间"),
        _("登录名"),
        _("操作"),
        _("操作代码"),
        _("对象"),
        _("对象编号"),
    ]
    yield _csv([*labels, _("理由"), _("涉及记录"), _("请求编号"), _("哈希")])
    for event in events:
        yield _csv(
            [
                event.sequence,
                event.at.isoformat(),
                event.actor,
                queries.sentence(event.verb, event.target_kind),
                event.verb,
                event.target_label,
                event.target_id,
                event.reason,
                event.change_count,
                event.request_id,
                event.hash,
            ]
        )


def _csv(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(workbooks.quoted(str(cell)) for cell in cells)
    return buffer.getvalue()
