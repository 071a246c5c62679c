"""Planning a disposal, changing what was agreed, finishing it with proof, withdrawing it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.land import actions as land
from jingkai.apps.land.models import FollowUp, Plant
from jingkai.apps.registers.kinds import Refused
from jingkai.core.land import measures
from jingkai.core.land.axes import Measure
from jingkai.core.land.measures import StepCode, assess

from .. import facts, queries
from ..models import (
    NOT_MONEY,
    OPEN,
    Assumption,
    Disposal,
    DisposalMoney,
    Proof,
    Status,
)
from .told import Told


class NotDisposed(Refused):
    """The disposal stays as it is; the message says why and what to do."""


AGREED = (
    "project_name",
    "investor_name",
    "officer",
    "decided_on",
    "basis_document",
    "area_m2",
    "agreed_from_on",
    "agreed_until_on",
    "due_on",
    "note",
)
LINE = ("disposal", "category", "amount_wan", "people", "on", "source")
PLANNED = ("parcel", "plant", "measure", "planned_on", *AGREED, "classification", "source")


@transaction.atomic
def plan_disposal(*, zone: Zone, values: Mapping[str, Any], by: str, at: datetime) -> Disposal:
    """
    Open a disposal of a parcel or a plant by a measure, and return it.

    What was assumed of the measure becomes its plan.

    :param values: ``code`` and those of ``PLANNED`` that are on record
    :raises NotDisposed: when the measure is not possible there, or the area is taken already
    """
    told = Told(by, at)
    given = {name: value for name, value in values.items() if value is not None}
    if Disposal.everywhere.filter(zone=zone, code=given["code"]).exists():
        raise NotDisposed(_("编号“%(code)s”已存在") % {"code": given["code"]}, "code")
    custom = given.pop("custom", {})
    given.setdefault("planned_on", told.today)
    found = Disposal(zone=zone, custom=custom, **given)
    _refuse_wrong_subject(found)
    _refuse_days(found, told.today)
    _refuse_impossible(found, told.today)
    _refuse_taken(found)
    made = [told.made(found, PLANNED), *_plan_money(found, told)]
    _record("planned", found, told, made, follow_up=FollowUp.IN_DISPOSAL)
    return found


@transaction.atomic
def change_disposal(
    *, disposal: Disposal, values: Mapping[str, Any], by: str, at: datetime
) -> Disposal:
    """
    Change what was agreed of an open disposal, and return it; nothing happens without a change.

    :param values: those of ``AGREED`` that are to be other than they are
    :raises NotDisposed: when it is over, or the terms break a limit
    """
    told, found = Told(by, at), _locked(disposal)
    _refuse_unless_open(found)
    changes = told.kept(found, values)
    if not changes:
        return found
    _refuse_days(found, told.today)
    _refuse_broken_terms(found)
    _refuse_taken(found)
    _record("changed", found, told, changes)
    return found


@transaction.atomic
def finish_disposal(
    *,
    disposal: Disposal,
    on: date,
    proof: Proof,
    document: str,
    reused_area_m2: Decimal | None,
    by: str,
    at: datetime,
) -> Disposal:
    """
    Record that the land or plant is in use again, on what proof, and return the disposal.

    :raises NotDisposed: when steps are open, nobody says what was paid, or the proof is none for
        the measure
    """
    told, found = Told(by, at), _locked(disposal)
    _refuse_unless_open(found)
    _refuse_open_steps(found)
    _refuse_wrong_proof(found, proof, document)
    _refuse_unpaid(found)
    last = found.steps.filter(done_on__isnull=False).order_by("-done_on").first()
    if on > told.today or (last is not None and last.done_on is not None and on < last.done_on):
        raise NotDisposed(_("完成日期应在最后一步的日期与今天之间"), "on")
    values = {
        "status": Status.FINISHED,
        "finished_on": on,
        "proof": proof,
        "proof_document": document.strip(),
        "reused_area_m2": found.area_m2 if reused_area_m2 is None else reused_area_m2,
    }
    changes = told.kept(found, values)
    _record("finished", found, told, changes, follow_up=FollowUp.SETTLED)
    return found


@transaction.atomic
def withdraw_disposal(*, disposal: Disposal, reason: str, by: str, at: datetime) -> Disposal:
    """
    Give an open disposal up, saying why, and return it.

    :raises NotDisposed: without a reason, or when it is over
    """
    told, found = Told(by, at), _locked(disposal)
    _refuse_unless_open(found)
    if not reason.strip():
        raise NotDisposed(_("撤销处置必须说明原因"), "reason")
    values = {
        "status": Status.WITHDRAWN,
        "withdrawn_on": told.today,
        "withdrawn_reason": reason.strip(),
    }
    changes = told.kept(found, values)
    _record("withdrawn", found, told, changes, reason=reason.strip(), follow_up=FollowUp.WATCHED)
    return found


def _locked(disposal: Disposal) -> Disposal:
    return Disposal.everywhere.select_for_update(of=("self",)).get(pk=disposal.pk)


def _subject(disposal: Disposal) -> Any:
    """Return the plant, or else the parcel; one of the two is there by a law of the table."""
    return disposal.plant or disposal.parcel


def _refuse_unless_open(disposal: Disposal) -> None:
    if disposal.status not in OPEN:
        said = {"code": disposal.code, "status": disposal.get_status_display()}
        raise NotDisposed(_("处置 %(code)s 为“%(status)s”，不能再办理") % said)


def _refuse_wrong_subject(disposal: Disposal) -> None:
    parcel, plant = disposal.parcel, disposal.plant
    for name, subject in (("parcel", parcel), ("plant", plant)):
        if subject is not None and subject.zone_id != disposal.zone_id:
            raise NotDisposed(_("宗地或厂房不属于本园区"), name)
    if parcel is None and plant is None:
        raise NotDisposed(_("请填写宗地或厂房"), "parcel")
    if parcel and plant and plant.parcel_id != parcel.pk:
        raise NotDisposed(_("该厂房不在所填宗地上，请核对"), "plant")
    if parcel and parcel.retired_on is not None:
        raise NotDisposed(_("宗地已分割或合并，请选择变更后的宗地"), "parcel")


def _refuse_impossible(disposal: Disposal, today: date) -> None:
    """
    Refuse a measure that the law rules out; what is merely unknown is asked at its step.

    Whether land is supplied is asked as of the plan: a supply told afterwards has its contract.
    """
    route = queries.route(disposal)
    if not (route.for_plant if disposal.plant else route.for_parcel):
        raise NotDisposed(_("该处置方式不适用于厂房"), "measure")
    subject = (disposal.parcel, disposal.plant)
    then = facts.of_subject(*subject, on=disposal.planned_on)
    known = replace(facts.of_subject(*subject, on=today), is_supplied=then.is_supplied)
    _refuse_unmet(disposal, assess(Measure(disposal.measure), known).unmet)
    _refuse_broken_terms(disposal)


def _refuse_broken_terms(disposal: Disposal) -> None:
    """Refuse agreed days beyond what the law allows the measure."""
    known = measures.Facts(from_on=disposal.agreed_from_on, until_on=disposal.agreed_until_on)
    steps = queries.route(disposal).steps
    _refuse_unmet(disposal, [one for step in steps for one in queries.broken_terms(step, known)])


def _refuse_unmet(disposal: Disposal, unmet: Iterable[measures.Condition]) -> None:
    names = queries.condition_labels(dict.fromkeys(unmet))
    if names:
        raise NotDisposed(
            _("不能以“%(measure)s”处置，不符合：%(what)s")
            % {"measure": disposal.get_measure_display(), "what": names},
            "measure",
        )


def _refuse_taken(disposal: Disposal) -> None:
    """Refuse more area than the other open disposals leave."""
    subject = _subject(disposal)
    whole = subject.floor_area_m2 if isinstance(subject, Plant) else subject.area_m2
    if whole is None or disposal.area_m2 is None:
        return
    left = whole - queries.committed_area_m2(disposal.parcel, disposal.plant, but=disposal.pk or 0)
    if disposal.area_m2 > left:
        raise NotDisposed(
            _("处置面积 %(area)s 平方米超过可处置的 %(left)s 平方米（已扣除其他在办处置）")
            % {"area": disposal.area_m2, "left": left},
            "area_m2",
        )


def _refuse_days(disposal: Disposal, today: date) -> None:
    if disposal.decided_on is not None and disposal.decided_on > today:
        raise NotDisposed(_("决定日期不能晚于今天"), "decided_on")
    if disposal.planned_on > today:
        raise NotDisposed(_("立项日期不能晚于今天"), "planned_on")


def _refuse_open_steps(disposal: Disposal) -> None:
    done = set(disposal.steps.filter(done_on__isnull=False).values_list("step", flat=True))
    left = [
        step.code
        for step in queries.route(disposal).steps
        if step.code not in done and not step.may_be_left_out
    ]
    if left:
        names = _("、").join(queries.step_label(code) for code in left)
        raise NotDisposed(_("还有步骤未完成：%(steps)s") % {"steps": names})


def _refuse_unpaid(disposal: Disposal) -> None:
    """Refuse an end by payment of which no actual money is on record."""
    is_paid = queries.route(disposal).step(StepCode.PAY) is not None
    actual = disposal.money.filter(state=DisposalMoney.State.ACTUAL, amount_wan__gt=0)
    if is_paid and not actual.exclude(category__in=NOT_MONEY).exists():
        raise NotDisposed(
            _("“%(step)s”已办理而没有登记实际收支：请先在处置收支台账登记金额与日期，再办结")
            % {"step": queries.step_label(StepCode.PAY)}
        )


def _refuse_wrong_proof(disposal: Disposal, proof: Proof, document: str) -> None:
    allowed = queries.route(disposal).proofs
    if proof.value not in allowed:
        names = _("、").join(str(Proof(one.value).label) for one in allowed)
        said = {"measure": disposal.get_measure_display(), "allowed": names}
        raise NotDisposed(_("“%(measure)s”的盘活佐证应为：%(allowed)s") % said, "proof")
    if not document.strip():
        raise NotDisposed(_("请填写佐证的文号或合同号"), "document")


def _plan_money(disposal: Disposal, told: Told) -> list[audit.Changed]:
    """Turn what was assumed of the measure into planned lines of the disposal."""
    mine = {"plant": disposal.plant} if disposal.plant else {"parcel": disposal.parcel}
    found = Assumption.everywhere.filter(zone=disposal.zone, measure=disposal.measure, **mine)
    changes = []
    for number, row in enumerate(found.order_by("year", "pk"), start=1):
        line = DisposalMoney(
            zone=disposal.zone,
            code=f"{disposal.code}-J{number}",
            disposal=disposal,
            state=DisposalMoney.State.PLANNED,
            on=date(row.year, 12, 31),
            category=row.category,
            payer=row.payer,
            payee=row.payee,
            amount_wan=row.amount_wan,
            people=row.people,
            source=_("测算 %(code)s：%(source)s")[:40] % {"code": row.code, "source": row.source},
        )
        changes.append(told.made(line, LINE))
    return changes


def _record(
    verb: str,
    disposal: Disposal,
    told: Told,
    changes: list[audit.Changed],
    *,
    reason: str = "",
    follow_up: FollowUp | None = None,
) -> None:
    """Tell what was done to the disposal, and to the axes of its subject, in one event."""
    event: audit.Told = {
        "verb": f"reuse.disposal.{verb}",
        "actor": told.by,
        "target_kind": "disposals",
        "target_id": str(disposal.pk),
        "target_label": str(disposal),
        "zone_code": disposal.zone.code,
        "at": told.at,
        "reason": reason,
        "details": {"measure": disposal.measure, "status": str(disposal.status)},
    }
    with audit.together(**event):
        audit.record(**event, changes=changes)
        if follow_up is not None:
            _tell_land(disposal, follow_up, told)


def _tell_land(disposal: Disposal, follow_up: FollowUp, told: Told) -> None:
    """
    Let the axes of the parcel or plant follow; another open disposal keeps them.

    A parcel that was split or merged away is history, whatever becomes of its disposal.
    """
    subject = _subject(disposal)
    if getattr(subject, "retired_on", None) is not None:
        return
    if disposal.measure == Measure.SUPPLY and disposal.status == Status.FINISHED:
        land.note_supplied(parcel=subject, by=told.by, at=told.at)
    is_over = follow_up is not FollowUp.IN_DISPOSAL
    others = queries.of_subject(disposal.parcel, disposal.plant).filter(status__in=OPEN)
    if is_over and others.exclude(pk=disposal.pk).exists():
        return
    land.note_follow_up(
        record=subject,
        follow_up=follow_up,
        measure=Measure(disposal.measure),
        by=told.by,
        at=told.at,
    )
