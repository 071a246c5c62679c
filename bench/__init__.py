"""
Benchmarks: `python3 dev.py bench` runs each; none of them passes or fails.

The surroundings are laid before Django reads its settings: a data folder of their own and the last
day of 2024. Rows live in a test database beside the one that DATABASE_URL names, or in a file.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django


def _lay() -> None:
    home = tempfile.mkdtemp(prefix="jingkai-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (Path(home) / "static").mkdir()  # whitenoise warns where it is missing
    os.environ["JINGKAI_HOME"] = home
    os.environ["JINGKAI_TEST_SQLITE"] = f"{home}/bench.sqlite3"
    os.environ["JINGKAI_SECRET_KEY"] = "a secret of the benchmarks"  # noqa: S105
    os.environ["JINGKAI_NOW"] = "2024-12-31"
    os.environ["DJANGO_SETTINGS_MODULE"] = "jingkai.config.settings"
    django.setup()


_lay()
