"""The verdict as it is written, FEEL over the names of conditions, as a tree."""

from decimal import Decimal

from jingkai.core.rules.feel.nodes import (
    And,
    Call,
    Comparison,
    Constant,
    Filter,
    ListLiteral,
    Name,
    Node,
    Or,
    Sign,
)

from .model import All, AnyOf, AtLeast, BadPolicy, Leaf, Not, Tree

ITEM_IS_TRUE = Comparison(Sign.EQUAL, Name("item"), Constant(True))


def tree_from(node: Node, where: str) -> Tree:
    """
    Return the tree of ``and``, ``or``, ``not(…)`` and ``count([A, B][item = true]) >= n``.

    :raises BadPolicy: if the expression holds anything else; ``where`` is the decision's name
    """
    match node:
        case Name(name=name):
            return Leaf(name)
        case And(operands=operands):
            return All(tuple(tree_from(operand, where) for operand in operands))
        case Or(operands=operands):
            return AnyOf(tuple(tree_from(operand, where) for operand in operands))
        case Call(function=Name(name="not"), arguments=(operand,), named=()):
            return Not(tree_from(operand, where))
        case Comparison(
            sign=Sign.AT_LEAST,
            left=Call(
                function=Name(name="count"),
                arguments=(Filter(source=ListLiteral(items=items), test=test),),
            ),
            right=Constant(value=Decimal() as count),
        ) if test in {ITEM_IS_TRUE, Name("item")} and count == int(count):
            return AtLeast(int(count), tuple(tree_from(item, where) for item in items))
    raise BadPolicy(
        f"结论“{where}”第 {node.at.start + 1} 字处的写法不能用，只能用条件名称、and、or、not(…) "
        "和 count([条件, …][item = true]) >= n"
    )
