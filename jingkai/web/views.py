"""The pages that belong to no area: the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import gallery as exhibition


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states, with the template that makes it."""
    return render(request, "gallery/page.html", {"sections": exhibition.sections(request)})
