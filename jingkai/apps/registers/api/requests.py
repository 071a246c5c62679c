"""What a request to the API asks: its query string and its JSON body, checked by the register."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NoReturn

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from jingkai.web.answers import Problem

from .. import checking, filters, kinds
from ..declaration import BoundColumn, Register
from ..kinds import Refused
from . import cursors, schemas


def filters_of(
    register: Register, data: QueryDict, *, besides: Iterable[str] = ()
) -> filters.Filters:
    """
    Return what a query string asks of the register, as its page reads it.

    Unlike the page, which leaves what it does not know, a program is told each parameter that is
    misspelt or out of bounds. ``besides`` are parameters that the caller reads itself.

    :raises Problem: 422, with the parameters that can't be understood
    """
    known = schemas.names(register) | set(besides)
    fields = {name: _refusal(register, data, name) for name in data if name in known}
    fields |= {name: _("没有这个参数") for name in data if name not in known}
    wrong = {name: message for name, message in fields.items() if message}
    if wrong:
        raise Problem(422, fields=wrong)
    asked = filters.read(register, data)
    usual = register.by_name.get(asked.order.removeprefix("-"))
    if usual and not schemas.may_sort(usual):
        asked.order = "-id"
    asked.length = int(data.get("limit") or schemas.USUAL)
    return asked


def body_of(request: HttpRequest, *, required: Iterable[str], optional: Iterable[str] = ()) -> Any:
    """
    Return the JSON object of the request's body; numbers with a point are exact Decimals.

    :raises Problem: 400 where it is no JSON object, 422 where a name is missing or unknown
    """
    try:
        found = json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Problem(400, _("请求正文不是有效的 JSON")) from None
    if not isinstance(found, dict):
        raise Problem(400, _("请求正文应为 JSON 对象"))
    known = {*required, *optional}
    fields = {name: _("没有这一项") for name in found if name not in known}
    fields |= {name: _("必填，不能为空") for name in required if found.get(name) is None}
    if fields:
        raise Problem(422, fields=fields)
    return found


def text_of(name: str, raw: object) -> str:
    """
    Return a text that can be kept.

    :raises Problem: 422 where it is none
    """
    try:
        _check_text(raw)
    except Refused as reason:
        raise Problem(422, fields={name: str(reason)}) from None
    return str(raw)


def version_of(raw: object) -> int:
    """
    Return the version that the caller has read.

    :raises Problem: 422 where it is no whole number
    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise Problem(422, fields={"version": _("应为整数")})


def values_of(register: Register, zone: Any, given: object, *, whole: bool) -> dict[str, Any]:
    """
    Return the values by column name, read by the rules of the form and the import.

    :param whole: the values are a whole new record: a column left out is not on record
    :raises Problem: 422, with each column that is unknown or whose value breaks a rule
    """
    if not isinstance(given, dict):
        raise Problem(422, fields={"values": _("应为 JSON 对象")})
    typed = {column.name: column for column in register.typed}
    columns = [column for column in register.typed if whole or column.name in given]
    fields = {name: _("没有这一列，或不能填写") for name in given if name not in typed}
    references = _references(zone, columns, given)
    values: dict[str, Any] = {}
    for column in columns:
        try:
            _check_type(column.kind, given.get(column.name))
            values[column.name] = checking.value_of(column, given.get(column.name), references)
        except Refused as reason:
            fields[column.name] = str(reason)
    if fields:
        raise Problem(422, fields=fields)
    return values


def _references(
    zone: Any, columns: list[BoundColumn], given: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    keys = {
        column.name: {kinds.plain(raw)}
        for column in columns
        if isinstance(raw := given.get(column.name), str) and _is_text(raw)
    }
    return checking.resolve(zone, [column for column in columns if column.name in keys], keys)


def _refusal(register: Register, data: QueryDict, name: str) -> str:
    """Return what is wrong with one known parameter, or nothing."""
    for text in data.getlist(name):
        most = cursors.LONGEST if name == "cursor" else schemas.LONGEST
        if len(text) > most:
            return _("最多 %(most)s 个字") % {"most": most}
        if not _is_text(text):
            return _("含有不能保存的字符")
    text = data.get(name, "")
    if name == "limit":
        return _bounded(text, schemas.MOST)
    if name == "sort":
        return _unsortable(register, text)
    alone = QueryDict(mutable=True)
    alone.setlist(name, data.getlist(name))
    return "；".join(filters.read(register, alone).errors)


def _bounded(text: str, most: int) -> str:
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
        return ""
    return _("应为 1 至 %(most)s 的整数") % {"most": most}


def _unsortable(register: Register, text: str) -> str:
    column = register.by_name.get(text.removeprefix("-"))
    return "" if column and schemas.may_sort(column) else _("不能按这一列排序")


def _check_type(kind: kinds.Kind, raw: object) -> None:
    """Refuse a JSON value of another type than the column's: a cell has none, JSON has."""
    if raw is None or (isinstance(raw, dict) and isinstance(kind, kinds.Outline)):
        return  # a shape may come as the GeoJSON that it is
    if isinstance(raw, bool):
        if not isinstance(kind, kinds.Yes):
            raise Refused(_("类型不对，不应为 true 或 false"))
    elif isinstance(raw, int | Decimal):
        if not isinstance(kind, kinds.Whole | kinds.Exact):
            raise Refused(_("类型不对，应为文字"))
    else:
        _check_text(raw)


def _check_text(raw: object) -> None:
    if not isinstance(raw, str):
        raise Refused(_("类型不对，应为文字"))
    if not _is_text(raw):
        raise Refused(_("含有不能保存的字符"))


def _is_text(text: str) -> bool:
    """Whether every database keeps the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
