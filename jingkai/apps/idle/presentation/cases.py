"""One case as its page shows it: the procedure with its clocks, papers, parties and money."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.calendar import queries as calendars
from jingkai.apps.registers import presentation
from jingkai.core import calendar as statutory
from jingkai.core.idle_land import procedure
from jingkai.core.idle_land.documents import PaperKind as PaperCode
from jingkai.core.idle_land.procedure import StepCode
from jingkai.web import figures
from jingkai.web.parts import File, Term, Tone

from .. import papers, queries
from ..models import CaseStep, IdleCase
from ..models.choices import Clock, Option, PaperKind, Step
from ..queries import Lack, Running, Standing
from ..register import IDLE_CASES
from .determinations import explained, shows_prices

_P = Permission
_CLOCK_TONES: dict[statutory.State, Tone] = {
    statutory.State.DUE_SOON: "amber",
    statutory.State.OVERDUE: "red",
    statutory.State.DONE: "green",
    statutory.State.DONE_LATE: "amber",
    statutory.State.PAUSED: "blue",
    statutory.State.RUNNING: "blue",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A step of the procedure with what was done and what it still waits for."""

    code: StepCode
    label: str
    article: str
    state: str
    word: str
    tone: Tone
    row: CaseStep | None = None
    facts: list[str] = field(default_factory=list)
    before: str = ""
    lacks: list[Lack] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    is_conditional: bool = False
    may_record: bool = False
    may_approve: bool = False
    may_force: bool = False
    may_serve: bool = False
    may_withdraw: bool = False
    may_revoke: bool = False
    paper_url: str = ""


def page(case: IdleCase, request: ZoneRequest, *, on: date) -> dict[str, Any]:
    """Return everything that the page of a case shows on the day."""
    found = queries.standing(case, on=on)
    may = _allowed(case, request)
    names = accounts.authors(
        {name for row in case.steps.all() for name in (row.recorded_by, row.approved_by) if name}
    )
    lines = list(_lines(found, may, request, names))
    return {
        "case": case,
        "parcel": case.parcel,
        "standing": found,
        "may": may,
        "lines": lines,
        "next_lines": [line for line in lines if line.state in {"next", "draft"}],
        "forcible": [line for line in lines if line.may_force],
        "withdrawn": [row for row in case.steps.all() if row.withdrawn_at is not None],
        "forced": [row for row in found.done.values() if row.force_reason],
        "names": names,
        "explained": explained(case.parcel, found.known, found.determination, request),
        "terms": _terms(found, request),
        "papers": _papers(found, request),
        "suspensions": _suspensions(case),
        "pressing": _pressing(found),
        "notes": presentation.beside(IDLE_CASES, case, request, on=on),
        "links": presentation.links(IDLE_CASES, request.zone.code, pk=case.pk),
        "proofs": _proofs(case, request),
        "can_attach": may["handle"],
    }


def _allowed(case: IdleCase, request: ZoneRequest) -> dict[str, bool]:
    is_open = accounts.is_leaf(request.zone) and case.closed_on is None
    return {
        "handle": is_open and _P.HANDLE_IDLE_LAND in request.permissions,
        "approve": is_open and _P.APPROVE_LAND in request.permissions,
    }


def _lines(
    found: Standing, may: Mapping[str, bool], request: ZoneRequest, names: Mapping[str, str]
) -> Iterator[Line]:
    """Yield the steps on the case's way, and those that were done before it changed."""
    drafts = {StepCode(row.step): row for row in found.drafts}
    waiting = {step.code: lacks for step, lacks in queries.open_steps(found)}
    needed = _needed(waiting)
    rows = [*found.done.values(), *found.drafts]
    held = presentation.files_of("idle-case-steps", request.zone.code, [row.pk for row in rows])
    for code, step in procedure.STEPS.items():
        row = found.done.get(code) or drafts.get(code)
        if row is not None:
            yield _told(found, step, row, held[row.pk], may, request, names)
        elif code in waiting and not found.is_closed:
            is_optional = step.is_conditional and code not in needed
            line = _waiting(found, step, waiting[code], may, request)
            yield replace(line, is_conditional=is_optional, state=_state(line, is_optional))


def _told(  # noqa: PLR0917 - what one line is made of
    found: Standing,
    step: procedure.Step,
    row: CaseStep,
    files: list[File],
    may: Mapping[str, bool],
    request: ZoneRequest,
    names: Mapping[str, str],
) -> Line:
    is_draft = row.needs_approval and row.approved_at is None
    is_served = row.served_on is not None
    is_loose = _is_loose(found, step.code)
    waits_service = _is_served(step.code) and not is_served and not is_draft
    return Line(
        code=step.code,
        label=str(Step(step.code).label),
        article=queries.article_words(procedure.article(step)),
        state="draft" if is_draft else "done",
        word=_("待审核") if is_draft else _("已办理"),
        tone="amber" if is_draft else "green",
        row=row,
        facts=list(facts_of(row, names, shows_money=shows_prices(request))),
        clocks=[_clock(one) for one in found.clocks if one.step is step.code],
        files=files,
        may_approve=is_draft and may["approve"] and row.recorded_by != request.user.username,
        may_serve=waits_service and may["handle"],
        may_withdraw=may["handle"] and is_loose and row.approved_at is None,
        may_revoke=may["approve"] and is_loose and row.approved_at is not None,
    )


def _waiting(
    found: Standing,
    step: procedure.Step,
    lacks: list[Lack],
    may: Mapping[str, bool],
    request: ZoneRequest,
) -> Line:
    is_next = not lacks
    return Line(
        code=step.code,
        label=str(Step(step.code).label),
        article=queries.article_words(procedure.article(step)),
        state="next" if is_next else "later",
        word=_("可以办理") if is_next else _("尚待前置"),
        tone="blue" if is_next else "grey",
        before=_before(lacks),
        lacks=[lack for lack in lacks if not lack.step],
        clocks=[_clock(one) for one in found.clocks if one.step is step.code],
        may_record=may["handle"] and is_next,
        may_force=may["approve"] and not is_next and _may_force(lacks),
        paper_url=_paper_url(found, step, request) if may["handle"] and is_next else "",
    )


def _needed(waiting: Mapping[StepCode, list[Lack]]) -> set[StepCode]:
    """Return the steps that others wait for which every case comes to."""
    return {
        code
        for other, lacks in waiting.items()
        if not procedure.STEPS[other].is_conditional
        for code in waiting
        if any(lack.code == f"step:{code}" for lack in lacks)
    }


def _state(line: Line, is_optional: bool) -> str:  # noqa: FBT001 - one of the two
    return "later" if is_optional else line.state


def _before(lacks: list[Lack]) -> str:
    """Return the steps that must come first, in one line; the step's own article says why."""
    names = _("、").join(lack.step for lack in lacks if lack.step)
    return _("须先办理：%(steps)s") % {"steps": names} if names else ""


def _may_force(lacks: list[Lack]) -> bool:
    return all(lack.may_force for lack in lacks)


def _is_loose(found: Standing, code: StepCode) -> bool:
    """Whether the step may be taken back: nothing that was done rests on it."""
    told = found.done.keys() | {StepCode(row.step) for row in found.drafts}
    return code is not StepCode.SUSPICION and not procedure.resting_on(code, told, found.way)


def _paper_url(found: Standing, step: procedure.Step, request: ZoneRequest) -> str:
    """Return where the step's document is drafted, nothing where it has none."""
    if step.paper not in queries.papers_on_way(found):
        return ""
    return _url_of(found.case, step.paper, request)


def _url_of(case: IdleCase, kind: PaperCode, request: ZoneRequest) -> str:
    return reverse("idle-paper", args=[request.zone.code, case.pk, kind.value])


def facts_of(row: CaseStep, names: Mapping[str, str], *, shows_money: bool) -> Iterator[str]:
    """Yield what is on record of a step, each a few words."""
    yield _("办理 %(day)s") % {"day": row.done_on}
    if row.document_number:
        yield _("文号 %(number)s") % {"number": row.document_number}
    if row.served_on:
        yield _("送达 %(day)s") % {"day": row.served_on}
    if row.option:
        yield str(Option(row.option).label)
    if row.from_on or row.until_on:
        span = {"first": row.from_on or "—", "last": row.until_on or "—"}
        yield _("%(first)s 至 %(last)s") % span
    if row.amount_wan is not None and shows_money:
        yield figures.wan(row.amount_wan)
    yield _("经办 %(name)s") % {"name": names[row.recorded_by]}
    if row.approved_by:
        yield _("审核 %(name)s") % {"name": names[row.approved_by]}
    if row.note:
        yield row.note


def _clock(one: Running) -> dict[str, Any]:
    """Return a clock: its limit, last day, days used and left, what must be known of it."""
    reading = one.reading
    return {
        "label": str(Clock(one.clock.code).label),
        "limit": calendars.limit_words(one.clock.limit),
        "since": one.started_on,
        "due": calendars.due_words(reading.due),
        "state": _state_of(one),
        "tone": _tone_of(one),
        "article": queries.article_words(one.clock.article),
        "said": _days_of(one),
        "remarks": [
            calendars.remark_words(remark)
            for remark in reading.remarks
            if remark.code not in _TOLD_OTHERWISE
        ],
    }


# The limit itself says 未注明工作日, its state and days that it has passed or is near.
_TOLD_OTHERWISE = {
    statutory.RemarkCode.UNMARKED,
    statutory.RemarkCode.STATUTE_PASSED,
    statutory.RemarkCode.NEAR,
}


def _days_of(one: Running) -> str:
    """Return how many days were used and are left, or by how many the limit has passed."""
    left = one.reading.remaining
    if _is_lapsed(one) or left is None:
        return ""
    if left < 0:
        return _("已超过 %(days)s 天") % {"days": -left}
    return _("已用 %(used)s 天，还有 %(left)s 天") % {"used": one.reading.used, "left": left}


def _is_lapsed(one: Running) -> bool:
    """Whether a time is over that nobody had to keep: a right of the holder, a wait."""
    return one.is_over and (one.clock.is_waiting or not one.is_open)


def _state_of(one: Running) -> str:
    return _("期限已满") if _is_lapsed(one) else calendars.state_words(one.reading.state)


def _tone_of(one: Running) -> Tone:
    """Return the tone of a clock; a right that lapsed and a wait that is over alarm nobody."""
    if _is_lapsed(one):
        return "grey"
    return _CLOCK_TONES.get(one.reading.state, "grey")


def _is_served(code: StepCode) -> bool:
    return any(
        clock.since is code and clock.starts is procedure.Starts.SERVED
        for step in procedure.STEPS.values()
        for clock in step.clocks
    )


def _pressing(found: Standing) -> dict[str, Any] | None:
    """Return the limit that is nearest, with the step that keeps it."""
    one = found.next_clock
    if one is None:
        return None
    return {**_clock(one), "step": str(Step(one.step).label), "is_over": one.is_over}


def _terms(found: Standing, request: ZoneRequest) -> list[Term]:
    """Return parties and money."""
    case, parcel = found.case, found.case.parcel
    mortgage = {
        True: parcel.mortgagee_name or _("有，抵押权人未登记"),
        False: _("无"),
        None: _("未查明，请在“案件信息”中登记"),
    }
    terms = [
        Term(label=_("土地使用权人"), value=parcel.holder_name or None),
        Term(label=_("抵押权"), value=mortgage[found.way.is_mortgaged]),
        Term(label=_("经办人"), value=case.officer and case.officer.name),
        Term(label=_("线索来源"), value=case.ground or None),
        Term(label=_("适用文号"), value=case.statute or None),
        Term(label=_("登记面积"), value=_area(parcel.area_m2)),
    ]
    if shows_prices(request):
        price, fee = parcel.price_wan, case.fee_wan
        terms += [
            Term(label=_("土地价款"), value=None if price is None else figures.wan(price)),
            Term(label=_("已决定闲置费"), value=None if fee is None else figures.wan(fee)),
        ]
    return terms


def _area(area: Any) -> str | None:
    return None if area is None else _("%(area)s 平方米") % {"area": figures.number(area)}


def _papers(found: Standing, request: ZoneRequest) -> list[dict[str, Any]]:
    """Return each document on the case's way or drafted before, the latest draft first."""
    case = found.case
    on_way = queries.papers_on_way(found)
    drafts: dict[str, list[Any]] = {}
    for row in case.papers.all():
        drafts.setdefault(row.kind, []).append(row)
    return [
        {
            "kind": kind.value,
            "label": str(PaperKind(kind).label),
            "url": _url_of(case, kind, request) if kind in on_way else "",
            "drafts": [
                (row, [str(papers.NAMES[name]) for name in row.missing])
                for row in drafts.get(kind.value, [])
            ],
        }
        for kind in PaperCode
        if kind in on_way or kind.value in drafts
    ]


def _proofs(case: IdleCase, request: ZoneRequest) -> list[Any]:
    """Return the files of the case; the drafts stand among its papers."""
    drafts = {row.file.name for row in case.papers.all()}
    found = presentation.proofs(IDLE_CASES, request.zone.code, case)
    return [proof for proof in found if proof.name not in drafts]


def _suspensions(case: IdleCase) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "clock": row.get_clock_display(),
            "cause": row.get_cause_display(),
        }
        for row in case.suspensions.all()
    ]
