"""Files put to a record, as the officer reads on its page what came of it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def put(
    officer: User,
    log_in: Callable[[User], Client],
    visits: Register,
    inside: Zone,
    values: Callable[..., dict[str, Any]],
    clock: datetime,
    settings: Any,
    tmp_path: Path,
) -> Callable[..., str]:
    """Return a way to put files to a visit, which answers the page that follows."""
    settings.FILES_FOLDER = tmp_path
    visit: Any = actions.create_record(
        register=visits, zone=inside, values=values(), by="a", at=clock
    )
    browser = log_in(officer)

    def done(**contents: bytes) -> str:
        files = [SimpleUploadedFile(f"{name}.pdf", data) for name, data in contents.items()]
        address = f"/z/home/visits/{visit.pk}/files/"
        return browser.post(address, {"files": files}, follow=True).content.decode()

    return done


def test_a_refused_file_is_named_and_nothing_is_added(put: Callable[..., str]) -> None:
    page = put(合影=PDF, 说明=b"MZ")

    assert "“说明.pdf”：" in page
    assert "这次选的材料都没有添加" in page
    assert "还没有材料" in page


def test_the_history_names_the_file_that_was_put_to_the_record(put: Callable[..., str]) -> None:
    page = put(合影=PDF)

    history = page[page.index("变更历史") :]
    assert "合影.pdf" in history
