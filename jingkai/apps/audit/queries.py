"""Reads of the trail: its pages, a record's history, its heads, verification and export."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import chain
from .chain import Fault, Head, Verdict
from .models import Change, Event

STREAMED = 5_000  # rows fetched at a time

FAULT_LABELS: dict[Fault, Promise] = {
    Fault.MISSING: _("缺失：此序号的留痕不在链上，可能被删除"),
    Fault.REPEATED: _("序号重复或倒退，可能被插入"),
    Fault.UNLINKED: _("与前一条的哈希不相连，可能被插入、调换或重写"),
    Fault.ALTERED: _("内容与其哈希不符，已被改动"),
    Fault.CHANGES_ALTERED: _("所附记录变更与封存时不符，已被增删或改动"),
    Fault.UNREADABLE: _("含有无法读取的内容，已被改动"),
    Fault.NOT_THE_HEAD: _("与库外留存的链头不符，此条或之前的留痕已被重写"),
    Fault.CUT_OFF: _("库外留存的链头在此之后，链尾已被截去"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What part of a chain is asked for; an empty field asks for all."""

    person: str = ""  # log-in name, or part of the name
    verb: str = ""  # a verb, or its beginning up to a dot: "investment." or "investment.visit."
    target_kind: str = ""
    target_id: str = ""
    since: datetime | None = None
    until: datetime | None = None  # exclusive
    text: str = ""  # part of a target's label or id, a reason, or a request id


@dataclass(frozen=True, slots=True)
class Page:
    """Events, newest first; ``older`` is the ``before`` of the next page, None on the last."""

    events: list[Event]
    older: int | None


def events(zone_code: str, filters: Filters | None = None) -> QuerySet[Event]:
    """Return the chain's events that the filters leave, newest first."""
    found = Event.objects.filter(zone_code=zone_code).order_by("-sequence")
    return found.filter(_condition(filters)) if filters else found


def page(
    zone_code: str, filters: Filters | None = None, *, before: int | None = None, length: int = 50
) -> Page:
    """Return the newest events below the sequence ``before``; each page costs the same."""
    found = events(zone_code, filters)
    if before is not None:
        found = found.filter(sequence__lt=before)
    rows = list(found[: length + 1])
    return Page(rows[:length], rows[length - 1].sequence if len(rows) > length else None)


def event(zone_code: str, sequence: int) -> Event | None:
    """Return the event at that place of the chain."""
    return Event.objects.filter(zone_code=zone_code, sequence=sequence).first()


def changes(event: Event) -> QuerySet[Change]:
    """Return what the event changed, in the order in which it was written."""
    return Change.objects.filter(event=event).order_by("id")


def history(kind: str, object_id: str) -> QuerySet[Change]:
    """Return every change of one record with its event, newest first."""
    found = Change.objects.filter(kind=kind, object_id=object_id)
    return found.select_related("event").order_by("-id")


def verbs(zone_code: str) -> list[tuple[str, str]]:
    """Return the verbs that the chain has, each with the kind of record it is done to."""
    of_zone = Event.objects.filter(zone_code=zone_code)
    last = of_zone.order_by().values("verb").annotate(last=Max("sequence")).values_list("last")
    found = of_zone.filter(sequence__in=[sequence for (sequence,) in last]).order_by("verb")
    return list(found.values_list("verb", "target_kind"))


def actors(zone_code: str) -> list[str]:
    """Return the log-ins of those who acted in the chain, in order."""
    found = Event.objects.filter(zone_code=zone_code).order_by("actor")
    return list(found.values_list("actor", flat=True).distinct())


def head(zone_code: str) -> Head:
    """Return the head of the chain; its text form proves later that nothing was taken away."""
    last = (
        Event.objects.filter(zone_code=zone_code)
        .order_by("-sequence")
        .values_list("sequence", "hash", "at")
        .first()
    )
    sequence, hashed, at = last or (0, chain.START, None)
    return Head(zone_code=zone_code, sequence=sequence, hash=hashed, at=at)


def heads() -> list[Head]:
    """Return the heads of all chains, by code."""
    return [head(code) for code in zone_codes()]


def zone_codes() -> list[str]:
    """Return the codes of all chains, in order."""
    found = Event.objects.order_by("zone_code").values_list("zone_code", flat=True)
    return list(found.distinct())


def verify(
    zone_code: str | None = None,
    *,
    against: Iterable[Head] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Verdict:
    """
    Check one chain, or every chain, and stop at the first bad row.

    Rows that are being written meanwhile are left out, nobody has to wait.

    :param against: heads kept outside the database; without them a chain that was cut off at its
        end, or written anew from some row on, still looks whole
    :param progress: called now and then with the number of events checked and of all
    """
    kept = list(against)
    codes = (
        {*zone_codes(), *(known.zone_code for known in kept)} if zone_code is None else {zone_code}
    )
    total = Event.objects.filter(zone_code__in=codes).count()
    events_seen = changes_seen = 0
    for code in sorted(codes):
        found = _verify_chain(code, kept, _onward(progress, events_seen, total))
        events_seen += found.events
        changes_seen += found.changes
        if not found.ok:
            return Verdict(events=events_seen, changes=changes_seen, first_bad=found.first_bad)
    return Verdict(events=events_seen, changes=changes_seen)


def export(zone_code: str | None = None) -> Iterator[str]:
    """Yield the events of one chain or of all as JSON; ``chain`` says how to check them."""
    for code in zone_codes() if zone_code is None else [zone_code]:
        end = head(code).sequence
        rows = chain.with_alterations(_entries(code, end), _alterations(code, end))
        for entry, hashed, alterations in rows:
            yield chain.export_line(entry, hashed, alterations)


def _verify_chain(code: str, kept: list[Head], progress: Callable[[int], None] | None) -> Verdict:
    end = head(code).sequence
    return chain.verify(
        _entries(code, end),
        _alterations(code, end),
        zone_code=code,
        heads=[known for known in kept if known.zone_code == code],
        progress=progress,
    )


def _onward(
    progress: Callable[[int, int], None] | None, seen: int, total: int
) -> Callable[[int], None] | None:
    return (lambda here: progress(seen + here, total)) if progress else None


def _entries(code: str, end: int) -> Iterator[tuple[chain.Entry, str]]:
    """Yield the events with their hashes; up to ``end``, since both streams must see the same."""
    names = [_as_stored(name) for name in chain.Entry._fields]
    rows = Event.objects.filter(zone_code=code, sequence__lte=end).order_by("sequence")
    for *fields, hashed in rows.values_list(*names, "hash").iterator(chunk_size=STREAMED):
        yield chain.Entry(*fields), hashed


def _alterations(code: str, end: int) -> Iterator[tuple[int, chain.Alteration]]:
    rows = Change.objects.filter(event__zone_code=code, event__sequence__lte=end)
    names = [_as_stored(name) for name in chain.Alteration._fields]
    rows = rows.order_by("event__sequence", "id")
    for sequence, *fields in rows.values_list("event__sequence", *names).iterator(
        chunk_size=STREAMED
    ):
        yield sequence, chain.Alteration(*fields)


def _as_stored(name: str) -> str | Cast:
    """Return the column; JSON as the text that was hashed, and not read into objects."""
    return Cast(name, TextField()) if name in {"details", "before", "after"} else name


def _condition(filters: Filters) -> Q:
    found = Q()
    if filters.person:
        found &= Q(actor=filters.person) | Q(actor_label__icontains=filters.person)
    if filters.verb:
        exact = not filters.verb.endswith(".")
        found &= Q(verb=filters.verb) if exact else Q(verb__startswith=filters.verb)
    if filters.text:
        found &= (
            Q(target_label__icontains=filters.text)
            | Q(reason__icontains=filters.text)
            | Q(target_id=filters.text)
            | Q(request_id=filters.text)
        )
    exactly = {"target_kind": filters.target_kind, "target_id": filters.target_id}
    return found & Q(**{name: value for name, value in exactly.items() if value}) & _span(filters)


def _span(filters: Filters) -> Q:
    found = Q()
    if filters.since:
        found &= Q(at__gte=filters.since)
    if filters.until:
        found &= Q(at__lt=filters.until)
    return found
