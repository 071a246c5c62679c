"""批次用地台账 and 宗地台账."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import User
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.declaration import (
    Closing,
    Column,
    Register,
    Row,
    Rule,
    Secrecy,
    Transition,
)
from jingkai.apps.registers.fields import HundredthField, M2Field, MuField
from jingkai.apps.registers.kinds import Choice, CreditCode, Exact, Person, Whole

from .. import actions, queries
from ..models import (
    FollowUp,
    LandApproval,
    Measure,
    Obstacle,
    ObstacleOwner,
    Parcel,
)
from .codes import ParcelCode, RealEstateUnit
from .columns import (
    CLASSIFICATION,
    EDIT,
    NOTE,
    OFFICER,
    OFFICER_NAME,
    READ,
    SOURCE,
    by_today,
    rule,
    together,
)

_M2, _MU = Exact(places=M2Field.places), Exact(places=MuField.places)
_PER_CENT = Exact(places=HundredthField.places, signed=True)

LAND_APPROVALS = Register(
    kind="land-approvals",
    name=_("批次用地台账"),
    model=LandApproval,
    read=READ,
    edit=EDIT,
    icon="file-certificate",
    order="-approved_on",
    search=("code", "document_number"),
    hint=_("批而未供面积＝批准面积－已供应宗地的登记面积；供应状态未登记的宗地单列待核实"),
    columns=(
        Column("code"),
        Column("document_number"),
        Column("approved_on"),
        Column("area_m2"),
        Column("area_mu", _("批准面积（亩）"), _MU, expression=queries.area_mu()),
        Column("supplied_m2", _("已供应面积（平方米）"), _M2, expression=queries.supplied_m2()),
        Column(
            "unsupplied_m2",
            _("批而未供面积（平方米）"),
            Exact(places=M2Field.places, signed=True),
            expression=queries.unsupplied_m2(),
        ),
        Column(
            "unverified_m2",
            _("供应状态待核实面积（平方米）"),
            _M2,
            expression=queries.unverified_m2(),
        ),
        Column("expropriated_on"),
        CLASSIFICATION,
        NOTE,
        SOURCE,
    ),
    rules=(
        *by_today("approved_on", "expropriated_on"),
        rule("approved_on", "expropriated_on", _("征收完成日期不能早于批准日期")),
    ),
)


def _follow_up(
    *, record: Any, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Any:
    """Set how far the follow-up of one of many is; what is left empty stays."""
    return actions.note_follow_up(
        record=record,
        follow_up=values["follow_up"] or record.follow_up,
        measure=values["measure"] or record.measure,
        by=by,
        at=at,
    )


def _obstacle(
    *, record: Any, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Any:
    owner = values["obstacle_owner"] or ""
    return actions.note_obstacle(
        record=record, obstacle=values["obstacle"], owner=owner, by=by, at=at
    )


def _assign(
    *,
    record: Any,
    values: dict[str, Any],
    permissions: Collection[Permission],
    by: str,
    at: datetime,
) -> Any:
    del permissions
    return actions.assign_officer(record=record, officer=values["officer"], by=by, at=at)


TRANSITIONS = (
    Transition(
        name="follow-up",
        label=_("登记跟进"),
        act=_follow_up,
        permission=EDIT,
        columns=(
            Column("follow_up", _("跟进状态"), Choice(choices=tuple(FollowUp.choices))),
            Column("measure", _("处置盘活方式"), Choice(choices=tuple(Measure.choices))),
        ),
    ),
    Transition(
        name="obstacle",
        label=_("登记卡点"),
        act=_obstacle,
        permission=EDIT,
        columns=(
            Column("obstacle", _("卡点"), Choice(choices=tuple(Obstacle.choices)), required=True),
            Column(
                "obstacle_owner",
                _("卡点由谁解决"),
                Choice(choices=tuple(ObstacleOwner.choices)),
            ),
        ),
    ),
    Transition(
        name="officer",
        label=_("指定经办人"),
        act=_assign,
        permission=EDIT,
        columns=(Column("officer", _("经办人登录名"), Person(to=User), required=True),),
    ),
)


def _settle(*, record: Parcel, note: str, by: str, at: datetime) -> Parcel:
    """Take a parcel that the complete file no longer names as settled; it is never deleted."""
    del note
    return actions.note_follow_up(
        record=record, follow_up=FollowUp.SETTLED, measure=record.measure, by=by, at=at
    )


def _unsettled(parcels: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    return parcels.filter(retired_on__isnull=True).exclude(follow_up=FollowUp.SETTLED)


def _unit_is_of_parcel(row: Row) -> bool:
    parcel, unit = row["parcel_code"], row["real_estate_unit_code"]
    return parcel is None or unit is None or unit.startswith(parcel)


PARCELS = Register(
    kind="parcels",
    name=_("宗地台账"),
    model=Parcel,
    read=READ,
    edit=EDIT,
    icon="map-2",
    order="code",
    grows=True,
    search=("code", "name", "parcel_code", "location", "holder_name", "certificate_number"),
    page="parcel",
    area="area_m2",
    retires="retired_on",
    transitions=TRANSITIONS,
    closes=Closing(label=_("标记已了结"), act=_settle, still_open=_unsettled),
    hint=_("各项状态分列登记：不知道的留空，不适用的选“不适用”；面积以证载登记面积为准"),
    columns=(
        Column("code"),
        Column("name"),
        Column("holder_name"),
        Column("area_m2"),
        Column("area_mu", _("登记面积（亩）"), _MU, expression=queries.area_mu()),
        Column("use"),
        Column("supply"),
        Column("stage"),
        Column("occupancy"),
        Column("statutory"),
        Column("follow_up"),
        Column("measure"),
        Column("obstacle"),
        OFFICER_NAME,
        Column("parcel_code", listed=False, kind=ParcelCode()),
        Column("real_estate_unit_code", listed=False, kind=RealEstateUnit()),
        Column("certificate_number", listed=False),
        Column("approval", listed=False),
        Column("location", listed=False),
        Column("right", listed=False),
        Column("term_years", listed=False, kind=Whole(least=1, most=70), adds=False),
        Column("term_from_on", listed=False),
        Column("term_until_on", listed=False),
        Column("holder_credit_code", listed=False, kind=CreditCode()),
        Column("mortgagee_name", listed=False),
        Column("price_wan", listed=False, secrecy=Secrecy.CONFIDENTIAL),
        Column("price_paid_wan", listed=False, secrecy=Secrecy.CONFIDENTIAL),
        Column("price_paid_on", listed=False),
        Column("monitoring_number", listed=False),
        Column("registered_in_monitoring_on", listed=False),
        Column("statutory_document", listed=False),
        Column("obstacle_owner", listed=False),
        OFFICER,
        Column("retired_on", listed=False, typed=False),
        Column("outline", listed=False),
        Column("outline_source", listed=False),
        Column("outline_system", listed=False, typed=False),
        Column("computed_area_m2", listed=False, typed=False),
        Column(
            "area_difference",
            _("图形与登记面积相差（%）"),
            _PER_CENT,
            listed=False,
            expression=queries.area_difference(),
            adds=False,
        ),
        CLASSIFICATION,
        NOTE,
        SOURCE,
    ),
    rules=(
        Rule(
            _("宗地已分割或合并，不再修改；请在新宗地上登记"),
            ("code",),
            lambda row: row.get("retired_on") is None,
        ),
        Rule(
            _("不动产单元号的前 19 位应与宗地代码一致"),
            ("real_estate_unit_code", "parcel_code"),
            _unit_is_of_parcel,
        ),
        *by_today("price_paid_on", "registered_in_monitoring_on"),
        rule("price_paid_wan", "price_wan", _("已缴价款不能大于应缴价款")),
        rule("term_from_on", "term_until_on", _("使用期限止不能早于使用期限起")),
        together(
            "monitoring_number",
            "registered_in_monitoring_on",
            _("动态监测监管系统的备案号与备案日期应同时填写"),
        ),
    ),
)
