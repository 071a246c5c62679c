"""In which unit the value of an expression is, as far as the catalogue tells."""

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.feel.nodes import (
    Arithmetic,
    Call,
    Constant,
    Filter,
    If,
    ListLiteral,
    Name,
    Negation,
    Node,
    Sign,
)

from .references import of_path

SHARE = "share"  # a quotient of two figures in the same unit: 0.03 is 3 %
KEEPING = frozenset({"sum", "mean", "min", "max", "median", "abs"})
ROUNDING = frozenset({"decimal", "round up", "round down", "round half up", "round half down"})


def unit(node: Node, catalogue: Catalogue) -> str | None:  # noqa: PLR0911 - one for each node
    """Return the unit, SHARE, or None where any unit fits (a written number) or none is known."""
    match node:
        case Arithmetic(sign=Sign.DIVIDE, left=left, right=right):
            return _quotient(unit(left, catalogue), unit(right, catalogue))
        case Arithmetic(sign=Sign.MULTIPLY, left=left, right=right):
            return _product(unit(left, catalogue), unit(right, catalogue))
        case Arithmetic(sign=Sign.ADD | Sign.SUBTRACT, left=left, right=right):
            return unit(left, catalogue) or unit(right, catalogue)
        case Negation(operand=inner) | Filter(source=inner) | If(yes=inner):
            return unit(inner, catalogue)
        case Call(function=Name(name=name), arguments=arguments) if name in KEEPING | ROUNDING:
            kept = arguments[:1] if name in ROUNDING else arguments
            return next((found for each in kept if (found := unit(each, catalogue))), None)
        case ListLiteral(items=items):
            return next((found for each in items if (found := unit(each, catalogue))), None)
        case Constant():
            return None
    return _of_fact(node, catalogue)


def _of_fact(node: Node, catalogue: Catalogue) -> str | None:
    found = of_path(node)
    item = catalogue.get(found[0].item) if found else None
    return item.unit or None if item else None


def _quotient(top: str | None, bottom: str | None) -> str | None:
    if bottom is None:
        return top
    return SHARE if top == bottom else None


def _product(left: str | None, right: str | None) -> str | None:
    known = [one for one in (left, right) if one is not None and one != SHARE]
    return known[0] if len(known) == 1 else None
