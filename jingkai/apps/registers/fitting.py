"""
A register as one zone has made it and one person may see it.

The declaration says what every zone has. ``fit`` adds the zone's own fields, takes out what it
does without, puts in what it requires, and masks what the person may not read. Every page, file
and command works on the register that ``fit`` returns, so that no channel can forget any of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission

from . import kinds, queries
from .declaration import BoundColumn, Column, Condition, Effect, Register, Secrecy
from .models import Classification, ColumnSecrecy, CustomField, FieldRule, Fitting

READERS = {
    Secrecy.PERSONAL: Permission.READ_PERSONAL,
    Secrecy.CONFIDENTIAL: Permission.READ_CONFIDENTIAL,
}
EVERYTHING = frozenset(Permission)
_KEPT = 2_000  # fitted registers that a process remembers
_STRICTNESS = (Secrecy.OPEN, Secrecy.PERSONAL, Secrecy.CONFIDENTIAL)
_SENTENCES: dict[tuple[Effect, bool], Any] = {
    (Effect.REQUIRED, True): _("按园区设置，此项必填"),
    (Effect.REQUIRED, False): _("按园区设置，“{when}”为{among}时此项必填"),
    (Effect.HIDDEN, False): _("按园区设置，“{when}”为{among}时不填此项"),
    (Effect.READ_ONLY, True): _("按园区设置，此项只读，不能修改"),
    (Effect.READ_ONLY, False): _("按园区设置，“{when}”为{among}时此项只读，不能修改"),
}

_Stamps = tuple[tuple[int, str, str], ...]
_Secrecies = Mapping[tuple[str, str], Secrecy]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """What a zone says of a field of its own; the type is said once, when the field is added."""

    label: str
    label_en: str = ""
    unit: str = ""
    options: tuple[str, ...] = ()
    hint: str = ""
    is_required: bool = False
    is_searchable: bool = False
    is_listed: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a zone asks of a column, always or where a choice column has one of the values."""

    column: str
    effect: Effect
    when: str = ""
    among: tuple[str, ...] = ()


def may_tighten(register: Register, column: str) -> bool:
    """
    Whether a zone may set the secrecy of a column.

    Others of the product's columns also stand on pages of their area, in figures and in reports,
    which no setting of a zone can mask.
    """
    secret = {c.name for c in register.columns if c.secrecy is not Secrecy.OPEN}
    return kinds.custom.is_code(column) or column in secret


def fit(
    register: Register,
    zone: Zone,
    permissions: frozenset[Permission] = EVERYTHING,
    *,
    unmasked: bool = False,
) -> Register:
    """
    Return the register as the zone has made it and who holds the permissions may see it.

    A city sees no zone's own fields, and of each column the strictest secrecy of its zones.

    :param unmasked: show personal data to those who may read it, as a command or an export with a
        reason does; without it everybody sees a mask, whatever they may
    """
    inside = {zone.pk} if accounts.is_leaf(zone) else {zone.pk, *scope.current()}
    made = Fitting.everywhere.filter(zone__in=inside).values_list("zone_id", "kind", "stamp")
    readable = frozenset(secrecy for secrecy, right in READERS.items() if right in permissions)
    is_cleared = Permission.READ_SENSITIVE in permissions
    return _fitted(
        register.kind,
        zone.pk,
        tuple(sorted(made)),
        readable,
        unmasked=unmasked,
        is_cleared=is_cleared,
    )


def of(request: ZoneRequest, register: Register, *, unmasked: bool = False) -> Register:
    """Return the register as who asks may see it."""
    return fit(register, request.zone, request.permissions, unmasked=unmasked)


def find(request: ZoneRequest, kind: str) -> Register | None:
    """Return the register of that kind as who asks may see it."""
    register = queries.find(kind)
    return of(request, register) if register else None


@lru_cache(maxsize=_KEPT)
def _fitted(
    kind: str,
    zone: int,
    stamps: _Stamps,
    readable: frozenset[Secrecy],
    *,
    unmasked: bool,
    is_cleared: bool,
) -> Register:
    """Return the fitted register; the stamps are others after every change of its settings."""
    register = queries.registers()[kind]
    strict = _strictest(stamps)
    is_made = any(stamp[:2] == (zone, kind) for stamp in stamps)
    own = _own_fields(zone, kind) if is_made else []
    whole = replace(register, columns=(*register.columns, *map(_column, own)))
    gone = replace(register, columns=tuple(map(_column, _retired(zone, kind) if is_made else ())))
    rules = list(FieldRule.everywhere.filter(zone=zone, kind=kind)) if is_made else []
    seen = _Seen(strict, readable, unmasked=unmasked, is_cleared=is_cleared)
    secrecies = {bound.name: seen.secrecy(whole, bound.name) for bound in whole.bound}
    return replace(
        whole,
        columns=tuple(
            seen.column(column, bound.kind, secrecies[column.name])
            for column, bound in zip(whole.columns, whole.bound, strict=True)
        ),
        search=(
            *(path for path in register.search if seen.may_read(seen.secrecy(whole, path))),
            *(f.code for f in own if f.is_searchable and seen.may_read(secrecies[f.code])),
        ),
        conditions=_conditions(whole, own, rules),
        hidden=frozenset(
            rule.column for rule in rules if rule.effect == Effect.HIDDEN and not rule.when
        ),
        retired=tuple(
            seen.column(column, column.kind or kinds.Kind(), seen.secrecy(gone, column.name))
            for column in gone.columns
        ),
    )


class _Seen:
    """What somebody sees of the columns: the secrecies in force, and what they may read."""

    def __init__(
        self,
        strict: _Secrecies,
        readable: frozenset[Secrecy],
        *,
        unmasked: bool,
        is_cleared: bool,
    ) -> None:
        self.strict, self.readable, self.unmasked = strict, readable, unmasked
        self.is_cleared = is_cleared

    def may_read(self, secrecy: Secrecy) -> bool:
        return secrecy is Secrecy.OPEN or secrecy in self.readable

    def secrecy(self, register: Register, path: str) -> Secrecy:
        """Return the secrecy of a column or a path: that of the column it comes from, at least."""
        column = next((found for found in register.columns if found.name == path), None)
        found = [column.secrecy] if column else []
        found.append(self.strict.get((register.kind, path), Secrecy.OPEN))
        if column and column.needs:
            found += [self.secrecy(register, needed) for needed in column.needs if needed != path]
        origin = queries.origin(register, path)
        if origin is not None and origin[0].kind != register.kind:
            found.append(self.secrecy(*origin))
        return max(found, key=_STRICTNESS.index)

    def column(self, column: Column, kind: kinds.Kind, secrecy: Secrecy) -> Column:
        """Return the column, masked where only a mask is to be seen of it."""
        if column.name == "classification" and not self.is_cleared:
            return replace(column, kind=_uncleared(kind))
        if secrecy is Secrecy.OPEN:
            return column
        may_read = self.may_read(secrecy)
        is_personal = secrecy is Secrecy.PERSONAL
        is_clear = may_read and (self.unmasked or not is_personal)
        shown = kind if is_clear else kinds.Masked(of=kind, is_personal=is_personal)
        return replace(
            column,
            kind=shown,
            secrecy=secrecy,
            may_read=may_read,
            typed=column.typed and may_read,
        )


def _uncleared(kind: kinds.Kind) -> kinds.Kind:
    """Return the choice without what somebody without the clearance can neither see nor set."""
    choices: Any = Classification.choices
    kept = tuple(one for one in choices if one[0] != Classification.SENSITIVE)
    return replace(kind, choices=kept) if isinstance(kind, kinds.Choice) else kind


def _strictest(stamps: _Stamps) -> _Secrecies:
    found: dict[tuple[str, str], Secrecy] = {}
    zones = {zone for zone, _kind, _stamp in stamps}
    if not zones:
        return found
    for row in ColumnSecrecy.everywhere.filter(zone__in=zones):
        place = (row.kind, row.column)
        known = found.get(place, Secrecy.OPEN)
        found[place] = max(known, Secrecy(row.secrecy), key=_STRICTNESS.index)
    return found


def _own_fields(zone: int, kind: str) -> list[CustomField]:
    fields = CustomField.everywhere.filter(zone=zone, kind=kind, retired_at__isnull=True)
    return list(fields.order_by("position", "pk"))


def _retired(zone: int, kind: str) -> Iterable[CustomField]:
    return CustomField.everywhere.filter(zone=zone, kind=kind, retired_at__isnull=False)


def _column(field: CustomField) -> Column:
    return Column(
        name=field.code,
        label=_label(field.label, field.label_en, field.unit),
        kind=kinds.custom.kind_of(field.code, tuple(field.options)),
        hint=field.hint,
        listed=field.is_listed,
        expression=kinds.custom.expression(field.code),
        custom=True,
    )


def _in_language(label: str, label_en: str, unit: str) -> str:
    is_english = (get_language() or "").startswith("en")
    name = label_en if is_english and label_en else label
    return f"{name}（{unit}）" if unit else name


_label: Any = lazy(_in_language, str)


def _conditions(
    register: Register, own: Iterable[CustomField], rules: Iterable[FieldRule]
) -> tuple[Condition, ...]:
    columns = register.by_name
    always = [
        Condition(column=field.code, effect=Effect.REQUIRED, message=_sentence(Effect.REQUIRED))
        for field in own
        if field.is_required
    ]
    return (*always, *(_condition(columns, r) for r in rules if r.column in columns and _asks(r)))


def _asks(rule: FieldRule) -> bool:
    """Whether the rule asks something of a row; what is hidden always is no column at all."""
    return bool(rule.when) or rule.effect != Effect.HIDDEN


def _condition(columns: Mapping[str, BoundColumn], rule: FieldRule) -> Condition:
    effect = Effect(rule.effect)
    when = columns.get(rule.when)
    words = [when.kind.shown(code) for code in rule.among] if when else rule.among
    return Condition(
        column=rule.column,
        effect=effect,
        message=_sentence(effect, when.label if when else "", "、".join(words)),
        when=rule.when,
        among=frozenset(rule.among),
    )


def _sentence(effect: Effect, when: object = "", among: str = "") -> Any:
    sentence = _SENTENCES[effect, not among]
    return format_lazy(sentence, when=when, among=f"“{among}”") if among else sentence
