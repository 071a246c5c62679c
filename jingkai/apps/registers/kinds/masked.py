"""
A value of which only a mask is shown: on pages, in files, in the API, in the trail.

A mask keeps enough to tell two people apart and no more. Every kind shows itself by ``shown``,
``cell``, ``text``, ``html`` and ``json``; this one shows the mask by all of them, so that no
channel can forget it.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from jingkai.core.identifiers import HIDDEN, mask

from .texts import NOTHING, Kind, escaped

_STARS = re.compile(r"[*＊]")


@dataclass(frozen=True, kw_only=True)
class Masked(Kind):
    """A value that this reader sees as a mask; it is read and kept as the kind behind it."""

    of: Kind
    is_personal: bool

    @property
    def filter(self) -> str:  # type: ignore[override]
        """Return how the value is filtered by those who may."""
        return self.of.filter

    @property
    def align(self) -> str:  # type: ignore[override]
        """Return how the value stands in its cell."""
        return self.of.align

    def parse(self, raw: object) -> Any:
        """Return the value as the kind behind reads it."""
        return self.of.parse(raw)

    def cell(self, value: Any) -> Any:
        """Return the mask, None where nothing is on record."""
        return self.shown(value) or None

    def text(self, value: Any) -> str:
        """Return the mask."""
        return self.shown(value)

    def shown(self, value: Any) -> str:
        """Return the mask; nothing on record is no secret."""
        if value is None or value == "":
            return ""
        return mask(self.of.text(value)) if self.is_personal else HIDDEN

    def html(self, value: Any) -> SafeString:
        """Return the mask as a table cell shows it."""
        shown = self.shown(value)
        return escaped(shown) if shown else NOTHING

    def json(self, value: Any) -> Any:
        """Return the mask, None where nothing is on record."""
        return self.shown(value) or None


def bare(kind: Kind) -> Kind:
    """Return the kind itself, whoever looks: how the record and the trail keep the value."""
    return kind.of if isinstance(kind, Masked) else kind


def is_mask(raw: object, *, is_personal: bool) -> bool:
    """Whether a cell holds a mask: what was exported masked says nothing when it comes back."""
    text = str(raw or "").strip()
    return bool(_STARS.search(text)) if is_personal else text == HIDDEN
