"""The registers of projects: projects, their steps, evidence, service officers, funds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.files import queries as files
from jingkai.apps.registers import declaration, kinds
from jingkai.apps.registers.declaration import Column, Register, Row, Rule
from jingkai.apps.registers.queries import Today

from . import actions, queries
from .models import Evidence, FundsReceipt, OfficerAssignment, Project, Stage, Status, Transition

_P = Permission

LIGHTS = (
    ("red", _("红灯：超期")),
    ("amber", _("黄灯：临近")),
    ("green", _("绿灯：正常")),
    ("grey", _("未约定时限")),
    ("off", _("停滞或流失")),
)


@dataclass(frozen=True, kw_only=True)
class Lacking(kinds.Kind):
    """What the next gate lacks: stored as codes, read and shown by their names."""

    filter = "name"
    width = 30

    def parse(self, raw: object) -> str | None:
        """Return the code of one requirement, given by code or by name."""
        text = kinds.plain(raw)
        if not text:
            return None
        for code in queries.requirement_codes():
            if text in (code, queries.label_of(code)):
                return code
        names = gettext("、").join(queries.label_of(code) for code in queries.requirement_codes())
        raise kinds.Refused(gettext("应为其中之一：%(allowed)s") % {"allowed": names})

    def text(self, value: Any) -> str:
        """Return the names of what is lacking."""
        codes = [code for code in (value or "").split(",") if code]
        return gettext("、").join(queries.label_of(code) for code in codes)

    def cell(self, value: Any) -> str:
        """Return the names of what is lacking."""
        return self.text(value)


def _in_order(first: str, second: str, message: Any) -> Rule:
    def keeps(row: Row) -> bool:
        return row[first] is None or row[second] is None or row[first] <= row[second]

    return Rule(message, (second, first), keeps)


def _move_one(
    *,
    record: Project,
    values: dict[str, Any],
    permissions: Collection[Permission],
    by: str,
    at: datetime,
) -> Transition:
    """Move one of many projects, through its gates and never by force."""
    del permissions
    try:
        return actions.move_project(
            project=record,
            to=Stage(values["to"]),
            on=values["on"],
            reason=values["reason"] or "",
            permissions=frozenset(),
            by=by,
            at=at,
        )
    except actions.NotMoved as reason:
        raise kinds.Refused(str(reason)) from None


def _report_one(
    *, record: Project, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Project:
    try:
        return actions.set_status(
            project=record,
            status=Status(values["status"]),
            reason=values["reason"],
            on=values["on"],
            by=by,
            at=at,
        )
    except actions.NotReported as reason:
        raise kinds.Refused(str(reason)) from None


_STAGES = kinds.Choice(choices=tuple(Stage.choices))
_STATUSES = kinds.Choice(choices=tuple(Status.choices))
TRANSITIONS = (
    declaration.Transition(
        name="move",
        label=_("推进阶段"),
        act=_move_one,
        permission=_P.MOVE_PROJECTS,
        columns=(
            Column("to", _("进入阶段"), _STAGES, required=True),
            Column("on", _("日期"), kinds.Day(), required=True),
            Column("reason", _("说明"), kinds.Kind(max_length=200)),
        ),
    ),
    declaration.Transition(
        name="status",
        label=_("变更状态"),
        act=_report_one,
        permission=_P.EDIT_PROJECTS,
        columns=(
            Column("status", _("状态"), _STATUSES, required=True),
            Column("on", _("起始日期"), kinds.Day(), required=True),
            Column("reason", _("原因"), kinds.Kind(max_length=200), required=True),
        ),
    ),
)

PROJECTS = Register(
    kind="projects",
    name=_("项目台账"),
    model=Project,
    read=_P.READ_PROJECTS,
    edit=_P.EDIT_PROJECTS,
    icon="building-factory-2",
    order="-entered_on",
    grows=True,
    search=("code", "name", "enterprise_name", "investor__name"),
    page="project",
    transitions=TRANSITIONS,
    hint=_("阶段只随佐证推进，不在此填写"),
    columns=(
        Column("code"),
        Column("name"),
        Column("stage", typed=False),
        Column(
            "light",
            label=_("红黄绿灯"),
            kind=kinds.Choice(choices=LIGHTS),
            expression=Today(lambda on: queries.light(on=on)),
        ),
        Column("status", typed=False),
        Column(
            "forced",
            label=_("强制通过"),
            kind=kinds.Yes(),
            expression=queries.forced(),
        ),
        Column("service_officer", label=_("服务专员"), expression=queries.officer_name()),
        Column("planned_wan"),
        Column("investor", listed=False),
        Column("investor__name", label=_("客商")),
        Column("entered_on"),
        Column("signing", listed=False),
        Column("enterprise_name", listed=False),
        Column("credit_code", listed=False, kind=kinds.CreditCode()),
        Column("industry_code", listed=False, kind=kinds.Industry()),
        Column("fixed_investment_wan", listed=False),
        Column("land_mu", listed=False),
        Column("site", listed=False),
        Column("settled_on", listed=False),
        Column("land_supplied_on", listed=False),
        Column("completed_on", listed=False),
        Column("agreed_settle_on", listed=False),
        Column("agreed_start_on", listed=False),
        Column("agreed_completion_on", listed=False),
        Column("agreed_production_on", listed=False),
        Column("agreed_capacity_on", listed=False),
        Column("agreed_target_on", listed=False),
        Column("signed_on", listed=False, typed=False),
        Column("to_start_on", listed=False, typed=False),
        Column("started_on", listed=False, typed=False),
        Column("production_started_on", listed=False, typed=False),
        Column("at_capacity_on", listed=False, typed=False),
        Column("at_target_on", listed=False, typed=False),
        Column("status_reason", listed=False, typed=False),
        Column(
            "lacking",
            label=_("下一关口缺少"),
            kind=Lacking(),
            listed=False,
            expression=queries.lacking_codes(),
        ),
        Column("classification", listed=False),
        Column("source", listed=False),
    ),
    rules=(
        _in_order("fixed_investment_wan", "planned_wan", _("固定资产投资不能大于计划总投资")),
        _in_order("agreed_start_on", "agreed_completion_on", _("约定竣工不能早于约定开工")),
        _in_order("agreed_completion_on", "agreed_production_on", _("约定投产不能早于约定竣工")),
        _in_order("agreed_production_on", "agreed_capacity_on", _("约定达产不能早于约定投产")),
        _in_order("agreed_capacity_on", "agreed_target_on", _("约定达效不能早于约定达产")),
    ),
)


def _move(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> Transition:
    """Let a row of the register be a step like any other: through the gates, never by force."""
    if values["project"].zone_id != zone.pk:
        raise kinds.Refused(gettext("项目不属于本园区"), "project")
    try:
        return actions.move_project(
            project=values["project"],
            to=Stage(values["to_stage"]),
            on=values["moved_on"],
            by=by,
            at=at,
            permissions=frozenset(),
            reason=values.get("reason") or "",
            code=values["code"],
            source=values.get("source") or "",
        )
    except actions.NotMoved as reason:
        raise kinds.Refused(str(reason), "to_stage") from None


PROJECT_TRANSITIONS = Register(
    kind="project-transitions",
    name=_("阶段推进记录"),
    model=Transition,
    read=_P.READ_PROJECTS,
    edit=_P.MOVE_PROJECTS,
    icon="arrows-right",
    order="-moved_on",
    search=("code", "project__name", "project__code"),
    write=_move,
    hint=_("导入历史时按日期先后排列；每一步都要过关口"),
    columns=(
        Column("code"),
        Column("project", listed=False),
        Column("project__name", label=_("项目")),
        Column("from_stage", typed=False),
        Column("to_stage"),
        Column("moved_on"),
        Column("is_forced", typed=False),
        Column("force_reason", listed=False, typed=False),
        Column("is_return", typed=False),
        Column("undone_on", typed=False),
        Column("reason"),
        Column("source", listed=False),
    ),
)

PROJECT_EVIDENCE = Register(
    kind="project-evidence",
    name=_("项目佐证材料"),
    model=Evidence,
    read=_P.READ_PROJECTS,
    edit=_P.EDIT_PROJECTS,
    icon="certificate",
    order="-dated_on",
    search=("code", "title", "document_no", "project__name", "project__code"),
    hint=_("照片须登记拍摄日期，否则不计入关口；附件在材料页上传"),
    columns=(
        Column("code"),
        Column("project", listed=False),
        Column("project__name", label=_("项目")),
        Column("kind"),
        Column("title"),
        Column("document_no"),
        Column("dated_on"),
        Column(
            "files",
            label=_("附件数"),
            kind=kinds.Whole(),
            expression=files.count_of("project-evidence"),
        ),
        Column("source", listed=False),
    ),
)


def _assign(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> OfficerAssignment:
    """Give the project its officer, by a hand-over where it has one."""
    project = values["project"]
    if project.zone_id != zone.pk:
        raise kinds.Refused(gettext("项目不属于本园区"), "project")
    known = {"code": values["code"], "source": values.get("source") or "", "by": by, "at": at}
    officer, since, note = values["officer"], values["since"], values.get("note") or ""
    try:
        if queries.service_officer(project) is None:
            return actions.assign_officer(
                project=project, officer=officer, since=since, note=note, **known
            )
        return actions.hand_over(project=project, to=officer, on=since, note=note, **known)
    except actions.NotAssigned as reason:
        raise kinds.Refused(str(reason), "officer") from None


PROJECT_OFFICERS = Register(
    kind="project-officers",
    name=_("服务专员台账"),
    model=OfficerAssignment,
    read=_P.READ_PROJECTS,
    edit=_P.ASSIGN_OFFICERS,
    icon="user-heart",
    order="-since",
    search=("code", "project__name", "project__code", "officer__name"),
    write=_assign,
    columns=(
        Column("code"),
        Column("project", listed=False),
        Column("project__name", label=_("项目")),
        Column("officer", listed=False),
        Column("officer__name", label=_("服务专员")),
        Column("since"),
        Column("until", typed=False),
        Column("handed_over_by__name", label=_("移交人")),
        Column("acknowledged_on", typed=False),
        Column("note"),
        Column("source", listed=False),
    ),
)

FUNDS_RECEIPTS = Register(
    kind="funds-receipts",
    name=_("到位资金台账"),
    model=FundsReceipt,
    read=_P.READ_PROJECTS,
    edit=_P.EDIT_PROJECTS,
    icon="cash",
    order="-received_on",
    search=("code", "voucher_no", "project__name", "project__code"),
    columns=(
        Column("code"),
        Column("project", listed=False),
        Column("project__name", label=_("项目")),
        Column("received_on"),
        Column("amount_wan"),
        Column("kind"),
        Column("voucher_no"),
        Column("source", listed=False),
    ),
    rules=(
        Rule(
            _("到位金额应大于 0"),
            ("amount_wan",),
            lambda row: row["amount_wan"] is None or row["amount_wan"] > 0,
        ),
    ),
)

REGISTERS = (PROJECTS, PROJECT_TRANSITIONS, PROJECT_EVIDENCE, PROJECT_OFFICERS, FUNDS_RECEIPTS)
