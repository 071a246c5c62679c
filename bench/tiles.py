"""The map of 100,000 parcels: a tile at every zoom, drawn and kept; the page, its legend."""

import html
import re
from functools import partial

from bench.material import database, meters, parcels, people
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.atlas.queries import drawn
from jingkai.apps.registers import actions
from jingkai.apps.registers import queries as registers
from jingkai.web import clock

PARCELS = 100_000
MOST_MS = 100
MOST_PAGE_MS = 2_000
ZOOMS = range(6, 18)


def main() -> None:
    """Measure tiles at every zoom over the middle of the parcels, then what stands around them."""
    with database.fresh() as name:
        table = Table(f"Map of {PARCELS:,} parcels, {name}")
        zone = people.zone("tiles")
        officer = people.officer(zone, Role.LAND)
        parcels.stored(zone, PARCELS)
        database.settle()
        browser = Browser(officer)
        _page(table, browser, zone)
        _tiles(table, browser, zone)
        _changed(table, browser, zone)
        _printed(table, browser, zone)
        table.show()


def _page(table: Table, browser: Browser, zone: Zone) -> None:
    path = f"/z/{zone.code}/map/"
    first = meters.spent(partial(browser.get, path))
    table.add("page, first", first.cpu_ms, "ms CPU", target=MOST_PAGE_MS, besides=first.besides)
    pace = meters.pace(partial(browser.get, path), rounds=10)
    table.add("page, again", pace.cpu_ms, "ms CPU", besides=pace.besides)
    legend = meters.pace(partial(browser.get, f"{path}parcels/legend/?axis=supply"), rounds=5)
    table.add("legend with counts and areas", legend.cpu_ms, "ms CPU", besides=legend.besides)
    box = "114.2,30.2;114.25,30.2;114.25,30.25;114.2,30.25"
    chosen = partial(browser.get, f"{path}parcels/selection/?figure={box}")
    pace = meters.pace(chosen, rounds=5)
    table.add("drawn around, about 700 parcels", pace.cpu_ms, "ms CPU", besides=pace.besides)


def _tiles(table: Table, browser: Browser, zone: Zone) -> None:
    base = f"/z/{zone.code}/map/tiles/parcels/any"
    column, row = parcels.tile_of_middle(PARCELS, 15)
    made = meters.spent(partial(browser.get, f"{base}/15/{column}/{row}.mvt"))
    table.add("outlines prepared, once a version", made.cpu_seconds, "s CPU", besides=made.besides)
    for zoom in ZOOMS:
        _zoom(table, browser, f"{base}/{zoom}/{{}}/{{}}.mvt", zoom)
    filtered = f"{base}/9/{{}}/{{}}.mvt?supply=supplied_unused"
    _zoom(table, browser, filtered, 9, name="filtered by supply, zoom 9")


def _changed(table: Table, browser: Browser, zone: Zone) -> None:
    """Measure the first tile after one record of the 100,000 was changed, and one beside it."""
    base = f"/z/{zone.code}/map/tiles/parcels/any"
    zoom = 13
    column, row = parcels.tile_of_middle(PARCELS, zoom)
    near, far = (f"{base}/{zoom}/{column + aside}/{row}.mvt" for aside in (0, 2))
    browser.get(near)
    browser.get(far)
    _change(zone)
    first = meters.spent(partial(browser.get, near))
    table.add("first tile after a change", first.cpu_ms, "ms CPU", besides=first.besides)
    other = meters.spent(partial(browser.get, far))
    table.add("a tile that it does not touch", other.cpu_ms, "ms CPU", besides=other.besides)


def _printed(table: Table, browser: Browser, zone: Zone) -> None:
    """Measure the sheet of all parcels, as the page that asks for it offers it."""
    page = browser.get(f"/z/{zone.code}/map/sheet/").decode()
    (shown,) = re.findall(r'"(/[^"]*/map/sheet/preview/[^"]*)"', page)
    file = html.unescape(shown).replace("/preview/", "/file/")
    printed = meters.spent(partial(browser.get, file))
    table.add("the sheet of all as PDF", printed.cpu_seconds, "s CPU", besides=printed.besides)


def _change(zone: Zone) -> None:
    register = registers.registers()["parcels"]
    with scope.zones(zone.pk):
        record = parcels.middle(zone, PARCELS)
        actions.change_record(
            register=register,
            record=record,
            values={"name": "改了名称的地块"},
            version=record.version,
            by="system",
            at=clock.now(),
            reason="测速",
        )


def _zoom(table: Table, browser: Browser, path: str, zoom: int, *, name: str = "") -> None:
    address = path.format(*parcels.tile_of_middle(PARCELS, zoom))
    drawn.TILES.clear()
    first = meters.spent(partial(browser.get, address))
    size = f"{len(first.result) / 1_024:,.0f} KB"
    label = name or f"tile at zoom {zoom}"
    table.add(f"{label}, drawn", first.cpu_ms, "ms CPU", target=MOST_MS, besides=size)
    kept = meters.pace(partial(browser.get, address), rounds=10)
    table.add(f"{label}, kept", kept.cpu_ms, "ms CPU", target=MOST_MS, besides=kept.besides)


if __name__ == "__main__":
    main()
