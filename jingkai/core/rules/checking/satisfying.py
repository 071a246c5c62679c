"""
Conditions that no enterprise can meet, or that every enterprise meets.

It is told from the catalogue's bounds and choices, and from comparisons of one subject that
exclude each other. What isn't found here may still be impossible: it is a help, no proof.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from jingkai.core.rules.catalogue import Catalogue, FactType
from jingkai.core.rules.feel.nodes import Comparison, Constant, In, ListLiteral, Name, Node, Sign
from jingkai.core.rules.policies.gaps import INVERSES
from jingkai.core.rules.policies.logic import Atom, Both, Choice, Either, Logic, Opposite
from jingkai.core.rules.policies.references import of_path

from .bounds import bounds
from .domains import Choices, Domain, compared, intersection

Constraint = tuple[str, Domain]  # the subject, and the values it may have
Demand = tuple[Atom, bool]  # a question, and whether it must be met or fail
TRUTHS = frozenset({True, False})


def never(question: Logic, catalogue: Catalogue) -> bool:
    """Return whether nothing can meet the question."""
    match question:
        case Atom():
            return _is_impossible([(question, True)], catalogue)
        case Opposite(part=part):
            return always(part, catalogue)
        case Either(parts=parts):
            return all(never(part, catalogue) for part in parts)
        case Choice(test=test, yes=yes, no=no):
            return never(Both((test, yes)), catalogue) and never(
                Both((Opposite(test), no)), catalogue
            )
    return any(never(part, catalogue) for part in question.parts) or _excludes(
        question.parts, catalogue, wanted=True
    )


def always(question: Logic, catalogue: Catalogue) -> bool:
    """Return whether everything meets the question, once the facts are known."""
    match question:
        case Atom():
            return _is_impossible([(question, False)], catalogue)
        case Opposite(part=part):
            return never(part, catalogue)
        case Both(parts=parts):
            return all(always(part, catalogue) for part in parts)
        case Choice(yes=yes, no=no):
            return always(yes, catalogue) and always(no, catalogue)
    return any(always(part, catalogue) for part in question.parts) or _excludes(
        question.parts, catalogue, wanted=False
    )


def _excludes(parts: Iterable[Logic], catalogue: Catalogue, *, wanted: bool) -> bool:
    """Return whether the atoms that all must be (or fail) exclude each other."""
    return _is_impossible(_demanded(parts, wanted=wanted), catalogue)


def _demanded(parts: Iterable[Logic], *, wanted: bool) -> Iterator[Demand]:
    """Yield what every way of meeting (or failing) all the parts has in common."""
    for part in parts:
        match part:
            case Atom():
                yield part, wanted
            case Opposite(part=inner):
                yield from _demanded((inner,), wanted=not wanted)
            case Both(parts=inner_parts) if wanted:
                yield from _demanded(inner_parts, wanted=True)
            case Either(parts=inner_parts) if not wanted:
                yield from _demanded(inner_parts, wanted=False)


def _is_impossible(demands: Iterable[Demand], catalogue: Catalogue) -> bool:
    left: dict[str, Domain] = {}
    for atom, wanted in demands:
        for subject, domain in _constraints(atom.node, catalogue, wanted=wanted):
            known = left.get(subject)
            both = domain if known is None else intersection(known, domain)
            if both is None:
                continue
            if both.is_empty:
                return True
            left[subject] = both
    return False


def _constraints(node: Node, catalogue: Catalogue, *, wanted: bool) -> Iterator[Constraint]:
    match node:
        case Comparison(sign=sign, left=left, right=Constant(value=Decimal() as value)):
            yield from _numeric(sign if wanted else INVERSES[sign], left, value, catalogue)
        case Comparison(
            sign=Sign.EQUAL | Sign.UNEQUAL as sign, left=left, right=Constant(value=value)
        ):
            if value is not None:
                is_one = (sign is Sign.EQUAL) is wanted
                yield _discrete(left, frozenset({value}), catalogue, among=is_one)
        case In(value=left, tests=tests):
            values = _values(tests)
            if values is not None:
                yield _discrete(left, values, catalogue, among=wanted)
        case Name():
            if _kind(node, catalogue) is FactType.BOOLEAN:
                yield _discrete(node, frozenset({True}), catalogue, among=wanted)


def _numeric(sign: Sign, left: Node, value: Decimal, catalogue: Catalogue) -> Iterator[Constraint]:
    asked = compared(sign, Fraction(value))
    if asked is None:
        return
    found = of_path(left)
    item = catalogue.get(found[0].item) if found and len(found) == 1 else None
    possible = bounds(left, catalogue).met_with(asked)
    yield repr(left), possible.on_grid(None if item is None else item.decimals)


def _discrete(
    left: Node, values: frozenset[object], catalogue: Catalogue, *, among: bool
) -> Constraint:
    found = of_path(left)
    item = catalogue.get(found[0].item) if found else None
    every: frozenset[object] | None = None
    if item is not None and item.type is FactType.BOOLEAN:
        every = TRUTHS
    elif item is not None and item.choices:
        every = frozenset(item.choices)
    return repr(left), Choices(values, others=not among, of=every)


def _values(tests: Iterable[Node]) -> frozenset[object] | None:
    """Return the strings that tests list, None where there is any other test."""
    values: set[object] = set()
    for test in tests:
        for item in test.items if isinstance(test, ListLiteral) else (test,):
            if not (isinstance(item, Constant) and isinstance(item.value, str)):
                return None
            values.add(item.value)
    return frozenset(values)


def _kind(node: Name, catalogue: Catalogue) -> FactType | None:
    item = catalogue.get(node.name)
    return item.type if item is not None else None
