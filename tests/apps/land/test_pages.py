"""一地一档 and the page of a plant, as three persons see them."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.land.models import Parcel
from tests.apps.land.conftest import square


@pytest.fixture(autouse=True)
def today(settings, clock):
    """Let the pages be read on the day of the tests."""
    settings.CLOCK = clock.isoformat()


@pytest.fixture
def rich(make, officer):
    """Return a parcel with something of everything on it."""
    parcel = make.parcel(
        name="钢城大道北侧地块",
        holder_name="示范制造有限公司",
        supply="supplied_unused",
        area_m2=Decimal(10_000),
        outline=square(),
        price_wan=Decimal(3_000),
        officer=officer,
    )
    make.contract(parcel, total_investment_wan=Decimal(20_000))
    make.works(parcel, foundation="piles", foundation_share=Decimal("0.4"))
    make.delay(parcel)
    plant = make.plant(parcel=parcel, name="1号厂房")
    make.hall(plant, clear_height_m=Decimal("9.5"), crane_t=Decimal(10), crane_count=2)
    make.lease(plant)
    make.obligation(parcel, due_on=date(2024, 6, 30))
    return parcel


def test_the_page_shows_each_axis_and_says_what_is_not_on_record(rich, officer, log_in):
    page = log_in(officer).get(f"/z/home/parcels/{rich.pk}/page/").content.decode()

    assert "供而未用" in page
    assert "未登记" in page
    assert "示范制造有限公司" in page
    assert "1号厂房" in page
    assert "待认可" in page
    assert "到期未核查" in page
    assert "尚未登记租赁备案" in page
    assert "与登记面积相差" in page


def test_the_detail_leads_to_the_page(rich, officer, log_in):
    answer = log_in(officer).get(f"/z/home/parcels/{rich.pk}/")

    assert answer.status_code == 302
    assert answer["Location"] == f"/z/home/parcels/{rich.pk}/page/"


def test_a_colleague_reads_the_page_without_prices_and_may_not_write(rich, colleague, log_in):
    browser = log_in(colleague)

    page = browser.get(f"/z/home/parcels/{rich.pk}/page/").content.decode()

    assert "20,000" not in page
    assert "3,000" not in page
    assert "parcels/new" not in page
    assert browser.get(f"/z/home/parcels/{rich.pk}/split/").status_code == 403
    assert browser.post(f"/z/home/parcels/{rich.pk}/change/undo/").status_code == 403


def test_an_officer_of_another_zone_finds_no_such_parcel(rich, stranger, log_in):
    browser = log_in(stranger)

    for path in ("page", "split", "merge"):
        assert browser.get(f"/z/home/parcels/{rich.pk}/{path}/").status_code == 404
        assert browser.get(f"/z/neighbour/parcels/{rich.pk}/{path}/").status_code == 404


def test_the_page_of_a_plant_shows_its_halls_and_who_measured_them(make, officer, log_in, clock):
    long_ago = clock.date() - timedelta(days=366)
    plant = make.plant(power_kva=Decimal(800), contact_phone="13800001111")
    make.hall(plant, clear_height_m=Decimal("9.5"), measured_by="张工", measured_on=long_ago)
    make.lease(plant, until_on=date(2025, 2, 1))

    page = log_in(officer).get(f"/z/home/plants/{plant.pk}/page/").content.decode()

    assert "9.5" in page
    assert "张工" in page
    assert "量测已过 366 天" in page
    assert "90 天内到期" in page
    assert "800" in page
    assert "13800001111" not in page


def test_a_page_of_many_plants_asks_the_database_no_more_than_one_of_few(
    make, officer, log_in, django_assert_max_num_queries
):
    parcel = make.parcel()
    for _number in range(12):
        plant = make.plant(parcel=parcel)
        make.hall(plant)
        make.lease(plant)
        make.contract(parcel)
        make.works(parcel, officer=officer)
    browser = log_in(officer)

    with django_assert_max_num_queries(75):
        assert browser.get(f"/z/home/parcels/{parcel.pk}/page/").status_code == 200


def test_a_terms_sentence_names_the_law(make, officer, log_in):
    parcel = make.parcel(use="industrial", term_years=70)

    page = log_in(officer).get(f"/z/home/parcels/{parcel.pk}/page/").content.decode()

    assert "最高年限 50 年" in page
    assert "第十二条" in page


@pytest.fixture
def merging(make, officer, log_in):
    """Return a function that merges two neighbours on the page, and returns the answer."""

    def merged(*, second, **form):
        first = make.parcel(code="A-1", outline=square())
        make.parcel(code="A-2", outline=second)
        usual = {"others": "A-2", "on": "2024-12-01", "part_code": "B-1", "part_name": "合并地块"}
        usual |= {"part_area_m2": "60000", "joins_outlines": "on"}
        return log_in(officer).post(f"/z/home/parcels/{first.pk}/merge/", usual | form)

    return merged


def test_a_merged_parcel_has_the_outlines_of_both(merging):
    answer = merging(second=square(west=117.801))

    assert answer.status_code == 302
    found = Parcel.objects.get(code="B-1")
    assert found.outline.bounds == (117.8, 36.06, 117.802, 36.061)
    assert found.computed_area_m2 == pytest.approx(2 * square().area_m2, rel=Decimal("0.00001"))
    assert found.outline_source == "由合并前各宗图形合成"


def test_outlines_are_put_together_only_where_each_parcel_has_one(merging):
    answer = merging(second=None)

    assert answer.status_code == 400
    assert "不能合成" in answer.content.decode()
    assert not Parcel.objects.filter(code="B-1").exists()


def test_an_outline_that_is_typed_stands_against_putting_them_together(merging):
    both = merging(second=square(west=117.801), part_outline=square().wkt)

    assert both.status_code == 400


def test_a_merged_parcel_may_have_another_outline_or_none(merging):
    other = square(side=0.002)

    answer = merging(second=None, joins_outlines="", part_outline=other.wkt)

    assert answer.status_code == 302
    assert Parcel.objects.get(code="B-1").outline == other


@pytest.mark.parametrize(("reason", "status"), [("", 400), ("规划道路已取消", 302)])
def test_parcels_that_do_not_touch_are_merged_with_a_word_why(reason, status, merging):
    answer = merging(second=square(west=117.81), reason=reason)

    assert answer.status_code == status
    assert ("不相连" in answer.content.decode()) == (status == 400)


def test_neighbours_are_named_where_a_parcel_is_merged(make, officer, log_in):
    first = make.parcel(code="A-1", outline=square())
    make.parcel(code="A-2", outline=square(west=117.8011))
    make.parcel(code="A-9", outline=square(west=117.9))

    page = log_in(officer).get(f"/z/home/parcels/{first.pk}/merge/").content.decode()

    assert "A-2" in page
    assert "A-9" not in page


def test_parts_that_are_drawn_over_one_another_are_refused(make, officer, log_in):
    parcel = make.parcel(area_m2=Decimal(20_000), outline=square(side=0.002))
    form = {"on": "2024-12-01"}
    for number, west in ((1, 117.80), (2, 117.8005)):
        form |= {f"part{number}_code": f"A-{number}", f"part{number}_name": f"示范{number}"}
        form |= {f"part{number}_area_m2": "10000", f"part{number}_outline": square(west).wkt}

    answer = log_in(officer).post(f"/z/home/parcels/{parcel.pk}/split/", form)

    assert answer.status_code == 400
    assert "与第 1 宗的图形重叠" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "codes", "sum_m2"),
    [
        ({}, {"A-2"}, "30,000"),
        ({"retired_on": "all"}, {"A-1", "A-2"}, "60,000"),
        ({"retired_on__from": "2024-01-01"}, {"A-1"}, "30,000"),
        ({"q": "示范"}, {"A-1", "A-2"}, "60,000"),
    ],
)
def test_a_list_leaves_history_out_unless_it_is_asked_for(
    query, codes, sum_m2, make, officer, log_in
):
    make.parcel(code="A-1", name="示范一", retired_on=date(2024, 6, 1))
    make.parcel(code="A-2", name="示范二")
    browser = log_in(officer)

    page = browser.get("/z/home/parcels/", query).content.decode()
    sums = browser.get("/z/home/parcels/totals/", query).content.decode()
    out = browser.get("/z/home/parcels/export/", query | {"format": "csv"}).content.decode()

    assert {code for code in ("A-1", "A-2") if f">{code}<" in page} == codes
    assert {code for code in ("A-1", "A-2") if code in out} == codes
    assert sum_m2 in sums
    assert ("不含历史记录" in page) == ('href="?retired_on=all"' in page) == (not query)


def test_another_filter_keeps_the_history_that_was_asked_for(make, officer, log_in):
    make.parcel()
    asked = {"retired_on": "all", "retired_on__from": "2024-01-01", "sort": "code"}

    drawer = log_in(officer).get("/z/home/parcels/dialogs/filters/", asked).content.decode()

    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', drawer)
    assert hidden == [("retired_on", "all"), ("sort", "code"), ("q", "")]
