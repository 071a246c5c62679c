"""What the API does with a register; each step goes the way of its pages."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import answers, clock
from jingkai.web.answers import Problem

from .. import actions, filters, fitting, queries
from ..declaration import BoundColumn, Register
from ..kinds import Refused
from . import cursors, requests, schemas


def catalogue(request: ZoneRequest) -> HttpResponse:
    """Answer the registers that the person may read."""
    known = queries.registers().values()
    readable = [register for register in known if register.read in request.permissions]
    told = [schemas.told(fitting.of(request, found)) for found in readable]
    return answers.data({"items": told})


def index(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer one page of the register."""
    return answers.data(listing(request, register))


def listing(
    request: ZoneRequest,
    register: Register,
    rows: QuerySet[Any] | None = None,
    *,
    besides: Iterable[str] = (),
) -> dict[str, Any]:
    """
    Return one page of the rows given, or of all, as asked.

    :param besides: parameters of the query string that the caller reads itself
    """
    asked = requests.filters_of(register, request.GET, besides=besides)
    chosen = queries.rows_of(register)
    if rows is not None:
        chosen = queries.with_expressions(register, rows)
    cursor = request.GET.get("cursor", "")
    edge = cursors.read(asked, cursor) if cursor else None
    keys, following = queries.behind(asked, chosen, edge)
    found = queries.values(chosen.filter(pk__in=keys).order_by(), register.bound)
    by_key = {row["pk"]: row for row in found}
    return {
        "items": list(_items(register, [by_key[pk] for pk in keys if pk in by_key])),
        "count": queries.total(asked, chosen),
        "limit": asked.length,
        "next": _next(request.path, asked, following) if following else None,
    }


def _next(path: str, asked: filters.Filters, edge: queries.Edge) -> str:
    """Return the address of the page behind the edge."""
    cursor = urlencode({"cursor": cursors.written(asked, edge)})
    return f"{path}?{asked.without('cursor')}&{cursor}".replace("?&", "?")


def detail(_request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Answer one record."""
    return answers.data(_told(register, _record(register, pk)))


def create(request: ZoneRequest, register: Register) -> HttpResponse:
    """Add a record."""
    _require_leaf(request)
    body = requests.body_of(request, required=["values"])
    values = requests.values_of(register, request.zone, body["values"], whole=True)
    by = request.user.username
    with _refusals_told(register):
        record = actions.create_record(
            register=register, zone=request.zone, values=values, by=by, at=clock.now()
        )
    return answers.data(_told(register, record), status=201)


def change(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Change a record; who has read an older version is given the present one."""
    _require_leaf(request)
    record = _record(register, pk)
    body = requests.body_of(request, required=["version", "values"], optional=["reason"])
    values = requests.values_of(register, request.zone, body["values"], whole=False)
    if values.get(register.key, getattr(record, register.key)) != getattr(record, register.key):
        raise Problem(422, fields={register.key: _("编号登记后不能修改")})
    with _refusals_told(register, body["values"]):
        changed = actions.change_record(
            register=register,
            record=record,
            values=values,
            version=requests.version_of(body["version"]),
            by=request.user.username,
            at=clock.now(),
            reason=requests.text_of("reason", body.get("reason") or ""),
        )
    return answers.data(_told(register, changed))


def delete(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Take a record out, with a reason."""
    _require_leaf(request)
    record = _record(register, pk)
    reason = requests.text_of("reason", request.GET.get("reason", ""))
    by = request.user.username
    with _refusals_told(register):
        actions.delete_record(
            register=register, record=record, by=by, at=clock.now(), reason=reason
        )
    return HttpResponse(status=204)


def reveal(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Answer one value that is personal data as it is, for a reason that the trail keeps."""
    record = _record(register, pk)
    body = requests.body_of(request, required=["column", "reason"])
    column = requests.text_of("column", body["column"])
    reason = requests.text_of("reason", body["reason"])
    by = request.user.username
    try:
        value = actions.reveal(
            register=register, record=record, column=column, by=by, at=clock.now(), reason=reason
        )
    except Refused as refusal:
        raise Problem(422, fields={refusal.column: str(refusal)}) from None
    answer = answers.data({"column": column, "value": value or None})
    answer["Cache-Control"] = "no-store"
    return answer


@contextmanager
def _refusals_told(register: Register, yours: Any = None) -> Iterator[None]:
    """Tell what an action refuses as a problem of the request."""
    try:
        yield
    except Refused as reason:
        known = reason.column in register.by_name or reason.column == "reason"
        fields = {reason.column: str(reason)} if known else {}
        raise Problem(422, str(reason), fields=fields) from None
    except actions.Conflict as conflict:
        current = _told(register, conflict.current)
        raise Problem(409, str(conflict), current=current, yours=yours) from None
    except ObjectDoesNotExist:
        raise Http404 from None
    except IntegrityError:
        raise Problem(409, _("与已有记录或数据约束冲突，未保存任何内容")) from None


def _record(register: Register, pk: int) -> Any:
    found = queries.record(register, pk)
    if found is None:
        raise Http404
    return found


def _require_leaf(request: ZoneRequest) -> None:
    if not accounts.is_leaf(request.zone):
        raise Problem(403, _("记录只能在园区内登记和修改，这里只汇总下级园区"))


def _items(register: Register, page: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    keys = [row["pk"] for row in page]
    found = register.model.objects.filter(pk__in=keys).values_list("pk", "version")
    versions = dict(found)
    for row in page:
        values = {column.name: _plain(column, row[column.name]) for column in register.bound}
        yield {"pk": row["pk"], "version": versions.get(row["pk"]), "values": values}


def _told(register: Register, record: Any) -> dict[str, Any]:
    details = queries.details(register, record)
    return {
        "pk": record.pk,
        "label": str(record),
        "version": record.version,
        "recorded_at": localtime(record.recorded_at).isoformat(),
        "recorded_by": record.recorded_by,
        "changed_at": localtime(record.changed_at).isoformat(),
        "changed_by": record.changed_by,
        "values": {column.name: _plain(column, value) for column, value in details},
    }


def _plain(column: BoundColumn, value: Any) -> Any:
    """Return the value as JSON keeps it; what is not on record is null, text too."""
    return None if value is None or value == "" else column.kind.json(value)
