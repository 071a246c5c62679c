"""The files of a record: put there, chosen from those kept, downloaded, taken off."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.files import actions as files
from jingkai.apps.files import disk
from jingkai.apps.files import queries as kept
from jingkai.web import clock

from .. import presentation, queries
from ..declaration import Register
from ..models import Record
from . import loading

MOST_AT_ONCE = 20


def attach(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Put files to the record: uploaded, chosen from those kept, or known by their digest."""
    record = loading.record(register, pk)
    loading.require_leaf(request)
    try:
        found = [*_uploaded(request), *_chosen(request)]
    except files.NotAccepted as reason:
        messages.error(request, str(reason))
        return _back(request, register, pk)
    for file in found:
        _attach(request, register, record, file)
    if found:
        messages.success(request, _("已添加 %(count)s 份材料") % {"count": len(found)})
    else:
        messages.error(request, _("没有选择文件"))
    return _back(request, register, pk)


def choose(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Answer the files on other records that prove the same thing here."""
    record = loading.record(register, pk)
    text = request.GET.get("q", "").strip()[:40]
    here = {row.file_id for row in kept.attachments(register.kind, [record.pk])}
    found = [file for file in kept.choice(_readable(request), text) if file.pk not in here]
    context = {"found": presentation.chosen_from(found), "text": text}
    return render(request, "registers/_evidence_choice.html", context)


def known(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Answer whether a digest is kept already, so that the file need not travel again."""
    loading.record(register, pk)
    file = kept.kept(request.GET.get("sha256", "")[:64])
    may = file is not None and kept.chosen(_readable(request), file.pk) is not None
    return JsonResponse({"known": may, "name": file.name if may and file else ""})


def download(
    request: ZoneRequest, register: Register, pk: int, attachment: int
) -> HttpResponseBase:
    """Download one file of the record; browsers must not open it in place."""
    file = _attachment(register, pk, attachment).file
    place = disk.root() / file.path
    if not place.exists():
        raise Http404
    answer = FileResponse(
        place.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def thumbnail(request: ZoneRequest, register: Register, pk: int, attachment: int) -> HttpResponse:
    """Answer a small picture, drawn by us: it may be shown in the page."""
    drawn = kept.thumbnail(_attachment(register, pk, attachment).file)
    if drawn is None:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def detach(request: ZoneRequest, register: Register, pk: int, attachment: int) -> HttpResponse:
    """Take a file off the record, with a reason."""
    loading.require_leaf(request)
    found = _attachment(register, pk, attachment)
    reason = request.POST.get("reason", "")
    by = request.user.username
    try:
        files.detach(attachment=found, reason=reason, by=by, at=clock.now())
    except files.NoReason as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已移除附件，内容留存于操作留痕"))
    return _back(request, register, pk)


def _uploaded(request: ZoneRequest) -> Iterable[Any]:
    uploads = request.FILES.getlist("files")
    if len(uploads) > MOST_AT_ONCE:
        raise files.NotAccepted(_("一次最多上传 %(most)s 个文件") % {"most": MOST_AT_ONCE})
    for upload in uploads:
        yield _kept(request, upload, upload.name or "")


def _kept(request: ZoneRequest, upload: Any, name: str) -> Any:
    by, now = request.user.username, clock.now()
    try:
        return files.keep(zone=request.zone, file=upload, name=name, by=by, at=now)
    except files.NotAccepted as reason:
        told = {"name": name, "reason": reason}
        raise files.NotAccepted(
            _("“%(name)s”：%(reason)s；这次选的材料都没有添加") % told
        ) from reason


def _chosen(request: ZoneRequest) -> Iterable[Any]:
    readable = _readable(request)
    for text in request.POST.getlist("file"):
        file = kept.chosen(readable, int(text)) if text.isdecimal() and len(text) < 16 else None
        if file is not None:
            yield file
    for digest in request.POST.getlist("sha256"):
        file = kept.kept(digest[:64])
        if file is not None and kept.chosen(readable, file.pk) is not None:
            yield file


def _attach(request: ZoneRequest, register: Register, record: Record, file: Any) -> None:
    files.attach(
        file=file,
        kind=register.kind,
        object_id=str(record.pk),
        label=str(record),
        title=request.POST.get("title", ""),
        by=request.user.username,
        at=clock.now(),
    )


def _readable(request: ZoneRequest) -> list[str]:
    every = queries.registers().values()
    return [found.kind for found in every if found.read in request.permissions]


def _attachment(register: Register, pk: int, attachment: int) -> Any:
    record = loading.record(register, pk)
    found = kept.attachment(register.kind, record.pk, attachment)
    if found is None:
        raise Http404
    return found


def _back(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    return redirect(f"{register.kind}-detail", zone=request.zone.code, pk=pk)
