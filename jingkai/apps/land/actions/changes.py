"""Splitting a parcel and merging parcels: areas reconciled, history kept, and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.registers import actions as registers
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.registers.models import Classification, Record
from jingkai.core.geometry.shapes import Shape
from jingkai.core.land import areas
from jingkai.web import figures

from ..models import FollowUp, Parcel, ParcelChange, ParcelChangePart
from . import told as telling
from .told import Told

# What a part has of the parcel that it was cut from; prices are not divided by guess.
INHERITED = (
    "approval",
    "location",
    "use",
    "right",
    "term_years",
    "term_from_on",
    "term_until_on",
    "holder_name",
    "holder_credit_code",
    "mortgagee_name",
    "classification",
    "supply",
    "stage",
    "occupancy",
    "statutory",
    "statutory_document",
    "follow_up",
    "measure",
    "obstacle",
    "obstacle_owner",
    "officer",
)
_OWN = ("code", "name", "parcel_code", "area_m2", "outline", "outline_source", "source")


class NotChanged(Refused):
    """The parcels stay as they are; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A parcel to come, and the contracts, works, delays, plants and promises that go with it."""

    code: str
    name: str
    area_m2: Decimal | None = None
    parcel_code: str = ""
    outline: Shape | None = None
    outline_source: str = ""
    belongings: Sequence[Record] = field(default=())


@transaction.atomic
def split_parcel(
    *,
    parcel: Parcel,
    parts: Sequence[Part],
    on: date,
    document: str,
    by: str,
    at: datetime,
    reason: str = "",
) -> ParcelChange:
    """
    Cut the parcel into parts from the day on; what is not given to a part stays with the parcel.

    :raises NotChanged: with fewer than two parts, after an earlier split, with areas that do not
        agree and no word why
    """
    if len(parts) < 2:
        raise NotChanged(_("分割后至少应有两宗"))
    wanted = _Wanted(ParcelChange.Kind.SPLIT, on, document.strip(), parts)
    return _change([parcel], wanted, Told(by, at, reason.strip()))


@transaction.atomic
def merge_parcels(
    *,
    parcels: Sequence[Parcel],
    into: Part,
    on: date,
    document: str,
    by: str,
    at: datetime,
    reason: str = "",
) -> ParcelChange:
    """
    Merge the parcels into one from the day on; it has of them what all of them share.

    :raises NotChanged: with fewer than two parcels, after an earlier split, with areas that do not
        agree and no word why
    """
    if len({parcel.pk for parcel in parcels}) < 2:
        raise NotChanged(_("合并前至少应有两宗"))
    wanted = _Wanted(ParcelChange.Kind.MERGE, on, document.strip(), [into])
    return _change(parcels, wanted, Told(by, at, reason.strip()))


@transaction.atomic
def undo_parcel_change(*, change: ParcelChange, by: str, at: datetime, reason: str) -> None:
    """
    Take a split or merger back: its parcels go, those before it stand again with what they had.

    :raises NotChanged: without a reason, or when somebody has worked on the parcels since
    """
    if not reason.strip():
        raise NotChanged(_("撤销必须说明理由"), "reason")
    found = ParcelChange.everywhere.select_for_update(of=("self",)).get(pk=change.pk)
    before = found.parts.filter(side=ParcelChangePart.Side.BEFORE).order_by("pk")
    parent = before.select_related("parcel__zone")[0].parcel
    zone, kind, steps = found.zone, found.kind, found.steps
    found.delete()
    why = registers.Why(verb="undone", by=by, at=at)
    try:
        changes = registers.take_back(zone=zone, steps=steps, why=why)
    except Refused as refused:
        raise NotChanged(_("不能撤销：%(reason)s") % {"reason": refused}) from None
    told = Told(by, at, reason.strip())
    telling.note(verb=f"parcel.{kind}-undone", record=parent, changes=changes, told=told)


@dataclass(frozen=True, slots=True)
class _Wanted:
    kind: ParcelChange.Kind
    on: date
    document: str
    parts: Sequence[Part]


def _change(parcels: Sequence[Parcel], wanted: _Wanted, told: Told) -> ParcelChange:
    before = [telling.locked(record=parcel) for parcel in sorted(parcels, key=lambda one: one.pk)]
    _refuse_unfit(before, wanted, told)
    difference = _difference(before, wanted, told)
    changes = [_retired(parcel, wanted, told) for parcel in before]
    after = [_made(before, part, told) for part in wanted.parts]
    changes += [change for _parcel, change in after]
    for (parcel, _told), part in zip(after, wanted.parts, strict=True):
        changes += _moved(parcel, part, told)
    steps = registers.steps_of(done={0: changes})[0]
    made = _kept(before, [parcel for parcel, _told in after], wanted, told, (difference, steps))
    details = {"document": wanted.document, "difference_m2": difference}
    telling.note(
        verb=f"parcel.{wanted.kind}",
        record=before[0],
        changes=changes,
        told=told,
        details=details,
    )
    return made


def _refuse_unfit(before: Sequence[Parcel], wanted: _Wanted, told: Told) -> None:
    zone = before[0].zone_id
    if any(parcel.zone_id != zone for parcel in before):
        raise NotChanged(_("只能合并同一园区的宗地"))
    gone = [parcel for parcel in before if parcel.retired_on is not None]
    if gone:
        said: dict[str, object] = {"parcel": gone[0], "on": gone[0].retired_on}
        raise NotChanged(_("宗地“%(parcel)s”已于 %(on)s 分割或合并") % said)
    if wanted.on > told.today:
        raise NotChanged(_("变更日期不能晚于今天"), "on")
    codes = [part.code for part in wanted.parts]
    taken = set(Parcel.everywhere.filter(zone=zone, code__in=codes).values_list("code", flat=True))
    doubled = {code for code in codes if codes.count(code) > 1}
    if taken | doubled:
        said = {"codes": _("、").join(sorted(taken | doubled))}
        raise NotChanged(_("编号已存在或重复：%(codes)s，请另编") % said)
    strange = [b for part in wanted.parts for b in part.belongings if not _is_of(b, before)]
    if strange:
        raise NotChanged(_("“%(name)s”不属于变更前的宗地") % {"name": strange[0]})


def _difference(before: Sequence[Any], wanted: _Wanted, told: Told) -> Decimal | None:
    """Return by how much the area afterwards exceeds that before; a gap asks for a word."""
    found = areas.reconcile(
        [parcel.area_m2 for parcel in before], [part.area_m2 for part in wanted.parts]
    )
    if found.agrees is None and not told.reason:
        raise NotChanged(_("变更前后有宗地的面积未登记，无法核对；请补登面积或说明原因"), "reason")
    if found.agrees is False and not told.reason:
        said = {
            "before": figures.number(found.before_m2 or 0),
            "after": figures.number(found.after_m2 or 0),
            "difference": _signed(found.difference_m2 or 0),
        }
        raise NotChanged(
            _(
                "变更后面积合计 %(after)s 平方米，与变更前 %(before)s 平方米"
                "相差 %(difference)s 平方米，超过容差，请核对或说明原因"
            )
            % said,
            "reason",
        )
    return found.difference_m2


def _signed(area_m2: Decimal | int) -> str:
    return f"{'+' if area_m2 > 0 else ''}{figures.number(area_m2)}"


def _retired(parcel: Parcel, wanted: _Wanted, told: Told) -> audit.Changed:
    changed = telling.put(record=parcel, values={"retired_on": wanted.on}, told=told)
    assert changed is not None  # noqa: S101 - a parcel that stood is retired now
    return changed


def _made(before: Sequence[Parcel], part: Part, told: Told) -> tuple[Parcel, audit.Changed]:
    own: dict[str, Any] = {"area_m2": part.area_m2, "outline": part.outline}
    parcel = Parcel(
        zone=before[0].zone,
        code=part.code,
        name=part.name,
        parcel_code=part.parcel_code,
        outline_source=(part.outline_source or _("分割合并登记")) if part.outline else "",
        source=_shared(before, "source") or "",
        custom=dict(before[0].custom) if len(before) == 1 else {},
        **own,
    )
    for name in INHERITED:
        setattr(parcel, name, _shared(before, name))
    if parcel.follow_up == FollowUp.IN_DISPOSAL:  # the disposal stays with the parcel before
        parcel.follow_up, parcel.measure = FollowUp.TO_VERIFY, ""
    if any(one.classification == Classification.SENSITIVE for one in before):
        parcel.classification = Classification.SENSITIVE
    return parcel, telling.add(record=parcel, names=(*_OWN, *INHERITED), told=told)


def _shared(before: Sequence[Parcel], name: str) -> Any:
    """Return the value that all of them have, else what stands for nothing on record."""
    values = [getattr(parcel, name) for parcel in before]
    if all(value == values[0] for value in values):
        return values[0]
    model_field: Any = Parcel._meta.get_field(name)
    return None if model_field.null else ""


def _moved(parcel: Parcel, part: Part, told: Told) -> Iterator[audit.Changed]:
    for belonging in part.belongings:
        kept = telling.locked(record=belonging)
        changed = telling.put(record=kept, values={"parcel": parcel}, told=told)
        if changed is not None:
            yield changed


def _is_of(belonging: Record, parcels: Sequence[Parcel]) -> bool:
    return getattr(belonging, "parcel_id", None) in {parcel.pk for parcel in parcels}


def _kept(
    before: Sequence[Parcel],
    after: Sequence[Parcel],
    wanted: _Wanted,
    told: Told,
    found: tuple[Any, list[dict[str, Any]]],
) -> ParcelChange:
    zone = before[0].zone
    made = ParcelChange.everywhere.create(
        zone=zone,
        kind=wanted.kind,
        changed_on=wanted.on,
        document=wanted.document,
        difference_m2=found[0],
        reason=told.reason,
        steps=found[1],
        recorded_at=told.at,
        recorded_by=told.by,
    )
    sides = ((ParcelChangePart.Side.BEFORE, before), (ParcelChangePart.Side.AFTER, after))
    ParcelChangePart.everywhere.bulk_create(
        ParcelChangePart(zone=zone, change=made, parcel=one, side=side, area_m2=one.area_m2)
        for side, parcels in sides
        for one in parcels
    )
    return made
