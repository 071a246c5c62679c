"""One disposal: its steps with their gates, what was agreed, its money."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.land.models import Measure
from jingkai.apps.registers import presentation as records
from jingkai.apps.registers.declaration import Register
from jingkai.web import figures
from jingkai.web.parts import Entry, Term, Tone

from .. import queries
from ..models import Category, Disposal, DisposalMoney, Party, Status
from ..queries import Flow, Standing, StepState
from .areas import mu

VERBS = {
    "reuse.disposal.planned": gettext_lazy("立项"),
    "reuse.disposal.changed": gettext_lazy("修改约定"),
    "reuse.disposal.step-recorded": gettext_lazy("登记步骤"),
    "reuse.disposal.finished": gettext_lazy("办结"),
    "reuse.disposal.withdrawn": gettext_lazy("撤销"),
}
TERMED = {Measure.LEASE, Measure.TEMPORARY_USE, Measure.EXTENSION}  # agreed from a day to a day
STANDINGS: dict[Standing, tuple[Tone, Promise]] = {
    Standing.DONE: ("green", gettext_lazy("已完成")),
    Standing.OVERDUE: ("red", gettext_lazy("已超期")),
    Standing.NEXT: ("blue", gettext_lazy("可办理")),
    Standing.LATER: ("grey", gettext_lazy("未开始")),
}


def history(register: Register, changes: Iterable[Any]) -> list[Entry]:
    """Return what was done to a disposal, each verb by its name."""
    return records.history(register, changes, VERBS)


def area(disposal: Disposal, area_m2: Any) -> str | None:
    """Return an area of land in 亩, of a plant in m²; None where it is not on record."""
    if area_m2 is None:
        return None
    if disposal.plant_id is not None:
        return _("%(area)s 平方米") % {"area": figures.number(area_m2)}
    return _("%(area)s 亩") % {"area": mu(area_m2)}


def steps(states: Iterable[StepState]) -> list[dict[str, Any]]:
    """Return the steps of a disposal with how each stands, and what keeps it from being done."""
    return [
        {
            "code": state.step.code.value,
            "label": queries.step_label(state.step.code),
            "article": state.step.article,
            "needs_document": state.step.needs_document,
            "is_optional": state.step.may_be_left_out,
            "row": state.row,
            "is_done": state.standing is Standing.DONE,
            "tone": STANDINGS[state.standing][0],
            "standing": STANDINGS[state.standing][1],
            "obstacles": list(_obstacles(state)),
        }
        for state in states
    ]


def terms(disposal: Any) -> list[Term]:
    """Return what was agreed of a disposal: dates where its measure has a term, notes if any."""
    said = [
        (_("承接项目"), disposal.project_name),
        (_("受让、承租或合作方"), disposal.investor_name),
        (_("处置面积"), area(disposal, disposal.area_m2)),
        (_("立项日期"), disposal.planned_on),
        (_("决定日期"), disposal.decided_on),
        (_("决定文号"), disposal.basis_document),
        (_("计划完成日期"), disposal.due_on),
    ]
    if disposal.measure in TERMED or disposal.agreed_from_on or disposal.agreed_until_on:
        said += [
            (_("约定起始日期"), disposal.agreed_from_on),
            (_("约定截止日期（不含）"), disposal.agreed_until_on),
        ]
    if disposal.note:
        said.append((_("备注"), disposal.note))
    return [Term(label=label, value=value or None) for label, value in said]


def outcome(disposal: Any) -> list[Term]:
    """Return what came of a finished disposal; nothing of one that is under way."""
    if disposal.status != Status.FINISHED:
        return []
    said = (
        (_("盘活面积"), area(disposal, disposal.reused_area_m2)),
        (_("启动日期"), disposal.started_on),
        (_("完成日期"), disposal.finished_on),
        (_("盘活佐证"), disposal.get_proof_display()),
        (_("佐证文号或合同号"), disposal.proof_document),
    )
    return [Term(label=label, value=value or None) for label, value in said]


def money(lines: Iterable[Any]) -> dict[str, Any]:
    """Return a disposal's lines, and what each party gets less what it pays, by plan and fact."""
    found = list(lines)
    return {
        "lines": found,
        "nets": [
            {
                "party": party.label,
                "planned": _net(found, party, DisposalMoney.State.PLANNED),
                "actual": _net(found, party, DisposalMoney.State.ACTUAL),
            }
            for party in (Party.PUBLIC, Party.HOLDER, Party.USER)
        ],
    }


def _obstacles(state: StepState) -> Iterable[str]:
    """Return what must be done or known before the step."""
    if state.standing is Standing.DONE:
        return
    if state.waits_for:
        names = _("、").join(queries.step_label(code) for code in state.waits_for)
        yield _("先完成：%(steps)s") % {"steps": names}
    for condition in state.unmet:
        yield _("不符合：%(what)s") % {"what": queries.condition_label(condition)}
    for condition in state.unknown:
        facts = queries.fact_labels(condition.needs)
        said = {"what": queries.condition_label(condition), "facts": facts}
        yield _("待查明：%(what)s；须登记 %(facts)s") % said


def _net(lines: Iterable[Any], party: Party, state: str) -> Decimal | None:
    flows = [
        Flow(
            category=Category(row.category),
            payer=row.payer,
            payee=row.payee,
            year=row.on.year,
            amount_wan=row.amount_wan,
            people=row.people,
            source=row.source,
            is_assumed=False,
        )
        for row in lines
        if row.state == state
    ]
    years = queries.net_by_year(flows, party)
    return sum((net for _year, net in years), Decimal(0)) if years else None
