"""Going through a syntax tree whatever its nodes are, and copies with parts replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from jingkai.core.rules.feel.nodes import Name, Node, Span, children

N = TypeVar("N", bound=Node)
DEEPEST = 100  # operators inside each other; functions that walk a tree recurse this deep
LARGEST = 10_000  # parts of one expression


class TooLarge(ValueError):
    """An expression is deeper or larger than a condition may be."""


def every(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, outermost first; any depth."""
    waiting = [node]
    while waiting:
        at_hand = waiting.pop()
        yield at_hand
        waiting.extend(reversed(list(children(at_hand))))


def check_size(node: Node, where: str) -> None:
    """
    Refuse an expression that is too deep or too large to be read by a person.

    :raises TooLarge: with what to do; ``where`` is its name
    """
    level, depth, count = [node], 0, 0
    while level:
        depth += 1
        count += len(level)
        if depth > DEEPEST or count > LARGEST:
            raise TooLarge(
                f"“{where}”的表达式过长（超过 {DEEPEST} 层或 {LARGEST:,} 个部分），"
                "请拆开或用 sum([…])"
            )
        level = [child for part in level for child in children(part)]


def inlined(node: Node, named: Mapping[str, Node]) -> Node:
    """Return the node with each of these names replaced by its expression, at the name's place."""
    if isinstance(node, Name) and node.name in named:
        return placed(named[node.name], node.at)
    return _rebuilt(node, lambda part: inlined(part, named))


def placed(node: Node, at: Span) -> Node:
    """Return the node with itself and all below it at one place."""
    return replace(_rebuilt(node, lambda part: placed(part, at)), at=at)


def _rebuilt(node: N, change: Any) -> N:
    changed = {part.name: _changed(getattr(node, part.name), change) for part in fields(node)}
    return type(node)(**changed)


def _changed(value: Any, change: Any) -> Any:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    return value
