"""The child that reads a foreign workbook: what it may, and what it sees of us."""

import subprocess
import sys

import pytest

from jingkai.apps.registers import workbooks
from jingkai.apps.registers.workbooks import child

from .making import cell, sheet, workbook


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("resource.getrlimit(resource.RLIMIT_AS)[0]", 768 << 20),
        ("resource.getrlimit(resource.RLIMIT_CPU)[0]", 30),
        ("resource.getrlimit(resource.RLIMIT_CORE)[0]", 0),
    ],
)
def test_the_child_limits_itself(line, what):
    code = (
        "import resource; from jingkai.apps.registers.sandbox import child;"
        f"child._limit(); print({line})"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout

    assert int(said) == what


def test_the_child_loads_no_django():
    code = (
        "import sys, jingkai.apps.registers.sandbox.child, jingkai.apps.registers.sandbox.marking;"
        "sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0


def test_the_child_sees_nothing_of_our_surroundings(monkeypatch):
    monkeypatch.setenv("JINGKAI_SECRET_KEY", "secret")
    monkeypatch.setattr(child, "MODULE", "tests.apps.registers.workbooks.telling")

    with workbooks.opened(workbook(sheet(cell("A1"))), "a.xlsx") as book:
        names = {head.name for head in book.sheets}

    assert "PYTHONPATH" in names
    assert not {name for name in names if name.startswith("JINGKAI")}
