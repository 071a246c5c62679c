"""The database's laws over many rows at once, so that judging 100,000 rows needs no rehearsal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope

from ..declaration import Register
from ..fields import following, is_shape
from ..models import Record

Row = Mapping[str, Any]
Truth = bool | None
Test = Callable[[Row], Truth]


class _NotSimple(Exception):
    """The condition asks for more than comparing columns; the database itself must judge."""


@dataclass(slots=True)
class Candidate:
    """A row as the table would hold it, by field; ``pk`` None where it is new."""

    row: int
    fields: dict[str, Any]
    pk: int | None


@dataclass
class Laws:
    """The constraints of a register's table, made ready to be asked often."""

    register: Register
    zone_id: int
    tests: list[tuple[CheckConstraint, Test]] = field(default_factory=list)
    unique: list[tuple[UniqueConstraint, Test | None]] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)
    seen: dict[str, dict[tuple[Any, ...], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the constraints by how they are asked."""
        meta = self.register.model._meta
        for constraint in meta.constraints:
            try:
                self._take(constraint)
            except _NotSimple:
                self.others.append(constraint)
        fields = cast("list[models.Field[Any, Any]]", list(meta.concrete_fields))
        self.defaults = {f.attname: f.get_default() for f in fields if not f.primary_key}
        self.blanks = {f.name: _blank(f) for f in fields}
        self.following = {f.name: partial(following, meta.model) for f in fields if is_shape(f)}

    def _take(self, constraint: Any) -> None:
        model = self.register.model
        if isinstance(constraint, CheckConstraint):
            self.tests.append((constraint, as_function(constraint.condition, model)))
        elif isinstance(constraint, UniqueConstraint) and constraint.fields:
            if set(constraint.fields) == {"zone", self.register.key}:
                return  # what bears the key already is updated
            condition = constraint.condition
            self.unique.append((constraint, as_function(condition, model) if condition else None))
        else:
            self.others.append(constraint)

    def candidate(self, row: int, values: Mapping[str, Any], existing: Record | None) -> Candidate:
        """Return the row as the table would hold it."""
        fields = dict(self.defaults) if existing is None else _fields(existing, self.defaults)
        fields["zone_id"] = self.zone_id
        for name, value in values.items():
            if name not in self.blanks:
                continue  # a column that the zone added itself: the table has no law on it
            given = self.blanks[name] if value is None else value
            if isinstance(given, models.Model):
                fields[f"{name}_id"] = given.pk
            else:
                fields[name if name in fields else f"{name}_id"] = given
        for name in self.following.keys() & values.keys():
            fields |= self.following[name](values[name])
        return Candidate(row, fields, existing.pk if existing else None)

    def broken(self, candidates: Sequence[Candidate]) -> dict[int, list[str]]:
        """Return by place in the sequence the sentences of the laws that the rows break."""
        found: dict[int, list[str]] = {}
        if self.unique or self.tests or self.others:
            for place, candidate in enumerate(candidates):
                for constraint in self._doubtful(candidate):
                    found.setdefault(place, []).extend(self._sentences(constraint, candidate))
            for constraint, condition in self.unique:
                for place, sentence in self._taken(constraint, condition, candidates):
                    found.setdefault(place, []).append(sentence)
        return {place: told for place, told in found.items() if told}

    def _doubtful(self, candidate: Candidate) -> list[Any]:
        failed = [law for law, holds in self.tests if holds(candidate.fields) is False]
        return [*failed, *self.others]

    def _sentences(self, constraint: Any, candidate: Candidate) -> list[str]:
        """Let the database's own law say what is wrong, if anything is."""
        model = self.register.model
        record = model(**candidate.fields)
        if candidate.pk is not None:
            names = ["id", *candidate.fields]
            record = model.from_db(None, names, [candidate.pk, *candidate.fields.values()])
        try:
            with scope.zones(self.zone_id):
                constraint.validate(type(record), record)
        except ValidationError as reason:
            return [" ".join(reason.messages)]
        return []

    def _taken(
        self, constraint: UniqueConstraint, condition: Test | None, rows: Sequence[Candidate]
    ) -> list[tuple[int, str]]:
        names = [self._attname(name) for name in constraint.fields]
        asked: dict[int, tuple[Any, ...]] = {}
        for place, candidate in enumerate(rows):
            values = tuple(candidate.fields[name] for name in names)
            if None not in values and (condition is None or condition(candidate.fields) is True):
                asked[place] = values
        holders = self._holders(names, asked.values(), constraint.condition)
        seen = self.seen.setdefault(constraint.name, {})
        found = []
        for place, values in asked.items():
            candidate = rows[place]
            first = seen.setdefault(values, candidate.row)
            if holders.get(values, candidate.pk) != candidate.pk:
                found += [(place, told) for told in self._sentences(constraint, candidate)]
            elif first != candidate.row:
                found.append((place, _("与第 %(row)s 行重复") % {"row": first}))
        return found

    def _holders(
        self, names: list[str], asked: Any, condition: Q | None
    ) -> dict[tuple[Any, ...], int]:
        """Return who holds the values already."""
        least = min(
            (name for name in names if name != "zone_id"),
            key=lambda name: -len({values[names.index(name)] for values in asked}),
            default="zone_id",
        )
        wanted = {values[names.index(least)] for values in asked}
        if not wanted:
            return {}
        rows = self.register.model.everywhere.filter(
            condition or Q(), zone_id=self.zone_id, **{f"{least}__in": list(wanted)}
        )
        return {tuple(values): pk for pk, *values in rows.values_list("pk", *names)}

    def _attname(self, name: str) -> str:
        return cast("Any", self.register.model._meta.get_field(name)).attname


def _blank(found: "models.Field[Any, Any]") -> Any:
    if found.null:
        return None
    return found.get_default() if found.has_default() else ""


def _fields(existing: Record, defaults: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(existing, name) for name in defaults}


def as_function(condition: Any, model: type[models.Model]) -> Test:
    """
    Return the condition as a function of a row by field: True, False, or None for unknown.

    :raises _NotSimple: when it does more than compare columns with values or columns
    """
    if not isinstance(condition, Q):
        raise _NotSimple(condition)
    return _group(condition, model, negated=False)


def _group(condition: Q, model: type[models.Model], *, negated: bool) -> Test:
    negated ^= condition.negated
    parts = [
        _group(child, model, negated=negated)
        if isinstance(child, Q)
        else _comparison(child, model, negated=negated)
        for child in condition.children
    ]
    if condition.connector not in {Q.AND, Q.OR}:
        raise _NotSimple(condition)
    together = _all if condition.connector == Q.AND else _any
    if condition.negated:
        return lambda row: _not(together(parts, row))
    return lambda row: together(parts, row)


def _all(parts: Sequence[Test], row: Row) -> Truth:
    answers = [part(row) for part in parts]
    return False if False in answers else None if None in answers else True


def _any(parts: Sequence[Test], row: Row) -> Truth:
    answers = [part(row) for part in parts]
    return True if True in answers else None if None in answers else False


def _not(answer: Truth) -> Truth:
    return None if answer is None else not answer


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda left, right: left == right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "in": lambda left, right: left in right,
}


def _comparison(child: Any, model: type[models.Model], *, negated: bool) -> Test:
    """Return one comparison; Django keeps a negated one from being unknown (``IS NOT NULL``)."""
    if not isinstance(child, tuple):
        raise _NotSimple(child)
    path, value = child
    name, _mark, lookup = path.partition("__")
    left = _attname(model, name)
    if lookup == "isnull":
        return lambda row: (row[left] is None) == value
    compare = _COMPARE.get(lookup or "exact")
    if compare is None:
        raise _NotSimple(path)
    unknown = False if negated else None
    if isinstance(value, F):
        right = _attname(model, cast("Any", value).name)
        return lambda row: (
            unknown if row[left] is None or row[right] is None else compare(row[left], row[right])
        )
    if hasattr(value, "resolve_expression"):
        raise _NotSimple(value)
    return lambda row: unknown if row[left] is None else compare(row[left], value)


def _attname(model: type[models.Model], name: str) -> str:
    try:
        return cast("Any", model._meta.get_field(name)).attname
    except Exception as reason:
        raise _NotSimple(name) from reason
