"""
The surroundings of the suite, laid before Django reads its settings (see `addopts`).

A data folder of its own, a secret that several processes share, and no clock of the developer's.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TypeVar

from hypothesis import settings

from jingkai.config import catalogues

SOAK = os.environ.get("JINGKAI_SOAK") == "1"
Much = TypeVar("Much")


def rounds(usual: Much, soak: Much) -> Much:
    """Return how much of a law is tried: a little in the suite, in full in `make soak`."""
    return soak if SOAK else usual


def _lay() -> None:
    home = tempfile.mkdtemp(prefix="jingkai-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (Path(home) / "static").mkdir()  # whitenoise warns where it is missing
    # A process that once read without its catalogue has no English until it ends.
    catalogues.compile_outdated()
    os.environ["JINGKAI_HOME"] = home
    os.environ["JINGKAI_SECRET_KEY"] = "a secret of the tests"
    # Playwright runs an event loop in the thread that also asks the database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    os.environ.pop("JINGKAI_NOW", None)
    settings.register_profile("jingkai", max_examples=rounds(60, 2000), deadline=None)
    settings.load_profile("jingkai")


_lay()
