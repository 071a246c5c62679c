"""Where a register's pages are."""

from django.urls import reverse

from ..declaration import Register


def links(register: Register, zone: str, query: str = "", pk: int | None = None) -> dict[str, str]:
    """Return the URLs of the register's pages, and of one record's."""
    kind = register.kind
    found = {
        name: reverse(f"{kind}-{name}", args=[zone])
        for name in ("list", "new", "import", "template", "export")
    }
    found["export_csv"] = f"{found['export']}?{query}&format=csv"
    found["export"] += f"?{query}"
    if pk is not None and register.is_editable:
        found |= {name: reverse(f"{kind}-{name}", args=[zone, pk]) for name in ("edit", "delete")}
    return found
