"""The page of an import, where a file lacks what the register asks for."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from tests.apps.registers.imports.making import GOOD, HEADINGS, book


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_required_column_that_the_file_lacks_is_named_once_for_all_rows(
    is_whole: bool, officer: User, log_in: Callable[[User], Client], inside: Zone
) -> None:
    headings, row = (HEADINGS, GOOD) if is_whole else (HEADINGS[:-2], GOOD[:-2])
    file = SimpleUploadedFile("a.xlsx", book([headings, row]))

    answer = log_in(officer).post(f"/z/{inside.code}/visits/import/", {"file": file}, follow=True)

    text = answer.content.decode()
    assert ("文件里没有这些必填的列" in text) is not is_whole
    assert ("<p>团组名称</p>" in text) is not is_whole
