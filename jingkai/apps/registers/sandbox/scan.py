"""
Read one XML member of a workbook as a stream: where its cells lie, what is hidden or looks
otherwise than it is kept, and what must not be there.

The parser behind goes by local names, takes a cell without reference for the next one, and skips
cells without value; so does this.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from xml.parsers import expat

from .cells import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    NOT_WORKED_OUT,
    Merge,
    column_letters,
    merged,
    place,
)
from .formats import Looks
from .refusals import Reason, Refusal

MOST_RECTANGLE = 5_000_000  # the parser reserves and gives out each cell from A1 to the last
MOST_MERGES = 20_000
MOST_MARKS = 100_000
MOST_TOKEN = 2 * 1024 * 1024
NUL = b"\0"  # no UTF-8 has it, any markup in UTF-16 does: expat would read that, calamine not
_VALUES = {"v", "is"}
_TRUE = {"1", "true"}


class Scan:
    """What stands in one member; fed piece by piece, it refuses at the first excess."""

    def __init__(
        self, most_elements: int, styles: Mapping[str, str] | None = None, *, anew: bool = False
    ) -> None:
        """
        Open a parser that takes the bytes as UTF-8, whatever they declare.

        :param styles: the formats, by the number of a cell's style, under which a number looks
            otherwise than it is kept
        :param anew: the workbook asks to be worked out when it is opened: its results may be none
        """
        self.last_row = 0
        self.columns = 0
        self.merges: list[Merge] = []
        self.marks: dict[int, dict[int, str]] = defaultdict(dict)
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}
        self.elements = 0
        self.formats: dict[int, dict[int, str]] = defaultdict(dict)
        self.hidden_rows = 0
        self.works_out = False
        self.looks = Looks()
        self._styles = styles or {}
        self._anew = anew
        self._is_hidden = False
        self._hidden_columns: list[tuple[int, int]] = []
        self._most_elements = most_elements
        self._fed = self._marked = 0
        self._row = 0
        self._row_text = ""
        self._cell: dict[str, str] = {}
        self._reference = ""
        self._following = 0  # cells without reference since the last one that had one
        self._unsettled = False
        self._letters: set[str] = set()
        self._waiting = ""  # the mark that the present cell gets unless its text says otherwise
        self._others = self.looks.handlers | self._handlers()
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser = parser

    def _handlers(self) -> dict[str, Callable[[dict[str, str]], None]]:
        return {
            "f": self._formula,
            "mergeCell": self._merge,
            "col": self._columns,
            "sheet": self._sheet,
            "Relationship": self._relationship,
            "calcPr": self._calculation,
        }

    @property
    def hidden_columns(self) -> int:
        """Return how many of the columns that hold something are hidden."""
        ranges = ((first, min(last, self.columns)) for first, last in self._hidden_columns)
        return sum(max(0, last - first + 1) for first, last in ranges)

    def feed(self, piece: bytes) -> None:
        """Read on."""
        if NUL in piece:
            raise Refusal(Reason.DAMAGED, what="UTF-16")
        self._fed += len(piece)
        self._parser.Parse(piece, False)
        if self.elements > self._most_elements:
            raise Refusal(Reason.CELLS)
        if self._fed - self._parser.CurrentByteIndex > MOST_TOKEN:
            raise Refusal(Reason.LONG, cell="")

    def close(self) -> None:
        """Read to the end."""
        self._parser.Parse(b"", True)
        self._mark_waiting()
        self._parser.StartElementHandler = None  # it holds the scan, as the scan holds the parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if name == "c":
            self._open_cell(attributes)
        elif name in _VALUES:
            if self._unsettled:
                self._settle()
            if self._waiting:
                self._parser.CharacterDataHandler = self._text
        elif name == "row":
            self._open_row(attributes)
        elif ":" in name:
            self.elements -= 1
            self._start(name.rpartition(":")[2], attributes)
        elif name in self._others:
            self._others[name](attributes)

    def _open_row(self, attributes: dict[str, str]) -> None:
        if self._waiting:
            self._mark_waiting()
        text = attributes.get("r", "")
        self._row = int(text) if text.isdecimal() and len(text) < 10 else self._row + 1
        self._row_text = str(self._row)
        self._cell, self._reference, self._following = {}, "", 0
        self._unsettled = True
        self._is_hidden = attributes.get("hidden") in _TRUE

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if self._waiting:
            self._mark_waiting()
        reference = attributes.get("r")
        if reference is None:
            self._following += 1
            self._unsettled = True
        else:
            self._reference, self._following = reference, 0
            row = self._row_text
            if not (reference.endswith(row) and reference[: -len(row)] in self._letters):
                self._unsettled = True
        if attributes.get("t") == "e":
            self._waiting = "#ERROR!"
        self._cell = attributes
        if self._styles and attributes.get("s") in self._styles:
            number, column = self._position()
            self.formats[number][column] = self._styles[attributes["s"]]

    def _position(self) -> tuple[int, int]:
        """Return the present cell's row and column."""
        known = place(self._reference) if self._reference else (self._row or 1, 0)
        if known is None:
            raise Refusal(Reason.DAMAGED, what=self._reference[:20])
        row, column = known
        return row, column + self._following

    def _settle(self) -> None:
        """Take the present cell's place into the rectangle; it has a value."""
        if self._is_hidden:
            self.hidden_rows += 1
            self._is_hidden = False
        row, column = self._position()
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise Refusal(Reason.FAR, cell=f"{column_letters(column)}{row}")
        self.last_row = max(self.last_row, row)
        self.columns = max(self.columns, column)
        if self.last_row * self.columns > MOST_RECTANGLE:
            raise Refusal(Reason.CELLS)
        if row == self._row:
            self._letters.add(column_letters(column))
            self._unsettled = False

    def _text(self, text: str) -> None:
        """Take the text of a cell that waits for its mark."""
        if self._waiting == NOT_WORKED_OUT:
            self._waiting = NOT_WORKED_OUT if self._anew and text == "0" else ""
        elif text.startswith("#"):
            self._waiting = text[:20]
        self._parser.CharacterDataHandler = None

    def _mark_waiting(self) -> None:
        if self._waiting and self._marked < MOST_MARKS:
            row, column = self._position()
            if row <= MOST_ROWS and column <= MOST_COLUMNS:
                self.marks[row][column] = self._waiting
                self._marked += 1
        self._waiting = ""
        self._parser.CharacterDataHandler = None

    def _formula(self, _attributes: dict[str, str]) -> None:
        if self._cell.get("t", "n") == "n":
            self._waiting = NOT_WORKED_OUT

    def _merge(self, attributes: dict[str, str]) -> None:
        area = merged(attributes.get("ref", ""))
        if area is None:
            return
        if area.last_row > LAST_ROW or area.last_column > LAST_COLUMN:
            raise Refusal(Reason.MERGE, area=attributes["ref"])
        if area.cells > MOST_RECTANGLE or len(self.merges) >= MOST_MERGES:
            raise Refusal(Reason.MERGE, area=attributes["ref"])
        self.merges.append(area)

    def _columns(self, attributes: dict[str, str]) -> None:
        last = attributes.get("max", "")
        if not (last.isdecimal() and len(last) < 10 and int(last) <= LAST_COLUMN):
            raise Refusal(Reason.FAR, cell=f"<col max={last[:20]}>")
        first = attributes.get("min", "")
        if attributes.get("hidden") in _TRUE and first.isdecimal() and len(first) < 10:
            self._hidden_columns.append((int(first), int(last)))

    def _sheet(self, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if key.rpartition(":")[2] == "id" and ":" in key:
                self.sheets.append((attributes.get("name", ""), value))

    def _relationship(self, attributes: dict[str, str]) -> None:
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _calculation(self, attributes: dict[str, str]) -> None:
        self.works_out = attributes.get("fullCalcOnLoad") in _TRUE


def _refuse_doctype(*_declared: object) -> None:
    raise Refusal(Reason.DOCTYPE)
