"""A register's saved views as the tabs above its list, and what can be done with the open one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from jingkai.apps.accounts.roles import ROLE_LABELS
from jingkai.web.parts import Link

from .. import queries
from ..declaration import Register
from ..models import SavedView

EVERYTHING = "all"


def view_tabs(found: Iterable[SavedView], opened: SavedView | None) -> list[Link]:
    """Return a tab for everything and one for each view."""
    everything = Link(label=_("全部"), url=f"?view={EVERYTHING}", active=opened is None)
    return [everything] + [
        Link(
            label=view.name,
            url=f"?{link_of(view)}",
            active=opened is not None and view.pk == opened.pk,
            icon="" if view.audience == SavedView.Audience.OWNER else "users",
        )
        for view in found
    ]


def link_of(view: SavedView) -> str:
    """Return the query string that opens the view."""
    return f"{view.query}&view={view.pk}" if view.query else f"view={view.pk}"


def audiences(chosen: str = "") -> list[tuple[str, str, bool]]:
    """Return with whom a view can be shared: code, label, and whether it is now."""
    kinds = (SavedView.Audience.OWNER, SavedView.Audience.ZONE)
    codes = [(kind.value, str(kind.label)) for kind in kinds]
    codes += [(f"role:{role.value}", str(label)) for role, label in ROLE_LABELS.items()]
    return [(code, label, code == (chosen or codes[0][0])) for code, label in codes]


def audience_of(view: SavedView) -> str:
    """Return the view's audience as the form names it."""
    return f"role:{view.role}" if view.role else view.audience


def saved_views(
    register: Register, data: QueryDict, found: Sequence[SavedView], person: str
) -> dict[str, Any]:
    """Return what the part of the page that is about views shows."""
    opened = next((view for view in found if str(view.pk) == data.get("view")), None)
    now = queries.view_query(register, data)
    return {
        "view_tabs": view_tabs(found, opened),
        "opened": opened,
        "is_own": opened is not None and opened.owner == person,
        "has_moved": opened is not None and opened.query != now,
        "view_query": now,
        "gone": queries.what_is_gone(register, opened.query) if opened else [],
    }
