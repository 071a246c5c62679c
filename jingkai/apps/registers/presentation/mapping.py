"""The page on which the columns of a foreign workbook are given their meaning."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..declaration import BoundColumn, Register
from ..imports import Reading, units
from ..imports import mapping as guesses
from ..imports.looking import Look
from ..kinds import Choice, Day, bare
from ..models import ImportRun, Outcome
from .imports import STEPS, import_links
from .places import asked_places, places

MOST_WORDS = 40
MOST_COLUMNS = 400
MOST_READ = 200  # refused rows, to see how the file writes dates


def mapping(
    register: Register, run: ImportRun, look: Look, asked: Reading | None = None
) -> dict[str, Any]:
    """
    Return what the page shows: each heading with samples and a guess, what is missing.

    :param asked: what was typed and can't be taken yet
    """
    reading = asked or Reading.of(run.reading)
    names = guesses.names(register)
    known = {c.heading: guesses.known(c.heading, names) for c in look.columns}
    guessed = _guessed(register, look, reading)
    chosen = {
        heading: reading.columns.get(heading) or _likely(heading, name, guessed, look, reading)
        for heading, name in known.items()
    }
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
        "options": _options(register),
        "constants": _constants(register, chosen, reading),
        "words": list(_words(register, run, reading)),
        "units": list(_units(register, chosen, reading)),
        "orders": _orders(register, run, look, chosen, reading),
        "places": places(register, run, look, reading),
        "sheets": [(name, name in reading.sheets) for name in look.sheets],
        "reading": reading,
    }


def _constants(
    register: Register, chosen: Mapping[str, str], reading: Reading
) -> list[tuple[BoundColumn, str, list[tuple[str, Any]]]]:
    """Return the columns that the file lacks and every row may be given, needed ones first."""
    typed = [c for c in register.typed if c.name not in chosen.values()]
    return [
        (c, reading.constants.get(c.name, ""), _choices(c))
        for c in sorted(typed, key=lambda c: not c.required)
        if c.required or c.name == "source" or c.name in reading.constants
    ]


def _guessed(register: Register, look: Look, reading: Reading) -> dict[str, str]:
    foreign = [c for c in look.columns if not c.is_known]
    axes: dict[str, str] = {}
    if register.outline and register.outline not in reading.columns.values():
        axes = guesses.guess_axes(c.heading for c in foreign)
        if not axes:
            axes = {c.heading: register.outline for c in foreign if c.points}
    if register.area and register.area not in reading.columns.values():
        areas = (c.heading for c in foreign if c.numbers and units.said_unit(c.heading))
        axes |= dict.fromkeys(islice(areas, 1), register.area)
    samples = {c.heading: c.samples for c in foreign if c.heading not in axes}
    return guesses.guess(register, samples) | axes


def _options(register: Register) -> list[tuple[str, Any, bool]]:
    options: list[tuple[str, Any, bool]] = [(c.name, c.label, c.required) for c in register.typed]
    if register.outline:
        options += [(guesses.X, _("横坐标或经度（X）"), False)]
        options += [(guesses.Y, _("纵坐标或纬度（Y）"), False)]
    return options


def _units(
    register: Register, chosen: Mapping[str, str], reading: Reading
) -> Iterator[dict[str, Any]]:
    """Yield the areas that the file gives, each with the units in which they may be written."""
    headings = {name: heading for heading, name in chosen.items()}
    for column in register.typed:
        own = units.own_unit(column)
        if own and column.name in headings:
            heading = headings[column.name]
            given = reading.units.get(column.name) or units.said_unit(heading) or own
            options = [(code, label, code == given) for code, (label, _m2) in units.UNITS.items()]
            yield {"column": column, "heading": heading, "options": options}


def _orders(
    register: Register,
    run: ImportRun,
    look: Look,
    chosen: Mapping[str, str],
    reading: Reading,
) -> list[tuple[str, Any, bool]]:
    """Return the orders of a date's parts, where the file has dates whose year stands last."""
    days = {c.name: str(c.label) for c in register.typed if isinstance(bare(c.kind), Day)}
    texts = [t for c in look.columns if chosen[c.heading] in days for t in c.samples]
    refused = run.rows.filter(outcome=Outcome.REFUSED).order_by("position")
    for errors in refused.values_list("errors", flat=True)[:MOST_READ]:
        texts += [error["value"] for error in errors if error["column"] in days.values()]
    if not reading.dates and not any(map(units.is_year_last, texts)):
        return []
    return [(code, label, code == reading.dates) for code, label in units.ORDERS.items()]


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


def _asked_units(data: QueryDict, names: Iterable[str]) -> dict[str, str]:
    asked = {name: data.get(f"unit-{name}", "") for name in sorted(names)}
    return {name: unit for name, unit in asked.items() if unit in units.UNITS}


def asked_reading(register: Register, data: QueryDict) -> Reading:
    """Return the reading that the page's form asks for."""
    names = {column.name for column in register.typed}
    meant = names | (set(guesses.AXES) if register.outline else set())
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
        columns={h: name if name in meant else "" for h, name in columns.items()},
        constants={
            name: text for name in sorted(names) if (text := data.get(f"constant-{name}", ""))
        },
        words=words,
        units=_asked_units(data, names),
        dates=data.get("dates", "") if data.get("dates") in units.ORDERS else "",
        **asked_places(data),
        sheets=tuple(data.getlist("sheet")),
        clears=data.get("clears") == "1",
        is_complete=data.get("is_complete") == "1",
    )
