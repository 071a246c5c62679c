"""What a process remembers, up to a bound; the longest unused goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """
    Values by key, made once however many threads ask at once.

    ``most`` bounds the sum of what ``weigh`` says of each value; one that is heavier than that is
    answered and not kept.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _value: 1) -> None:
        """Keep nothing yet."""
        self._most = most
        self._weigh = weigh
        # each with its weight
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._weight = 0
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}

    @property
    def weight(self) -> int:
        """Return what the values that are kept weigh together."""
        return self._weight

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of the key, made now where it is not kept."""
        return self.renew(key, lambda _value: True, lambda _before: make())

    def renew(
        self,
        key: Hashable,
        is_current: Callable[[Value], bool],
        make: Callable[[Value | None], Value],
    ) -> Value:
        """Return the value of the key if it is current, else what is made of the one before."""
        with self._lock:
            found = self._values.get(key)
            if found and is_current(found[0]):
                self._values.move_to_end(key)
                return found[0]
            turn = self._making.setdefault(key, Lock())
        with turn:
            with self._lock:
                found = self._values.get(key)
            if found and is_current(found[0]):
                return found[0]
            try:
                value = make(found[0] if found else None)
                self._keep(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def rekey(self, next_key: Callable[[Any], Hashable | None]) -> None:
        """Keep each value by the key that this says of its own; forget it where it says None."""
        with self._lock:
            values, self._values, self._weight = self._values, OrderedDict(), 0
            for key, (value, weight) in values.items():
                onward = next_key(key)
                if onward is not None and onward not in self._values:
                    self._values[onward] = value, weight
                    self._weight += weight

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._weight = 0

    def _keep(self, key: Hashable, value: Value) -> None:
        weight = self._weigh(value)
        if weight > self._most:
            return
        with self._lock:
            _before, lost = self._values.pop(key, (None, 0))
            self._values[key] = value, weight
            self._weight += weight - lost
            while self._weight > self._most:
                _oldest, (_gone, lost) = self._values.popitem(last=False)
                self._weight -= lost
