"""Text that every format can hold: no character that XML, a sheet or a page would refuse."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from .model import Document

_ENDS_OF_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")

_Record = TypeVar("_Record")


def clean(text: str) -> str:
    r"""
    Return the text without control characters, with ``\n`` as the only end of line.

    Half of a surrogate pair, which no encoding can write, becomes U+FFFD.
    """
    return _HALVES.sub("\ufffd", _UNPRINTABLE.sub("", _ENDS_OF_LINE.sub("\n", text)))


def cleaned(document: Document) -> Document:
    """Return the same document with every text in it cleaned."""
    return _cleaned_record(document)


def _cleaned_record(record: _Record) -> _Record:
    changes = {one.name: _cleaned(getattr(record, one.name)) for one in fields(record)}  # type: ignore[arg-type]
    return replace(record, **changes)  # type: ignore[type-var]


def _cleaned(value: Any) -> Any:
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if isinstance(value, Mapping):
        return {clean(key): clean(text) for key, text in value.items()}
    return _cleaned_record(value) if hasattr(value, "__dataclass_fields__") else value
