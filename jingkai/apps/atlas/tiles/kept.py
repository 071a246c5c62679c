"""What a process remembers, up to a bound; the longest unused goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

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
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._weight = 0
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}

    @property
    def weight(self) -> int:
        """Return what the values that are kept weigh together."""
        return self._weight

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of the key, made now where it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            turn = self._making.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._values:
                    return self._values[key]
            try:
                value = make()
                self._keep(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

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
            self._values[key] = value
            self._weight += weight
            while self._weight > self._most:
                _oldest, gone = self._values.popitem(last=False)
                self._weight -= self._weigh(gone)
