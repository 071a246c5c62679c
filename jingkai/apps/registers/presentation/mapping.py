"""The page on which the columns of a foreign workbook are given their meaning."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from ..declaration import BoundColumn, Register
from ..imports import Reading
from ..imports import mapping as guesses
from ..imports.looking import Look
from ..kinds import Choice, bare
from ..models import ImportRun, Outcome
from .imports import STEPS, import_links

MOST_WORDS = 40
MOST_COLUMNS = 400


def mapping(register: Register, run: ImportRun, look: Look) -> dict[str, Any]:
    """Return what the page shows: each heading with samples and a guess, what is missing."""
    reading = Reading.of(run.reading)
    names = guesses.names(register)
    known = {c.heading: guesses.known(c.heading, names) for c in look.columns}
    guessed = guesses.guess(
        register, {c.heading: c.samples for c in look.columns if not c.is_known}
    )
    chosen = {
        heading: reading.columns.get(heading) or _likely(heading, name, guessed, look, reading)
        for heading, name in known.items()
    }
    typed = [c for c in register.typed if c.name not in chosen.values()]
    return {
        "register": register,
        "run": run,
        "links": import_links(register, run),
        "steps": STEPS,
        "columns": [
            {
                "heading": column.heading,
                "samples": column.samples,
                "chosen": chosen[column.heading],
                "is_guess": column.heading in guessed and column.heading not in reading.columns,
            }
            for column in look.columns
        ],
        "options": [(c.name, c.label, c.required) for c in register.typed],
        "constants": [
            (c, reading.constants.get(c.name, ""), _choices(c))
            for c in sorted(typed, key=lambda c: not c.required)
            if c.required or c.name == "source" or c.name in reading.constants
        ],
        "words": list(_words(register, run, reading)),
        "sheets": [(name, name in reading.sheets) for name in look.sheets],
        "reading": reading,
    }


def _likely(
    heading: str, name: str | None, guessed: Mapping[str, str], look: Look, reading: Reading
) -> str:
    """Return what a heading probably means; one left out before, only where it is missed."""
    likely = name or guessed.get(heading, "")
    return likely if heading not in reading.columns or likely in look.missing else ""


def _choices(column: BoundColumn) -> list[tuple[str, Any]]:
    kind = bare(column.kind)
    return list(kind.choices) if isinstance(kind, Choice) else []


def _words(register: Register, run: ImportRun, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the words that a choice of the register does not know, each with a guess."""
    asked: dict[str, dict[str, str]] = {}
    by_label = {str(c.label): c for c in register.typed if _choices(c)}
    refused = run.rows.filter(outcome=Outcome.REFUSED).order_by("position")
    for errors in refused.values_list("errors", flat=True).iterator():
        for error in errors:
            column = by_label.get(error["column"])
            if column and error["value"] and sum(map(len, asked.values())) < MOST_WORDS:
                asked.setdefault(column.name, {}).setdefault(error["value"], "")
    for name, words in reading.words.items():
        asked[name] = asked.get(name, {}) | dict(words)
    for name, words in asked.items():
        column = register.by_name[name]
        for text, guess in guesses.guess_words(column, words).items():
            yield {
                "column": column,
                "text": text,
                "chosen": words[text] or guess,
                "choices": _choices(column),
            }


def asked_reading(register: Register, data: QueryDict) -> Reading:
    """Return the reading that the page's form asks for."""
    names = {column.name for column in register.typed}
    headings = data.getlist("heading")[:MOST_COLUMNS]
    columns = dict(zip(headings, data.getlist("column"), strict=False))
    words: dict[str, dict[str, str]] = {}
    told = zip(
        data.getlist("word-column"), data.getlist("word"), data.getlist("meaning"), strict=False
    )
    for name, word, meaning in told:
        if name in names and meaning:
            words.setdefault(name, {})[word] = meaning
    return Reading(
        columns={h: name if name in names else "" for h, name in columns.items()},
        constants={
            name: text for name in sorted(names) if (text := data.get(f"constant-{name}", ""))
        },
        words=words,
        sheets=tuple(data.getlist("sheet")),
        clears=data.get("clears") == "1",
        is_complete=data.get("is_complete") == "1",
    )
