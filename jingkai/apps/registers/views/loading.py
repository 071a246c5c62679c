"""Load and authorise, as every page of a register does."""

from django.http import Http404

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest

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


def require_leaf(request: ZoneRequest) -> None:
    if not accounts.is_leaf(request.zone):
        raise Http404
