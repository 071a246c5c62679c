"""Which attribute answers a formula: where it is one alone, its buckets say it all."""

from collections.abc import Iterable, Mapping

from ..plans import ir
from ..plans.ir import Absent, Atom, Attribute, Column, Fixed, Formula, Kind, Total


def single(formula: Formula, columns: Mapping[str, Column]) -> Attribute | None:
    """Return the attribute whose bucket alone says what the formula is, if there is one."""
    asked = {of_atom(atom, columns) for atom in ir.atoms(formula)}
    named = {one for one in asked if not _is_presence(one, formula, columns)}
    if len(asked) == 1:
        return asked.pop()
    if len(named) != 1:
        return None
    one = named.pop()
    guards = {frozenset(names) for names in _guards(formula)}
    return one if guards == {frozenset(ir.read_by(one))} else None


def _is_presence(one: Attribute, formula: Formula, columns: Mapping[str, Column]) -> bool:
    """Tell whether the formula asks of an attribute only, under a guard, whether it is there."""
    return all(
        isinstance(atom, Absent) for atom in ir.atoms(formula) if of_atom(atom, columns) == one
    ) and not any(isinstance(part, Absent) for part in _unguarded(formula))


def _guards(formula: Formula) -> Iterable[tuple[str, ...]]:
    match formula:
        case ir.Known(names, part):
            yield names
            yield from _guards(part)
        case ir.Every(parts) | ir.Some(parts):
            for part in parts:
                yield from _guards(part)
        case ir.Opposite(part) | ir.Surely(part):
            yield from _guards(part)


def _unguarded(formula: Formula) -> Iterable[Atom]:
    """Yield the atoms themselves, without what guards ask."""
    match formula:
        case Fixed():
            return
        case ir.Known(_, part) | ir.Opposite(part) | ir.Surely(part):
            yield from _unguarded(part)
        case ir.Every(parts) | ir.Some(parts):
            for part in parts:
                yield from _unguarded(part)
        case _:
            yield formula


def of_atom(atom: Atom, columns: Mapping[str, Column]) -> Attribute:
    """Return what the atom asks about; the presence of a number asks about the number."""
    found = ir.attribute(atom)
    if isinstance(found, str) and columns[found].kind in {Kind.NUMBER, Kind.DAY}:
        return Total(((found, 1),))
    return found
