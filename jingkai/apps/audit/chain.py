"""
The canonical form of the trail and the hashes that chain it; knows neither Django nor a database.

Whoever holds an export can verify it without this product. An export has one JSON object a line:
``{"changes": […], "event": {…}, "hash": "…"}``. The chain of each ``zone_code`` is checked alone.

1. *Canonical JSON* of a value: keys sorted, no space after ``,`` and ``:``, characters written as
   themselves (only the quotation mark, the backslash and U+0000 to U+001F are escaped), text in
   Unicode NFC, encoded as UTF-8: ``json.dumps(value, ensure_ascii=False, sort_keys=True,
   separators=(",", ":"))``. Instants are written in UTC with six decimals
   (``2024-12-31T01:00:00.000000Z``), dates as ``2024-12-31``, decimals and fractions as text.
2. ``changes_digest`` = hex digest of the canonical JSON of each change in order, each followed by
   a line feed; the empty text when the event has no changes. ``change_count`` is their number.
3. ``hash`` = hex digest of the canonical JSON of ``event``.
4. ``sequence`` runs 1, 2, 3 … without a gap; ``previous_hash`` is the ``hash`` of the event
   before, 64 zeros for the first. ``algorithm`` names the digest of 2 and 3: sha256 or sm3.
5. A *head* ``jingkai-audit-head:1:ZONE:SEQUENCE:HASH`` that was kept outside the database proves
   that nothing up to it was removed or rewritten: the event SEQUENCE of ZONE must have that hash.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

ALGORITHMS = ("sha256", "sm3")  # sm3: GB/T 32905-2016, where 商用密码 is required
START = "0" * 64
HEAD_MARK = "jingkai-audit-head:1"
PROGRESS_EVERY = 10_000
NO_GROUP: tuple[int, Iterable[tuple[int, "Alteration"]]] = (0, ())

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | None"

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


class Entry(NamedTuple):
    """One event as it is sealed; the fields in the order of canonical JSON."""

    actor: str
    actor_label: str
    algorithm: str
    at: datetime
    change_count: int
    changes_digest: str
    details: str  # canonical JSON
    previous_hash: str
    reason: str
    request_id: str
    sequence: int
    target_id: str
    target_kind: str
    target_label: str
    verb: str
    zone_code: str


class Alteration(NamedTuple):
    """What an event did to one record; the fields in the order of canonical JSON."""

    after: str  # canonical JSON
    before: str  # canonical JSON
    kind: str
    label: str
    object_id: str


class NotAHead(ValueError):
    """The text is not the head of a chain; the message quotes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last event of a chain; sequence 0 while there is none."""

    zone_code: str
    sequence: int
    hash: str
    at: datetime | None = None

    def __str__(self) -> str:
        return f"{HEAD_MARK}:{self.zone_code}:{self.sequence}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """
        Return the head that a text form stands for.

        :raises NotAHead: if the text is anything else
        """
        mark, _, rest = text.strip().partition(f"{HEAD_MARK}:")
        zone_code, _, tail = rest.partition(":")
        sequence, _, digest = tail.partition(":")
        if mark or not (zone_code and sequence.isdecimal() and len(digest) == len(START)):
            raise NotAHead(
                f"{text!r} 不是留痕链头，应为 {HEAD_MARK}:园区代码:序号:哈希"
                f" / is no audit head, expected {HEAD_MARK}:ZONE:SEQUENCE:HASH"
            )
        return cls(zone_code=zone_code, sequence=int(sequence), hash=digest)


class Fault(StrEnum):
    """What is wrong with the first bad row of a chain."""

    MISSING = "missing"  # the row of this sequence is not there
    REPEATED = "repeated"  # the sequence does not rise
    UNLINKED = "unlinked"  # names another predecessor than the row before it
    ALTERED = "altered"  # does not have the hash that it carries
    CHANGES_ALTERED = "changes-altered"  # its changes are not those that were sealed
    UNREADABLE = "unreadable"  # holds a value that the trail never writes
    NOT_THE_HEAD = "not-the-head"  # consistent, but not what the head kept outside says
    CUT_OFF = "cut-off"  # the chain ends before the head kept outside


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first bad row of a chain."""

    zone_code: str
    sequence: int
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a verification saw; ``first_bad`` is None when all is as it was written."""

    events: int
    changes: int
    first_bad: Flaw | None = None

    @property
    def ok(self) -> bool:
        """Whether every row is as it was written."""
        return self.first_bad is None


def text(value: object) -> str:
    """Return the text in NFC, without what a database refuses (U+0000, lone surrogates)."""
    found = str(value).replace("\0", "\N{REPLACEMENT CHARACTER}")
    if not found.isascii():
        found = found.encode(errors="surrogatepass").decode(errors="replace")
    return unicodedata.normalize("NFC", found)


def canonical(value: object) -> str:
    """
    Return the canonical JSON of the value.

    :raises TypeError: if it holds something that has no canonical form
    :raises ValueError: if it holds an infinite number or NaN
    """
    return _encode(_plain(value))


def instant(moment: datetime) -> str:
    """
    Return the instant as canonical JSON writes it.

    :raises ValueError: if it has no time zone, and so is no instant
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_json(entry: Entry) -> str:
    """Return the canonical JSON of an event, without its changes and hash."""
    written = []
    for name, value in zip(Entry._fields, entry, strict=True):
        if name == "details":
            written.append(f'"details":{value}')
        elif isinstance(value, datetime):
            written.append(f'"{name}":"{instant(value)}"')
        else:
            written.append(f'"{name}":{value if type(value) is int else _encode(value)}')
    return "{" + ",".join(written) + "}"


def alteration_json(alteration: Alteration) -> str:
    """Return the canonical JSON of a change."""
    after, before, kind, label, object_id = alteration
    return (
        f'{{"after":{after},"before":{before},"kind":{_encode(kind)},'
        f'"label":{_encode(label)},"object_id":{_encode(object_id)}}}'
    )


def seal(entry: Entry) -> str:
    """Return the hash of an event."""
    return hashlib.new(entry.algorithm, entry_json(entry).encode()).hexdigest()


def digest(alterations: Iterable[Alteration], algorithm: str) -> tuple[str, int]:
    """Return the digest over the changes of an event and their number."""
    found = hashlib.new(algorithm)
    count = 0
    for alteration in alterations:
        found.update(alteration_json(alteration).encode() + b"\n")
        count += 1
    return (found.hexdigest() if count else ""), count


def export_line(entry: Entry, hashed: str, alterations: Iterable[Alteration]) -> str:
    """Return the line of an export: the event with its changes and hash."""
    changes = ",".join(map(alteration_json, alterations))
    return f'{{"changes":[{changes}],"event":{entry_json(entry)},"hash":"{hashed}"}}'


def with_alterations(
    entries: Iterable[tuple[Entry, str]], alterations: Iterable[tuple[int, Alteration]]
) -> Iterator[tuple[Entry, str, Iterator[Alteration]]]:
    """Yield each event with its hash and its own changes; both come by rising sequence."""
    groups = groupby(alterations, key=itemgetter(0))
    sequence, group = next(groups, NO_GROUP)
    for entry, hashed in entries:
        if sequence == entry.sequence:
            yield entry, hashed, (alteration for _sequence, alteration in group)
            sequence, group = next(groups, NO_GROUP)
        else:
            yield entry, hashed, iter(())


def verify(
    entries: Iterable[tuple[Entry, str]],
    alterations: Iterable[tuple[int, Alteration]],
    *,
    zone_code: str,
    heads: Iterable[Head] = (),
    progress: Callable[[int], None] | None = None,
) -> Verdict:
    """
    Check one chain from its start.

    :param entries: its events by sequence, each with the hash that it carries
    :param alterations: the changes of those events, by sequence and order, each with the sequence
    :param heads: heads of this chain that were kept outside
    :param progress: called with the number of events every PROGRESS_EVERY of them
    """
    kept = {head.sequence: head.hash for head in heads if head.sequence}
    link, events, changes, fault = START, 0, 0, None
    try:
        for entry, hashed, own in with_alterations(entries, alterations):
            fault = _fault(entry, hashed, own, place=events + 1, link=link)
            if fault is None and kept.get(entry.sequence, hashed) != hashed:
                fault = Fault.NOT_THE_HEAD
            if fault:
                break
            link, events, changes = hashed, events + 1, changes + entry.change_count
            if progress and events % PROGRESS_EVERY == 0:
                progress(events)
        else:
            fault = Fault.CUT_OFF if max(kept, default=0) > events else None
    except (TypeError, ValueError, AttributeError, OverflowError):
        fault = Fault.UNREADABLE
    flaw = Flaw(zone_code, events + 1, fault) if fault else None
    return Verdict(events=events, changes=changes, first_bad=flaw)


def _fault(
    entry: Entry, hashed: str, own: Iterable[Alteration], *, place: int, link: str
) -> Fault | None:
    if entry.sequence != place:
        return Fault.MISSING if entry.sequence > place else Fault.REPEATED
    if entry.algorithm not in ALGORITHMS or seal(entry) != hashed:
        return Fault.ALTERED
    if entry.previous_hash != link:
        return Fault.UNLINKED
    if digest(own, entry.algorithm) != (entry.changes_digest, entry.change_count):
        return Fault.CHANGES_ALTERED
    return None


def _plain(value: object) -> Json:
    if isinstance(value, Mapping):
        return {text(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, int | float):
        return value
    return _written(value)


def _written(value: object) -> str:
    match value:
        case str():
            return text(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case Fraction():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")
