"""一项目一档: what the pages show of projects, as the records that components take."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.investment import queries as investment
from jingkai.apps.registers import fitting, presentation
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.declaration import Register
from jingkai.core import lifecycle
from jingkai.core.lifecycle import Colour, Milestone, ReasonCode, StallKind
from jingkai.web import figures
from jingkai.web.parts import Entry, File, Stat, Term, Tone

from .. import facts, queries
from ..forms import STALLS
from ..register import PROJECTS

TONES = {
    Colour.RED: "red",
    Colour.AMBER: "amber",
    Colour.GREEN: "green",
    Colour.GREY: "grey",
    Colour.OFF: "grey",
}
LIGHTS = {
    Colour.RED: gettext_lazy("超期"),
    Colour.AMBER: gettext_lazy("临近时限"),
    Colour.GREEN: gettext_lazy("正常"),
    Colour.GREY: gettext_lazy("未约定时限"),
}
MILESTONES = {
    Milestone.SETTLE: gettext_lazy("注册落地"),
    Milestone.START: gettext_lazy("开工"),
    Milestone.COMPLETION: gettext_lazy("竣工"),
    Milestone.PRODUCTION: gettext_lazy("投产"),
    Milestone.CAPACITY: gettext_lazy("达产"),
    Milestone.TARGET: gettext_lazy("达效"),
}
REASONS = {
    ReasonCode.OVERDUE: gettext_lazy("%(what)s约定 %(on)s，已超期 %(days)s 天"),
    ReasonCode.DUE_SOON: gettext_lazy("%(what)s约定 %(on)s，还有 %(days)s 天"),
    ReasonCode.IN_TIME: gettext_lazy("%(what)s约定 %(on)s，还有 %(days)s 天"),
    ReasonCode.ALL_MET: gettext_lazy("各节点均已完成"),
    ReasonCode.NOTHING_AGREED: gettext_lazy("未登记约定时限，无法判断是否超期"),
    ReasonCode.DORMANT: gettext_lazy("项目停滞"),
    ReasonCode.LOST: gettext_lazy("项目流失"),
}
STANDINGS: dict[str, tuple[str, Promise]] = {
    "kept": ("green", gettext_lazy("已履行")),
    "kept_late": ("amber", gettext_lazy("逾期履行")),
    "overdue": ("red", gettext_lazy("已逾期")),
    "due_soon": ("amber", gettext_lazy("即将到期")),
    "running": ("blue", gettext_lazy("履行中")),
    "unknown": ("grey", gettext_lazy("期限或实际值未登记")),
}
_FACTS = (
    "code",
    "investor__name",
    "enterprise_name",
    "credit_code",
    "industry_code",
    "planned_wan",
    "fixed_investment_wan",
    "land_mu",
    "site",
    "entered_on",
    "settled_on",
    "land_supplied_on",
    "completed_on",
    "source",
)


def page(project: Any, request: ZoneRequest, *, on: date) -> dict[str, Any]:
    """Return everything that a project's page shows on the day."""
    register = fitting.of(request, PROJECTS)
    following = queries.next_stage(project)
    dates, signing = facts.life_dates(project), project.signing
    authors = _authors(project)
    evidence = _evidence(project, request.zone.code)
    return {
        "project": project,
        "may": _allowed(project, request),
        "light": light(project, facts.light(project, on=on)),
        "steps": _steps(project),
        "step": queries.ORDER.index(project.stage) + 1,
        "following": following,
        "lacks": _lacks(project, following) if following else [],
        "officer": queries.service_officer(project),
        "terms": _terms(project, register),
        "warnings": presentation.lacking(register, project),
        "revealable": presentation.revealable(register, project),
        "links": presentation.links(register, request.zone.code, pk=project.pk),
        "agreed": [_agreed(dates, milestone, on) for milestone in Milestone],
        "stalls": [_stall(stall) for stall in lifecycle.stalls(dates, on=on)],
        "forced": [
            (step, _names(step.missing), authors[step.recorded_by])
            for step in _standing_forced(project)
        ],
        "entries": _timeline(project, evidence, authors),
        "evidence": evidence,
        "promises": _promises(signing, on) if signing else [],
        "notes": presentation.beside(PROJECTS, project, request, on=on),
        "history": _edits(project, register),
    }


def _authors(project: Any) -> dict[str, str]:
    """Return the names of those who recorded the project's steps and evidence."""
    rows = (*project.transitions.all(), *project.evidence.all())
    return accounts.authors({row.recorded_by for row in rows})


def light(project: Any, found: lifecycle.Light) -> dict[str, Any]:
    """Return a light's tone, word and reasons."""
    label = LIGHTS.get(found.colour) or project.get_status_display()
    return {
        "tone": TONES[found.colour],
        "label": str(label),
        "reasons": [reason(one) for one in found.reasons],
    }


def reason(found: lifecycle.Reason) -> str:
    """Return why a light has its colour, as a sentence."""
    what = MILESTONES[found.milestone] if found.milestone else ""
    return str(REASONS[found.code]) % {"what": what, "on": found.agreed_on, "days": found.days}


def cards(column: queries.Column, zone: str) -> list[dict[str, Any]]:
    """Return the cards of a column of the board."""
    return [
        {
            "project": card.project,
            "url": reverse("project", args=[zone, card.project.pk]),
            "light": light(card.project, card.light),
            "officer": card.officer,
            "due_on": card.due_on,
            "is_forced": card.is_forced,
        }
        for card in column.cards
    ]


def stall_stat(kind: StallKind, count: int, overdue: int, url: str, is_open: bool) -> Stat:  # noqa: FBT001 - which tab
    """Return one of the 六未 as a figure."""
    note = _("其中超期 %(count)s 个") % {"count": overdue} if overdue else ""
    tone: Tone | Literal[""] = "red" if overdue else "blue" if is_open else ""
    return Stat(
        label=str(STALLS[kind]), value=str(count), unit=_("个"), url=url, note=note, tone=tone
    )


def stall_rows(rows: Iterable[tuple[Any, lifecycle.Stall]], zone: str) -> list[dict[str, Any]]:
    """Return the projects of one of the 六未."""
    return [
        {"project": project, "url": reverse("project", args=[zone, project.pk]), **_stall(stall)}
        for project, stall in rows
    ]


def _allowed(project: Any, request: ZoneRequest) -> dict[str, bool]:
    here = accounts.is_leaf(request.zone)
    current = queries.service_officer(project)
    is_officer = current is not None and current.officer_id == request.user.pk
    assigns = Permission.ASSIGN_OFFICERS in request.permissions
    return {
        "move": here and Permission.MOVE_PROJECTS in request.permissions,
        "edit": here and Permission.EDIT_PROJECTS in request.permissions,
        "assign": here and (assigns or is_officer),
        "acknowledge": is_officer and current is not None and current.acknowledged_on is None,
    }


def _steps(project: Any) -> list[str]:
    """Return the stages, those reached with their day."""
    found = []
    for stage in queries.ORDER:
        on = queries.stage_date(project, stage)
        found.append(f"{stage.label} {on}" if on else str(stage.label))
    return found


def _lacks(project: Any, following: Any) -> list[dict[str, Any]]:
    zone, pk = project.zone.code, project.pk
    links = {
        "signed_on": reverse("projects-edit", args=[zone, pk]),
        "service_officer": reverse("project-officer", args=[zone, pk]),
    }
    edit, add = (
        reverse("projects-edit", args=[zone, pk]),
        reverse("project-add-evidence", args=[zone, pk]),
    )
    return [
        {
            "label": lack.label,
            "needs": "" if lack.at_least == 1 else f"{lack.have}/{lack.at_least}",
            "url": f"{add}?kind={lack.code}&title={lack.label}"
            if lack.is_evidence
            else links.get(lack.code, edit),
        }
        for lack in queries.missing_for(project, following)
    ]


def _terms(project: Any, register: Register) -> list[Term]:
    """Return the facts that the page shows, and the zone's own fields."""
    shown = [
        (column, value)
        for column, value in registers.details(register, project)
        if column.name in _FACTS or column.name not in PROJECTS.by_name
    ]
    found = presentation.terms(shown)
    if project.status_reason:
        since = _("%(status)s，自 %(on)s 起：%(reason)s") % {
            "status": project.get_status_display(),
            "on": project.status_since,
            "reason": project.status_reason,
        }
        found.insert(0, Term(label=_("状态"), value=since))
    return found


def _agreed(dates: lifecycle.LifeDates, milestone: Milestone, on: date) -> dict[str, Any]:
    agreed, met = lifecycle.agreed_on(dates, milestone), lifecycle.met_on(dates, milestone)
    late = agreed is not None and (met or on) > agreed
    days = ((met or on) - agreed).days if late and agreed else None
    return {"label": MILESTONES[milestone], "agreed": agreed, "met": met, "late_days": days}


def _stall(stall: lifecycle.Stall) -> dict[str, Any]:
    tone = {True: "red", False: "amber", None: "grey"}[stall.overdue]
    return {"stall": stall, "label": STALLS[stall.kind], "tone": tone}


def _standing_forced(project: Any) -> list[Any]:
    return [
        step for step in project.transitions.all() if step.is_forced and step.undone_on is None
    ]


def _names(codes: Iterable[str]) -> str:
    return _("、").join(queries.label_of(code) for code in codes)


def _promises(signing: Any, on: date) -> list[dict[str, Any]]:
    return [
        {"row": row, "tone": STANDINGS[standing.value][0], "label": STANDINGS[standing.value][1]}
        for row, standing in investment.obligations_of(signing, on=on)
    ]


def _edits(project: Any, register: Register) -> list[Entry]:
    """Return the edits of the project's facts; its steps stand in the timeline."""
    changes = trail.history("projects", str(project.pk))
    edits = [change for change in changes if change.event.verb.startswith("registers.")]
    return presentation.history(register, edits)


def _evidence(project: Any, zone: str) -> list[tuple[Any, list[File]]]:
    """Return each piece of evidence with its files."""
    rows = list(project.evidence.all())
    held = presentation.files_of("project-evidence", zone, [row.pk for row in rows])
    return [(row, held[row.pk]) for row in rows]


def _timeline(
    project: Any, evidence: list[tuple[Any, list[File]]], authors: dict[str, str]
) -> list[Entry]:
    """Return steps, evidence, officers and funds together, newest first."""
    found = [
        *_told_steps(project, authors),
        *_told_evidence(evidence, authors),
        *_told_officers(project),
        *_told_funds(project),
    ]
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def _told_steps(project: Any, authors: dict[str, str]) -> Iterator[Entry]:
    for step in project.transitions.all():
        texts = [step.reason]
        if step.is_forced:
            said = {"reason": step.force_reason, "missing": _names(step.missing)}
            texts.append(_("强制通过：%(reason)s（缺 %(missing)s）") % said)
        if step.undone_on:
            texts.append(_("已于 %(on)s 退回") % {"on": step.undone_on})
        stages = {"before": step.get_from_stage_display(), "to": step.get_to_stage_display()}
        title = _("退回：%(before)s → %(to)s") if step.is_return else _("%(before)s → %(to)s")
        yield Entry(
            on=step.moved_on.isoformat(),
            title=title % stages,
            text=" · ".join(text for text in texts if text),
            by=authors[step.recorded_by],
            tone="red" if step.is_forced or step.is_return else "green",
            icon="arrow-back-up" if step.is_return else "arrow-right",
        )


def _told_evidence(
    evidence: list[tuple[Any, list[File]]], authors: dict[str, str]
) -> Iterator[Entry]:
    for row, files in evidence:
        yield Entry(
            on=row.dated_on.isoformat() if row.dated_on else "",
            title=f"{row.get_kind_display()} · {row.title}",
            text=row.document_no,
            by=authors[row.recorded_by],
            tone="blue",
            icon="certificate",
            files=files,
        )


def _told_officers(project: Any) -> Iterator[Entry]:
    for row in project.assignments.all():
        names = {"officer": row.officer, "before": row.handed_over_by}
        title = (
            _("服务专员：%(before)s 移交 %(officer)s")
            if row.handed_over_by
            else _("服务专员：%(officer)s")
        )
        note = (
            _("已签收 %(on)s") % {"on": row.acknowledged_on}
            if row.acknowledged_on
            else _("待签收")
        )
        text = " · ".join(part for part in (row.note, "" if row.until else note) if part)
        yield Entry(on=row.since.isoformat(), title=title % names, text=text, icon="user-heart")


def _told_funds(project: Any) -> Iterator[Entry]:
    for row in project.receipts.all():
        title = _("%(kind)s到位 %(amount)s") % {
            "kind": row.get_kind_display(),
            "amount": figures.wan(row.amount_wan),
        }
        yield Entry(
            on=row.received_on.isoformat(),
            title=title,
            text=row.voucher_no,
            icon="cash",
            tone="blue",
        )
