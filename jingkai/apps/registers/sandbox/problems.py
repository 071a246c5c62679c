"""What is wrong with the cells of a workbook, and the words in which a copy of it says so."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_COMMENT = 2_000
WIDTHS = (16, 8, 18, 24, 60)  # of the columns of the list


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, or with a row where ``column`` is None; columns count from 1."""

    sheet: str
    row: int
    column: int | None
    heading: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the list in the reader's language."""

    title: str
    headings: list[str]
    author: str


def by_place(problems: Iterable[Problem]) -> dict[str, dict[tuple[int, int], str]]:
    """Return what to say at each cell, by sheet, row and column."""
    found: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        found[problem.sheet][problem.row, problem.column or 1].append(problem.rule)
    return {
        sheet: {place: "\n".join(rules)[:MOST_COMMENT] for place, rules in places.items()}
        for sheet, places in found.items()
    }


def listed(problem: Problem) -> list[Any]:
    """Return the problem as a row of the list."""
    return [problem.sheet, problem.row, problem.heading, problem.value, problem.rule]
