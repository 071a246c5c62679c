"""The registers of disposals: what is disposed of how, its steps, its money, what was assumed."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.declaration import Column, Register, Row, Rule, Transition
from jingkai.apps.registers.kinds import Choice, Day, Exact, Kind, Person, Refused, custom
from jingkai.apps.registers.queries import Work
from jingkai.web import clock

from .. import actions, queries
from ..models import (
    NOT_MONEY,
    OPEN,
    Assumption,
    Category,
    Disposal,
    DisposalMoney,
    DisposalStep,
    Proof,
)

SUBJECTS = ((queries.LAND, _("土地")), (queries.PLANT, _("厂房")))
READ, EDIT = Permission.READ_LAND, Permission.EDIT_LAND


def _plan(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> Disposal:
    """Let a row open a disposal: through the same gate as the page."""
    own = {name: value for name, value in values.items() if custom.is_code(name)}
    held: dict[str, Any] = {}
    for name, value in own.items():
        held = custom.put(held, name, value)
    given = {name: value for name, value in values.items() if name not in own}
    return actions.plan_disposal(zone=zone, values={**given, "custom": held}, by=by, at=at)


def _step(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> DisposalStep:
    """Let a row be a step like any other: through its gate."""
    if values["disposal"].zone_id != zone.pk:
        raise Refused(gettext("处置不属于本园区"), "disposal")
    return actions.record_step(
        disposal=values["disposal"],
        step=values["step"],
        planned_on=values.get("planned_on"),
        done_on=values.get("done_on"),
        document=values.get("document") or "",
        officer=values.get("officer"),
        note=values.get("note") or "",
        source=values.get("source") or "",
        code=values["code"],
        by=by,
        at=at,
    )


def _finish_one(
    *, record: Disposal, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Disposal:
    return actions.finish_disposal(
        disposal=record,
        on=values["on"],
        proof=Proof(values["proof"]),
        document=values["document"],
        reused_area_m2=values["reused_area_m2"],
        by=by,
        at=at,
    )


def _withdraw_one(
    *, record: Disposal, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Disposal:
    return actions.withdraw_disposal(disposal=record, reason=values["reason"], by=by, at=at)


def _give_one(
    *, record: Disposal, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Disposal:
    return actions.change_disposal(
        disposal=record, values={"officer": values["officer"]}, by=by, at=at
    )


def _is_said_once(row: Row) -> bool:
    """Whether jobs are heads and all else is money."""
    is_jobs = row["category"] == Category.JOBS
    return (row["people"] is not None) is is_jobs and (row["amount_wan"] is None) is is_jobs


def _has_parties(row: Row) -> bool:
    payer, payee = row["payer"] or "", row["payee"] or ""
    if row["category"] in NOT_MONEY:
        return not payer and not payee
    return bool(payer and payee and payer != payee)


LINE_RULES = (
    Rule(_("就业填人数，其他类别填金额（万元）"), ("amount_wan",), _is_said_once),
    Rule(_("收支须填付款方和收款方且不能相同；产值、就业不填"), ("payer",), _has_parties),
)
LINE_COLUMNS = (
    Column("category"),
    Column("payer", hint=_("谁付钱；产值、就业不填")),
    Column("payee", hint=_("谁收钱；产值、就业不填")),
    Column("amount_wan"),
    Column("people"),
)
TRANSITIONS = (
    Transition(
        name="officer",
        label=_("指定经办人"),
        act=_give_one,
        permission=EDIT,
        columns=(
            Column(
                "officer",
                _("经办人"),
                Person(to=Disposal.officer.field.related_model),
                required=True,
            ),
        ),
    ),
    Transition(
        name="finish",
        label=_("办结处置"),
        act=_finish_one,
        permission=EDIT,
        columns=(
            Column("on", _("完成日期"), Day(), required=True),
            Column("proof", _("盘活佐证"), Choice(choices=tuple(Proof.choices)), required=True),
            Column("document", _("佐证文号或合同号"), Kind(max_length=120), required=True),
            Column("reused_area_m2", _("盘活面积（平方米）"), Exact(places=2)),
        ),
    ),
    Transition(
        name="withdraw",
        label=_("撤销处置"),
        act=_withdraw_one,
        permission=EDIT,
        columns=(Column("reason", _("撤销原因"), Kind(max_length=200), required=True),),
    ),
)

DISPOSALS = Register(
    kind="disposals",
    name=_("处置台账"),
    model=Disposal,
    read=READ,
    edit=EDIT,
    icon="recycle",
    order="-id",
    search=("code", "parcel__name", "plant__name", "investor_name", "project_name"),
    page="disposal",
    write=_plan,
    transitions=TRANSITIONS,
    hint=_("填写宗地或厂房与处置方式；法律不允许的方式会被拒绝并说明条款"),
    columns=(
        Column("code"),
        Column(
            "subject",
            label=_("对象"),
            kind=Choice(choices=SUBJECTS),
            expression=queries.subject(),
            listed=False,
        ),
        Column("parcel", listed=False),
        Column("parcel__name", label=_("宗地")),
        Column("plant", listed=False),
        Column("plant__name", label=_("厂房")),
        Column("measure"),
        Column("status", typed=False),
        Column("area_m2"),
        Column("reused_area_m2", typed=False),
        Column("officer", listed=False),
        Column("officer__name", label=_("经办人")),
        Column("planned_on", listed=False, hint=_("不填则为今天")),
        Column("due_on"),
        Column("started_on", typed=False),
        Column("finished_on", typed=False),
        Column("investor_name"),
        Column("project_name", listed=False),
        Column("decided_on", listed=False),
        Column("basis_document", listed=False),
        Column(
            "agreed_from_on",
            listed=False,
            hint=_("租赁、临时利用的起始日，延长动工期限的原约定动工日"),
        ),
        Column("agreed_until_on", listed=False, hint=_("租赁、临时利用的截止日，新的动工日")),
        Column("proof", listed=False, typed=False),
        Column("proof_document", listed=False, typed=False),
        Column("withdrawn_on", listed=False, typed=False),
        Column("withdrawn_reason", listed=False, typed=False),
        Column("note", listed=False),
        Column("classification", listed=False),
        Column("source", listed=False),
    ),
)

DISPOSAL_STEPS = Register(
    kind="disposal-steps",
    name=_("处置步骤台账"),
    model=DisposalStep,
    read=READ,
    edit=EDIT,
    icon="list-check",
    order="-id",
    search=("code", "disposal__code", "document"),
    write=_step,
    hint=_("按步骤先后登记；每一步都要过关口"),
    columns=(
        Column("code"),
        Column("disposal"),
        Column("step", kind=Choice(choices=tuple((k.value, v) for k, v in queries.STEPS.items()))),
        Column("planned_on"),
        Column("done_on"),
        Column("document"),
        Column("officer", listed=False),
        Column("officer__name", label=_("经办人")),
        Column("note", listed=False),
        Column("source", listed=False),
    ),
)

DISPOSAL_MONEY = Register(
    kind="disposal-money",
    name=_("处置收支台账"),
    model=DisposalMoney,
    read=READ,
    edit=EDIT,
    icon="cash",
    order="-on",
    search=("code", "disposal__code", "source"),
    columns=(
        Column("code"),
        Column("disposal"),
        Column("state"),
        Column("on"),
        *LINE_COLUMNS,
        Column("note", listed=False),
        Column("source", required=True),
    ),
    rules=(
        *LINE_RULES,
        Rule(
            _("实际收支的日期不能晚于今天"),
            ("on", "state"),
            lambda row: row["state"] != DisposalMoney.State.ACTUAL or row["on"] <= clock.today(),
        ),
    ),
)

ASSUMPTIONS = Register(
    kind="disposal-assumptions",
    name=_("处置测算台账"),
    model=Assumption,
    read=READ,
    edit=EDIT,
    icon="calculator",
    order="-id",
    search=("code", "parcel__name", "plant__name", "source"),
    hint=_("选择处置方式之前的测算；每个数都要写明来源"),
    columns=(
        Column("code"),
        Column("parcel", listed=False),
        Column("parcel__name", label=_("宗地")),
        Column("plant", listed=False),
        Column("plant__name", label=_("厂房")),
        Column("measure"),
        Column("year"),
        *LINE_COLUMNS,
        Column("note", listed=False),
        Column("source", required=True),
    ),
    rules=(
        *LINE_RULES,
        Rule(
            _("请填写宗地或厂房"),
            ("parcel",),
            lambda row: row["parcel"] is not None or row["plant"] is not None,
        ),
    ),
)


def _open(rows: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    return rows.filter(status__in=OPEN)


def _open_steps(rows: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    return rows.filter(done_on__isnull=True, disposal__status__in=OPEN)


HANDED_OVER = (
    Work(kind="disposals", label=DISPOSALS.name, permission=READ, column="officer", open=_open),
    Work(
        kind="disposal-steps",
        label=DISPOSAL_STEPS.name,
        permission=READ,
        column="officer",
        open=_open_steps,
    ),
)
