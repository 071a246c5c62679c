"""出让合同台账, 建设进度台账 and 延误情形台账."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.declaration import Column, Register, Row, Rule, Secrecy

from .. import queries
from ..models import Delay, GrantContract, WorksProgress
from .columns import (
    EDIT,
    NOTE,
    OFFICER,
    OFFICER_NAME,
    PARCEL,
    PARCEL_NAME,
    READ,
    SOURCE,
    by_today,
    rule,
    together,
)


def _within_parcel(row: Row) -> bool:
    """Whether what is to be developed fits on the parcel, where both areas are known."""
    parcel, required = row["parcel"], row["required_area_m2"]
    if parcel is None or required is None or parcel.area_m2 is None:
        return True
    return bool(required <= parcel.area_m2)


def _within_contract(column: str, agreed: str) -> Callable[[Row], bool]:
    """Return the check that a value does not exceed what the parcel's contract says."""

    def keeps(row: Row) -> bool:
        if row["parcel"] is None or row[column] is None:
            return True
        whole = getattr(queries.terms(row["parcel"]), agreed)
        return whole is None or row[column] <= whole

    return keeps


def _of_same_parcel(row: Row) -> bool:
    earlier = row["supersedes"]
    return earlier is None or row["parcel"] is None or earlier.parcel_id == row["parcel"].pk


GRANT_CONTRACTS = Register(
    kind="grant-contracts",
    name=_("出让合同台账"),
    model=GrantContract,
    read=READ,
    edit=EDIT,
    icon="file-text",
    order="-signed_on",
    search=("code", "parcel__code", "parcel__name", "parcel__holder_name"),
    hint=_("编号填合同编号或划拨决定书编号；补充协议另起一行，填写所补充的合同"),
    columns=(
        Column("code"),
        PARCEL,
        PARCEL_NAME,
        Column("right"),
        Column("signed_on"),
        Column("agrees_start", listed=False),
        Column(
            "agreed_start_on", hint=_("合同没有约定的，按实际交地之日起满一年（办法第二十二条）")
        ),
        Column("agreed_completion_on"),
        Column("handed_over_on"),
        Column("hand_over_document", listed=False),
        Column("total_investment_wan", secrecy=Secrecy.CONFIDENTIAL),
        Column("required_area_m2"),
        Column("funds_in_place", listed=False),
        Column("floor_area_ratio_min", listed=False, adds=False),
        Column("floor_area_ratio_max", listed=False, adds=False),
        Column("supersedes", listed=False),
        Column("option", listed=False),
        Column("extended_until_on", listed=False),
        Column("temporary_from_on", listed=False),
        Column("temporary_until_on", listed=False),
        NOTE,
        SOURCE,
    ),
    rules=(
        *by_today("signed_on", "handed_over_on"),
        rule("signed_on", "agreed_start_on", _("约定动工不能早于签订日期")),
        rule("agreed_start_on", "agreed_completion_on", _("约定竣工不能早于约定动工")),
        rule("floor_area_ratio_min", "floor_area_ratio_max", _("容积率上限不能小于下限")),
        Rule(
            _("应动工开发建设面积不能大于宗地登记面积"),
            ("required_area_m2", "parcel"),
            _within_parcel,
        ),
        Rule(_("所补充的合同不是同一宗地的"), ("supersedes", "parcel"), _of_same_parcel),
        Rule(
            _("补充协议不能补充自己"),
            ("supersedes", "code"),
            lambda row: row["supersedes"] is None or row["supersedes"].code != row["code"],
        ),
    ),
)

WORKS_PROGRESS = Register(
    kind="works-progress",
    name=_("建设进度台账"),
    model=WorksProgress,
    read=READ,
    edit=EDIT,
    icon="building-cottage",
    order="-reported_on",
    search=("code", "parcel__code", "parcel__name", "construction_permit_number"),
    reads={"parcel": queries.read_contracts},
    hint=_("每次核查登记一行，以最近一次为准；动工须有施工许可并达到办法第三十条的基础进度"),
    columns=(
        Column("code"),
        PARCEL,
        PARCEL_NAME,
        Column("reported_on"),
        Column("construction_permit_on"),
        Column("construction_permit_number", listed=False),
        Column("foundation"),
        Column(
            "foundation_share",
            hint=_(
                "深基坑填开挖完成比例，桩基填打入完成比例，其他填基础完成比例；"
                "恰为三分之一的填 0.3334"
            ),
            adds=False,
        ),
        Column("commenced_on"),
        Column("developed_area_m2"),
        Column(
            "invested_wan",
            hint=_("不含出让价款、划拨价款和向国家缴纳的相关税费（办法第三十条）"),
            secrecy=Secrecy.CONFIDENTIAL,
        ),
        Column("invested_includes_price", listed=False),
        Column("suspended_since"),
        Column("resumed_on", listed=False),
        Column("completed_on"),
        Column("in_production_on", listed=False),
        OFFICER,
        OFFICER_NAME,
        NOTE,
        SOURCE,
    ),
    rules=(
        Rule(
            _(
                "已投资额不得包含出让价款、划拨价款和向国家缴纳的相关税费（办法第三十条）"
                "，请填写扣除后的数额"
            ),
            ("invested_includes_price", "invested_wan"),
            lambda row: row["invested_includes_price"] is not True,
        ),
        Rule(
            _(
                "已投资额不能大于合同登记的总投资额，两者均不含土地价款税费（办法第二条、第三十条）"
            ),
            ("invested_wan",),
            _within_contract("invested_wan", "total_investment_wan"),
        ),
        Rule(
            _("已动工开发建设面积不能大于合同登记的应动工开发建设面积（办法第二条）"),
            ("developed_area_m2",),
            _within_contract("developed_area_m2", "required_area_m2"),
        ),
        rule("commenced_on", "completed_on", _("竣工不能早于动工")),
        rule("completed_on", "in_production_on", _("投产不能早于竣工")),
        rule("commenced_on", "suspended_since", _("中止不能早于动工")),
        rule("suspended_since", "resumed_on", _("恢复建设不能早于中止")),
        *by_today("reported_on"),
        rule("construction_permit_on", "reported_on", _("施工许可日期不能晚于核查日期")),
        rule("commenced_on", "reported_on", _("动工日期不能晚于核查日期")),
        rule("suspended_since", "reported_on", _("中止日期不能晚于核查日期")),
        rule("resumed_on", "reported_on", _("恢复建设日期不能晚于核查日期")),
        rule("completed_on", "reported_on", _("竣工日期不能晚于核查日期")),
        rule("in_production_on", "reported_on", _("投产日期不能晚于核查日期")),
    ),
)

DELAYS = Register(
    kind="delays",
    name=_("延误情形台账"),
    model=Delay,
    read=READ,
    edit=EDIT,
    icon="clock-pause",
    order="-from_on",
    search=("code", "parcel__code", "parcel__name", "basis"),
    hint=_("只有经认可的政府原因和不可抗力才不计入闲置期间（办法第八条）；未认可的单独列示"),
    columns=(
        Column("code"),
        PARCEL,
        PARCEL_NAME,
        Column("cause"),
        Column("from_on"),
        Column("until_on"),
        Column("basis"),
        Column("accepted_on"),
        Column("accepted_document"),
        Column("refused_on", listed=False),
        NOTE,
        SOURCE,
    ),
    rules=(
        Rule(
            _("截止日期应晚于起始日期"),
            ("until_on", "from_on"),
            lambda row: row["until_on"] is None or row["from_on"] < row["until_on"],
        ),
        *by_today("from_on", "accepted_on", "refused_on"),
        Rule(
            _("认可与不予认可只能填写其一"),
            ("refused_on", "accepted_on"),
            lambda row: row["refused_on"] is None or row["accepted_on"] is None,
        ),
        together("accepted_document", "accepted_on", _("认可日期与认可文号应同时填写")),
        rule("from_on", "accepted_on", _("认可日期不能早于起始日期")),
    ),
)
