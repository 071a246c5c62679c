"""What writes and opens spatial files."""

import pytest

from jingkai.core.geometry import files
from tests.core.geometry.filing import FIELDS, RECORDS


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens a file with a new folder for what it unpacks."""

    def opens(path, name=""):
        scratch = tmp_path / f"scratch-{len(list(tmp_path.iterdir()))}"
        scratch.mkdir()
        return files.open_source(path, scratch, name or path.name)

    return opens


@pytest.fixture
def written(tmp_path):
    """Return a function that writes the three plots."""

    def writes(kind, records=RECORDS, fields=FIELDS, **about):
        path = tmp_path / f"plots.{files.ENDINGS[kind]}"
        losses = files.write(path, kind, fields, records, layer="宗地", **about)
        return path, losses

    return writes
