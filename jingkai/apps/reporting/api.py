"""The indicators as an API: each number with its definition, and the records behind it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Router

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import api as registers_api
from jingkai.apps.registers import fitting
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.api import schemas
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.indicator import Indicator
from jingkai.web import answers, clock
from jingkai.web.answers import Problem

from . import forms, queries
from .forms import Asked

ROOT = "/z/{slug:zone}/indicators"
_ASKED: dict[str, tuple[dict[str, Any], Promise]] = {
    "year": (
        {"type": "integer", "minimum": forms.FIRST_YEAR, "maximum": forms.LAST_YEAR},
        _("年度"),
    ),
    "as_of": ({"type": "string", "format": "date"}, _("数据截至")),
    "month": ({"type": "integer", "minimum": 1, "maximum": 12}, _("月份")),
}
_ITEM = {"type": "object", "properties": {"code": {"type": "string"}}}


def router() -> Router:
    """Return the API of the indicators."""
    found = Router(tags=["indicators"])
    may = access.api("GET", read=[Permission.READ_FIGURES])
    whole = {"type": "object", "properties": {"indicators": {"type": "array", "items": _ITEM}}}
    found.get(
        ROOT,
        operation_id="indicators",
        openapi_extra=_described(_("全部指标"), whole),
    )(registers_api.operation(index, may))
    found.get(
        f"{ROOT}/{{slug:code}}",
        operation_id="indicator",
        openapi_extra=_described(_("一项指标"), _ITEM),
    )(registers_api.operation(one, may, code=str))
    for indicator in queries.indicators():
        _add_records(found, indicator)
    return found


def index(request: ZoneRequest) -> HttpResponse:
    """Answer every figure of the year."""
    asked = _asked(request, known=set(_ASKED))
    standings = queries.readings(asked.period).values()
    found = queries.told.everything(request.zone, asked.year, asked.period, standings)
    return answers.data(found)


def one(request: ZoneRequest, code: str) -> HttpResponse:
    """Answer one figure with its definition."""
    asked = _asked(request, known=set(_ASKED))
    indicator = _indicator(code)
    told = queries.told.one(queries.reading(indicator.code, asked.period))
    if registers.registers()[indicator.register].read in request.permissions:
        told |= {"cuts": queries.told.cuts(indicator, asked.period)}
    return answers.data(_period(asked) | told)


def records(request: ZoneRequest, indicator: Indicator, register: Register) -> HttpResponse:
    """Answer the records behind the figure."""
    asked = _asked(request)
    rows = indicator.rows(asked.period)
    page = registers_api.listing(request, register, rows, besides=_ASKED)
    told = {"indicator": indicator.code, "register": register.kind}
    return answers.data(_period(asked) | told | page)


def _add_records(found: Router, indicator: Indicator) -> None:
    """Add the list behind one figure, for those who may read its register too."""
    register = registers.registers()[indicator.register]

    def behind(request: Any) -> HttpResponse:
        return records(request, indicator, fitting.of(request, register))

    may = access.api("GET", read=[Permission.READ_FIGURES, register.read])
    described = _described(_("指标的组成记录"), schemas.page(schemas.item(register)))
    described["parameters"] += schemas.parameter_links(register)
    found.get(
        f"{ROOT}/{indicator.code}/records",
        operation_id=f"indicator-records-{indicator.code}",
        openapi_extra=described,
    )(registers_api.operation(behind, may))


def _asked(request: ZoneRequest, *, known: set[str] | None = None) -> Asked:
    """Return the year and the day; ``known`` are all parameters, None where others are read."""
    form = forms.AskedForm(request.GET)
    fields = {name: "；".join(map(str, wrong)) for name, wrong in form.errors.items()}
    if known is not None:
        fields |= {name: str(_("没有这个参数")) for name in request.GET if name not in known}
    if fields:
        raise Problem(422, fields=fields)
    return forms.asked(request.GET, today=clock.today())


def _period(asked: Asked) -> dict[str, Any]:
    start, end = asked.period.start.isoformat(), asked.period.end.isoformat()
    return {"year": asked.year, "as_of": end, "period": {"start": start, "end": end}}


def _indicator(code: str) -> Indicator:
    try:
        return queries.find(code)
    except queries.UnknownIndicator:
        raise Http404 from None


def _described(summary: Promise, schema: dict[str, Any]) -> dict[str, Any]:
    parameters = [schemas.parameter(name, *said) for name, said in _ASKED.items()]
    answer = {200: schemas.content(schema)}
    responses = answer | schemas.problems(401, 403, 404, 422)
    return {"summary": summary, "parameters": parameters, "responses": responses}
