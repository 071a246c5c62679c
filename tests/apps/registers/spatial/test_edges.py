"""Whatever way an outline comes in, its window, its area and the index follow it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.land.models import Parcel
from jingkai.apps.registers import actions, queries, spatial
from jingkai.apps.registers.actions import Edit, Why
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun, Located
from jingkai.core.geometry.files import Format
from jingkai.core.geometry.shapes import Shape
from tests.apps.registers.spatial.making import square

pytestmark = pytest.mark.django_db


def follows(code: str, shape: Shape | None) -> bool:
    """Return whether everything on record about the parcel's place is that of the shape."""
    told = Parcel.objects.filter(code=code).values_list(
        "west", "south", "east", "north", "computed_area_m2"
    )
    (held,) = told
    if shape is None:
        return held == (None,) * 5 and not Parcel.objects.filter(outline__isnull=False).exists()
    found = spatial.within(Parcel.objects.all(), *shape.bounds).filter(code=code)
    return held == (*shape.bounds, shape.area_m2) and found.exists()


@pytest.fixture
def land_officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    """Return somebody who may edit parcels."""
    return hire(zone, Role.LAND)


def test_a_new_record_has_the_edges_of_its_outline(parcel: Callable[..., Any]) -> None:
    parcel(outline=square())

    assert follows("P-1", square())


def test_a_changed_outline_takes_the_edges_along(
    parcel: Callable[..., Any], parcels: Register, clock: datetime
) -> None:
    record = parcel(outline=square())

    actions.change_record(
        register=parcels,
        record=record,
        values={"outline": square(7)},
        version=record.version,
        by="a",
        at=clock,
    )

    assert follows("P-1", square(7))


def test_an_outline_taken_out_takes_the_edges_along(
    parcel: Callable[..., Any], parcels: Register, clock: datetime
) -> None:
    record = parcel(outline=square())

    actions.change_record(
        register=parcels,
        record=record,
        values={"outline": None},
        version=record.version,
        by="a",
        at=clock,
    )

    assert follows("P-1", None)


@pytest.mark.parametrize("others", [{}, {"name": "另一块"}])
def test_the_grid_and_the_bulk_edit_take_the_edges_along(
    others: dict[str, Any],
    parcel: Callable[..., Any],
    parcels: Register,
    inside: Zone,
    clock: datetime,
) -> None:
    record = parcel(outline=square())

    actions.change_records(
        register=parcels,
        zone=inside,
        edits=[Edit(record.pk, record.version, {"outline": square(3)} | others)],
        additions=[{"code": "P-2", "name": "新地块", "outline": square(4)}],
        why=Why(verb="grid-changed", by="a", at=clock),
    )

    assert follows("P-1", square(3))
    assert follows("P-2", square(4))


def test_an_import_and_its_undoing_take_the_edges_along(
    parcel: Callable[..., Any],
    parcels: Register,
    clock: datetime,
    spatial_file: Callable[..., bytes],
    imported: Callable[..., ImportRun],
) -> None:
    parcel(outline=square())
    rows = [({"编号": f"P-{n}", "宗地名称": "示范"}, square(n + 5)) for n in (1, 2)]

    run = imported(spatial_file(Format.GEOPACKAGE, rows))

    assert follows("P-1", square(6))
    assert follows("P-2", square(7))

    actions.undo_import(register=parcels, run=run, by="a", at=clock)

    assert follows("P-1", square())
    assert not Parcel.objects.filter(code="P-2").exists()


def test_the_form_and_the_api_take_the_edges_along(
    client: Client, zone: Zone, inside: Zone, land_officer: User, parcel: Callable[..., Any]
) -> None:
    client.force_login(land_officer)
    record = parcel()
    form = {"code": "P-3", "name": "新地块", "outline": square(3).wkt}

    answer = client.post(reverse("parcels-new", args=[zone.code]), form)

    assert answer.status_code == 302
    assert follows("P-3", square(3))

    body = {"version": record.version, "values": {"outline": square(9).geojson}}
    url = f"/api/z/{zone.code}/registers/parcels/{record.pk}"
    answer = client.patch(url, body, content_type="application/json")

    assert answer.status_code == 200, answer.content
    assert follows("P-1", square(9))


def test_plain_writes_of_the_orm_take_the_edges_along(parcel: Callable[..., Any]) -> None:
    record = parcel(outline=square())

    deferred = Parcel.objects.only("code").get(pk=record.pk)
    deferred.outline = square(2)
    deferred.save()

    assert follows("P-1", square(2))

    again = Parcel.objects.get(pk=record.pk)
    again.delete()

    assert not spatial.within(Parcel.objects.all(), *square(2).bounds).exists()


def test_the_database_refuses_an_outline_without_its_edges(parcel: Callable[..., Any]) -> None:
    record = parcel(outline=square())

    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.filter(pk=record.pk).update(west=None)


def test_every_located_table_is_indexed() -> None:
    located = [r.model for r in queries.registers().values() if issubclass(r.model, Located)]

    assert located
    assert [model for model in located if not spatial.is_indexed(model)] == []


@pytest.mark.parametrize(
    ("window", "is_met"),
    [
        ((117.8005, 36.0505, 117.8006, 36.0506), True),  # inside it
        ((117.7, 36.0, 117.9, 36.2), True),  # around it
        ((117.801, 36.051, 117.9, 36.2), True),  # its very corner
        ((117.80100001, 36.051, 117.9, 36.2), False),  # a millimetre beside it
        ((117.7, 36.0, 117.79999999, 36.2), False),
    ],
)
def test_a_window_is_asked_exactly(
    window: tuple[float, float, float, float], is_met: bool, parcel: Callable[..., Any]
) -> None:
    parcel(outline=square())

    assert spatial.within(Parcel.objects.all(), *window).exists() == is_met


def test_a_point_has_edges_and_no_area(parcel: Callable[..., Any]) -> None:
    parcel(outline=Shape.of_wkt("POINT (117.8 36.05)"))

    held = Parcel.objects.values_list("west", "east", "computed_area_m2").get()
    assert held == (117.8, 117.8, None)


def test_a_square_of_a_hundred_metres_has_its_area(parcel: Callable[..., Any]) -> None:
    record = parcel(outline=square(size=0.001))

    assert record.computed_area_m2 == square(size=0.001).area_m2
    assert Decimal(9_900) < record.computed_area_m2 < Decimal(10_100)
