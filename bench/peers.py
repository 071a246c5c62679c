"""
The same table of visits in our lists and in NetBox-style Django, in one run.

The peers draw the bare table; ours is the whole page with navigation, rights, filters and trail.
Their workbooks are read without a preview, without an audit trail and row by row, so fewer rows
are moved; the seconds are given a thousand rows.
"""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from tablib import Dataset

from bench.material import database, meters, peer, people, rows
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment.models import Visit
from jingkai.apps.search import index
from jingkai.web import clock

LISTED = 100_000
MOVED = 10_000
PAGES = (
    ("first page", "", ""),
    ("filter by direction", "direction=outbound", "direction=outbound"),
    ("sort by number", "sort=-code", "sort=-code"),
    ("search 装备", "q=%E8%A3%85%E5%A4%87", "q=%E8%A3%85%E5%A4%87"),
    ("search for a code's tail", "q=99123", "q=99123"),
)


def main() -> None:
    """Measure lists over 100,000 rows, then 10,000 rows out and in."""
    with database.fresh() as name, tempfile.TemporaryDirectory() as folder:
        table = Table(f"Ours beside NetBox-style Django, {name}")
        _lists(table)
        _workbooks(table, Path(folder))
        table.show()


def _lists(table: Table) -> None:
    zone = people.zone("peers-list")
    officer = people.officer(zone, Role.INVESTMENT)
    rows.visits(zone, LISTED, to=rows.investors(zone, LISTED // 10), by=officer)
    index.rebuild(zone)
    database.settle()
    browser = Browser(officer)
    for name, ours, theirs in PAGES:
        _pace(table, f"{name}, ours", partial(browser.get, f"/z/{zone.code}/visits/?{ours}"))
        with peer.installed(), scope.zones(zone.pk):
            _pace(table, f"{name}, peers", partial(peer.page, zone, theirs))
    with peer.installed(), scope.zones(zone.pk):
        _pace(table, "page 2,000, peers", partial(peer.page, zone, "page=2000"))


def _pace(table: Table, name: str, call: Callable[[], object]) -> None:
    pace = meters.pace(call)
    table.add(name, pace.cpu_ms, "ms CPU", besides=pace.besides)


def _workbooks(table: Table, folder: Path) -> None:
    source = people.zone("peers-out")
    rows.visits(source, MOVED, to=rows.investors(source, MOVED // 10))
    file = folder / "ours.xlsx"
    _spent(
        table, "out, ours", lambda: call_command("export", "visits", str(file), zone=source.code)
    )
    to = _empty("peers-in-ours")
    _spent(table, "in, ours", lambda: call_command("import", "visits", str(file), zone=to.code))
    with peer.installed(), scope.zones(source.pk):
        out = peer.VisitResource(source, clock.now())
        content = _spent(table, "out, peers", lambda: out.export().export("xlsx"))
    to = _empty("peers-in-theirs")
    with peer.installed(), scope.zones(to.pk):
        into = peer.VisitResource(to, clock.now())
        _spent(table, "in, peers", lambda: _read(into, content))


def _empty(code: str) -> Zone:
    """Return a zone that has the investors of the workbook and no visits."""
    zone = people.zone(code)
    rows.investors(zone, MOVED // 10)
    return zone


def _read(into: peer.VisitResource, content: bytes) -> None:
    done = into.import_data(Dataset().load(content, format="xlsx"), raise_errors=True)
    if done.has_errors() or Visit.everywhere.filter(recorded_by="peer").count() != MOVED:
        raise RuntimeError("the peer has not read every row")


def _spent(table: Table, name: str, call: Callable[[], Any]) -> Any:
    spent = meters.spent(call)
    label = f"{MOVED:,} rows {name}"
    table.add(label, spent.cpu_seconds, "s CPU", besides=spent.besides)
    return spent.result


if __name__ == "__main__":
    main()
