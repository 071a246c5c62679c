"""The values of names while an expression is computed, and what one evaluation shares."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import TYPE_CHECKING

from . import bounds, problems
from .bounds import TooMuchWork
from .nodes import Span

if TYPE_CHECKING:
    from .temporal import DateTime
    from .types import FeelType

# A FEEL value: None, bool, Decimal, str, list, dict[str, value], ranges.Range,
# functions.Function or one of the classes of temporal.
Value = object


class Absent(Enum):
    """What a name has that no scope knows: null is a value, this is none."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(slots=True, kw_only=True)
class Work:
    """
    What one evaluation shares, through all its scopes: the day, the dice, the budget, the notes.

    Without ``now`` the functions ``now()`` and ``today()`` are null, without ``random`` so is
    ``random number()``: the core reads no clock and throws no dice. ``types`` are the item
    definitions that a text may name.
    """

    now: "DateTime | None" = None
    random: Random | None = None
    trace: list[problems.Problem] | None = None
    types: Mapping[str, "FeelType"] = field(default_factory=dict)
    steps: int = bounds.MOST_STEPS
    calls: int = bounds.MOST_CALLS
    pattern_seconds: float = bounds.PATTERN_SECONDS

    def spend(self, steps: int) -> None:
        """
        Take the steps from the budget.

        :raises TooMuchWork: if it is used up
        """
        self.steps -= steps
        if self.steps < 0:
            raise TooMuchWork(
                "表达式的计算步数超过上限，已停止。请检查是否有过大的循环、列表或递归。"
            )

    def weigh(self, *values: Value) -> None:
        """
        Take as many steps as there are values inside these, before each of them is looked at.

        A list of lists that share their items is small in memory and huge to walk.

        :raises TooMuchWork: if the budget is used up
        """
        for value in values:
            if isinstance(value, list | dict):
                self.spend(bounds.weight(value, most=self.steps))
            elif isinstance(value, str):
                self.spend(len(value) // bounds.CHARACTERS_PER_STEP)

    def touch(self, *values: Value) -> None:
        """
        Take steps for walking over these values, not into what is inside them.

        :raises TooMuchWork: if the budget is used up
        """
        for value in values:
            if isinstance(value, list):
                self.spend(len(value))
            elif isinstance(value, str):
                self.spend(len(value) // bounds.CHARACTERS_PER_STEP)

    def note(self, at: Span, message: str) -> None:
        """Write down why a value is null, where somebody asked for it."""
        if self.trace is not None and len(self.trace) < problems.MOST_KEPT:
            self.trace.append(problems.Problem(at, message))

    @contextmanager
    def silence(self) -> Generator[None, None, None]:
        """Note nothing inside."""
        trace, self.trace = self.trace, None
        try:
            yield
        finally:
            self.trace = trace

    @contextmanager
    def call(self) -> Generator[None, None, None]:
        """
        Count a function that runs inside another.

        :raises TooMuchWork: if too many are inside each other
        """
        self.calls -= 1
        try:
            if self.calls < 0:
                raise TooMuchWork(
                    f"函数互相调用超过 {bounds.MOST_CALLS} 层，已停止。请检查递归是否有终点。"
                )
            yield
        finally:
            self.calls += 1


class Scope:
    """Names and their values, above those of an outer scope."""

    __slots__ = ("outer", "values", "work")

    def __init__(
        self,
        values: Mapping[str, Value] | None = None,
        *,
        outer: "Scope | None" = None,
        work: Work | None = None,
    ) -> None:
        self.values: Mapping[str, Value] = {} if values is None else values
        self.outer = outer
        self.work: Work = work or (outer.work if outer else Work())

    @property
    def trace(self) -> list[problems.Problem] | None:
        """The problems of this evaluation so far, or None where nobody asked for them."""
        return self.work.trace

    def child(self, values: Mapping[str, Value]) -> "Scope":
        """Return a scope in which these names come first."""
        return Scope(values, outer=self, work=self.work)

    def lookup(self, name: str, otherwise: Value = None) -> Value:
        """Return the value of the name in the nearest scope that has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.outer
        return otherwise
