"""The grid: a page of the list, typed over as in a workbook, saved wholly or not at all."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import answers, clock

from .. import actions, checking, filters, presentation, queries
from ..actions import Edit, NotSaved, Problem, Why
from ..declaration import BoundColumn, Register
from ..kinds import Refused
from ..queries import Proposal
from . import loading

LENGTH = 100
MOST = 1_000
_Rows = tuple[list[Edit], list[dict[str, Any]], list[Problem]]


def page(request: ZoneRequest, register: Register) -> HttpResponse:
    """Show a page of the filtered list as a grid."""
    loading.require_leaf(request)
    asked = filters.read(register, request.GET, as_listed=True)
    asked.length = LENGTH
    place = queries.slice_of(asked, queries.rows_of(register))
    records = queries.unlocked(register, request.zone, place.keys)
    zone, kind = request.zone.code, register.kind
    links = {name: reverse(f"{kind}-grid-{name}", args=[zone]) for name in ("check", "save")}
    found = [records[key] for key in place.keys if key in records]
    context = {
        "register": register,
        "links": presentation.links(register, zone, asked.query),
        "asked": asked,
        "data": presentation.grid_data(register, found, links),
        "earlier": f"?{asked.query}&page={place.previous}" if place.previous else "",
        "later": f"?{asked.query}&page={place.next}" if place.next else "",
        "first": place.before + 1 if found else 0,
        "last": place.before + len(found),
        "list_url": f"{reverse(f'{kind}-list', args=[zone])}?{asked.query}",
    }
    return render(request, "registers/grid.html", context, status=400 if asked.errors else 200)


def check(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer what is wrong with the rows typed so far; nothing is written."""
    loading.require_leaf(request)
    body = _body(request)
    if body is None:
        return _unreadable()
    edits, additions, problems = _typed(request, register, body)
    records = queries.unlocked(register, request.zone, [edit.pk for edit in edits])
    wrong = {problem.place for problem in problems}
    places = [place for place, edit in enumerate(edits) if edit.pk in records]
    proposals = [Proposal(records[edits[place].pk], edits[place].values) for place in places]
    proposals += [Proposal(None, values) for values in additions]
    places += [len(edits) + number for number in range(len(additions))]
    for place, verdict in zip(
        places, queries.judge(register, request.zone, proposals), strict=True
    ):
        if place not in wrong:
            problems += [Problem(place, str(why), why.column) for why in verdict.refusals]
    return answers.data({"problems": presentation.grid_problems(register, problems)})


def save(request: ZoneRequest, register: Register) -> HttpResponse:
    """Save the rows, all of them or none."""
    loading.require_leaf(request)
    body = _body(request)
    if body is None:
        return _unreadable()
    edits, additions, problems = _typed(request, register, body)
    if problems:
        return _not_saved(register, NotSaved(problems))
    why = Why(
        verb="grid-changed",
        by=request.user.username,
        at=clock.now(),
        reason=str(body.get("reason") or "")[:200],
    )
    try:
        saved = actions.change_records(
            register=register, zone=request.zone, edits=edits, additions=additions, why=why
        )
    except NotSaved as refusal:
        return _not_saved(register, refusal)
    except Refused as reason:
        return answers.problem(409, str(reason), problems=[])
    return answers.data({"saved": len(saved.changed) + len(saved.added)})


def _not_saved(register: Register, refusal: NotSaved) -> HttpResponse:
    status = 409 if any(problem.current for problem in refusal.problems) else 422
    told = presentation.grid_problems(register, refusal.problems)
    return answers.problem(status, str(refusal), problems=told)


def _body(request: ZoneRequest) -> dict[str, Any] | None:
    """Return the request's JSON object with its rows, None where it is no such thing."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    rows = body.get("rows") if isinstance(body, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST or not all(map(_is_row, rows)):
        return None
    return dict(body)


def _unreadable() -> HttpResponse:
    return answers.problem(400, _("请求无法理解：应为至多 %(most)s 行") % {"most": MOST})


def _is_row(row: Any) -> bool:
    """Whether it is an edit (pk, version, values) or an addition (values), all of them texts."""
    if not isinstance(row, dict) or not isinstance(row.get("values"), dict):
        return False
    is_text = all(isinstance(text, str) for text in row["values"].values())
    numbers = (row.get("pk"), row.get("version"))
    return is_text and (numbers == (None, None) or all(type(n) is int for n in numbers))


def _typed(request: ZoneRequest, register: Register, body: dict[str, Any]) -> _Rows:
    """Return the edits, the additions, and the cells that can't be read; edits stand first."""
    rows = sorted(body["rows"], key=lambda row: row.get("pk") is None)
    columns = {column.name: column for column in presentation.grid_columns(register)}
    keys = {name: {row["values"].get(name, "").strip() for row in rows} for name in columns}
    references = checking.resolve(request.zone, columns.values(), keys)
    edits, additions, problems = [], [], []
    for place, row in enumerate(rows):
        is_new = row.get("pk") is None
        texts = dict.fromkeys(columns, "") | row["values"] if is_new else row["values"]
        values, wrong = _values(columns, texts, references)
        if not is_new and register.key in values:
            wrong.append(Refused(_("编号登记后不能修改"), register.key))
        problems += [Problem(place, str(why), why.column) for why in wrong]
        if is_new:
            additions.append(values)
        else:
            edits.append(Edit(row["pk"], row["version"], values))
    return edits, additions, problems


def _values(
    columns: dict[str, BoundColumn], texts: dict[str, str], references: Any
) -> tuple[dict[str, Any], list[Refused]]:
    values: dict[str, Any] = {}
    wrong = []
    for name, text in texts.items():
        if name not in columns:
            wrong.append(Refused(_("没有这一列，或不能填写"), name))
            continue
        try:
            values[name] = checking.value_of(columns[name], text, references)
        except Refused as reason:
            wrong.append(Refused(str(reason), name))
    return values, wrong
