"""Splits and mergers: the areas agree, history is kept, and all of it can be taken back."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.apps.audit.models import Event
from jingkai.apps.land import actions, queries
from jingkai.apps.land.actions import NotChanged, Part
from jingkai.apps.land.models import Parcel, ParcelChange, ParcelChangePart
from tests.apps.land.conftest import square

ON = date(2024, 12, 1)


@pytest.fixture
def split(clock):
    def did(parcel, *parts, **more):
        usual = {"on": ON, "document": "济自然资地籍〔2024〕8号", "by": "a", "at": clock}
        return actions.split_parcel(parcel=parcel, parts=parts, **usual | more)

    return did


@pytest.fixture
def merge(clock):
    def did(parcels, into, **more):
        usual = {"on": ON, "document": "", "by": "a", "at": clock}
        return actions.merge_parcels(parcels=parcels, into=into, **usual | more)

    return did


@pytest.fixture
def undo(clock):
    def did(change, reason="登记有误"):
        actions.undo_parcel_change(change=change, by="a", at=clock, reason=reason)

    return did


def part(code, area_m2, *belongings, **more):
    area = None if area_m2 is None else Decimal(area_m2)
    return Part(code=code, name=f"示范{code}", area_m2=area, belongings=belongings, **more)


def test_the_parts_have_what_the_parcel_had_but_not_its_price(make, split, officer):
    parcel = make.parcel(
        supply="supplied_unused",
        use="industrial",
        holder_name="示范企业",
        officer=officer,
        price_wan=Decimal(900),
        classification="sensitive",
    )

    split(parcel, part("A-1", 10_000, outline=square()), part("A-2", 20_000))

    first, second = Parcel.objects.filter(code__in=("A-1", "A-2")).order_by("code")
    assert (first.supply, first.use, first.holder_name) == (
        "supplied_unused",
        "industrial",
        "示范企业",
    )
    assert (first.officer, first.classification, first.price_wan) == (officer, "sensitive", None)
    assert first.west == 117.8
    assert second.outline is None
    parcel.refresh_from_db()
    assert parcel.retired_on == ON
    assert parcel not in queries.standing(ON)
    assert parcel in queries.standing(date(2024, 11, 30))


def test_a_part_is_not_in_the_disposal_that_stays_with_the_parcel_before(make, split):
    parcel = make.parcel(follow_up="in_disposal", measure="lease")

    split(parcel, part("A-1", 10_000), part("A-2", 20_000))

    parts = Parcel.objects.filter(code__in=("A-1", "A-2"))
    assert set(parts.values_list("follow_up", "measure")) == {("to_verify", "")}


@pytest.mark.parametrize(("first", "second"), [(10_000, "19999"), (10_000, "20001")])
def test_a_square_metre_is_tolerated(first, second, make, split):
    change = split(make.parcel(), part("A-1", first), part("A-2", second))

    assert abs(change.difference_m2) == 1


@pytest.mark.parametrize("second", ["19998.99", "20001.01", None])
def test_areas_that_do_not_agree_need_a_reason(second, make, split):
    parcel = make.parcel()
    parts = part("A-1", 10_000), part("A-2", second)

    with pytest.raises(NotChanged):
        split(parcel, *parts)
    assert split(parcel, *parts, reason="重新测绘").reason == "重新测绘"


def test_what_stood_on_the_parcel_goes_with_the_part_or_stays_as_history(make, split):
    parcel = make.parcel()
    contract, works, plant = make.contract(parcel), make.works(parcel), make.plant(parcel=parcel)

    split(parcel, part("A-1", 10_000, contract), part("A-2", 20_000, plant))

    for record in (contract, works, plant):
        record.refresh_from_db()
    assert (contract.parcel.code, plant.parcel.code) == ("A-1", "A-2")
    assert works.parcel == parcel


def test_a_split_is_one_event_that_tells_of_every_record(make, split):
    parcel = make.parcel()
    contract = make.contract(parcel)

    split(parcel, part("A-1", 10_000, contract), part("A-2", 20_000))

    event = Event.objects.get(verb="land.parcel.split")
    assert event.target_id == str(parcel.pk)
    assert Event.objects.filter(verb__startswith="land.").count() == 1


def test_a_split_is_refused_with_one_part_or_a_code_that_is_taken(make, split):
    parcel, other = make.parcel(), make.parcel(code="A-9")

    for parts in (
        [part("A-1", 30_000)],
        [part("A-9", 10_000), part("A-2", 20_000)],
        [part("A-1", 10_000), part("A-1", 20_000)],
        [part("A-1", 10_000, make.contract(other)), part("A-2", 20_000)],
    ):
        with pytest.raises(NotChanged):
            split(parcel, *parts)
    with pytest.raises(NotChanged):
        split(parcel, part("A-1", 10_000), part("A-2", 20_000), on=date(2025, 1, 1))


def test_a_parcel_is_split_once(make, split):
    parcel = make.parcel()
    split(parcel, part("A-1", 10_000), part("A-2", 20_000))

    with pytest.raises(NotChanged, match="已于"):
        split(parcel, part("A-3", 10_000), part("A-4", 20_000))


def test_a_merger_keeps_what_both_share(make, merge):
    first = make.parcel(holder_name="示范企业", use="industrial", classification="sensitive")
    second = make.parcel(holder_name="示范企业", use="warehouse")

    merge([first, second], part("B", 60_000))

    merged = Parcel.objects.get(code="B")
    assert (merged.holder_name, merged.use, merged.classification) == ("示范企业", "", "sensitive")


def test_a_merger_needs_two_parcels_of_the_zone(make, merge, neighbour):
    parcel = make.parcel()
    strange = make.parcel()
    Parcel.everywhere.filter(pk=strange.pk).update(zone=neighbour)
    strange.refresh_from_db()

    with pytest.raises(NotChanged):
        merge([parcel, parcel], part("B", 30_000))
    with pytest.raises(NotChanged):
        merge([parcel, strange], part("B", 60_000))


def test_the_lineage_is_followed_both_ways(make, split, merge):
    parcel = make.parcel(code="A")
    split(parcel, part("A-1", 10_000), part("A-2", 20_000))
    both = list(Parcel.objects.filter(code__startswith="A-").order_by("code"))
    merge(both, part("B", 30_000))

    merged = Parcel.objects.get(code="B")
    before = queries.ancestry(merged)
    after = queries.descent(parcel)

    assert [branch.parcel.code for branch in before.branches] == ["A-1", "A-2"]
    assert [branch.parcel for branch in before.branches[0].branches] == [parcel]
    assert [branch.branches[0].parcel for branch in after.branches] == [merged, merged]


def test_undo_puts_everything_back(make, split, undo):
    parcel = make.parcel()
    contract = make.contract(parcel)
    change = split(parcel, part("A-1", 10_000, contract), part("A-2", 20_000))

    undo(change)

    parcel.refresh_from_db()
    contract.refresh_from_db()
    assert parcel.retired_on is None
    assert contract.parcel == parcel
    assert not Parcel.objects.filter(code__startswith="A-").exists()
    assert not ParcelChange.objects.exists()
    assert not ParcelChangePart.objects.exists()
    assert Event.objects.filter(verb="land.parcel.split-undone").count() == 1


def test_undo_of_a_merger_restores_both(make, merge, undo):
    parcels = [make.parcel(), make.parcel()]
    plant = make.plant(parcel=parcels[1])
    change = merge(parcels, part("B", 60_000, plant))

    undo(change)

    plant.refresh_from_db()
    assert plant.parcel == parcels[1]
    assert Parcel.objects.filter(retired_on__isnull=True).count() == 2


def test_what_somebody_worked_on_is_not_undone(make, split, undo, clock):
    parcel = make.parcel()
    change = split(parcel, part("A-1", 10_000), part("A-2", 20_000))
    child = Parcel.objects.get(code="A-1")
    actions.note_follow_up(record=child, follow_up="watched", measure="", by="b", at=clock)

    with pytest.raises(NotChanged, match="示范A-1"):
        undo(change)

    assert ParcelChange.objects.count() == 1


def test_a_contract_on_a_part_keeps_the_split_from_being_undone(make, split, undo):
    change = split(make.parcel(), part("A-1", 10_000), part("A-2", 20_000))
    make.contract(Parcel.objects.get(code="A-2"))

    with pytest.raises(NotChanged):
        undo(change)


def test_undo_needs_a_reason(make, split, undo):
    change = split(make.parcel(), part("A-1", 10_000), part("A-2", 20_000))

    with pytest.raises(NotChanged, match="理由"):
        undo(change, reason=" ")


FORM = {
    "on": "2024-12-01",
    "document": "",
    "reason": "",
    "part1_code": "A-1",
    "part1_name": "东块",
    "part1_parcel_code": "",
    "part1_area_m2": "10000",
    "part1_outline": "",
    "part2_code": "A-2",
    "part2_name": "西块",
    "part2_parcel_code": "",
    "part2_area_m2": "20000",
    "part2_outline": "117.80,36.06\n117.81,36.06\n117.81,36.07",
}


@pytest.fixture(autouse=True)
def today(settings, clock):
    settings.CLOCK = clock.isoformat()


def test_an_officer_splits_a_parcel_on_its_page(make, officer, log_in):
    parcel = make.parcel()
    contract = make.contract(parcel)
    browser = log_in(officer)
    path = f"/z/home/parcels/{parcel.pk}/split/"

    asked = browser.get(path)
    unsaid = browser.post(path, FORM)
    done = browser.post(path, FORM | {"goes0": "2"}, follow=True)

    assert asked.status_code == 200
    assert unsaid.status_code == 400
    assert "东块" in done.content.decode()
    contract.refresh_from_db()
    assert contract.parcel.code == "A-2"
    assert contract.parcel.outline is not None
    page = browser.get(f"/z/home/parcels/{parcel.pk}/page/").content.decode()
    assert "去向" in page
    assert "撤销分割合并" in page


def test_an_officer_sees_by_how_much_the_areas_differ(make, officer, log_in):
    parcel = make.parcel()

    answer = log_in(officer).post(
        f"/z/home/parcels/{parcel.pk}/split/?parts=2", FORM | {"part2_area_m2": "25000"}
    )

    assert answer.status_code == 400
    assert "相差 +5,000 平方米" in answer.content.decode()


def test_an_officer_merges_parcels_and_takes_it_back(make, officer, log_in):
    parcel, other = make.parcel(code="C-1"), make.parcel(code="C-2")
    make.contract(other)
    browser = log_in(officer)
    path = f"/z/home/parcels/{parcel.pk}/merge/"
    form = {
        "on": "2024-12-01",
        "others": "C-2",
        "takes_all": "on",
        "part_code": "C",
        "part_name": "合并地块",
        "part_area_m2": "60000",
    }

    lost = browser.post(path, form | {"others": "C-2、C-3"})
    done = browser.post(path, form, follow=True)
    undone = browser.post(
        f"/z/home/parcels/{other.pk}/change/undo/", {"reason": "登记有误"}, follow=True
    )

    assert "没有找到宗地：C-3" in lost.content.decode()
    assert "由来" in done.content.decode()
    assert "已撤销，原宗地恢复" in undone.content.decode()
    assert sorted(Parcel.objects.values_list("code", flat=True)) == ["C-1", "C-2"]
