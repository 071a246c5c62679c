"""厂房台账, 厂房单元台账 and 厂房租赁台账."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.declaration import Column, Register, Row, Rule, Secrecy
from jingkai.apps.registers.kinds import Choice, CreditCode, Whole, Yes
from jingkai.apps.registers.queries import Today
from jingkai.core.calendar import term_end
from jingkai.web import clock

from .. import queries
from ..models import Hall, Lease, Plant
from .columns import (
    CLASSIFICATION,
    EDIT,
    NOTE,
    OFFICER,
    OFFICER_NAME,
    PARCEL,
    PLANT,
    PLANT_NAME,
    READ,
    SOURCE,
    SafetyDay,
    Year,
    by_today,
    rule,
    since_measured,
    together,
)
from .parcels import TRANSITIONS

MOST_LEASE_YEARS = 20  # 民法典 第七百零五条
_STALE = Column(
    "is_stale",
    _("量测已过一年"),
    Yes(),
    listed=False,
    expression=Today(lambda on: queries.is_stale(on=on)),
)
_SINCE_MEASURED = Column(
    "since_measured", _("量测情况"), compute=since_measured, needs=("measured_on",)
)
_MEASURED = (
    together("measured_by", "measured_on", _("量测人与量测日期应同时填写")),
    *by_today("measured_on"),
)


def _days_vacant(row: Row) -> int | None:
    return queries.days_vacant(row["idle_since"], on=clock.today())


PLANTS = Register(
    kind="plants",
    name=_("厂房台账"),
    model=Plant,
    read=READ,
    edit=EDIT,
    icon="building-warehouse",
    order="code",
    grows=True,
    search=("code", "name", "address", "owner_name"),
    page="plant",
    transitions=TRANSITIONS,
    hint=_("各单元的净高、跨度、荷载、行车在厂房单元台账登记；只有选择公开的才出现在招商地图"),
    columns=(
        Column("code"),
        Column("name"),
        Column("parcel__name", label=_("宗地")),
        Column("owner_name"),
        Column("floor_area_m2"),
        Column("idle_area_m2"),
        Column("idle_since"),
        Column(
            "days_vacant",
            _("已空置天数"),
            Whole(),
            compute=_days_vacant,
            needs=("idle_since",),
            adds=False,
        ),
        Column("occupancy"),
        Column("follow_up"),
        Column("measure"),
        Column("obstacle"),
        Column("is_public"),
        _SINCE_MEASURED,
        OFFICER_NAME,
        PARCEL,
        Column("address", listed=False),
        Column("owner_credit_code", listed=False, kind=CreditCode()),
        Column("contact_name", listed=False, secrecy=Secrecy.PERSONAL),
        Column("contact_phone", listed=False, secrecy=Secrecy.PERSONAL),
        Column("built_year", listed=False, kind=Year(), adds=False),
        Column("structure", listed=False),
        Column("floors", listed=False, kind=Whole(least=1, most=200), adds=False),
        Column("rent_yuan_per_m2_month", listed=False, adds=False),
        Column("sale_price_wan", listed=False, secrecy=Secrecy.CONFIDENTIAL),
        Column("fire_class", listed=False),
        Column("hazard_class", listed=False),
        Column("environmental_limits", listed=False),
        Column("power_kva", listed=False),
        Column("water_t_per_day", listed=False),
        Column("gas_m3_per_h", listed=False),
        Column("steam_t_per_h", listed=False),
        Column("wastewater_t_per_day", listed=False),
        Column("obstacle_owner", listed=False),
        Column("measured_by", listed=False),
        Column("measured_on", listed=False),
        _STALE,
        OFFICER,
        Column("outline", listed=False),
        Column("outline_source", listed=False),
        Column("outline_system", listed=False, typed=False),
        Column("computed_area_m2", listed=False, typed=False),
        CLASSIFICATION,
        NOTE,
        SOURCE,
    ),
    rules=(
        rule("idle_area_m2", "floor_area_m2", _("空置面积不能大于建筑面积")),
        *_MEASURED,
    ),
)


def _within_plant(row: Row) -> bool:
    """Whether a hall is no larger than its plant, where both areas are known."""
    plant, area = row["plant"], row["area_m2"]
    return plant is None or area is None or _fits(area, plant.floor_area_m2)


HALLS = Register(
    kind="halls",
    name=_("厂房单元台账"),
    model=Hall,
    read=READ,
    edit=EDIT,
    icon="building",
    order="code",
    search=("code", "plant__code", "plant__name"),
    columns=(
        Column("code"),
        PLANT,
        PLANT_NAME,
        Column("floor", kind=Whole(least=-9, most=200), adds=False),
        Column("area_m2"),
        Column("vacant_area_m2"),
        Column("vacant_from_on"),
        Column("clear_height_m", adds=False),
        Column("span_m", adds=False),
        Column("column_grid"),
        Column("floor_load_kn_per_m2", adds=False),
        Column("crane_t", adds=False),
        Column("crane_count", kind=Whole(most=200)),
        _SINCE_MEASURED,
        Column("measured_by", listed=False),
        Column("measured_on", listed=False),
        _STALE,
        NOTE,
        SOURCE,
    ),
    rules=(
        Rule(_("单元面积不能大于厂房建筑面积"), ("area_m2", "plant"), _within_plant),
        rule("vacant_area_m2", "area_m2", _("空置面积不能大于单元面积")),
        *_MEASURED,
    ),
)


def _fits(part: Any, whole: Any) -> bool:
    return whole is None or bool(part <= whole)


def _hall_of_plant(row: Row) -> bool:
    hall, plant = row["hall"], row["plant"]
    return hall is None or plant is None or hall.plant_id == plant.pk


def _let_area_fits(row: Row) -> bool:
    """Whether what is let is no larger than the hall or, without one, the plant."""
    area, hall, plant = row["area_m2"], row["hall"], row["plant"]
    if area is None or plant is None:
        return True
    return _fits(area, hall.area_m2 if hall is not None else plant.floor_area_m2)


def _at_most_twenty_years(row: Row) -> bool:
    first, until = row["from_on"], row["until_on"]
    return first is None or until is None or until <= term_end(first, MOST_LEASE_YEARS)


LEASES = Register(
    kind="leases",
    name=_("厂房租赁台账"),
    model=Lease,
    read=READ,
    edit=EDIT,
    icon="contract",
    order="until_on",
    search=("code", "tenant_name", "plant__code", "plant__name"),
    hint=_("没有安全生产管理协议的租赁不予登记（《安全生产法》第四十九条）"),
    columns=(
        Column("code"),
        PLANT,
        PLANT_NAME,
        Column("hall", listed=False),
        Column("hall__code", label=_("厂房单元")),
        Column("tenant_name"),
        Column("tenant_credit_code", listed=False, kind=CreditCode()),
        Column("from_on"),
        Column("until_on"),
        Column(
            "state",
            _("租赁状态"),
            Choice(choices=tuple(queries.LeaseState.choices)),
            expression=Today(lambda on: queries.lease_state(on=on)),
        ),
        Column("area_m2"),
        Column("rent_yuan_per_m2_month", secrecy=Secrecy.CONFIDENTIAL, adds=False),
        Column(
            "safety_agreement_on",
            kind=SafetyDay(),
            hint=_("须与承租单位签订或在租赁合同中约定（《安全生产法》第四十九条）"),
        ),
        Column("safety_agreement_number", listed=False),
        Column("filed_on", listed=False),
        NOTE,
        SOURCE,
    ),
    rules=(
        *by_today("safety_agreement_on", "filed_on"),
        Rule(
            _("租期止应晚于租期起"),
            ("until_on", "from_on"),
            lambda row: row["from_on"] < row["until_on"],
        ),
        Rule(
            _("租赁期限不得超过二十年，超过部分无效（《民法典》第七百零五条）"),
            ("until_on", "from_on"),
            _at_most_twenty_years,
        ),
        Rule(_("厂房单元不属于该厂房"), ("hall", "plant"), _hall_of_plant),
        Rule(_("租赁面积不能大于厂房单元或厂房的面积"), ("area_m2", "hall"), _let_area_fits),
    ),
)
