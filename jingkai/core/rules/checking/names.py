"""Names that the catalogue doesn't know, and items that are reached the wrong way."""

from collections.abc import Iterator
from difflib import get_close_matches

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.feel.known import PARTS
from jingkai.core.rules.feel.nodes import (
    Call,
    ContextLiteral,
    Filter,
    For,
    FunctionDefinition,
    Name,
    Node,
    Path,
    Quantified,
    UnaryTests,
    children,
)
from jingkai.core.rules.policies.references import EVALUATION_DAY, PERIOD_NAMES

from .notices import Findings, Kind

FUNCTION_HINT = "请核对函数名"


def check(node: Node, catalogue: Catalogue, functions: frozenset[str], found: Findings) -> None:
    """Note every name of an expression that means nothing."""
    _Names(catalogue, functions, found).check(node, frozenset())


class _Names:
    """Walks one expression with the names that it binds itself."""

    def __init__(self, catalogue: Catalogue, functions: frozenset[str], found: Findings) -> None:
        self._catalogue = catalogue
        self._functions = functions
        self._found = found

    def check(self, node: Node, bound: frozenset[str]) -> None:
        match node:
            case Name():
                self._name(node, bound)
            case Path(source=Name(name=period)) if period in PERIOD_NAMES - bound:
                self._of_period(node, period)
            case Path(source=source):
                self._part(node)
                self.check(source, bound)
            case Call(function=Name() as function):
                self._function(function, bound)
                for child in children(node):
                    if child is not function:
                        self.check(child, bound)
            case _:
                inner = bound | frozenset(binds(node))
                for child in children(node):
                    self.check(child, inner)

    def _name(self, node: Name, bound: frozenset[str]) -> None:
        if node.name in bound or node.name in {EVALUATION_DAY, *PERIOD_NAMES}:
            return
        item = self._catalogue.get(node.name)
        if item is None or item.name != node.name:
            self._unknown(node, node.name)
        elif item.by_year:
            self._found.add(
                Kind.WRONG_PERIOD,
                node,
                f"“{item.name}”按年度记录，请写明年度，例如 上年.{item.name}",
            )

    def _of_period(self, node: Path, period: str) -> None:
        item = self._catalogue.get(node.name)
        if item is None or item.name != node.name:
            self._unknown(node, node.name)
        elif not item.by_year:
            self._found.add(
                Kind.WRONG_PERIOD,
                node,
                f"“{item.name}”不分年度，请去掉“{period}.”",
            )

    def _part(self, node: Path) -> None:
        if node.name not in PARTS:
            self._unknown(node, node.name)

    def _function(self, node: Name, bound: frozenset[str]) -> None:
        if node.name in bound or node.name in self._functions:
            return
        near = get_close_matches(node.name, self._functions, n=1)
        hint = f"，是否指 {near[0]}" if near else f"，{FUNCTION_HINT}"
        self._found.add(Kind.UNKNOWN_NAME, node, f"没有函数“{node.name}”{hint}")

    def _unknown(self, node: Node, name: str) -> None:
        near = self._catalogue.nearest(name)
        hint = f"，是否指“{near}”" if near else "，请改用目录中的名称或先登记"
        self._found.add(Kind.UNKNOWN_NAME, node, f"事实目录没有“{name}”{hint}")


def binds(node: Node) -> Iterator[str]:
    """Yield the names that a node gives to what is below it."""
    match node:
        case For(iterators=iterators):
            yield from ("partial", *(one.name for one in iterators))
        case Quantified(iterators=iterators):
            yield from (one.name for one in iterators)
        case FunctionDefinition(parameters=parameters):
            yield from (one.name for one in parameters)
        case ContextLiteral(entries=entries):
            yield from (key for key, _value in entries)
        case Filter():
            yield "item"
        case UnaryTests():
            yield "?"
