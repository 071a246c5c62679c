"""
What the present work may see: the zones it has entered, and how secret a record it may read.

Zones are entered by name, never by default. Everything is seen of them unless ``seal`` says for
whom sensitive records are sealed: a request and a job do so for a person without the clearance.
"""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from typing import Any


class OutsideScope(RuntimeError):
    """Zone records were asked for outside any zone; enter ``scope.zones(...)`` first."""


@dataclass(frozen=True, slots=True)
class Seal:
    """For whom sensitive records are sealed, and which were found so far."""

    person: str
    found: dict[Hashable, Any] = field(default_factory=dict)


_zones: ContextVar[frozenset[int] | None] = ContextVar("zones", default=None)
_seal: ContextVar[Seal | None] = ContextVar("seal", default=None)


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


def seal(person: str) -> "Token[Seal | None]":
    """Seal sensitive records for the person until ``unseal``; for middleware."""
    return _seal.set(Seal(person))


def unseal(token: "Token[Seal | None]") -> None:
    """Return to what was seen before ``seal``."""
    _seal.reset(token)


@contextmanager
def sealed(person: str) -> Iterator[None]:
    """Show the block no sensitive record, as somebody without the clearance."""
    token = seal(person)
    try:
        yield
    finally:
        unseal(token)


@contextmanager
def unsealed() -> Iterator[None]:
    """Let the block see sensitive records, for what only counts them or must know of them all."""
    token = _seal.set(None)
    try:
        yield
    finally:
        _seal.reset(token)


def present_seal() -> Seal | None:
    """Return the seal, None where everything in scope may be seen."""
    return _seal.get()
