"""Types as they are written after ``instance of``, in a parameter and in a ``typeRef``."""

from ..known import TYPE_NAMES
from ..nodes import ContextType, FunctionType, ListType, NamedType, RangeType, TypeNode
from ..tokens import END, WORD
from .cursor import IN_NAMES, Cursor


def read_type(cursor: Cursor) -> TypeNode:
    """Read one type."""
    cursor.enter()
    start = cursor.token.start
    generic = _GENERIC.get(cursor.token.text)
    if generic is not None and cursor.tokens[cursor.at + 1].text == "<":
        cursor.at += 2
        node = generic(cursor, start)
    else:
        name = _type_name(cursor)
        node = NamedType(name, at=cursor.span(start))
    cursor.depth -= 1
    return node


def _list(cursor: Cursor, start: int) -> TypeNode:
    item = read_type(cursor)
    cursor.expect(">")
    return ListType(item, at=cursor.span(start))


def _range(cursor: Cursor, start: int) -> TypeNode:
    item = read_type(cursor)
    cursor.expect(">")
    return RangeType(item, at=cursor.span(start))


def _context(cursor: Cursor, start: int) -> TypeNode:
    entries: list[tuple[str, TypeNode]] = []
    while cursor.token.text != ">":
        if entries:
            cursor.expect(",")
        name = cursor.name_before(":")
        cursor.expect(":")
        entries.append((name, read_type(cursor)))
    cursor.expect(">")
    return ContextType(tuple(entries), at=cursor.span(start))


def _function(cursor: Cursor, start: int) -> TypeNode:
    parameters: list[TypeNode] = []
    while cursor.token.text != ">":
        if parameters:
            cursor.expect(",")
        parameters.append(read_type(cursor))
    cursor.expect(">")
    cursor.expect("->", "函数类型写作 function<参数类型, …> -> 结果类型。")
    result = read_type(cursor)
    return FunctionType(tuple(parameters), result, at=cursor.span(start))


_GENERIC = {"list": _list, "range": _range, "context": _context, "function": _function}


def _type_name(cursor: Cursor) -> str:
    length, name = TYPE_NAMES.longest(cursor.tokens, cursor.at)
    if length and not _goes_on(cursor, length):
        cursor.at += length
        return name
    first = cursor.at
    if cursor.token.text in _GENERIC:
        cursor.at += 1
    elif not cursor.run():
        cursor.fail_at("类型", "例如 number、string、date、list<number>，或数据类型的名称。")
    while _goes_on(cursor, 0):
        cursor.at += 1
        cursor.run()
    return cursor.words(first, cursor.at)


def _goes_on(cursor: Cursor, length: int) -> bool:
    """Whether a sign of a name follows with no white space around it: ``import.tName``."""
    at = cursor.at + length
    if cursor.tokens[at].kind == END or cursor.tokens[at].text not in IN_NAMES:
        return False
    before, token, after = cursor.tokens[at - 1 : at + 2]
    return before.end == token.start and token.end == after.start and after.kind == WORD
