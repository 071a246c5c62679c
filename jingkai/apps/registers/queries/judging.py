"""Whether changes may be made, many rows at a time, by the rules that hold for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone

from .. import checking
from ..checking.laws import Laws
from ..declaration import Register
from ..kinds import Refused
from ..models import Record

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """Values that somebody wants in a record, or in a new one."""

    record: Record | None
    values: dict[str, Any]


@dataclass(slots=True)
class Verdict:
    """A proposal judged: what would change, and why it may not."""

    record: Record | None
    values: dict[str, Any]
    refusals: list[Refused] = field(default_factory=list)


def locked(register: Register, zone: Zone, keys: Iterable[int]) -> dict[int, Record]:
    """Return the zone's records by primary key, locked until the transaction ends."""
    rows = register.model.everywhere.select_for_update(of=("self",)).filter(zone=zone)
    return _by_key(register, register.model.unsealed(rows), keys)


def unlocked(register: Register, zone: Zone, keys: Iterable[int]) -> dict[int, Record]:
    """Return the zone's records by primary key, as they stand."""
    rows = register.model.unsealed(register.model.everywhere.filter(zone=zone))
    return _by_key(register, rows, keys)


def _by_key(register: Register, rows: QuerySet[Any], keys: Iterable[int]) -> dict[int, Record]:
    """Read in the order of the key: two batches over the same rows wait, they do not deadlock."""
    references = [column.name for column in register.held if column.is_reference]
    rows = rows.select_related("zone", *references).order_by("pk")
    wanted = sorted(set(keys))
    return {
        row.pk: row
        for start in range(0, len(wanted), CHUNK)
        for row in rows.filter(pk__in=wanted[start : start + CHUNK])
    }


def judge(register: Register, zone: Zone, proposals: Sequence[Proposal]) -> list[Verdict]:
    """Return for each proposal what would change and every rule or law that forbids it."""
    verdicts = [_by_rules(register, proposal) for proposal in proposals]
    _refuse_taken_keys(register, zone, verdicts)
    laws = Laws(register, zone.pk)
    open_ones = [(n, v) for n, v in enumerate(verdicts) if v.values and not v.refusals]
    candidates = [laws.candidate(n + 1, v.values, v.record) for n, v in open_ones]
    for place, sentences in laws.broken(candidates).items():
        open_ones[place][1].refusals.extend(Refused(sentence) for sentence in sentences)
    return verdicts


def _by_rules(register: Register, proposal: Proposal) -> Verdict:
    record, values = proposal.record, proposal.values
    changed = checking.changed(values, record)
    return Verdict(
        record,
        {name: values[name] for name in changed},
        checking.broken_rules(register, values, record),
    )


def _refuse_taken_keys(register: Register, zone: Zone, verdicts: Sequence[Verdict]) -> None:
    """Refuse a new record whose number is another's, in the table or among the new ones."""
    key = register.key
    new = [verdict for verdict in verdicts if verdict.record is None]
    asked = [verdict.values.get(key) for verdict in new]
    rows = register.model.everywhere.filter(zone=zone, **{f"{key}__in": asked})
    taken = set(rows.values_list(key, flat=True)) if new else set()
    for verdict, number in zip(new, asked, strict=True):
        if number in taken:
            verdict.refusals.append(Refused(_("编号“%(code)s”已存在") % {"code": number}, key))
        taken.add(number)
