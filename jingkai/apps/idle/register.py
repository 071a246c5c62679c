"""The registers of idle land: cases and their steps, and what of them a person hands over."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.files import queries as files
from jingkai.apps.registers import declaration, kinds
from jingkai.apps.registers.declaration import Column, Register
from jingkai.apps.registers.queries import Work
from jingkai.core.idle_land.procedure import StepCode

from . import actions
from .models import CaseStep, IdleCase

_P = Permission


def _open(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> IdleCase:
    """Let a row of the register open a case like any other."""
    if values["parcel"].zone_id != zone.pk:
        raise kinds.Refused(gettext("宗地不属于本园区"), "parcel")
    try:
        return actions.open_case(
            parcel=values["parcel"],
            opened_on=values["opened_on"],
            ground=values.get("ground") or "",
            officer=values.get("officer"),
            code=values["code"],
            source=values.get("source") or "",
            by=by,
            at=at,
        )
    except actions.NotOpened as reason:
        raise kinds.Refused(str(reason), "parcel") from None


def _record(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> CaseStep:
    """Let a row of the register be a step like any other: through the gates, never by force."""
    if values["case"].zone_id != zone.pk:
        raise kinds.Refused(gettext("案件不属于本园区"), "case")
    said: dict[str, Any] = {name: values.get(name) for name in _DAYS_AND_MONEY}
    said |= {name: values.get(name) or "" for name in _TEXTS}
    telling = actions.Telling(step=StepCode(values["step"]), done_on=values["done_on"], **said)
    try:
        return actions.record_step(
            case=values["case"], telling=telling, permissions=frozenset(), by=by, at=at
        )
    except (actions.NotRecorded, actions.CaseClosed) as reason:
        raise kinds.Refused(str(reason), "step") from None


_DAYS_AND_MONEY = ("served_on", "from_on", "until_on", "amount_wan")
_TEXTS = ("document_number", "option", "note", "code", "source")


def _assign_one(
    *, record: IdleCase, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> IdleCase:
    said = actions.Description(
        officer=values["officer"],
        is_mortgaged=record.is_mortgaged,
        hoarding_on=record.hoarding_on,
        hoarding_document=record.hoarding_document,
        note=record.note,
    )
    try:
        return actions.describe_case(case=record, said=said, by=by, at=at)
    except actions.CaseClosed as reason:
        raise kinds.Refused(str(reason)) from None


IDLE_CASES = Register(
    kind="idle-cases",
    name=_("闲置土地案件"),
    model=IdleCase,
    read=_P.READ_LAND,
    edit=_P.HANDLE_IDLE_LAND,
    icon="gavel",
    order="-opened_on",
    search=("code", "parcel__name", "parcel__code", "parcel__holder_name"),
    page="idle-case",
    write=_open,
    hint=_("认定、征缴、收回由自然资源主管部门作出；园区只登记台账和代拟文书（办法第四条）"),
    transitions=(
        declaration.Transition(
            name="assign",
            label=_("指派经办人"),
            act=_assign_one,
            permission=_P.HANDLE_IDLE_LAND,
            columns=(
                Column(
                    "officer",
                    _("经办人登录名"),
                    kinds.Person(to=User),
                    required=True,
                ),
            ),
        ),
    ),
    columns=(
        Column("code"),
        Column("parcel", listed=False),
        Column("parcel__name", label=_("宗地")),
        Column("parcel__holder_name", label=_("土地使用权人")),
        Column("opened_on"),
        Column("step", typed=False),
        Column("due_step", typed=False),
        Column("due_on", typed=False),
        Column("track", typed=False),
        Column("cause", typed=False),
        Column("disposal", typed=False, listed=False),
        Column("officer", listed=False),
        Column("officer__name", label=_("经办人")),
        Column("fee_wan", typed=False),
        Column("closed_on", typed=False),
        Column("result", typed=False),
        Column("ground", listed=False),
        Column("is_mortgaged", typed=False, listed=False),
        Column("hoarding_on", typed=False, listed=False),
        Column("hoarding_document", typed=False, listed=False),
        Column("statute", typed=False, listed=False),
        Column("note", typed=False, listed=False),
        Column("source", listed=False),
    ),
)

IDLE_CASE_STEPS = Register(
    kind="idle-case-steps",
    name=_("闲置土地案件步骤"),
    model=CaseStep,
    read=_P.READ_LAND,
    edit=_P.HANDLE_IDLE_LAND,
    icon="list-check",
    order="-done_on",
    search=("code", "document_number", "case__code", "case__parcel__name"),
    write=_record,
    hint=_("导入历史时按日期先后排列；每一步都按办法核对，须审核的步骤由另一人审核后生效"),
    columns=(
        Column("code"),
        Column("case", listed=False),
        Column("case__code", label=_("案件")),
        Column("case__parcel__name", label=_("宗地")),
        Column("step"),
        Column("done_on"),
        Column("served_on"),
        Column("document_number"),
        Column("option", listed=False),
        Column("from_on", listed=False),
        Column("until_on", listed=False),
        Column("amount_wan", listed=False),
        Column("note", listed=False),
        Column("needs_approval", typed=False, listed=False),
        Column("approved_by", typed=False),
        Column("force_reason", typed=False, listed=False),
        Column("withdrawn_reason", typed=False, listed=False),
        Column(
            "files",
            label=_("附件数"),
            kind=kinds.Whole(),
            expression=files.count_of("idle-case-steps"),
        ),
        Column("source", listed=False),
    ),
)

REGISTERS = (IDLE_CASES, IDLE_CASE_STEPS)


def _unclosed(rows: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    return rows.filter(closed_on__isnull=True)


HANDED_OVER = (
    Work(
        kind="idle-cases",
        label=IDLE_CASES.name,
        permission=Permission.READ_LAND,
        column="officer",
        open=_unclosed,
    ),
)
