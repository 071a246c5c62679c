"""一地一档 and the page of a plant, as three persons see them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

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
