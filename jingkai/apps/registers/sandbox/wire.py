"""Lines of JSON between parent and child: an untrusted child can say nothing but plain values."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from .cells import CellError

MOST_LINE = 64 * 1024 * 1024


def line(message: object) -> bytes:
    """Return the message as one line."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=_tagged)
    return text.encode("utf-8", "replace") + b"\n"


def message(line: bytes) -> Any:
    """
    Return what the line says.

    :raises ValueError: when it says nothing
    """
    return json.loads(line, object_hook=_untagged)


_WRITERS: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (  # a datetime is a date too
    (bytes, "shape", bytes.hex),
    (datetime, "datetime", datetime.isoformat),
    (date, "date", date.isoformat),
    (time, "time", time.isoformat),
    (timedelta, "seconds", timedelta.total_seconds),
    (Decimal, "decimal", str),
    (CellError, "error", lambda error: error.code),
)


def _tagged(value: object) -> dict[str, Any]:
    for kind, tag, written in _WRITERS:
        if isinstance(value, kind):
            return {tag: written(value)}
    raise TypeError(type(value).__name__)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


_READERS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "decimal": _decimal,
    "error": CellError,
    "shape": bytes.fromhex,
}


def _untagged(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((tag, value),) = found.items()
        if tag in _READERS:
            return _READERS[tag](value)
    return found
