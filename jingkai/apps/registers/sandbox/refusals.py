"""Why a file is not read: a code and its facts; the parent makes a sentence of them."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with a file."""

    TYPE = "type"  # neither a workbook nor a spatial file
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 -- a reason, no secret
    UNPACKED = "unpacked"  # too many members, or too large when unpacked
    RATIO = "ratio"
    MEMBER = "member"  # a member of the archive that no program writes
    DOCTYPE = "doctype"
    CELLS = "cells"  # too many elements or too wide a rectangle
    FAR = "far"
    MERGE = "merge"
    LONG = "long"
    ENCODING = "encoding"
    QUOTES = "quotes"  # of a csv file: one that nobody closes, or with letters behind it
    EXHAUSTED = "exhausted"  # memory or time
    BROKEN_MAP = "broken_map"  # a spatial file that is damaged
    ALONE = "alone"  # one file of a Shapefile without the others
    DRAWING = "drawing"  # a drawing that is no text DXF
    NO_SHAPES = "no_shapes"


class Refusal(Exception):
    """The file breaks a limit or can't be understood."""

    def __init__(self, reason: Reason, **facts: str | int) -> None:
        """Keep the reason and what a sentence about it needs."""
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts
