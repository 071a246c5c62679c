"""Drafting, confirming and publishing a standard of inefficient land."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.registers.kinds import Refused
from jingkai.core.land import inefficiency

from ..models import Appraisal, InefficiencyCriterion, InefficiencyStandard
from .told import Told

CRITERION = ("standard", "fact", "operator", "value", "basis", "is_confirmed")
STANDARD = (
    "name",
    "document_number",
    "effective_from",
    "effective_to",
    "combination",
    "at_least",
    "note",
)


class NotPublished(Refused):
    """The standard stays as it is; the message says why and what to do."""


@transaction.atomic
def draft_standard(*, zone: Zone, code: str, by: str, at: datetime) -> InefficiencyStandard:
    """Begin a standard from the draft that ships, whose numbers nobody has confirmed yet."""
    told, shipped = Told(by, at), inefficiency.DRAFT
    made = InefficiencyStandard(
        zone=zone,
        code=code,
        name=_("低效用地认定标准（示例草案，待确认）"),
        effective_from=date(told.today.year + 1, 1, 1),
        combination=shipped.combination.value,
        at_least=shipped.at_least,
    )
    changes = [told.made(made, STANDARD)]
    criteria: Iterable[Any] = shipped.criteria
    for number, one in enumerate(criteria, start=1):
        row = InefficiencyCriterion(
            zone=zone,
            code=f"{code}-{number}"[:40],
            standard=made,
            fact=one.fact.value,
            operator=one.operator.value,
            value=one.value,
            basis=one.basis,
        )
        changes.append(told.made(row, CRITERION))
    _record("drafted", made, told, changes)
    return made


@transaction.atomic
def add_criterion(
    *, zone: Zone, values: Mapping[str, Any], by: str, at: datetime
) -> InefficiencyCriterion:
    """
    Add a criterion to a draft, and return it.

    :raises NotPublished: when the standard is published, or asks the same already
    """
    told = Told(by, at)
    found = _draft(values["standard"])
    if found.zone_id != zone.pk:
        raise NotPublished(_("标准不属于本园区"), "standard")
    given = {name: value for name, value in values.items() if value is not None}
    made = InefficiencyCriterion(zone=zone, **given)
    _record("criterion-added", found, told, [told.made(made, CRITERION)])
    return made


@transaction.atomic
def confirm_criterion(
    *, criterion: InefficiencyCriterion, value: Any, basis: str, by: str, at: datetime
) -> InefficiencyCriterion:
    """
    Say by which document a draft's criterion stands, and with which limit; return it.

    :raises NotPublished: when the standard is published, or no document is named
    """
    told, found = Told(by, at), _draft(criterion.standard)
    if not basis.strip():
        raise NotPublished(_("请写明该条件的依据文件与条款"), "basis")
    values = {"value": value, "basis": basis.strip(), "is_confirmed": True}
    _record("criterion-confirmed", found, told, told.kept(criterion, values))
    return criterion


@transaction.atomic
def drop_criterion(*, criterion: InefficiencyCriterion, by: str, at: datetime) -> None:
    """
    Take a criterion out of a draft.

    :raises NotPublished: when the standard is published
    """
    told, found = Told(by, at), _draft(criterion.standard)
    _record("criterion-dropped", found, told, [told.gone(criterion, CRITERION)])


@transaction.atomic
def publish_standard(
    *, standard: InefficiencyStandard, by: str, at: datetime
) -> InefficiencyStandard:
    """
    Put a draft into force from its day on, and return it; the one before ends on that day.

    :raises NotPublished: to whoever drafted it, without document or criteria, while a criterion is
        not confirmed, or where two standards would apply on one day
    """
    told, found = Told(by, at), _draft(standard)
    _refuse_same_person(found, by)
    _refuse_unready(found)
    changes = [change for other in _overlapping(found) for change in _ended(other, found, told)]
    values = {
        "state": InefficiencyStandard.State.PUBLISHED,
        "published_on": told.today,
        "published_by": by,
    }
    _record("published", found, told, [*changes, *told.kept(found, values)])
    return found


@transaction.atomic
def conclude_appraisal(
    *, standard: InefficiencyStandard, counts: Mapping[str, int], by: str, at: datetime
) -> None:
    """Say in the trail that every parcel was judged, and how many got each verdict."""
    told = {verdict: counts.get(verdict, 0) for verdict in Appraisal.Verdict.values}
    _record("appraised", standard, Told(by, at), [], told)


def _draft(standard: InefficiencyStandard) -> InefficiencyStandard:
    found = InefficiencyStandard.everywhere.select_for_update(of=("self",)).get(pk=standard.pk)
    if found.state != InefficiencyStandard.State.DRAFT:
        raise NotPublished(_("“%(name)s”已发布，不能修改；请另起草新版本") % {"name": found})
    return found


def _refuse_same_person(standard: InefficiencyStandard, by: str) -> None:
    criteria = standard.criteria.values_list("recorded_by", "changed_by")
    authors = {
        standard.recorded_by,
        standard.changed_by,
        *(name for row in criteria for name in row),
    }
    if by in authors:
        raise NotPublished(_("起草、修改标准的人不能发布，请由另一人审核发布"))


def _refuse_unready(standard: InefficiencyStandard) -> None:
    if not standard.document_number:
        raise NotPublished(_("请先填写标准的文号"))
    criteria = list(standard.criteria.all())
    if not criteria:
        raise NotPublished(_("标准还没有任何条件"))
    unsure = [row for row in criteria if not row.is_confirmed]
    if unsure:
        names = _("、").join(row.get_fact_display() for row in unsure)
        raise NotPublished(_("下列条件的依据待确认：%(names)s") % {"names": names})
    if standard.at_least is not None and standard.at_least > len(criteria):
        raise NotPublished(_("“至少几项”多于条件的数目"))


def _overlapping(standard: InefficiencyStandard) -> list[InefficiencyStandard]:
    others = InefficiencyStandard.everywhere.filter(
        zone=standard.zone, state=InefficiencyStandard.State.PUBLISHED
    )
    end = standard.effective_to
    return [
        other
        for other in others.order_by("pk")
        if (end is None or other.effective_from < end)
        and (other.effective_to is None or other.effective_to > standard.effective_from)
    ]


def _ended(
    other: InefficiencyStandard, standard: InefficiencyStandard, told: Told
) -> list[audit.Changed]:
    """Let the standard before end where this one begins."""
    if other.effective_from >= standard.effective_from or other.effective_to is not None:
        raise NotPublished(_("与已发布的“%(name)s”适用期重叠") % {"name": other})
    return told.kept(other, {"effective_to": standard.effective_from})


def _record(
    verb: str,
    standard: InefficiencyStandard,
    told: Told,
    changes: list[audit.Changed],
    details: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        verb=f"reuse.inefficiency-standard.{verb}",
        actor=told.by,
        target_kind="inefficiency-standards",
        target_id=str(standard.pk),
        target_label=str(standard),
        zone_code=standard.zone.code,
        at=told.at,
        details=details or {},
        changes=changes,
    )
