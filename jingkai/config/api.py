"""The API as a whole: its addresses with their access rules, its description, its refusals."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.urls import path as url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import Rule, View
from jingkai.apps.atlas import api as atlas
from jingkai.apps.calendar import api as calendar
from jingkai.apps.registers import api as registers
from jingkai.apps.reporting import api as reporting
from jingkai.web import answers
from jingkai.web.answers import Problem

PREFIX = "api"


def patterns() -> list[URLPattern]:
    """Return the addresses below ``api/``; one whose operations disagree gets no rule."""
    routers = [registers.router(), reporting.router(), calendar.router(), atlas.router()]
    views = {str(found.pattern): found for found in _api(routers).urls[0]}
    served = [url("openapi.json", openapi, name="api-openapi")]
    for router in routers:
        for path, path_view in router.path_operations.items():
            route = path.lstrip("/").replace("{", "<").replace("}", ">")
            view = _in_zone(views[route].callback, _rule(path_view))
            served.append(url(route, view, name=f"api-{path_view.operations[0].operation_id}"))
    return served


@access.api("GET")
def openapi(_request: HttpRequest) -> HttpResponse:
    """Answer the OpenAPI description, in the language of the request."""
    return answers.data(_description())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell the API's callers in JSON, others on a page; so do the three below."""
    return answers.problem(400) if _is_api(request) else defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that a permission is missing."""
    if _is_api(request):
        return answers.problem(403)
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that there is nothing at the address, or nothing for this person."""
    if _is_api(request):
        return answers.problem(404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell that the product itself failed."""
    return answers.problem(500) if _is_api(request) else defaults.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{PREFIX}/")


class _Token(HttpBearer):
    """A person's token; AccessControl has taken it before, and knows whose it is."""

    def authenticate(self, request: Any, token: str) -> Any:
        """Return the token of the request."""
        del token
        return request.token


def _api(routers: list[Router]) -> NinjaAPI:
    """Return the API; a token signs in, or a session, whose writes carry the CSRF token."""
    found = NinjaAPI(
        title=gettext_lazy("经开数据接口"),  # type: ignore[arg-type]
        version="1",
        docs_url=None,
        openapi_url=None,
        auth=[_Token(), SessionAuth()],
    )
    for router in routers:
        found.add_router("", router)
    found.add_exception_handler(Problem, _tell_problem)
    found.add_exception_handler(Http404, _tell_absence)
    found.add_exception_handler(ValidationError, _tell_parameters)
    found.add_exception_handler(HttpError, _tell_session)
    return found


@cache
def _description() -> dict[str, Any]:
    routers = [registers.router(), reporting.router(), calendar.router(), atlas.router()]
    found = dict(_api(routers).get_openapi_schema(path_prefix=PREFIX))
    for shelf, entries in registers.components().items():
        found["components"][shelf] = found["components"].get(shelf, {}) | entries
    return found


def _rule(path_view: Any) -> Rule | None:
    """Return the one rule that all operations of the address declare, for just their methods."""
    rules = {access.rule_of(found.view_func) for found in path_view.operations}
    methods = {method for found in path_view.operations for method in found.methods}
    rule = rules.pop()
    return rule if not rules and rule is not None and rule.methods == methods else None


def _in_zone(view: Any, rule: Rule | None) -> View:
    """Return ninja's view with its rule and with the zone that AccessControl has taken."""

    def served(request: Any, **parameters: Any) -> HttpResponse:
        return view(request, zone=request.zone.code, **parameters)

    served.access_rule = rule  # type: ignore[attr-defined]
    served.csrf_exempt = True  # type: ignore[attr-defined] # SessionAuth checks, and tells in JSON
    return served


def _tell_problem(_request: HttpRequest, problem: Any) -> HttpResponse:
    return problem.answer()


def _tell_absence(_request: HttpRequest, _absence: Any) -> HttpResponse:
    return answers.problem(404)


def _tell_parameters(_request: HttpRequest, wrong: Any) -> HttpResponse:
    fields = {str(found["loc"][-1]): str(found["msg"]) for found in wrong.errors}
    return answers.problem(422, fields=fields)


def _tell_session(_request: HttpRequest, refusal: Any) -> HttpResponse:
    if refusal.status_code == 401:
        return answers.problem(401)
    return answers.problem(403, _("缺少 CSRF 令牌：请在 X-CSRFToken 标头中带上 csrftoken 的值"))
