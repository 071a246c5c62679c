"""The calendar as an API: the days of a year, and the last day of a limit."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from jingkai.apps.accounts import access
from jingkai.core.calendar import Day, Due, Unit, explain
from jingkai.web import answers
from jingkai.web.answers import Problem

from . import forms, queries

ROOT = "/z/{slug:zone}/calendar"
_DATE = {"type": "string", "format": "date"}
_YES = {"type": "boolean"}
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_YEARS = {"type": "array", "items": _WHOLE}


def router() -> Router:
    """Return the API of the calendar."""
    found = Router(tags=["calendar"])
    found.get(
        f"{ROOT}/years/{{int:year}}",
        operation_id="calendar-year",
        openapi_extra={"summary": _("一年的法定日历"), "responses": _answers(_YEAR)},
    )(access.api("GET")(year))
    found.get(
        f"{ROOT}/due",
        operation_id="calendar-due",
        openapi_extra={
            "summary": _("推算期限的到期日"),
            "parameters": [
                _parameter("start", _DATE, _("起算日（当日不计入）")),
                _parameter("count", {"type": "integer", "minimum": 1}, _("期限长度")),
                _parameter("unit", {"type": "string", "enum": list(Unit)}, _("单位")),
                _parameter("roll", _YES, _("末日为休息日时顺延")) | {"required": False},
            ],
            "responses": _answers(_DUE),
        },
    )(access.api("GET")(due))
    return found


def year(request: Any, zone: str, year: int) -> HttpResponse:
    """Answer every day of the year, and what is known of it."""
    del zone
    if not forms.EARLIEST.year <= year <= forms.LATEST.year:
        raise Problem(404)
    calendar = queries.calendar(request.zone.pk)
    days = [_day(day) for month in calendar.months(year) for day in month]
    numbers = [one.document_number for one in calendar.notices if one.year == year]
    standing = calendar.standing(year).value
    return answers.data({"year": year, "standing": standing, "notices": numbers, "days": days})


def due(request: Any, zone: str) -> HttpResponse:
    """Answer the last day of a limit, with what was counted and what was not."""
    del zone
    form = forms.LimitForm({"roll": "true"} | request.GET.dict())
    wrong = {name: "；".join(map(str, said)) for name, said in form.errors.items()}
    wrong |= {name: str(_("没有这个参数")) for name in request.GET if name not in form.fields}
    if wrong:
        raise Problem(422, fields=wrong)
    calendar = queries.calendar(request.zone.pk)
    start, limit = form.cleaned_data["start"], form.limit()
    steps = [
        {
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "step": one.step.value,
            "name": one.name,
            "total": one.total,
        }
        for one in explain(calendar, start, limit)
    ]
    return answers.data(_due(calendar.add(start, limit)) | {"steps": steps})


def _day(day: Day) -> dict[str, object]:
    return {
        "date": day.on.isoformat(),
        "mark": day.mark.value,
        "name": day.name,
        "is_working": day.is_working,
        "is_provisional": day.is_provisional,
    }


def _due(found: Due) -> dict[str, Any]:
    return {
        "due_on": found.on.isoformat(),
        "nominal_on": found.nominal_on.isoformat(),
        "is_provisional": found.is_provisional,
        "awaited": list(found.awaited),
    }


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_YEAR = _object(
    year=_WHOLE,
    standing=_TEXT,
    notices=_list(_TEXT),
    days=_list(_object(date=_DATE, mark=_TEXT, name=_TEXT, is_working=_YES, is_provisional=_YES)),
)
_DUE = _object(
    due_on=_DATE,
    nominal_on=_DATE,
    is_provisional=_YES,
    awaited=_YEARS,
    steps=_list(_object(first=_DATE, last=_DATE, step=_TEXT, name=_TEXT, total=_WHOLE)),
)


def _parameter(name: str, schema: dict[str, Any], description: object) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": True,
        "schema": schema,
        "description": description,
    }


def _answers(schema: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Return what may be answered; the shape of a problem is told by the registers' API."""
    problem = {"$ref": "#/components/schemas/problem"}
    content = {"content": {"application/json": {"schema": problem}}}
    told = {status: {"description": _("未能完成")} | content for status in (401, 404, 422)}
    return {200: {"content": {"application/json": {"schema": schema}}}} | told
