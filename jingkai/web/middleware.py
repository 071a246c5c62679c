"""The headers that every answer carries."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

_CONTENT = (
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",  # the map's worker
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(pictures: Sequence[str] = ()) -> str:
    """Return the content policy; pictures of a map may come from these hosts besides."""
    rules = [*_CONTENT, f"frame-ancestors {settings.FRAME_ANCESTORS}"]
    if pictures:
        hosts = " ".join(pictures)
        rules = [f"{r} {hosts}" if r.startswith("img-src") else r for r in rules]
        rules.append(f"connect-src 'self' {hosts}")
    return "; ".join(rules)


class SecurityHeaders:
    """
    Sets a content policy without unsafe-inline and unsafe-eval, and the other headers.

    The setting FRAME_ANCESTORS names the workbenches that may embed the pages ("'none'": nobody).
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next layer and build the headers once."""
        self.get_response = get_response
        self.headers = _FIXED | {"Content-Security-Policy": content_policy()}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers, those that a view has set itself left as they are."""
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response
