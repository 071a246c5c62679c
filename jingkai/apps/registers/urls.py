"""The pages of one register, or of all: the same names for each, led by its kind."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import View, ZoneRequest
from jingkai.apps.accounts.roles import Permission

from . import fitting, queries, views
from .declaration import Register
from .views import bulk, grid, handovers, notes

Declare = Callable[..., Callable[[View], View]]
_Page = tuple[str, str, Any, Declare, tuple[Permission, ...]]


def patterns(register: Register) -> URLResolver:
    """
    Return the URLs of one register below ``z/<zone>/<kind>/``.

    They hang together there: in one row with those of all registers an address would be held
    against two thousand of them, a millisecond a request.
    """
    pages = [
        *_records(register),
        *_personal(register.read),
        *_files(register),
        *_imports(register.edit),
        *_beside(register.read),
        *_lists(register),
        *_many(register),
    ]
    below = [
        path(suffix, declare(*permissions)(_bound(view, register)), name=f"{register.kind}-{name}")
        for suffix, name, view, declare, permissions in pages
    ]
    return path(f"z/<slug:zone>/{register.kind}/", include(below))


def _records(register: Register) -> list[_Page]:
    """Return the list and what is done with one record."""
    read, edit = register.read, register.edit
    pages: list[_Page] = [
        ("", "list", views.index, access.page, (read,)),
        ("total/", "total", views.total, access.page, (read,)),
        ("counts/", "counts", views.counts, access.page, (read,)),
        ("dialogs/<slug:name>/", "dialog", views.dialog, access.page, (read,)),
        ("suggest/", "suggest", views.suggest, access.page, (read,)),
        ("export/", "export", views.export, access.page, (read, Permission.EXPORT)),
        ("template/", "template", views.template, access.page, (edit,)),
        ("new/", "new", views.new, access.form, (edit,)),
        ("<int:pk>/", "detail", views.detail, access.page, (read,)),
    ]
    if register.is_editable:
        pages.append(("<int:pk>/edit/", "edit", views.edit, access.form, (edit,)))
        pages.append(("<int:pk>/delete/", "delete", views.delete, access.verb, (edit,)))
    return pages


def _personal(read: Permission) -> list[_Page]:
    """Return the ways to personal data in full, each with a reason that the trail keeps."""
    may = (read, Permission.READ_PERSONAL)
    out = (read, Permission.EXPORT, Permission.READ_PERSONAL)
    return [
        ("<int:pk>/reveal/", "reveal", views.reveal, access.verb, may),
        ("export/personal/", "export-personal", views.export_personal, access.form, out),
    ]


def _files(register: Register) -> list[_Page]:
    """Return the files of a record: put there, chosen, read, taken off."""
    may, write = (register.read,), (register.read, register.edit)
    own = "<int:pk>/files/<int:attachment>/"
    return [
        ("<int:pk>/files/", "attach", views.attach, access.verb, write),
        ("<int:pk>/files/choose/", "choose", views.choose, access.page, write),
        ("<int:pk>/files/known/", "known", views.known, access.page, write),
        (own, "file", views.download, access.page, may),
        (f"{own}thumbnail/", "file-thumbnail", views.thumbnail, access.page, may),
        (f"{own}detach/", "file-detach", views.detach, access.verb, write),
    ]


def _lists(register: Register) -> list[_Page]:
    """Return what goes with a list: its sums, its saved views, its ways out."""
    read, edit = register.read, register.edit
    out = (read, Permission.EXPORT)
    return [
        ("totals/", "totals", views.totals, access.page, (read,)),
        ("groups/", "groups", views.grouped, access.page, (read,)),
        ("views/", "views", views.save_view, access.verb, (read,)),
        ("views/<int:pk>/", "view", views.change_view, access.verb, (read,)),
        ("export/options/", "export-options", views.export_options, access.page, out),
        ("export/forms/", "export-forms", views.add_form, access.verb, (*out, edit)),
        ("export/forms/<int:pk>/", "export-form", views.remove_form, access.verb, (*out, edit)),
    ]


def _many(register: Register) -> list[_Page]:
    """Return what is done to many records at once."""
    may = (register.read, register.edit)
    pages: list[_Page] = []
    if register.is_editable or register.transitions:
        pages = [
            ("bulk/", "bulk", bulk.choose, access.form, may),
            ("bulk/<int:pk>/", "batch", bulk.batch, access.form, may),
            ("bulk/<int:pk>/undo/", "batch-undo", bulk.undo, access.verb, may),
        ]
    if register.is_editable:
        pages += [
            ("grid/", "grid", grid.page, access.page, may),
            ("grid/check/", "grid-check", grid.check, access.verb, may),
            ("grid/save/", "grid-save", grid.save, access.verb, may),
        ]
    return pages


def _imports(edit: Permission) -> list[_Page]:
    """Return the pages on which a workbook comes in."""
    return [
        ("import/", "import", views.upload, access.form, (edit,)),
        ("import/<int:pk>/", "import-run", views.import_run, access.form, (edit,)),
        ("import/<int:pk>/errors/", "import-errors", views.import_errors, access.page, (edit,)),
        ("import/<int:pk>/copy/", "import-copy", views.import_copy, access.page, (edit,)),
        ("import/<int:pk>/mapping/", "import-mapping", views.import_mapping, access.form, (edit,)),
        ("import/<int:pk>/adjust/", "import-adjust", views.import_adjust, access.verb, (edit,)),
        ("import/<int:pk>/recheck/", "import-recheck", views.import_recheck, access.verb, (edit,)),
        ("import/<int:pk>/undo/", "import-undo", views.import_undo, access.verb, (edit,)),
        ("import/<int:pk>/absent/", "import-absent", views.import_absent, access.verb, (edit,)),
    ]


def _beside(read: Permission) -> list[_Page]:
    """Return what is written beside a record: whoever may read it may comment and plan."""
    own = "<int:pk>/comments/<int:note>/"
    may = (read,)
    return [
        ("<int:pk>/comments/", "comment", notes.comment, access.verb, may),
        (f"{own}edit/", "comment-edit", notes.comment_edit, access.verb, may),
        (f"{own}withdraw/", "comment-withdraw", notes.comment_withdraw, access.verb, may),
        ("<int:pk>/follow-ups/", "follow-up", notes.follow_up, access.verb, may),
        (
            "<int:pk>/follow-ups/<int:note>/done/",
            "follow-up-done",
            notes.follow_up_done,
            access.verb,
            may,
        ),
        ("<int:pk>/bookmark/", "bookmark", notes.bookmark, access.verb, may),
        ("<int:pk>/seen/", "seen", notes.seen, access.verb, may),
        ("<int:pk>/readers/", "readers", notes.readers, access.page, may),
    ]


def _bound(view: Callable[..., HttpResponse], register: Register) -> View:
    def bound(request: ZoneRequest, **kwargs: Any) -> HttpResponse:
        return view(request, fitting.of(request, register), **kwargs)

    return update_wrapper(bound, view)


_FIELDS = "z/<slug:zone>/fields/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("z/<slug:zone>/search/", views.search, name="search"),
    path("z/<slug:zone>/search/quick/", views.search_while_typing, name="search-quick"),
    path(_FIELDS, views.fields, name="fields"),
    path(f"{_FIELDS}<slug:kind>/", views.fields_of, name="fields-of"),
    path(f"{_FIELDS}<slug:kind>/new/", views.new_field, name="field-new"),
    path(f"{_FIELDS}<slug:kind>/<int:pk>/", views.edit_field, name="field-edit"),
    path(f"{_FIELDS}<slug:kind>/<int:pk>/use/", views.use_field, name="field-use"),
    path(f"{_FIELDS}<slug:kind>/rules/new/", views.new_rule, name="field-rule-new"),
    path(f"{_FIELDS}<slug:kind>/rules/<int:pk>/", views.end_rule, name="field-rule-end"),
    path(f"{_FIELDS}<slug:kind>/secrecy/", views.secrecy, name="field-secrecy"),
    path("z/<slug:zone>/hand-overs/", handovers.index, name="hand-overs"),
    path("z/<slug:zone>/hand-overs/new/", handovers.new, name="hand-over-new"),
    path("z/<slug:zone>/hand-overs/<int:pk>/", handovers.show, name="hand-over"),
    path(
        "z/<slug:zone>/hand-overs/<int:pk>/acknowledge/",
        handovers.acknowledge,
        name="hand-over-acknowledge",
    ),
    *(patterns(register) for register in queries.registers().values()),
]
