"""增存挂钩: the stock of each target, its rate, and the records behind both."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import fitting
from jingkai.apps.registers import presentation as records
from jingkai.apps.registers.kinds import Refused
from jingkai.web import clock

from .. import actions, presentation, queries
from ..register import STOCK_TARGETS

READ, EDIT = Permission.READ_LAND, Permission.EDIT_LAND
LENGTH = 50
MOST = 20  # targets on the page; the register has them all


@access.page(READ)
def stock(request: ZoneRequest) -> HttpResponse:
    """Show each target with its stock and its rate."""
    today = clock.today()
    found = [queries.linkage(target, on=today) for target in queries.stock_targets()[:MOST]]
    context = {
        "rows": [presentation.linkage(one) for one in found],
        "may_edit": _may_edit(request),
    }
    return render(request, "reuse/stock.html", context)


@access.page(READ)
def stock_target(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one target: what belonged to its stock, and what of it is disposed of."""
    target = queries.stock_target(pk)
    if target is None:
        raise Http404
    zone = request.zone.code
    register = fitting.of(request, STOCK_TARGETS)
    found = queries.linkage(target, on=clock.today())
    page = Paginator(queries.stock_items(target), LENGTH).get_page(request.GET.get("page"))
    context = {
        "target": target,
        "linkage": presentation.linkage(found),
        "items": presentation.stock_items(found, page, zone),
        "pages": presentation.pages(page),
        "links": records.links(register, zone, pk=pk),
        "notes": records.beside(register, target, request, on=clock.today()),
        "may_edit": _may_edit(request),
    }
    return render(request, "reuse/stock_target.html", context)


@access.verb(READ, EDIT)
def take_stock(request: ZoneRequest, pk: int) -> HttpResponse:
    """Write down what belongs to the stock of the base date."""
    target = queries.stock_target(pk) if accounts.is_leaf(request.zone) else None
    if target is None:
        raise Http404
    try:
        count = actions.take_stock(
            target=target, again="again" in request.POST, by=request.user.username, at=clock.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已取数：%(count)s 项") % {"count": count})
    return redirect("stock-target", zone=request.zone.code, pk=pk)


def _may_edit(request: ZoneRequest) -> bool:
    return EDIT in request.permissions and accounts.is_leaf(request.zone)
