"""Files that the tests write, and what they ask of those that they open."""

import zipfile
from datetime import date
from decimal import Decimal

import pytest

from jingkai.core.geometry import files
from jingkai.core.geometry.files import Field, Type
from tests.core.geometry.places import rectangle

PLOT = rectangle(117.7, 36.05)
FIELDS = (
    Field("地块编号"),
    Field("登记面积平方米", Type.DECIMAL),
    Field("层数", Type.WHOLE),
    Field("签订日期", Type.DAY),
    Field("公开", Type.TRUTH),
)
RECORDS = [
    (["G1", Decimal("1234.56"), 3, date(2024, 1, 2), True], PLOT),
    (["G2 厂房<&>", None, None, None, None], rectangle(117.8, 36.05)),
    (["G3", Decimal("0.1"), 2**53 + 1, None, False], rectangle(117.9, 36.05)),
]


def repacked(path, *, without=(), change=None, folder=""):
    """Write the zip anew without some members, in a folder, or with others' bytes."""
    target = path.with_name("again.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if not name.endswith(without or ("\0",)):
                new.writestr(folder + name, change(name, content) if change else content)
    return target


def rows(source, place=0):
    return list(source.rows(source.layers[place].name))


def remarks(source, place=0):
    return [note.remark for note in source.layers[place].notes]


def refusal(opened, path):
    with pytest.raises(files.Unreadable) as refused:
        opened(path)
    return refused.value.reason
