"""Lines of JSON between parent and child: an untrusted child can say nothing but plain values."""

import json
from datetime import date, datetime, time, timedelta
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


def _tagged(value: object) -> dict[str, Any]:
    match value:
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case CellError():
            return {"error": value.code}
        case bytes():
            return {"shape": value.hex()}
    raise TypeError(type(value).__name__)


_READERS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "error": CellError,
    "shape": bytes.fromhex,
}


def _untagged(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((tag, value),) = found.items()
        if tag in _READERS:
            return _READERS[tag](value)
    return found
