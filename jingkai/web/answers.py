"""What the API answers: data as JSON, and the one shape in which it says what went wrong."""

from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PROBLEMS: dict[int, tuple[str, Promise]] = {
    400: ("bad_request", _("请求无法理解，请检查格式")),
    401: ("not_signed_in", _("请先登录")),
    403: ("not_allowed", _("没有这项权限")),
    404: ("not_found", _("没有找到，请检查地址、园区与编号")),
    405: ("method_not_allowed", _("这个地址不接受该请求方法")),
    409: ("conflict", _("记录已被他人更新，请以现有内容为准后重试")),
    422: ("invalid", _("有内容不符合要求，逐项说明见 fields")),
    500: ("failed", _("系统出错，请将请求编号（X-Request-Id）告知管理员")),
}


class Problem(Exception):
    """A request can't be answered as asked; the API tells it with this status."""

    def __init__(
        self,
        status: int,
        message: str = "",
        *,
        fields: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        """Keep what ``problem`` says."""
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.fields = dict(fields or {})
        self.more = more

    def answer(self) -> JsonResponse:
        """Return the answer that tells the problem."""
        return problem(self.status, self.message, fields=self.fields, **self.more)


def data(found: Any, *, status: int = 200) -> JsonResponse:
    """Answer data; Chinese stays readable."""
    return JsonResponse(
        found, status=status, safe=False, json_dumps_params={"ensure_ascii": False}
    )


def problem(
    status: int, message: str = "", *, fields: Mapping[str, str] | None = None, **more: Any
) -> JsonResponse:
    """
    Answer what went wrong: a stable code, a sentence, and what is wrong with each field.

    Without a message the sentence is the usual one of the status.
    """
    code, usual = _PROBLEMS[status]
    told = {"error": code, "message": message or str(usual), "fields": dict(fields or {})}
    return data(told | more, status=status)
