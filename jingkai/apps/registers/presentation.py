"""What a register's pages show, as the records that components take."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import queries as accounts
from jingkai.web import figures
from jingkai.web.parts import Entry, Pages, Term

from .declaration import BoundColumn, Register
from .filters import Filters
from .models import ImportRun
from .queries import Page

STEPS = (gettext_lazy("上传"), gettext_lazy("校验"), gettext_lazy("确认导入"))
_VERBS = {
    "created": gettext_lazy("登记"),
    "changed": gettext_lazy("修改"),
    "deleted": gettext_lazy("删除"),
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
}


def links(register: Register, zone: str, query: str = "", pk: int | None = None) -> dict[str, str]:
    """Return the URLs of the register's pages, and of one record's."""
    kind = register.kind
    found = {
        name: reverse(f"{kind}-{name}", args=[zone])
        for name in ("list", "new", "import", "template", "export")
    }
    found["export_csv"] = f"{found['export']}?{query}&format=csv"
    found["export"] += f"?{query}"
    if pk is not None and register.is_editable:
        found |= {name: reverse(f"{kind}-{name}", args=[zone, pk]) for name in ("edit", "delete")}
    return found


def heading(asked: Filters, column: BoundColumn) -> dict[str, Any]:
    """Return one heading: how it is sorted, and the link that sorts by it."""
    state = ""
    if asked.order.lstrip("-") == column.path:
        state = "descending" if asked.order.startswith("-") else "ascending"
    then = column.name if state == "descending" else f"-{column.name}"
    link = f"?{asked.without('sort', 'page')}&sort={then}" if column.sortable else ""
    return {"column": column, "state": state, "link": link}


def pages(asked: Filters, page: Page) -> Pages:
    """Return where the page stands and its neighbours."""
    earlier = f"?{asked.query}&page={page.number - 1}" if page.number > 1 else ""
    later = f"?{asked.query}&page={page.number + 1}" if page.has_next else ""
    total = page.counted if page.is_exact else None
    return Pages(
        first=page.first, last=page.last, total=total, previous_url=earlier, next_url=later
    )


def kept(data: QueryDict) -> list[tuple[str, str]]:
    """Return the parameters that the search box keeps."""
    left = {"q", "page"}
    return [(name, value) for name in data if name not in left for value in data.getlist(name)]


def terms(values: Iterable[tuple[BoundColumn, Any]]) -> list[Term]:
    """Return a record's columns as a definition list."""
    return [
        Term(label=str(column.label), value=column.kind.shown(value) or None)
        for column, value in values
    ]


def history(register: Register, changes: Iterable[Any]) -> list[Entry]:
    """Return a record's changes, each as a sentence of what was and what is."""
    shown = list(changes)
    authors = accounts.authors({change.event.actor for change in shown})
    return [_entry(register, change, authors) for change in shown]


def _entry(register: Register, change: Any, authors: dict[str, str]) -> Entry:
    event = change.event
    verb = event.verb.rsplit(".", 1)[-1]
    return Entry(
        on=figures.minute(event.at),
        title=str(_VERBS.get(verb, event.verb)),
        text=_differences(register, change.before or {}, change.after or {}, event.reason),
        by=event.actor_label or authors[event.actor],
        tone="red" if verb == "deleted" else "blue",
    )


def _differences(
    register: Register, before: dict[str, Any], after: dict[str, Any], reason: str
) -> str:
    if not before:
        return reason
    parts = []
    for name, value in after.items():
        column = register.by_name.get(name)
        label = column.label if column else name
        was, now = _word(column, before.get(name)), _word(column, value)
        parts.append(f"{label}: {was} → {now}")
    if reason:
        parts.append(_("说明：%(reason)s") % {"reason": reason})
    return _("；").join(parts)


def _word(column: BoundColumn | None, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if column is None or column.is_reference:
        return str(value)
    return column.kind.shown(column.kind.parse(value))


def import_outcome(
    register: Register, zone: str, run: ImportRun, errors: list[dict[str, Any]] | None
) -> dict[str, Any]:
    """Return what the page of one import shows."""
    report = run.report
    found = links(register, zone)
    found["errors"] = reverse(f"{register.kind}-import-errors", args=[zone, run.pk])
    shown = errors or report["errors"]
    return {
        "register": register,
        "links": found,
        "steps": STEPS,
        "step": 4 if run.imported_at else 2 if shown else 3,
        "run": run,
        "errors": shown,
        "error_count": len(shown) + report["more_errors"],
        "nothing_to_do": not shown and not report["created"] and not report["updated"],
    }
