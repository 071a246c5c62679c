"""The tables of registers: the base of every row, and the log of imports."""

from .imports import ImportRun
from .records import Record

__all__ = ["ImportRun", "Record"]
