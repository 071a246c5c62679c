"""One record as the records that components take: terms, history."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import queries as accounts
from jingkai.web import figures
from jingkai.web.parts import Entry, Term

from .. import checking
from ..declaration import BoundColumn, Register, Text
from ..models import Record

NOTHING = "—"
_VERBS = {
    "created": gettext_lazy("登记"),
    "changed": gettext_lazy("修改"),
    "deleted": gettext_lazy("删除"),
    "bulk-changed": gettext_lazy("批量修改"),
    "bulk-deleted": gettext_lazy("批量删除"),
    "bulk-undone": gettext_lazy("撤销批量操作"),
    "grid-changed": gettext_lazy("表格编辑"),
    "imported": gettext_lazy("导入"),
    "assigned": gettext_lazy("分派"),
    "lost": gettext_lazy("标记流失"),
    "revived": gettext_lazy("唤醒"),
    "tracked": gettext_lazy("按协议建立"),
    "put-in-force": gettext_lazy("启用"),
    "moved": gettext_lazy("推进阶段"),
    "status-changed": gettext_lazy("变更状态"),
    "added": gettext_lazy("登记材料"),
    "attached": gettext_lazy("上传附件"),
    "handed-over": gettext_lazy("移交服务"),
    "acknowledged": gettext_lazy("签收"),
    "split": gettext_lazy("分割"),
    "merge": gettext_lazy("合并"),
    "split-undone": gettext_lazy("撤销分割"),
    "merge-undone": gettext_lazy("撤销合并"),
    "statutory-noted": gettext_lazy("登记法定状态"),
    "follow-up-noted": gettext_lazy("登记跟进"),
    "obstacle-noted": gettext_lazy("登记卡点"),
    "officer-assigned": gettext_lazy("指定经办人"),
}


def terms(values: Iterable[tuple[BoundColumn, Any]]) -> list[Term]:
    """Return a record's columns as a definition list."""
    return [
        Term(label=str(column.label), value=column.kind.drawn(value) or None)
        for column, value in values
    ]


def revealable(register: Register, record: Record) -> list[tuple[str, Text]]:
    """Return the columns of which the person sees a mask and may see the value, with a reason."""
    return [
        (column.name, column.label)
        for column in register.bound
        if column.held and column.is_masked and column.may_read
        if checking.stored(record, column.name) is not None
    ]


def history(register: Register, changes: Iterable[Any]) -> list[Entry]:
    """Return a record's changes, each as a sentence of what was and what is."""
    shown = list(changes)
    authors = accounts.authors({change.event.actor for change in shown})
    return [_entry(register, change, authors) for change in shown]


def _entry(register: Register, change: Any, authors: dict[str, str]) -> Entry:
    event = change.event
    (verb, *_others) = (event.details or {}).get("verbs", {event.verb: 1})
    verb = verb.rsplit(".", 1)[-1]
    return Entry(
        on=figures.minute(event.at),
        title=str(_VERBS.get(verb, event.verb)),
        text=_differences(register, change.before or {}, change.after or {}, event.reason),
        by=event.actor_label or authors[event.actor],
        tone="red" if verb.endswith("deleted") else "blue",
    )


def _differences(
    register: Register, before: dict[str, Any], after: dict[str, Any], reason: str
) -> str:
    if not before:
        return reason
    parts = []
    for name, value in after.items():
        column = register.recorded.get(name)
        label = column.label if column else name
        was, now = _word(column, before.get(name)), _word(column, value)
        if (was, now) != (NOTHING, NOTHING):
            parts.append(f"{label}: {was} → {now}")
    if reason:
        parts.append(_("说明：%(reason)s") % {"reason": reason})
    return _("；").join(parts)


def _word(column: BoundColumn | None, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    return column.told(value) if column else str(value)


def lacking(register: Register, record: Record) -> list[str]:
    """Return a sentence for each column that the zone asks for and the record lacks."""
    return [
        _("“%(column)s”尚未填写：%(rule)s")
        % {"column": register.recorded[asked.column].label, "rule": asked.message}
        for asked in checking.lacking(register, record)
    ]
