"""Load and authorise, as every page of a register does."""

from django.http import Http404

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission

from .. import queries
from ..declaration import Register
from ..models import Record


def record(register: Register, pk: int) -> Record:
    found = queries.record(register, pk)
    if found is None:
        raise Http404
    return found


def can_edit(request: ZoneRequest, register: Register) -> bool:
    return register.edit in request.permissions and accounts.is_leaf(request.zone)


def may_reveal(request: ZoneRequest, register: Register) -> bool:
    may = {Permission.EXPORT, Permission.READ_PERSONAL} <= request.permissions
    return may and any(column.is_masked and column.may_read for column in register.bound)


def may_do_many(request: ZoneRequest, register: Register) -> bool:
    """Whether rows can be ticked in the list, to do something to all of them."""
    return can_edit(request, register) and (register.is_editable or bool(register.transitions))


def require_leaf(request: ZoneRequest) -> None:
    if not accounts.is_leaf(request.zone):
        raise Http404
