"""Where a register's pages are."""

from django.urls import reverse

from ..declaration import Register

_OF_RECORD = ("detail", "reveal", "attach", "choose", "known")


def links(register: Register, zone: str, query: str = "", pk: int | None = None) -> dict[str, str]:
    """Return the URLs of the register's pages, and of one record's."""
    kind = register.kind
    found = {
        name: reverse(f"{kind}-{name}", args=[zone])
        for name in ("list", "new", "import", "template", "export", "views")
    }
    found["groups"] = f"{reverse(f'{kind}-groups', args=[zone])}?{query}"
    found["export_options"] = f"{reverse(f'{kind}-export-options', args=[zone])}?{query}"
    found["export_csv"] = f"{found['export']}?{query}&format=csv"
    found["export"] += f"?{query}"
    if pk is not None:
        found |= {name: reverse(f"{kind}-{name}", args=[zone, pk]) for name in _OF_RECORD}
    found["export_personal"] = f"{reverse(f'{kind}-export-personal', args=[zone])}?{query}"
    if register.is_editable:
        found["grid"] = f"{reverse(f'{kind}-grid', args=[zone])}?{query}"
    if register.is_editable or register.transitions:
        found["bulk"] = reverse(f"{kind}-bulk", args=[zone])
    if pk is not None and register.is_editable:
        found |= {name: reverse(f"{kind}-{name}", args=[zone, pk]) for name in ("edit", "delete")}
    return found


def dialogs(register: Register, zone: str, query: str) -> dict[str, str]:
    """Return where the list fetches what its dialogs hold."""
    return {
        name: f"{reverse(f'{register.kind}-dialog', args=[zone, name])}?{query}"
        for name in ("filters", "columns", "save", "change")
    }
