"""How a foreign workbook is read: its headings, fixed values, other words, which sheets."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils import translation

from ..declaration import BoundColumn, Register
from ..kinds import Choice, Day, Outline, Refused, bare, plain
from ..kinds.numbers import written

X, Y = "outline:x", "outline:y"  # what a heading leads to whose column is half of a point
AXES = (X, Y)
OWN_SYSTEM = "outline:system"  # what a heading leads to where each row names its system
SWAPPED = "|swapped"  # follows the code of a system whose northing stands first
SHAPE = "◇"  # stands on the page for a shape that a spatial file holds
LEFT_OUT = ""  # what a heading leads to that is known and not wanted
_KEY = re.compile(r"(reference|(^|[^a-z])(ref\.?|code|id)|编号|编码)$", re.IGNORECASE)
_SURELY = 0.8  # how far a heading that ends like a number of records is the key's
ALIKE = 0.5  # two headings are guessed to mean the same from here on
ALIKE_IN_ENGLISH = 0.7  # whose words share more letters by chance
LANGUAGES = ("en", "zh-hans")
_DROPPED = str.maketrans("", "", " \t\r\n*_-./\\:：()（）[]【】,，、")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    How a workbook becomes rows.

    ``columns`` leads from a heading to a column's name, or to nothing where it is left out.
    ``constants`` fill what the workbook has no column for; ``words`` lead, by column, from the
    workbook's word to one that the column knows. ``units`` name, by column, the unit in which the
    workbook writes it, ``dates`` the order of a date's parts where the year stands last.
    ``encoding`` is that of its texts where a person said it. ``system`` is that of the
    coordinates, ``swapped``: the northing stands first; ``systems`` are those of sheets that have
    others, by name. ``repairs`` are the faults of outlines that may be mended. No ``sheets`` means
    each visible one that has the headings. ``clears``: an empty cell empties the record's value
    instead of keeping it. ``is_complete``: a record that the workbook does not name is asked
    about.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    encoding: str = ""
    system: str = ""
    swapped: bool = False
    systems: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    clears: bool = False
    is_complete: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any] | None) -> "Reading":
        """
        Return the reading that plain data means; headings to columns alone will do.

        :raises ValueError: when the data has another shape
        """
        if not data:
            return cls()
        if not set(data) & set(cls.__slots__):
            data = {"columns": data}
        try:
            return cls(
                columns=_texts(data.get("columns", {})),
                constants=_texts(data.get("constants", {})),
                words={name: _texts(words) for name, words in data.get("words", {}).items()},
                units=_texts(data.get("units", {})),
                dates=str(data.get("dates", "")),
                encoding=str(data.get("encoding", "")),
                system=str(data.get("system", "")),
                swapped=bool(data.get("swapped", False)),
                systems=_texts(data.get("systems", {})),
                repairs=tuple(map(str, data.get("repairs", ()))),
                sheets=tuple(map(str, data.get("sheets", ()))),
                clears=bool(data.get("clears", False)),
                is_complete=bool(data.get("is_complete", False)),
            )
        except (AttributeError, TypeError) as reason:
            raise ValueError(f"不是有效的列对应关系 / no mapping: {reason}") from None

    def placed(self, sheet: str) -> tuple[str, bool]:
        """Return the system of a sheet's coordinates, and whether the northing stands first."""
        if sheet not in self.systems:
            return self.system, self.swapped
        system, swapped, _nothing = self.systems[sheet].partition(SWAPPED)
        return system, bool(swapped)

    def data(self) -> dict[str, Any]:
        """Return the reading as plain data."""
        return asdict(self) | {"sheets": list(self.sheets), "repairs": list(self.repairs)}


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value or "") for name, value in data.items()}


def names(register: Register) -> dict[str, str]:
    """Return the column names by heading: in both languages, and as the identifier itself."""
    found = {_bare(column.name): column.name for column in register.bound}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {_bare(str(column.label)): column.name for column in register.bound}
    return found


def known(heading: str, known_names: Mapping[str, str]) -> str | None:
    """Return the column that a heading means by itself; of ``投资/计划总投资`` its end will do."""
    last = heading.rsplit("/", 1)[-1]
    return known_names.get(_bare(heading)) or known_names.get(_bare(last))


def _bare(text: str) -> str:
    return text.rstrip("*").strip().replace("\n", "")


def guess(
    register: Register,
    samples: Mapping[str, Sequence[str]],
    taken: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """
    Return for foreign headings the column each most likely means, no column twice.

    ``samples``: by heading what stands below it; words of a choice give its column away, and a
    column that could hold none of them is not meant. ``taken`` are columns that are given already.
    """
    likely = sorted(
        (-_likelihood(register, heading, column, cells), place, heading, column.name)
        for place, (heading, cells) in enumerate(samples.items())
        for column in register.typed
        if column.name not in taken and _may_hold(column, cells)
    )
    found: dict[str, str] = {}
    for unlikeness, _place, heading, name in likely:
        least = ALIKE_IN_ENGLISH if heading.isascii() else ALIKE
        if -unlikeness >= least and heading not in found and name not in found.values():
            found[heading] = name
    return found


def _likelihood(
    register: Register, heading: str, column: BoundColumn, cells: Sequence[str]
) -> float:
    if column.name == register.key and _KEY.search(heading.strip()):
        return _SURELY
    return max(_likeness(heading, column), _fits(column, cells))


def _may_hold(column: BoundColumn, cells: Sequence[str]) -> bool:
    """Return whether the column could take one of the cells."""
    kind = bare(column.kind)
    if not cells or isinstance(kind, Choice | Day):
        return True
    return any(_is_taken(kind, cell) for cell in cells)


def _is_taken(kind: Any, cell: str) -> bool:
    if cell == SHAPE:
        return isinstance(kind, Outline)
    try:
        return kind.parse(cell) is not None
    except Refused:
        return False


def _fits(column: BoundColumn, cells: Sequence[str]) -> float:
    """Return which share of the cells are words of the column's choice."""
    kind = bare(column.kind)
    if not isinstance(kind, Choice) or not cells:
        return 0.0
    words = {_normal(str(word)) for choice in kind.choices for word in choice}
    return sum(_normal(cell) in words for cell in cells) / len(cells)


def _likeness(heading: str, column: BoundColumn) -> float:
    asked = _normal(heading)
    if not asked:
        return 0.0
    called = {_normal(column.name)}
    for language in LANGUAGES:
        with translation.override(language):
            called.add(_normal(str(column.label)))
    return max(SequenceMatcher(None, asked, name).ratio() for name in called if name)


def _normal(text: str) -> str:
    return text.lower().translate(_DROPPED)


def guess_words(column: BoundColumn, texts: Iterable[str]) -> dict[str, str]:
    """Return for words that a choice does not know the code each most likely means, or none."""
    kind = bare(column.kind)
    if not isinstance(kind, Choice):
        return {}
    found = {}
    for text in texts:
        likeness = {
            str(code): max(
                SequenceMatcher(None, _normal(text), _normal(name)).ratio()
                for name in (str(label), str(code))
            )
            for code, label in kind.choices
        }
        best = max(likeness, key=likeness.__getitem__)
        found[text] = best if likeness[best] >= ALIKE else ""
    return found


def source(headings: Iterable[str]) -> str:
    """Return what workbooks with the same headings share, whatever their order."""
    told = json.dumps(sorted({_normal(heading) for heading in headings} - {""}))
    return hashlib.sha256(told.encode()).hexdigest()


def signature(register: Register) -> str:
    """Return what changes when the register asks for other columns: the template's version."""
    told = json.dumps([[c.name, c.required, repr(c.kind.filter)] for c in register.typed])
    return hashlib.sha256(told.encode()).hexdigest()


_X = re.compile(
    r"(geo|coord)?[_ ]?(x|lon|lng|long|longitude|easting)[_ ]?(坐标)?|经度|横坐标|东坐标"
)
_Y = re.compile(r"(geo|coord)?[_ ]?(y|lat|latitude|northing)[_ ]?(坐标)?|纬度|纵坐标|北坐标")
_SIXTY = 60  # minutes of a degree, seconds of a minute
_DEGREES = re.compile(
    r"(\d{1,3})\s*[°度]\s*(?:(\d{1,2})\s*[′'分]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:[″\"秒]|'')\s*)?[NE北东]?"
)


def guess_axes(headings: Iterable[str]) -> dict[str, str]:
    """Return the first two headings that are called like the coordinates of a point."""
    found: dict[str, str] = {}
    for heading in headings:
        for axis, words in ((X, _X), (Y, _Y)):
            if axis not in found.values() and words.fullmatch(heading.strip().lower()):
                found[heading] = axis
    return found if len(found) == len(AXES) else {}


def number(cell: Any) -> float | None:
    """Return a coordinate, written as a number or in degrees, minutes and seconds."""
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    text = plain(cell)
    found = _DEGREES.fullmatch(text)
    if found:
        degrees, minutes, seconds = (float(part or 0) for part in found.groups())
        is_sound = minutes < _SIXTY and seconds < _SIXTY
        return degrees + minutes / _SIXTY + seconds / _SIXTY**2 if is_sound else None
    try:
        value = written(text)
    except Refused:
        return None
    return None if value is None else float(value)


def sample(values: Iterable[Any], most: int = 3) -> list[str]:
    """Return the first different values of a column as text."""
    found: dict[str, None] = {}
    for value in values:
        text = SHAPE if isinstance(value, bytes) else plain(value)
        if text:
            found.setdefault(text[:60])
        if len(found) == most:
            break
    return list(found)
