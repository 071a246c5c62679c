"""Hostile workbooks: the guard refuses each by itself, and a child dies alone."""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jingkai.apps.registers import workbooks
from jingkai.apps.registers.sandbox import guard, scan, wire
from jingkai.apps.registers.sandbox.refusals import Reason, Refusal
from jingkai.apps.registers.workbooks import child

from .making import MAIN, cell, packed, parts, sheet, workbook

SECONDS = 2
MEGABYTES = 300
NOISE = os.urandom(3 << 20)  # does not pack, so that the ratio of the whole stays in order
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "&#97;"><!ENTITY b "&a;&a;&a;&a;">]>'


def padded(first: str | bytes) -> bytes:
    return packed(parts(first) | {"xl/media/noise.png": NOISE})


def with_(name: str, content: str | bytes) -> bytes:
    return packed(parts(sheet(cell("A1"))) | {name: content})


def twice() -> bytes:
    buffer = io.BytesIO(workbook(sheet(cell("A1"))))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", sheet(cell("XFD1048576")))
    return buffer.getvalue()


def encrypted() -> bytes:
    """Return an archive whose central directory says that its members are encrypted."""
    content = bytearray(workbook(sheet(cell("A1"))))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(content)


def other_method() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts(sheet(cell("A1"))).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def moved(rows: str) -> bytes:
    return workbook(sheet(rows))


BOMBS = {
    "two far corners": (lambda: moved(cell("A1") + cell("XFD1048576")), Reason.FAR),
    "a far row": (lambda: moved(cell("A200101")), Reason.FAR),
    "a far column": (lambda: moved(cell("OK1")), Reason.FAR),
    "a far row without cell references": (
        lambda: moved('<row r="1048576"><c><v>1</v></c></row>'),
        Reason.FAR,
    ),
    "a far column without cell references": (
        lambda: moved(f'<row r="1">{"<c><v>1</v></c>" * 401}</row>'),
        Reason.FAR,
    ),
    "a far cell in single quotes, the reference last": (
        lambda: moved("<row r='1'><c t='n' s='0' r='XFD1048576'><v>1</v></c></row>"),
        Reason.FAR,
    ),
    "a far cell with a prefix": (
        lambda: workbook(
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
            '<x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        ),
        Reason.FAR,
    ),
    "a far cell of inline text": (
        lambda: moved('<row r="1"><c r="XFD9" t="inlineStr"><is><t>a</t></is></c></row>'),
        Reason.FAR,
    ),
    "a far cell behind a > in an attribute": (
        lambda: moved('<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>'),
        Reason.FAR,
    ),
    "a far cell in a sheet of another folder": (
        lambda: packed(parts(sheet(cell("XFD1048576")), "theme/odd.xml")),
        Reason.FAR,
    ),
    "a rectangle too wide for its two cells": (
        lambda: moved(cell("A1") + cell("OJ12501")),
        Reason.CELLS,
    ),
    "more elements than a register has": (
        lambda: padded(sheet('<row r="1">' + "<c/>" * guard.MOST_ELEMENTS + "</row>")),
        Reason.CELLS,
    ),
    "more elements than a register has, in many sheets": (
        lambda: packed(
            parts(sheet())
            | {f"xl/worksheets/sheet{n}.xml": sheet("<c/>" * 620_000) for n in range(2, 11)}
            | {"xl/media/noise.png": NOISE}
        ),
        Reason.CELLS,
    ),
    "a merge over the whole sheet": (
        lambda: workbook(
            sheet(cell("A1"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
        ),
        Reason.MERGE,
    ),
    "a merge beyond the sheet": (
        lambda: workbook(
            sheet(cell("A1"), after='<mergeCells><mergeCell ref="A1:ZZZ9"/></mergeCells>')
        ),
        Reason.MERGE,
    ),
    "too many merges": (
        lambda: padded(
            sheet(cell("A1"), after='<mergeCell ref="A1:A2"/>' * (scan.MOST_MERGES + 1))
        ),
        Reason.MERGE,
    ),
    "a span of columns beyond the sheet": (
        lambda: workbook(sheet(cell("A1"), before='<cols><col min="1" max="2000000000"/></cols>')),
        Reason.FAR,
    ),
    "entities that grow": (
        lambda: workbook(DOCTYPE + sheet(cell("A1", "&b;"))),
        Reason.DOCTYPE,
    ),
    "entities in the shared texts": (
        lambda: with_("xl/sharedStrings.xml", f"{DOCTYPE}<sst>&b;</sst>"),
        Reason.DOCTYPE,
    ),
    "entities in a drawing": (
        lambda: with_("xl/drawings/drawing1.xml", f"{DOCTYPE}<a>&b;</a>"),
        Reason.DOCTYPE,
    ),
    "UTF-16, which the parser behind takes for bytes": (
        lambda: packed(parts(sheet(cell("A1")).encode("utf-16"))),
        Reason.DAMAGED,
    ),
    "a token that never ends": (
        lambda: padded(f'<worksheet a="{"x" * (5 * scan.MOST_TOKEN)}"/>'),
        Reason.LONG,
    ),
    "blanks that unpack to a gigabyte": (
        lambda: with_("xl/worksheets/sheet1.xml.xml", b" " * (guard.MOST_UNPACKED + 1)),
        Reason.UNPACKED,
    ),
    "a thousand to one": (lambda: with_("xl/a.xml", b" " * (20 << 20)), Reason.RATIO),
    "too many members": (
        lambda: packed(parts("") | {f"a/{n}": b"" for n in range(guard.MOST_MEMBERS)}),
        Reason.UNPACKED,
    ),
    "two members of one name": (twice, Reason.MEMBER),
    "two members of almost one name": (
        lambda: with_("xl/worksheets/SHEET1.xml", sheet(cell("XFD1048576"))),
        Reason.MEMBER,
    ),
    "a member above": (lambda: with_("../../evil.xml", "<a/>"), Reason.MEMBER),
    "a member above, by backslash": (lambda: with_("xl\\..\\..\\evil.xml", "<a/>"), Reason.MEMBER),
    "a member from the root": (lambda: with_("/etc/evil.xml", "<a/>"), Reason.MEMBER),
    "a method that takes much memory": (other_method, Reason.MEMBER),
    "encrypted members": (encrypted, Reason.PASSWORD),
    "a Word file": (lambda: packed({"word/document.xml": "<a/>"}), Reason.TYPE),
    "a binary workbook": (lambda: packed({"xl/workbook.bin": b"\0"}), Reason.TYPE),
}


@pytest.fixture(params=BOMBS)
def bomb(request, tmp_path):
    make, reason = BOMBS[request.param]
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(make())
    return path, reason


def test_the_guard_refuses_a_bomb_for_its_reason(bomb, tmp_path):
    path, reason = bomb

    with pytest.raises(Refusal) as refused:
        guard.vet(path, tmp_path / "copy.xlsx")

    assert refused.value.reason == reason


def test_a_bomb_costs_neither_time_nor_memory(bomb, tmp_path):
    path, reason = bomb

    said, seconds, megabytes = spoken_by_a_child(path, tmp_path)

    assert said["refused"][0] == reason
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


MEASURED = """
import atexit, pathlib, runpy, sys, time
status = pathlib.Path("/proc/self/status").read_text
peak = lambda: status().split("VmHWM:")[1].split()[0]
atexit.register(lambda: print(time.process_time(), peak(), file=sys.stderr))
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def spoken_by_a_child(path: Path, scratch: Path) -> tuple[dict, float, int]:
    """Return the first thing that a child says of the file, its processor time, its memory."""
    arguments = [sys.executable, "-c", MEASURED, child.MODULE, str(path), path.name, str(scratch)]
    done = subprocess.run(arguments, input=b"", capture_output=True, check=False)
    seconds, kilobytes = done.stderr.split()
    return json.loads(done.stdout.splitlines()[0]), float(seconds), int(kilobytes) // 1024


@pytest.mark.parametrize("name", ["two far corners", "entities that grow", "encrypted members"])
def test_a_person_is_told_what_is_wrong(name):
    make, _reason = BOMBS[name]

    with pytest.raises(workbooks.Unreadable, match=r"[一-龥]{4}"):
        workbooks.read(make(), "a.xlsx")


def test_the_far_cell_is_named():
    with pytest.raises(workbooks.Unreadable, match="XFD1048576"):
        workbooks.read(moved(cell("A1") + cell("XFD1048576")), "a.xlsx")


def test_far_cells_that_are_only_coloured_are_no_bomb():
    rows = cell("A1") + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'

    (found,) = workbooks.read(moved(rows), "a.xlsx")

    assert found.rows == [(1, [1])]


def test_a_style_over_all_columns_is_no_bomb():
    content = workbook(sheet(cell("B2"), before='<cols><col min="1" max="16384"/></cols>'))

    (found,) = workbooks.read(content, "a.xlsx")

    assert found.rows == [(2, [None, 1])]


def test_the_last_cell_that_is_near_enough_is_read():
    (found,) = workbooks.read(moved(cell("A200100") + cell("X1")), "a.xlsx")
    (wide,) = workbooks.read(moved(cell("OJ12500")), "a.xlsx")

    assert found.rows[-1][0] == 200_100
    assert [(number, len(cells)) for number, cells in wide.rows] == [(12_500, 400)]


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04", b"", b"<a/>"]
)
def test_what_only_looks_like_a_workbook_is_refused(content):
    with pytest.raises(workbooks.Unreadable):
        workbooks.read(content, "a.xlsx")


def test_a_workbook_with_a_password_is_told_apart_from_a_damaged_one():
    content = b"\xd0\xcf\x11\xe0" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(workbooks.Unreadable, match="密码"):
        workbooks.read(content, "a.xlsx")


def test_a_far_cell_of_an_old_workbook_ends_with_its_child(tmp_path):
    content = bytearray((Path(__file__).parent / "old.xls").read_bytes())
    place = content.find(struct.pack("<4H", 0x00FD, 10, 4, 1))  # a text at B5
    content[place + 4 : place + 8] = struct.pack("<2H", 65_535, 255)
    path = tmp_path / "far.xls"
    path.write_bytes(content)

    with pytest.raises(workbooks.Unreadable, match="内存或时间"):
        workbooks.read(path, "far.xls")


def test_a_parser_that_aborts_takes_only_its_child_along(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "MODULE", "tests.apps.registers.workbooks.aborting")

    with pytest.raises(workbooks.Unreadable, match="内存或时间"):
        workbooks.read(workbook(sheet(cell("A1"))), "a.xlsx")


def test_a_child_that_says_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(child, "MODULE", "tests.apps.registers.workbooks.silent")
    monkeypatch.setattr(child, "PATIENCE", 0.2)

    with pytest.raises(workbooks.Unreadable, match="内存或时间"):
        workbooks.read(workbook(sheet(cell("A1"))), "a.xlsx")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"rubbish\n",
        b"[]\n",
        b'{"refused": ["no such reason", {}]}\n',
        b'{"refused": 7}\n',
        b'{"date": "rubbish"}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\n",
    ],
    ids=["nothing", "no JSON", "no dict", "odd", "odder", "no day", "deep", "no text"],
)
def test_a_child_that_was_taken_over_can_say_nothing_else(said, tmp_path, monkeypatch):
    (tmp_path / "said").write_bytes(said)
    monkeypatch.setattr(child, "MODULE", "tests.apps.registers.workbooks.repeating")

    with pytest.raises(workbooks.Unreadable):
        workbooks.read(tmp_path / "said", "a.xlsx")


def test_a_child_that_never_ends_its_line_is_not_listened_to_for_ever(tmp_path, monkeypatch):
    (tmp_path / "said").write_bytes(b"x" * 3_000_000)
    monkeypatch.setattr(child, "MODULE", "tests.apps.registers.workbooks.repeating")
    monkeypatch.setattr(wire, "MOST_LINE", 1_000_000)

    with pytest.raises(workbooks.Unreadable, match="内存或时间"):
        workbooks.read(tmp_path / "said", "a.xlsx")


def test_a_file_beyond_50_megabytes_is_not_even_looked_at(monkeypatch, tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(workbooks.MOST_BYTES + 1)

    with pytest.raises(workbooks.Unreadable, match="50 MB"):
        workbooks.read(path, "a.xlsx")


@pytest.mark.parametrize(("length", "is_read"), [(1_000_000, True), (1_000_001, False)])
def test_a_cell_longer_than_any_person_writes_is_refused(length, is_read):
    text = f'<row r="3"><c r="B3" t="inlineStr"><is><t>{"a" * length}</t></is></c></row>'

    try:
        workbooks.read(padded(sheet(text)), "a.xlsx")
        refused = ""
    except workbooks.Unreadable as reason:
        refused = str(reason)

    assert ("B3" not in refused) is is_read


def test_a_row_longer_than_any_person_writes_is_refused():
    long = f'<c t="inlineStr"><is><t>{"a" * 900_000}</t></is></c>' * 9
    content = padded(sheet(f'<row r="3">{long}</row>'))

    with pytest.raises(workbooks.Unreadable, match="I3"):
        workbooks.read(content, "a.xlsx")
