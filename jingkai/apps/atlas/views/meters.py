"""How often one address may ask for what needs no log-in."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jingkai.web import clock

View = Callable[..., HttpResponse]


class Meter:
    """Counts what each address asks for within a span of seconds, in this process."""

    def __init__(self, *, most: int, seconds: int) -> None:
        """Take how many requests are answered within the span."""
        self.most = most
        self.seconds = seconds
        self._span = 0
        self._counts: dict[str, int] = {}

    def allows(self, address: str, at: datetime) -> bool:
        """Return whether one more request of the address is answered, and count it."""
        span = int(at.timestamp()) // self.seconds
        if span != self._span:
            self._span, self._counts = span, {}
        self._counts[address] = self._counts.get(address, 0) + 1
        return self._counts[address] <= self.most


def metered(meter: Meter) -> Callable[[View], View]:
    """Let a view answer an address only so often; beyond, it is asked to wait."""

    def declared(view: View) -> View:
        @wraps(view)
        def served(request: HttpRequest, **parameters: Any) -> HttpResponse:
            if meter.allows(request.META.get("REMOTE_ADDR", ""), clock.now()):
                return view(request, **parameters)
            answer = HttpResponse(
                _("访问过于频繁，请稍后再试"), status=429, content_type="text/plain; charset=utf-8"
            )
            answer["Retry-After"] = str(meter.seconds)
            return answer

        return served

    return declared
