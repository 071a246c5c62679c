"""The zones that the present work may see: entered by name, never by default."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token


class OutsideScope(RuntimeError):
    """Zone records were asked for outside any zone; enter ``scope.zones(...)`` first."""


_zones: ContextVar[frozenset[int] | None] = ContextVar("zones", default=None)


def enter(zone_ids: Iterable[int]) -> Token[frozenset[int] | None]:
    """Enter a scope that ``leave`` ends; for middleware, which spans two calls."""
    return _zones.set(frozenset(zone_ids))


def leave(token: Token[frozenset[int] | None]) -> None:
    """Return to the scope before ``enter``."""
    _zones.reset(token)


@contextmanager
def zones(*zone_ids: int) -> Iterator[None]:
    """Let the block see the records of these zones and of no other."""
    token = enter(zone_ids)
    try:
        yield
    finally:
        leave(token)


def current() -> frozenset[int]:
    """
    Return the ids of the zones in scope.

    :raises OutsideScope: when no scope has been entered
    """
    found = _zones.get()
    if found is None:
        raise OutsideScope("不在任何园区范围内，不能查询园区记录；请先进入 scope.zones(...)")
    return found
