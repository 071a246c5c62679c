"""Workbooks to import, and what comes of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, jobs
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.models import ImportRun


@pytest.fixture
def checked(visits: Register, inside: Zone, clock: datetime) -> Callable[..., ImportRun]:
    """Return a function that checks a workbook of visits."""

    def check(
        content: bytes,
        *,
        name: str = "a.xlsx",
        reading: Reading | None = None,
        register: Register = visits,
        at: datetime = clock,
    ) -> ImportRun:
        run, _was_imported = jobs.receive(
            register=register,
            zone=inside,
            content=content,
            file_name=name,
            reading=reading,
            by="a",
            at=at,
        )
        return jobs.check(register=register, run=run, by="a", at=at)

    return check


@pytest.fixture
def imported(
    visits: Register, clock: datetime, checked: Callable[..., ImportRun]
) -> Callable[..., ImportRun]:
    """Return a function that checks a workbook of visits and imports it."""

    def take_in(content: bytes, *, at: datetime = clock, **asked: Any) -> ImportRun:
        run = checked(content, at=at, **asked)
        register = asked.get("register", visits)
        try:
            return actions.import_workbook(register=register, run=run, by="a", at=at)
        except actions.NotClean as refused:
            refused.add_note(str(run.report.get("errors")))
            raise

    return take_in
