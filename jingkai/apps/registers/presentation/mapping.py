"""The page on which the columns of a foreign workbook are given their meaning."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..declaration import BoundColumn, Register
from ..imports import Reading, units
from ..imports import mapping as guesses
from ..imports.looking import UNIT, Look
from ..kinds import Choice, Day, bare
from ..models import ImportRun, Outcome
from ..workbooks import ENCODINGS
from .imports import STEPS, import_links
from .mending import asked_repairs, encodings, orders, repairs
from .places import asked_places, places

MOST_WORDS = 40
MOST_COLUMNS = 400


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
    guessed = _guessed(register, look, reading, {name for name in known.values() if name})
    chosen = {
        heading: reading.columns.get(heading) or _likely(heading, name, guessed, look, reading)
        for heading, name in known.items()
    }
    return {
        "register": register,
        "run": run,
        "links": import_links(register, run),
        "steps": STEPS,
        "columns": _columns(look, reading, chosen, guessed),
        "options": _options(register),
        "constants": _constants(register, chosen, reading),
        "words": list(_words(register, run, reading)),
        "units": list(_units(register, look, chosen, reading)),
        "orders": orders(register, run, reading, _days(register, look, chosen)),
        "encoding": encodings(look, reading),
        "places": places(register, run, look, reading),
        "repairs": repairs(run, reading),
        "sheets": [(name, name in reading.sheets) for name in look.sheets],
        "reading": reading,
    }


def _columns(
    look: Look, reading: Reading, chosen: Mapping[str, str], guessed: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "heading": column.heading,
            "samples": column.samples,
            "chosen": chosen[column.heading],
            "is_guess": column.heading in guessed and column.heading not in reading.columns,
        }
        for column in look.columns
    ]


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


def _guessed(register: Register, look: Look, reading: Reading, known: set[str]) -> dict[str, str]:
    foreign = [c for c in look.columns if not c.is_known]
    given = known | set(reading.columns.values())
    axes: dict[str, str] = {}
    if register.outline and register.outline not in given:
        axes = guesses.guess_axes(c.heading for c in foreign)
        if not axes:
            axes = {c.heading: register.outline for c in foreign if c.points}
    if register.area and register.area not in given:
        areas = (c.heading for c in foreign if c.numbers and units.said_unit(c.heading, "m2"))
        axes |= dict.fromkeys(islice(areas, 1), register.area)
    samples = {c.heading: c.samples for c in foreign if c.heading not in axes}
    taken = frozenset(given | set(axes.values()))
    return guesses.guess(register, samples, taken) | axes


def _options(register: Register) -> list[tuple[str, Any, bool]]:
    options: list[tuple[str, Any, bool]] = [(c.name, c.label, c.required) for c in register.typed]
    if register.outline:
        options += [(guesses.X, _("横坐标或经度（X）"), False)]
        options += [(guesses.Y, _("纵坐标或纬度（Y）"), False)]
        options += [(guesses.OWN_SYSTEM, _("该行的坐标系（写法明确的行按此换算）"), False)]
    return options


def _units(
    register: Register, look: Look, chosen: Mapping[str, str], reading: Reading
) -> Iterator[dict[str, Any]]:
    """Yield the areas and sums that the file gives, each with the units it may be written in."""
    headings = {name: heading for heading, name in chosen.items()}
    for column in register.typed:
        own = units.own_unit(column)
        if own and column.name in headings:
            heading = headings[column.name]
            said = (units.said_unit(text, own) for text in (heading, look.about.get(UNIT, "")))
            given = reading.units.get(column.name) or next(filter(None, said), own)
            options = [(code, label, code == given) for code, label in units.beside(own)]
            yield {"column": column, "heading": heading, "options": options}


def doubled(register: Register, reading: Reading) -> list[str]:
    """Return the columns of the register that two headings are said to mean."""
    meant = Counter(name for name in reading.columns.values() if name)
    labels = {name: str(label) for name, label, _required in _options(register)}
    found = [labels[name] for name, count in meant.items() if count > 1]
    is_twice_placed = register.outline in meant and set(guesses.AXES) & meant.keys()
    return [*found, labels[register.outline]] if is_twice_placed else found


def lacks_units(register: Register, reading: Reading, data: QueryDict) -> bool:
    """Return whether an area or a sum is to be read and nobody was asked in which unit it is."""
    headings = {name: heading for heading, name in reading.columns.items()}
    return any(
        (own := units.own_unit(column))
        and column.name in headings
        and units.said_unit(headings[column.name], own) != own
        and f"unit-{column.name}" not in data
        for column in register.typed
    )


def _days(register: Register, look: Look, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return the samples of the columns of dates."""
    days = {c.name for c in register.typed if isinstance(bare(c.kind), Day)}
    return tuple(text for c in look.columns if chosen[c.heading] in days for text in c.samples)


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
    of_point = {*guesses.AXES, guesses.OWN_SYSTEM} if register.outline else set()
    meant = names | of_point
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
        encoding=data.get("encoding", "") if data.get("encoding") in ENCODINGS else "",
        **asked_places(data),
        repairs=asked_repairs(data),
        sheets=tuple(data.getlist("sheet")),
        clears=data.get("clears") == "1",
        is_complete=data.get("is_complete") == "1",
    )
