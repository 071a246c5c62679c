"""The addresses of the API of all registers, each with its access rule and its description."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import View
from jingkai.apps.accounts.roles import Permission

from .. import fitting, queries
from ..declaration import Register
from . import operations, schemas

ROOT = "/z/{slug:zone}/registers"


def router() -> Router:
    """Return the API of every register of the product."""
    found = Router()
    found.get(
        ROOT,
        operation_id="registers",
        tags=["registers"],
        openapi_extra={
            "summary": _("可查看的台账"),
            "responses": {200: schemas.content(schemas.CATALOGUE)} | schemas.problems(401, 404),
        },
    )(operation(operations.catalogue, access.api("GET")))
    for register in queries.registers().values():
        _add_collection(found, register)
        _add_record(found, register)
        _add_reveal(found, register)
    return found


def operation(
    view: Callable[..., HttpResponse], declare: Callable[[View], View], **path: type
) -> View:
    """
    Return the view as ninja calls it, with its access rule.

    AccessControl has taken the zone of the path before; ninja only describes it. ``path`` are the
    other parameters of the path with their types.
    """

    def called(request: Any, **parameters: Any) -> HttpResponse:
        del parameters["zone"]
        return view(request, **parameters)

    names = {"zone": str} | path
    called.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD)]
        + [Parameter(n, Parameter.KEYWORD_ONLY, annotation=kind) for n, kind in names.items()]
    )
    called.__name__ = getattr(view, "__name__", "called")
    return declare(called)


def _add_collection(found: Router, register: Register) -> None:
    path = f"{ROOT}/{register.kind}"
    may = access.api("GET", "POST", read=[register.read], write=[register.edit])
    listed = schemas.page(schemas.item(register))
    found.get(
        path,
        operation_id=f"{register.kind}-list",
        tags=[register.kind],
        openapi_extra={
            "summary": register.name,
            "parameters": schemas.parameter_links(register),
            "responses": {200: schemas.content(listed)} | schemas.problems(401, 403, 404, 422),
        },
    )(operation(_bound(operations.index, register), may))
    found.post(
        path,
        operation_id=f"{register.kind}-create",
        tags=[register.kind],
        response={201: None},
        openapi_extra={
            "summary": _("登记"),
            "requestBody": schemas.content(schemas.creation(register)) | {"required": True},
            "responses": {201: schemas.content(schemas.record(register))}
            | schemas.problems(400, 401, 403, 404, 409, 422),
        },
    )(operation(_bound(operations.create, register), may))


def _add_record(found: Router, register: Register) -> None:
    path = f"{ROOT}/{register.kind}/{{int:pk}}"
    methods = ("GET", "PATCH", "DELETE") if register.is_editable else ("GET",)
    edit = [register.edit] if register.is_editable else []
    may = access.api(*methods, read=[register.read], write=edit)
    answer = {200: schemas.content(schemas.record(register))}
    found.get(
        path,
        operation_id=f"{register.kind}-detail",
        tags=[register.kind],
        openapi_extra={"responses": answer | schemas.problems(401, 403, 404)},
    )(operation(_bound(operations.detail, register), may, pk=int))
    if register.is_editable:
        _add_writes(found, register, path, may)


def _add_writes(found: Router, register: Register, path: str, may: Callable[[View], View]) -> None:
    reason = schemas.parameter("reason", {"type": "string"}, _("删除理由，必填，记入操作留痕"))
    found.patch(
        path,
        operation_id=f"{register.kind}-change",
        tags=[register.kind],
        openapi_extra={
            "summary": _("一条记录"),
            "requestBody": schemas.content(schemas.change(register)) | {"required": True},
            "responses": {200: schemas.content(schemas.record(register))}
            | schemas.problems(400, 401, 403, 404, 409, 422),
        },
    )(operation(_bound(operations.change, register), may, pk=int))
    found.delete(
        path,
        operation_id=f"{register.kind}-delete",
        tags=[register.kind],
        response={204: None},
        openapi_extra={
            "summary": _("删除"),
            "parameters": [reason | {"required": True}],
            "responses": schemas.problems(401, 403, 404, 409, 422),
        },
    )(operation(_bound(operations.delete, register), may, pk=int))


def _add_reveal(found: Router, register: Register) -> None:
    may = access.api("POST", read=[register.read, Permission.READ_PERSONAL])
    found.post(
        f"{ROOT}/{register.kind}/{{int:pk}}/reveal",
        operation_id=f"{register.kind}-reveal",
        tags=[register.kind],
        openapi_extra={
            "summary": _("查看个人信息"),
            "requestBody": schemas.content(schemas.REVEAL) | {"required": True},
            "responses": {200: schemas.content(schemas.REVEALED)}
            | schemas.problems(400, 401, 403, 404, 422),
        },
    )(operation(_bound(operations.reveal, register), may, pk=int))


def _bound(view: Callable[..., HttpResponse], register: Register) -> Callable[..., HttpResponse]:
    def bound(request: Any, **parameters: Any) -> HttpResponse:
        return view(request, fitting.of(request, register), **parameters)

    bound.__name__ = view.__name__
    return bound
