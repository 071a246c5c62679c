"""The pages of one register, or of all: the same names for each, led by its kind."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import View
from jingkai.apps.accounts.roles import Permission

from . import queries, views
from .declaration import Register

Declare = Callable[..., Callable[[View], View]]


def patterns(register: Register) -> list[URLPattern]:
    """Return the URLs of one register below ``z/<zone>/<kind>/``."""
    read, edit = register.read, register.edit
    pages: list[tuple[str, str, Any, Declare, tuple[Permission, ...]]] = [
        ("", "list", views.index, access.page, (read,)),
        ("total/", "total", views.total, access.page, (read,)),
        ("suggest/", "suggest", views.suggest, access.page, (read,)),
        ("export/", "export", views.export, access.page, (read, Permission.EXPORT)),
        ("template/", "template", views.template, access.page, (edit,)),
        ("new/", "new", views.new, access.form, (edit,)),
        ("import/", "import", views.upload, access.form, (edit,)),
        ("import/<int:pk>/", "import-run", views.import_run, access.form, (edit,)),
        ("import/<int:pk>/errors/", "import-errors", views.import_errors, access.page, (edit,)),
        ("<int:pk>/", "detail", views.detail, access.page, (read,)),
    ]
    if register.is_editable:
        pages.append(("<int:pk>/edit/", "edit", views.edit, access.form, (edit,)))
        pages.append(("<int:pk>/delete/", "delete", views.delete, access.verb, (edit,)))
    return [
        path(
            f"z/<slug:zone>/{register.kind}/{suffix}",
            declare(*permissions)(_bound(view, register)),
            name=f"{register.kind}-{name}",
        )
        for suffix, name, view, declare, permissions in pages
    ]


def _bound(view: Callable[..., HttpResponse], register: Register) -> View:
    def bound(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, register, **kwargs)

    return update_wrapper(bound, view)


urlpatterns = [
    pattern for register in queries.registers().values() for pattern in patterns(register)
]
