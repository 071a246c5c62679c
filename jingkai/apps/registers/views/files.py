"""Files out of a register: the empty workbook, the filtered list, a superior's form filled in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from .. import actions, exports, filters, forms, presentation, queries, workbooks
from ..declaration import Register
from ..kinds import Refused
from . import loading


def template(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the empty workbook."""
    name = _("%(name)s（导入模板）") % {"name": register.name}
    return exports.download(workbooks.template(register), f"{name}.xlsx")


def export(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the filtered list in the shape that is asked for."""
    return exports.answer(request, register)


def export_options(request: ZoneRequest, register: Register) -> HttpResponse:
    """Ask for the file's shape, columns and paper, and who fills it in."""
    return render(request, "registers/export.html", _options(request, register))


def add_form(request: ZoneRequest, register: Register) -> HttpResponse:
    """Keep a superior's workbook for lists to fill in."""
    loading.require_leaf(request)
    upload = forms.FiledFormUpload(request.POST, request.FILES)
    try:
        if not upload.is_valid():
            raise Refused(" ".join(_errors(upload)))  # noqa: TRY301 - one answer to all refusals
        file = upload.cleaned_data["file"]
        form = actions.add_form(
            register=register,
            zone=request.zone,
            name=upload.cleaned_data["name"],
            file_name=file.name,
            content=file.read(),
            by=request.user.username,
            at=clock.now(),
        )
    except (Refused, workbooks.Unreadable) as reason:
        context = _options(request, register) | {"upload": upload, "refused": str(reason)}
        return render(request, "registers/export.html", context, status=400)
    messages.success(request, _("表样“%(name)s”已可用于导出") % {"name": form.name})
    return redirect(f"{_options_url(request, register)}&format=form&form={form.pk}")


def remove_form(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Take a superior's workbook out."""
    form = queries.filed_form(register, request.zone, pk)
    if form is None:
        raise Http404
    actions.remove_form(form=form, by=request.user.username, at=clock.now())
    messages.success(request, _("已删除表样“%(name)s”") % {"name": form.name})
    return redirect(_options_url(request, register))


def _options(request: ZoneRequest, register: Register) -> dict[str, Any]:
    asked = filters.read(register, request.GET, as_listed=True)
    chosen = queries.chosen_columns(register, request.GET)
    found = queries.filed_forms(register, request.zone)
    return {
        "register": register,
        "asked": asked,
        "count": queries.total(asked, queries.rows_of(register)),
        "choosable": queries.choosable(register, chosen),
        "links": presentation.links(register, request.zone.code),
        "export_url": reverse(f"{register.kind}-export", args=[request.zone.code]),
        "forms_url": reverse(f"{register.kind}-export-forms", args=[request.zone.code]),
        "kept": presentation.kept_for_file(request.GET),
        "shape": request.GET.get("format", "official"),
        "form": request.GET.get("form", ""),
        "has_outlines": _has_outlines(register),
        "filed_forms": [(form, _form_url(request, register, form.pk)) for form in found],
        "upload": forms.FiledFormUpload(),
        "can_add": loading.can_edit(request, register),
        "papers": workbooks.PAPERS,
        "unit": request.zone.local_name,
        "person": request.user.name,
    }


def _has_outlines(register: Register) -> bool:
    return bool(register.outline) and not register.by_name[register.outline].is_masked


def _form_url(request: ZoneRequest, register: Register, pk: int) -> str:
    return reverse(f"{register.kind}-export-form", args=[request.zone.code, pk])


def _options_url(request: ZoneRequest, register: Register) -> str:
    base = reverse(f"{register.kind}-export-options", args=[request.zone.code])
    return f"{base}?{queries.view_query(register, request.GET)}"


def _errors(upload: forms.FiledFormUpload) -> list[str]:
    return [str(error) for errors in upload.errors.values() for error in errors]
