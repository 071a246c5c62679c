"""A write that is sent twice takes effect once: its key and its effect commit together."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import rule_of
from jingkai.web import answers

from .actions import keys
from .models import FormKey

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]

FIELD = "form-key"
HEADER = "Idempotency-Key"
KEY = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Trigger")
LARGEST = 1_048_576  # bytes of an answer; a longer one is told by its address alone
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
WRITES = ("INSERT", "UPDATE", "DELETE")
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
LEFT_OUT = {FIELD, "csrfmiddlewaretoken"}


class OnceAKey:
    """
    Gives a write that carries a key one transaction, and its repetition the first answer.

    The key is the field ``form-key`` of a form or the header ``Idempotency-Key``, and belongs to
    the person, the method and the path. The same key with another body answers 422. An answer of
    400 or more, and one that wrote nothing, leaves the key free. Stands below AccessControl, so
    that a right that was taken away holds for a repetition too.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the request to ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer a write that carries a key; anything else goes its way."""
        if request.method in SAFE or not request.user.is_authenticated:
            return None
        key = request.headers.get(HEADER) or request.POST.get(FIELD)
        if not key:
            return None
        if not KEY.fullmatch(key):
            return _refusal(request, view, _("表单的编号无效，请重新打开页面后再提交"))
        return _once(request, key, view, lambda: view(request, *args, **kwargs))


class _Writes:
    """Notices whether anything was written, be it one row."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        self.seen = self.seen or sql.lstrip()[:6].upper() in WRITES
        return execute(sql, params, many, context)


def _once(request: Any, key: str, view: Any, call: Callable[[], Any]) -> HttpResponse:
    digest = _digest(request.user.get_username(), request.method, request.path, key)
    body = _body(request)
    answer: HttpResponse | None = None
    try:
        with transaction.atomic():
            row, is_ours = keys.claim(digest=digest, body=body, at=timezone.now())
            if is_ours:
                answer = _first(request, row, view, call)
    except IntegrityError:
        if answer is None:
            raise
        # A law that the database checks at the end of the transaction.
        message = _("与已有记录或数据约束冲突，未保存任何内容，请重新打开页面后再试")
        return _refusal(request, view, message, status=409)
    if answer is not None:
        return answer
    if row.body != body:
        return _refusal(
            request,
            view,
            _("这张表单已经提交过，内容与这次不同，本次未保存；请重新打开页面，核对后再填写提交"),
        )
    return _again(row)


def _first(request: Any, row: FormKey, view: Any, call: Callable[[], Any]) -> HttpResponse:
    """Let the view answer and keep its answer, or free the key where nothing took effect."""
    writes = _Writes()
    with connection.execute_wrapper(writes):
        answer: HttpResponse = call()
        if hasattr(answer, "render"):
            answer = answer.render()
    if answer.status_code >= 400 or not writes.seen:
        if not connection.needs_rollback:
            keys.free(key=row)
    else:
        kept = _shown_once(request, view) if _is_secret(answer) else answer
        headers = {name: kept[name] for name in KEPT_HEADERS if name in kept}
        keys.keep(key=row, status=kept.status_code, headers=headers, content=_content(kept))
    return answer


def _is_secret(answer: HttpResponse) -> bool:
    """Whether the answer may stand nowhere: a token, personal data in clear."""
    return "no-store" in answer.get("Cache-Control", "")


def _shown_once(request: Any, view: Any) -> HttpResponse:
    return _refusal(request, view, _("这项内容只显示一次；需要再看，请重新办理"), status=409)


def _content(answer: HttpResponse) -> bytes:
    content = b"" if answer.streaming else answer.content
    return content if len(content) <= LARGEST else b""


def _again(row: FormKey) -> HttpResponse:
    """Return the first answer once more."""
    answer = HttpResponse(bytes(row.content), status=row.status)
    for name, value in row.headers.items():
        answer[name] = value
    answer["Idempotent-Replay"] = "true"
    return answer


def _refusal(request: Any, view: Any, message: str, *, status: int = 422) -> HttpResponse:
    rule = rule_of(view)
    if rule is not None and rule.is_api:
        return answers.problem(status, message)
    return render(request, "work/sent_before.html", {"message": message}, status=status)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _body(request: Any) -> str:
    """Return the digest of what was sent, without the tokens that differ by themselves."""
    found = hashlib.sha256(request.META.get("QUERY_STRING", "").encode())
    if request.content_type not in FORMS:
        found.update(request.body)
    for name, values in sorted(request.POST.lists()):
        if name not in LEFT_OUT:
            found.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()
