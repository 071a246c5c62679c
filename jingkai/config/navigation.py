"""The way through the product: what a person may open in the zone they are in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import ROLE_LABELS, Permission, Role
from jingkai.apps.notices import queries as notices
from jingkai.apps.registers import queries as registers
from jingkai.web import clock
from jingkai.web.parts import Link, Links

_P = Permission
_KEPT = 512


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of the sidebar, shown to those who hold the permission."""

    name: str
    label: str | Promise
    icon: str
    permission: Permission | None
    shortcut: str = ""


# A plain text names a register, whose declaration has its label, icon and permission.
_GROUPS: tuple[tuple[str | Promise, tuple[_Page | str, ...]], ...] = (
    (
        "",
        (
            _Page("workbench", _("工作台"), "layout-dashboard", None, "h"),
            _Page("dashboard", _("驾驶舱"), "gauge", _P.READ_FIGURES, "d"),
            _Page("figures", pgettext_lazy("导航", "指标"), "chart-bar", _P.READ_FIGURES, "f"),
        ),
    ),
    (
        _("我的"),
        (
            _Page("follow-ups", _("我的跟进"), "calendar-due", None),
            _Page("bookmarks", _("我的收藏"), "star", None),
            _Page("notices", _("消息"), "bell", None),
            _Page("hand-overs", _("工作移交"), "transfer", None),
            _Page("jobs", _("我的作业"), "list-check", None),
        ),
    ),
    (
        _("招商引资"),
        (
            "investors",
            "leads",
            "visits",
            "negotiations",
            "signings",
            _Page("funnel", _("招商漏斗"), "filter-2", _P.READ_INVESTMENT),
            "obligations",
            "lead-assessments",
            "maturity-cards",
        ),
    ),
    (
        _("全生命周期"),
        (
            _Page("board", _("项目看板"), "layout-kanban", _P.READ_PROJECTS, "b"),
            "projects",
            _Page("stalls", _("六未清单"), "alert-triangle", _P.READ_PROJECTS),
            "project-transitions",
            "project-evidence",
            "project-officers",
            "funds-receipts",
        ),
    ),
    (
        _("土地与厂房"),
        (
            _Page("map", _("一张图"), "map-2", _P.READ_LAND, "m"),
            "parcels",
            "plants",
            "halls",
            "leases",
            "land-approvals",
            "grant-contracts",
            "works-progress",
            "delays",
            "standard-obligations",
        ),
    ),
    (
        _("闲置土地"),
        (
            _Page("idle", _("宗地判定"), "hourglass", _P.READ_LAND),
            _Page("idle-board", _("案件看板"), "layout-kanban", _P.READ_LAND),
            "idle-cases",
            "idle-case-steps",
        ),
    ),
    (
        _("盘活"),
        (
            _Page("reuse", _("盘活一览"), "recycle", _P.READ_LAND),
            "disposals",
            "disposal-steps",
            "disposal-money",
            "disposal-assumptions",
            _Page("inefficient", _("低效用地"), "ruler-measure", _P.READ_LAND),
            "parcel-outputs",
            "inefficiency-standards",
            _Page("stock", _("增存挂钩"), "target-arrow", _P.READ_LAND),
        ),
    ),
    (
        _("岁末答卷"),
        (
            _Page("year-end", _("岁末答卷"), "report", _P.READ_FIGURES, "r"),
            "targets",
            _Page("periods", _("期间封存"), "lock", _P.READ_FIGURES),
        ),
    ),
    (
        _("廉政与管理"),
        (
            _Page("integrity:trail", _("操作留痕"), "shield-check", _P.READ_TRAIL),
            _Page("calendar", _("法定日历"), "calendar-stats", None),
            _Page("people", _("部门与人员"), "user-cog", _P.MANAGE_PEOPLE),
            _Page("fields", _("台账字段"), "forms", _P.CONFIGURE_REGISTERS),
            _Page("roles", _("角色与权限"), "users", _P.READ_ROLES),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs of the zone, the person and the ways onward."""
    zone: Zone | None = getattr(request, "zone", None)
    if zone is None:
        return {}
    roles: frozenset[Role] = getattr(request, "roles", frozenset())
    home = reverse("workbench", args=[zone.code])
    permissions: frozenset[Permission] = getattr(request, "permissions", frozenset())
    groups = _groups(zone.code, permissions, clock.today().year, get_language())
    return {
        "zone": zone,
        "zones": _zones(request, zone),
        "home_url": home,
        "search_url": reverse("search", args=[zone.code]),
        "role_label": _("、").join(str(ROLE_LABELS[role]) for role in sorted(roles)),
        "bell": _bell(request, zone),
        "navigation": _opened(groups, _place(groups, request.path, home)),
    }


def _bell(request: Any, zone: Zone) -> dict[str, object]:
    """Return where one's notices are, and how many wait: asked only where the page shows it."""

    def unread() -> str:
        found = notices.unread_count(request.user.username, request.permissions)
        return f"{notices.COUNTED}+" if found > notices.COUNTED else str(found)

    return {
        "url": reverse("notices", args=[zone.code]),
        "recent_url": reverse("recent", args=[zone.code]),
        "unread": SimpleLazyObject(unread),
    }


def _zones(request: Any, present: Zone) -> list[Link]:
    return [
        Link(
            label=zone.local_name,
            url=reverse("workbench", args=[zone.code]),
            active=zone.pk == present.pk,
        )
        for zone in accounts.zones_among(request.memberships)
    ]


@lru_cache(maxsize=_KEPT)
def _groups(
    zone: str, permissions: frozenset[Permission], year: int, _language: str | None
) -> tuple[Links, ...]:
    """Return the links for whoever holds these permissions; kept, as every page asks for them."""
    groups = (
        Links(label=str(label), items=tuple(_links(zone, permissions, year, entries)))
        for label, entries in _GROUPS
    )
    return tuple(group for group in groups if group.items)


def _links(
    zone: str, permissions: frozenset[Permission], year: int, entries: Iterable[_Page | str]
) -> Iterator[Link]:
    for entry in entries:
        page = _register_page(entry) if isinstance(entry, str) else entry
        if page and (page.permission is None or page.permission in permissions):
            arguments = [zone, year] if page.name == "year-end" else [zone]
            url = reverse(page.name, args=arguments)
            yield Link(label=str(page.label), url=url, icon=page.icon, shortcut=page.shortcut)


@lru_cache(maxsize=_KEPT)
def _opened(groups: tuple[Links, ...], url: str) -> tuple[Links, ...]:
    """Return the groups with the open page marked."""
    return tuple(
        replace(group, items=tuple(replace(link, active=link.url == url) for link in group.items))
        for group in groups
    )


def _place(groups: Iterable[Links], path: str, home: str) -> str:
    """Return the address among the groups that the path lies below, the nearest of several."""
    urls = [link.url for group in groups for link in group.items]
    above = [url for url in urls if path == url or (url != home and path.startswith(url))]
    return max(above, key=len, default="")


def _register_page(kind: str) -> _Page | None:
    register = registers.find(kind)
    if register is None:
        return None
    return _Page(f"{kind}-list", register.name, register.icon, register.read)
