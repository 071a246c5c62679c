"""Thousands of damaged workbooks: each is read or refused, and nothing else happens."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from jingkai.apps.registers import workbooks
from tests.environment import rounds

from .making import cell, packed, parts, sheet

ROUNDS = rounds(300, 10_000)
BATCHES = 10
OLD = (Path(__file__).parent / "old.xls").read_bytes()
TAG = re.compile(rb"<[^<>]*>")
ATTRIBUTE = re.compile(rb'"[^"]*"')
WORDS = [
    b"-1",
    b"0",
    b"99999999999",
    b"XFD1048576",
    b"A0",
    b"",
    b"e",
    b"s",
    b"\xff",
    b"&#0;",
    b"&x;",
]


def usual() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name in ("台账", "附表"):
        page = book.add_worksheet(name)
        page.merge_range(0, 0, 0, 3, "台账")
        page.write_row(1, 0, ["编号", "名称", "金额", "日期"])
        for row in range(2, 20):
            page.write_string(row, 0, f"A-{row}")
            page.write_string(row, 1, "企业")
            page.write_number(row, 2, row * 1.5)
            page.write_datetime(row, 3, date(2024, 1, row), day)
        page.write_formula(20, 2, "=SUM(C3:C20)", None, 1)
        page.write_comment(2, 1, "批注")
    book.close()
    return buffer.getvalue()


USUAL = usual()
ORIGINALS = (USUAL, packed(parts(sheet(cell("A1") + cell("B2")))), OLD)


def flipped(random: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _time in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content))]


def without_a_piece(random: Random, content: bytes) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, 200) :]


def repacked(random: Random, change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(USUAL)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(random, members)
    return packed(members)


def swap(random: Random, members: dict[str, bytes]) -> None:
    first, second = random.sample(sorted(members), 2)
    members[first], members[second] = members[second], members[first]


def drop(random: Random, members: dict[str, bytes]) -> None:
    del members[random.choice(sorted(members))]


def edit(random: Random, members: dict[str, bytes]) -> None:
    name = random.choice(sorted(members))
    for _time in range(random.randint(1, 4)):
        members[name] = edited(random, members[name])


def edited(random: Random, text: bytes) -> bytes:
    pattern = random.choice([TAG, ATTRIBUTE])
    found = list(pattern.finditer(text))
    if not found:
        return text
    place, other = random.choice(found), random.choice(found)
    put = random.choice([b"", other[0], other[0] * 2, b'"' + random.choice(WORDS) + b'"'])
    return text[: place.start()] + put + text[place.end() :]


def mutant(random: Random) -> bytes:
    if random.random() < 0.5:
        return repacked(random, random.choice([swap, drop, edit, edit, edit]))
    return random.choice([flipped, cut, without_a_piece])(random, random.choice(ORIGINALS))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_workbook_is_read_or_refused(batch):
    random = Random(batch)

    for number in range(ROUNDS // BATCHES):
        content = mutant(random)
        try:
            sheets = workbooks.read(content, "a.xlsx")
        except workbooks.Unreadable:
            continue
        for page in sheets:
            rows = [row for row, _cells in page.rows]
            assert rows == sorted(set(rows)), number
            assert all(1 <= row <= 200_100 for row in rows), number
