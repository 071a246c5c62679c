"""元 beside 万元, a share beside per cent: values compared or added that differ in unit."""

from decimal import Decimal

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.feel.nodes import (
    Arithmetic,
    Between,
    Comparison,
    Constant,
    Node,
    Sign,
    UnaryTests,
    children,
)
from jingkai.core.rules.policies.measures import SHARE, unit

from .kinds import compared_in
from .notices import Findings, Kind

SHOWN = {SHARE: "比值"}
ADDING = {Sign.ADD, Sign.SUBTRACT}


def check(node: Node, catalogue: Catalogue, found: Findings) -> None:
    """Note every comparison, sum and difference of values in different units."""
    match node:
        case Comparison(left=left, right=right):
            _pair(left, right, catalogue, found)
        case Between(value=value, low=low, high=high):
            _pair(value, low, catalogue, found)
            _pair(value, high, catalogue, found)
        case Arithmetic(sign=sign, left=left, right=right) if sign in ADDING:
            _pair(left, right, catalogue, found)
    for child in children(node):
        check(child, catalogue, found)


def check_cell(given: Node, tests: UnaryTests, catalogue: Catalogue, found: Findings) -> None:
    """Note what a cell of a table compares its input with in another unit."""
    for test in tests.tests:
        for operand in compared_in(test):
            _pair(given, operand, catalogue, found)


def _pair(left: Node, right: Node, catalogue: Catalogue, found: Findings) -> None:
    one, other = unit(left, catalogue), unit(right, catalogue)
    if one and other and one != other:
        message = f"单位不同：{SHOWN.get(one, one)}与{SHOWN.get(other, other)}，请换算成同一单位"
        found.add(Kind.WRONG_UNIT, right, message)
    _scale(one, right, found)


def _scale(measure: str | None, right: Node, found: Findings) -> None:
    if not (isinstance(right, Constant) and isinstance(right.value, Decimal)):
        return
    if measure == SHARE and right.value >= 2:
        found.add(
            Kind.SCALE, right, f"比值 {right.value} 即 {right.value * 100}%，请核对是否应除以 100"
        )
    if measure == "%" and 0 < right.value < 1:
        found.add(
            Kind.SCALE,
            right,
            f"这一项以 % 计，{right.value} 即 {right.value}%，请核对是否应乘以 100",
        )
