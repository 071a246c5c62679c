"""Files out of a register: the empty workbook, the filtered list."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest

from .. import exports, queries, workbooks
from ..declaration import Register


def template(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the empty workbook."""
    name = _("%(name)s（导入模板）") % {"name": register.name}
    return exports.download(workbooks.template(register), f"{name}.xlsx")


def export(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the filtered list as xlsx or csv."""
    return exports.answer(request, register, queries.rows_of(register))
