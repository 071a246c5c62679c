"""A list that goes out and comes in again changes nothing, in every shape."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, exports, jobs, queries, workbooks
from jingkai.apps.registers.declaration import Register
from tests.environment import rounds

from .test_texts import NASTY

Write = Callable[[Register], bytes]


def _official(register: Register) -> bytes:
    columns = [column for column in register.bound if column.typed]
    filled_by = tuple(exports.filled_by(["港城", "张三", "", ""]).items())
    paper = workbooks.Paper(title="来访", filled_by=filled_by)
    return exports.official(columns, queries.rows_of(register).order_by("pk"), paper)


def _written(suffix: str) -> Write:
    return lambda register: exports.write(
        register, queries.rows_of(register).order_by("pk"), suffix
    )


def _texts(column: Any, count: int) -> list[str | None]:
    """Return texts that the column can hold: what reading a cell leaves of them."""
    rng = random.Random(5)
    found: list[str | None] = []
    while len(found) < count:
        mixed = "".join(rng.sample("=+-@'\"_x0D,;\n\t 编号合计😀\u2028", 6))
        text = rng.choice([*NASTY, mixed])[: column.kind.max_length]
        found.append(column.kind.parse(text))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("write", "name"),
    [(_written("xlsx"), "a.xlsx"), (_written("csv"), "a.csv"), (_official, "b.xlsx")],
    ids=["plain", "csv", "official"],
)
def test_what_is_exported_is_imported_as_unchanged(
    visits: Register, inside: Zone, clock: datetime, write: Write, name: str
) -> None:
    count = rounds(usual=120, soak=5_000)
    told = {"zone": inside, "recorded_at": clock, "changed_at": clock, "direction": "inbound"}
    columns = {key: visits.by_name[key] for key in ("delegation", "purpose", "place")}
    texts = {key: _texts(column, count) for key, column in columns.items()}
    visits.model.everywhere.bulk_create(
        visits.model(
            **told,
            code=f"LF-{at}",
            visited_on=date(2024, 1, 1 + at % 28),
            people=at or None,
            **{key: found[at] or "" for key, found in texts.items()} | {"delegation": f"团{at}"},
        )
        for at in range(count)
    )

    run, _again = jobs.receive(
        register=visits, zone=inside, content=write(visits), file_name=name, by="a", at=clock
    )

    report = jobs.check(register=visits, run=run, by="a", at=clock).report
    assert report["errors"] == []
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, count)


def test_the_same_rows_are_the_same_file_whenever_they_are_written(
    visits: Register, inside: Zone, clock: datetime, values: Callable[..., dict[str, Any]]
) -> None:
    actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)

    content = _written("xlsx")(visits)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        noted = {member.date_time for member in archive.infolist()}
    assert noted == {(1980, 1, 1, 0, 0, 0)}
    assert content == _written("xlsx")(visits)
