"""What goes out as a file comes in again as the same text, whatever the text."""

import csv
import io
import random
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.apps.registers import kinds, workbooks
from jingkai.apps.registers.workbooks import official, spreadsheet
from tests.environment import rounds

NASTY = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "''", "'=1", "\u200b=1"),
    *("a\rb", "a\r\nb", "a\nb\n", " lead", "trail ", "a,b;c\td", '"', '""', "'"),
    *("_x000D_", "_x005F_x000D_", "_x005F_", "__x0041__", "_X0041_", "x_x0009_"),
    *("<b>&amp;</b>", "]]>", "\x01\x02", "\x0b\x0c", "\x1f", "\x7f", "\x85", "\u2028"),
    *("😀👨‍👩‍👧", "𠮷野家", "\ufeffx", "\ufdd0", "\U0001ffff", "字" * 3_000),
    *("编号", "合计", "序号", "填报单位（盖章）：", "注：", "单位：万元"),
    *("123", "00123", "1e5", "2024-01-01", "TRUE", "是", "#N/A"),
)


@dataclass(frozen=True)
class Named:
    """As much of a column as a file needs."""

    name: str
    label: str
    kind: kinds.Kind
    required: bool = False
    adds_up: bool = False


TEXT = Named("text", "说明", kinds.Kind())
CODE = Named("code", "编号", kinds.Kind())
HELD = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")
Write = Callable[[list[dict[str, Any]]], bytes]


def _plain(rows: list[dict[str, Any]]) -> bytes:
    to = io.BytesIO()
    register: Any = Named("visits", "", kinds.Kind())
    workbooks.write_xlsx(register, [CODE, TEXT], rows, to)  # type: ignore[list-item]
    return to.getvalue()


def _official(rows: list[dict[str, Any]]) -> bytes:
    to = io.BytesIO()
    paper = official.Paper(title="台账")
    official.write([CODE, TEXT], rows, paper, to)  # type: ignore[list-item]
    return to.getvalue()


def _csv(rows: list[dict[str, Any]]) -> bytes:
    to = io.BytesIO()
    workbooks.write_csv([CODE, TEXT], rows, to)  # type: ignore[list-item]
    return to.getvalue()


def _texts_of(content: bytes, name: str, column: int, first: int, count: int) -> list[Any]:
    (sheet,) = workbooks.read(content, name)
    rows = dict(sheet.rows)
    return [rows[first + at][column] for at in range(count)]


SHAPES = [
    pytest.param(_plain, "a.xlsx", 1, 2, id="plain"),
    pytest.param(_official, "a.xlsx", 2, 4, id="official"),
    pytest.param(_csv, "a.csv", 1, 2, id="csv"),
]


def _back(write: Write, name: str, column: int, first: int, texts: list[str]) -> list[Any]:
    rows = [{"code": f"C{at}", "text": text} for at, text in enumerate(texts)]
    return _texts_of(write(rows), name, column, first, len(texts))


@pytest.mark.parametrize(("write", "name", "column", "first"), SHAPES)
def test_texts_that_mean_something_to_excel_come_back_as_they_were(
    write: Write, name: str, column: int, first: int
) -> None:
    assert _back(write, name, column, first, list(NASTY)) == list(NASTY)


def _random_text(rng: random.Random) -> str:
    parts = [
        rng.choice(NASTY)
        if rng.random() < 0.2
        else chr(
            rng.choice(
                [
                    rng.randrange(1, 0xD800),
                    rng.randrange(0xE000, 0xFFFE),
                    rng.randrange(0x10000, 0x110000),
                ]
            )
        )
        for _ in range(rng.randrange(1, 12))
    ]
    return "".join(parts)


@pytest.mark.parametrize(("write", "name", "column", "first"), SHAPES)
def test_random_texts_come_back_as_they_were(
    write: Write, name: str, column: int, first: int
) -> None:
    rng = random.Random(2024)
    texts = [_random_text(rng) for _ in range(rounds(usual=500, soak=5_000))]

    assert _back(write, name, column, first, texts) == texts


@settings(max_examples=rounds(usual=8, soak=400))
@given(st.lists(st.text(HELD, min_size=1), min_size=1, max_size=40))
def test_what_a_cell_keeps_reads_back_as_the_same_text(texts: list[str]) -> None:
    assert _back(_plain, "a.xlsx", 1, 2, texts) == texts


def test_no_cell_of_a_file_is_a_formula() -> None:
    rows = [
        {"code": text, "text": text} for text in NASTY if not set(text) & set(map(chr, range(9)))
    ]

    for content in (_plain(rows), _official(rows)):
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {
            "s",
            "n",
            "inlineStr",
        }
        assert b"<f" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_no_cell_of_a_csv_starts_what_excel_would_compute() -> None:
    content = _csv([{"code": text, "text": text} for text in NASTY])

    cells = [
        cell
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    ] == []


@pytest.mark.parametrize("write", [_plain, _official])
def test_a_text_that_excel_would_cut_is_refused_with_a_way_out(write: Write) -> None:
    longest, longer = "字" * spreadsheet.MOST_TEXT, "字" * (spreadsheet.MOST_TEXT + 1)

    write([{"code": "a", "text": longest}])
    with pytest.raises(workbooks.Unwritable, match="CSV"):
        write([{"code": "a", "text": longer}])


def test_the_longest_text_comes_back_whole_and_csv_takes_longer_ones() -> None:
    longest = "字" * spreadsheet.MOST_TEXT
    pairs = "😀" * (spreadsheet.MOST_TEXT // 2)

    assert _back(_plain, "a.xlsx", 1, 2, [longest, pairs]) == [longest, pairs]
    with pytest.raises(workbooks.Unwritable):
        _plain([{"code": "a", "text": f"{pairs}😀"}])
    assert _back(_csv, "a.csv", 1, 2, [longest * 2]) == [longest * 2]


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 10)

    _plain([{"code": "a", "text": "b"}] * 9)
    with pytest.raises(workbooks.Unwritable, match="CSV"):
        _plain([{"code": "a", "text": "b"}] * 10)


def test_every_character_that_a_record_can_hold_survives() -> None:
    held = [chr(at) for at in range(1, sys.maxunicode + 1) if not 0xD800 <= at < 0xE000]
    texts = ["".join(held[at : at + 8_000]) for at in range(0, len(held), 8_000)]
    texts = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]

    assert _back(_plain, "a.xlsx", 1, 2, texts) == texts
