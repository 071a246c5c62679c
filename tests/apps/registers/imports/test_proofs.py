"""Real registers taken in whole, and planted errors found in whole."""

import csv
import io
import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, fitting, queries, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading, looking
from jingkai.apps.registers.kinds.custom import Type, is_code
from jingkai.apps.registers.models import ImportRun, Outcome
from jingkai.apps.registers.sandbox.text import UNKNOWN
from tests.apps.registers.imports.making import HEADINGS, book
from tests.environment import rounds

Import = Callable[..., ImportRun]

DATA = Path(os.environ.get("JINGKAI_REAL_REGISTERS", Path(__file__).parents[5] / "shared/data"))
REAL = [
    *sorted(DATA.glob("uk-brownfield-registers/*.csv")),
    *sorted(DATA.glob("uk-stoke-brownfield/*.csv")),
    *sorted(DATA.glob("uk-stoke-brownfield/*.xlsx")),
]
# What each local authority calls the site's number, and where it says where the site is.
NUMBERS = ("site_reference", "SiteReference", "Site Reference", "LA SITE REF", "Site reference")
PLACES = (
    "name_address",
    "SiteNameAddress",
    "SiteAddress",
    "Site Name Address",
    "NAME AND ADDRESS OF SITE",
    "Site name and address",
)


def content_of(path: Path) -> bytes:
    """Return the file; one whose encoding is asked about in UTF-8."""
    content = path.read_bytes()
    with workbooks.opened(content, path.name) as book:
        is_unsure = any(UNKNOWN in sheet.about.get("notes", "") for sheet in book.sheets)
    return content.decode("cp1252").encode() if is_unsure else content


def rows_of(path: Path) -> int:
    """Return how many rows below the headings hold something, counted without our reader."""
    if path.suffix == ".csv":
        content = content_of(path)
        for encoding in ("utf-8-sig", "gb18030"):
            with suppress(UnicodeDecodeError):
                rows = csv.reader(io.StringIO(content.decode(encoding)))
                return sum(any(cell.strip() for cell in row) for row in rows) - 1
    sheets = workbooks.read(path.read_bytes(), path.name)
    return max(len(sheet.rows) for sheet in sheets) - 1


@pytest.fixture
def sites(inside: Zone, clock: datetime) -> Callable[[list[str]], Register]:
    """Return a function that makes a register with a field of the zone's own for each heading."""

    def made(headings: list[str]) -> Register:
        register = queries.registers()["investors"]
        for heading in headings:
            actions.add_field(
                register=register,
                zone=inside,
                of=Type.LONG,
                said=fitting.OwnField(label=heading[:40]),
                by="a",
                at=clock,
            )
        return fitting.fit(register, inside)

    return made


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="no real registers beside the repository")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_row_of_a_real_register_is_in_or_refused_with_its_reason(
    path: Path,
    checked: Import,
    imported: Import,
    sites: Callable[[list[str]], Register],
) -> None:
    content = content_of(path)
    with workbooks.opened(content, path.name) as opened:
        look = looking.look(queries.registers()["investors"], Reading(), opened)
    headings = [column.heading for column in look.columns]
    number = next(name for name in NUMBERS if name in headings)
    place = next(name for name in PLACES if name in headings)
    others = [heading for heading in headings if heading not in {number, place}]
    register = sites(others)
    own = [column.name for column in register.typed if is_code(column.name)]
    columns = dict(zip(others, own, strict=True)) | {number: "code", place: "name"}
    reading = Reading(columns=columns, constants={"kind": "enterprise"})

    run = checked(content, name=path.name, reading=reading, register=register)
    refused = set(run.rows.filter(outcome=Outcome.REFUSED).values_list("row", flat=True))
    mended = without(content, path.name, refused)
    taken = imported(mended, name="mended.csv", reading=reading, register=register)

    assert len(run.report["aside"]) == 0
    assert taken.report["created"] + len(refused) == rows_of(path)
    assert register.model.objects.count() == taken.report["created"]
    assert all(row.errors for row in run.rows.filter(outcome=Outcome.REFUSED))
    assert taken.report["created"] > 0


def without(content: bytes, name: str, refused: set[int]) -> bytes:
    """Return the rows of a workbook but for those that were refused, as CSV."""
    (sheet, *_others) = workbooks.read(content, name)
    text = io.StringIO()
    writer = csv.writer(text)
    for number, cells in sheet.rows:
        if number not in refused:
            writer.writerow(["" if cell is None else str(cell) for cell in cells])
    return text.getvalue().encode()


BAD = {
    "编号": ["", "x" * 41],
    "方向": ["路过", ""],
    "日期": ["2024-02-30", "昨天", ""],
    "团组名称": ["", "长" * 121],
    "人数": ["三", "2.5", "0", "-1", "99999"],
}


def planted(seed: int) -> tuple[list[list[Any]], int, set[tuple[int, str]]]:
    """Return the rows of a workbook with errors in known cells, and those cells."""
    chance = random.Random(seed)
    skip = chance.randrange(6)
    names = [heading.rstrip("*") for heading in HEADINGS]
    rows: list[list[Any]] = [list(HEADINGS)]
    wrong: set[tuple[int, str]] = set()
    for number in range(chance.randrange(1, 30)):
        row = [f"LF-{number}", "来访", "2024-03-01", "团", str(chance.randrange(1, 50))]
        for index, name in enumerate(names):
            if chance.random() < 0.08:
                row[index] = chance.choice(BAD[name])
                wrong.add((skip + len(rows) + 1, name))
        rows.append(row)
    return rows, skip, wrong


@pytest.mark.slow
def test_the_errors_that_are_reported_are_those_that_were_planted(checked: Import) -> None:
    for seed in range(rounds(25, 500)):
        rows, skip, wrong = planted(seed)

        run = checked(book(rows, skip=skip), name=f"{seed}.xlsx")

        told = {(error["row"], error["column"]) for error in run.report["errors"]}
        assert told == wrong, seed
