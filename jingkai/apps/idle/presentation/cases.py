"""One case as its page shows it: the procedure with its clocks, papers, parties and money."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    lacks: list[Lack] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    is_conditional: bool = False
    may_record: bool = False
    may_approve: bool = False
    may_serve: bool = False
    may_withdraw: bool = False


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
        "withdrawn": [row for row in case.steps.all() if row.withdrawn_at is not None],
        "forced": [row for row in found.done.values() if row.force_reason],
        "names": names,
        "explained": explained(case.parcel, found.known, found.determination, request),
        "terms": _terms(found, request),
        "papers": _papers(case, request),
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
    rows = [*found.done.values(), *found.drafts]
    held = presentation.files_of("idle-case-steps", request.zone.code, [row.pk for row in rows])
    for code, step in procedure.STEPS.items():
        row = found.done.get(code) or drafts.get(code)
        if row is not None:
            yield _told(found, step, row, held[row.pk], may, request, names)
        elif code in waiting and not found.is_closed:
            yield _waiting(found, step, waiting[code], may)


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
    waits_service = _is_served(step.code) and not is_served and not is_draft
    return Line(
        code=step.code,
        label=str(Step(step.code).label),
        article=queries.article_words(procedure.article(step)),
        state="draft" if is_draft else "done",
        word=_("待审核") if is_draft else _("已办理"),
        tone="amber" if is_draft else "green",
        row=row,
        facts=list(_facts(row, names, shows_money=shows_prices(request))),
        clocks=[_clock(one) for one in found.clocks if one.step is step.code],
        files=files,
        may_approve=is_draft and may["approve"] and row.recorded_by != request.user.username,
        may_serve=waits_service and may["handle"],
        may_withdraw=may["handle"] and step.code is not StepCode.SUSPICION,
    )


def _waiting(
    found: Standing, step: procedure.Step, lacks: list[Lack], may: Mapping[str, bool]
) -> Line:
    is_next = not lacks
    return Line(
        code=step.code,
        label=str(Step(step.code).label),
        article=queries.article_words(procedure.article(step)),
        state="next" if is_next and not step.is_conditional else "later",
        word=_("可以办理") if is_next else _("尚待前置"),
        tone="blue" if is_next else "grey",
        lacks=lacks,
        clocks=[_clock(one) for one in found.clocks if one.step is step.code],
        is_conditional=step.is_conditional,
        may_record=may["handle"] and (is_next or (may["approve"] and _may_force(lacks))),
    )


def _may_force(lacks: list[Lack]) -> bool:
    return all(lack.may_force for lack in lacks)


def _facts(row: CaseStep, names: Mapping[str, str], *, shows_money: bool) -> Iterator[str]:
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
    told = {"used": reading.used, "left": reading.remaining}
    left = reading.remaining
    return {
        "label": str(Clock(one.clock.code).label),
        "limit": calendars.limit_words(one.clock.limit),
        "since": one.started_on,
        "due": calendars.due_words(reading.due),
        "state": _state_of(one),
        "tone": _tone_of(one),
        "article": queries.article_words(one.clock.article),
        "said": _("已用 %(used)s 天，还有 %(left)s 天") % told
        if left is not None and left >= 0
        else _("已用 %(used)s 天") % told,
        "remarks": [
            calendars.remark_words(remark)
            for remark in reading.remarks
            if not (_is_lapsed(one) and remark.code is statutory.RemarkCode.STATUTE_PASSED)
        ],
    }


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
    mortgage = {True: parcel.mortgagee_name or _("有，抵押权人未登记"), False: _("无"), None: None}
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


def _papers(case: IdleCase, request: ZoneRequest) -> list[dict[str, Any]]:
    """Return each document with its drafts, the latest first."""
    drafts: dict[str, list[Any]] = {}
    for row in case.papers.all():
        drafts.setdefault(row.kind, []).append(row)
    return [
        {
            "kind": kind.value,
            "label": str(PaperKind(kind).label),
            "url": reverse("idle-paper", args=[request.zone.code, case.pk, kind.value]),
            "drafts": [
                (row, [str(papers.NAMES[name]) for name in row.missing])
                for row in drafts.get(kind.value, [])
            ],
        }
        for kind in PaperCode
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
