"""Spatial files into a register: whatever the format, the same parcels."""

from collections.abc import Callable

import pytest

from jingkai.apps.land.models import Parcel
from jingkai.apps.registers.models import ImportRun, State
from jingkai.core.geometry.files import Format
from tests.apps.registers.spatial.making import square

pytestmark = pytest.mark.django_db

NAMES = {
    Format.GEOPACKAGE: "a.gpkg",
    Format.SHAPEFILE: "a.zip",
    Format.GEOJSON: "a.geojson",
    Format.KML: "a.kml",
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_spatial_file_is_read_by_what_it_is(
    kind: Format, spatial_file: Callable[..., bytes], imported: Callable[..., ImportRun]
) -> None:
    # The headings of a Shapefile have ten bytes.
    name = "name" if kind is Format.SHAPEFILE else "宗地名称"
    rows = [({"编号": f"P-{n}", name: f"示范{n}"}, square(n)) for n in range(3)]

    run = imported(spatial_file(kind, rows), name=NAMES[kind])

    assert run.state == State.IMPORTED
    found = Parcel.objects.order_by("code")
    assert [parcel.outline for parcel in found] == [square(n) for n in range(3)]
    assert [parcel.outline_source for parcel in found] == [NAMES[kind]] * 3
