"""Why a FEEL value is null: a place in the text, and a sentence that says what to do."""

from dataclasses import dataclass

from .nodes import Span

MOST_KEPT = 100  # of one evaluation: a filter over a long list must not write a book


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong at a place of the text; the value there is null."""

    at: Span
    message: str


class NoValue(Exception):
    """
    A FEEL error inside a function: its value is null, and ``str()`` says why.

    Only the functions below the interpreter raise it; a caller of ``evaluate`` never sees it.
    """
