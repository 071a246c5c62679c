"""招商地图: what everybody may open, and nothing else."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts.roles import Role
from jingkai.apps.atlas import actions
from jingkai.apps.atlas.models import MapPublication
from jingkai.apps.atlas.views.meters import Meter
from jingkai.apps.audit.models import Event
from tests.apps.atlas.conftest import column_and_row, decoded

SHOWN = {"plants": ("name", "floor_area_m2"), "parcels": ("name", "area_m2")}
# What must reach no guest, in columns that are not shown, in records that are not.
CANARIES = (
    "甲秘业主",
    "13812345678",
    "乙秘厂房",
    "丙秘厂房",
    "丁秘备注",
    "戊秘地块",
    "己秘权利人",
)


@pytest.fixture
def publish(zone, clock):
    def published(layers=SHOWN, **texts):
        texts = {"title": "示范招商地图", "contact": "招商局 000-0000", "note": ""} | texts
        shown = actions.Shown(layers=layers, **texts)
        return actions.publish_map(zone=zone, shown=shown, by="test", at=clock)

    return published


@pytest.fixture
def town(parcel, plant, neighbour):
    """Return the plants that may be shown, beside all kinds that may not."""
    plant(
        "C-1",
        name="可租厂房",
        is_public=True,
        floor_area_m2=3_200,
        owner_name="甲秘业主",
        contact_phone="13812345678",
        note="丁秘备注",
    )
    plant("C-2", 1, name="乙秘厂房", is_public=False)
    plant("C-3", 2, name="丙秘厂房", is_public=True, classification="sensitive")
    parcel("P-1", 3, name="可供地块", supply="approved_unsupplied", stage="cleared")
    parcel("P-2", 4, name="戊秘地块", supply="in_use", holder_name="己秘权利人")
    plant("N-1", 5, to=neighbour, name="乙秘厂房", is_public=True)


def test_a_map_that_is_not_open_answers_as_a_zone_that_does_not_exist(neighbour, town):
    closed = Client().get(reverse("atlas", args=[neighbour.code]))
    absent = Client().get(reverse("atlas", args=["no-such-zone"]))

    assert closed.status_code == absent.status_code == 404
    assert closed.content.replace(neighbour.code.encode(), b"no-such-zone") == absent.content


def test_a_guest_sees_what_the_zone_shows(zone, town, publish):
    publish()

    page = Client().get(reverse("atlas", args=[zone.code]))
    text = page.content.decode()

    assert page.status_code == 200
    assert "示范招商地图" in text
    assert "招商局 000-0000" in text
    assert "可租厂房" in text
    assert "可供地块" in text


def test_a_guest_finds_the_first_facts_in_the_list_and_the_rest_in_the_card(zone, plant, publish):
    record = plant("C-1", name="可租厂房", is_public=True, floor_area_m2=3_200, power_kva=800)
    columns = ("name", "address", "floor_area_m2", "power_kva", "gas_m3_per_h")
    publish({"plants": columns})

    page = Client().get(reverse("atlas", args=[zone.code])).content.decode()
    card = Client().get(reverse("atlas-card", args=[zone.code, "plants", record.pk]))

    assert f'data-map-fly="plants:{record.pk}"' in page
    assert "电力容量" in card.content.decode()
    assert "燃气" not in card.content.decode()  # not on record


def test_nothing_else_reaches_a_guest_by_any_way(zone, town, publish):
    publish()
    told = b"".join(_everything(zone))

    found = [canary for canary in CANARIES if canary.encode() in told]

    assert "可租厂房".encode() in told
    assert found == []


def test_a_tile_of_guests_holds_the_shown_columns_of_the_shown_records(zone, town, publish):
    publish()

    features = decoded(Client().get(_tile(zone, "plants")), "plants")

    assert [sorted(set(feature) - {"id"}) for feature in features] == [["floor_area_m2", "name"]]
    assert features[0]["name"] == "可租厂房"


def test_guests_of_two_publications_share_no_tile(zone, town, publish):
    publish()
    before = decoded(Client().get(_tile(zone, "plants")), "plants")

    publish({"plants": ("name",)})
    after = decoded(Client().get(_tile(zone, "plants")), "plants")

    assert "floor_area_m2" in before[0]
    assert "floor_area_m2" not in after[0]
    assert Client().get(_tile(zone, "parcels")).status_code == 404


def test_the_card_of_a_record_that_is_not_shown_is_not_found(zone, plant, publish):
    shown = plant("C-1", is_public=True)
    other = plant("C-2", 1, is_public=False)
    publish()

    statuses = [
        Client().get(reverse("atlas-card", args=[zone.code, "plants", record.pk])).status_code
        for record in (shown, other)
    ]

    assert statuses == [200, 404]


def test_a_map_that_is_withdrawn_is_gone(zone, town, publish, clock):
    publish()
    actions.withdraw_map(zone=zone, by="test", at=clock)

    answers = [Client().get(path).status_code for path in _paths(zone)]

    assert set(answers) == {404}


def test_every_change_of_what_is_shown_is_one_event(zone, town, publish, clock):
    before = Event.objects.count()

    publish()
    publish(title="新的标题")
    actions.withdraw_map(zone=zone, by="test", at=clock)

    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert verbs == ["atlas.map.published", "atlas.map.published", "atlas.map.withdrawn"]


@pytest.mark.parametrize(
    ("layers", "word"),
    [
        ({}, "至少选择一个"),
        ({"plants": ("name", "owner_name")}, "不能公开"),
        ({"investors": ("name",)}, "不能公开"),
    ],
)
def test_what_no_guest_may_see_can_not_be_published(zone, publish, layers, word):
    with pytest.raises(actions.NotPublished, match=word):
        publish(layers)

    assert not MapPublication.everywhere.exists()


def test_what_is_not_shown_can_not_be_withdrawn(zone, clock):
    with pytest.raises(actions.NotPublished):
        actions.withdraw_map(zone=zone, by="test", at=clock)


def test_an_open_map_has_a_title(zone, clock):
    with pytest.raises(IntegrityError), transaction.atomic():
        MapPublication.everywhere.create(
            zone=zone, is_open=True, title="", changed_at=clock, changed_by="test"
        )


def test_the_officer_publishes_on_a_page_and_withdraws(browser, zone, town):
    page = reverse("map-publication", args=[zone.code])
    values = {"title": "来看厂房", "contact": "", "note": "", "columns-plants": ["name"]}

    first = browser.post(page, values)
    shown = Client().get(reverse("atlas", args=[zone.code]))
    empty = browser.post(page, values | {"columns-plants": []})
    gone = browser.post(reverse("map-withdraw", args=[zone.code]))

    assert first.status_code == gone.status_code == 302
    assert shown.status_code == 200
    assert "至少选择一个" in empty.content.decode()
    assert Client().get(reverse("atlas", args=[zone.code])).status_code == 404


def test_who_may_not_publish_has_no_such_page(zone, hire, log_in, neighbour):
    colleague = log_in(hire(zone, Role.SAFETY))
    stranger = log_in(hire(neighbour, Role.LAND))
    page = reverse("map-publication", args=[zone.code])

    assert colleague.post(page).status_code == 403
    assert stranger.post(page).status_code == 404


def test_an_address_is_answered_only_so_often(clock):
    meter = Meter(most=2, seconds=60)

    answered = [meter.allows("a", clock) for _turn in range(3)]

    assert answered == [True, True, False]
    assert meter.allows("b", clock)
    assert meter.allows("a", clock.replace(minute=clock.minute + 1))


def _paths(zone):
    layers = ("plants", "parcels")
    yield reverse("atlas", args=[zone.code])
    for layer in layers:
        yield _tile(zone, layer)
        for number in range(1, 30):
            yield reverse("atlas-card", args=[zone.code, layer, number])


def _everything(zone):
    """Yield every answer that a guest can get of the zone, tiles unpacked."""
    client = Client()
    for path in _paths(zone):
        yield client.get(path).content


def _tile(zone, layer):
    return reverse("atlas-tile", args=[zone.code, layer, "any", 14, *column_and_row(14)])
