"""Run the stages of a check one after another, time each, and fail when any of them failed."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field

from tools.environment import PYTHON, ROOT, VENV

COUNTED = re.compile(r"\b(\d+) (passed|failed|error|skipped)s?\b")
CLOSING = re.compile(r"^=* ?(?=\d+ (?:passed|failed|error|skipped|deselected))")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: its name, its command, and what its environment has besides."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(VENV / "bin" / name), *arguments)


def _python(*arguments: str) -> tuple[str, ...]:
    return (str(PYTHON), *arguments)


# One process more than the cores of a small machine: the browser's stories mostly wait.
PYTEST = _python("-m", "pytest", "-q", "-n", "3")
CHECKS = (
    Stage("ruff check", _tool("ruff", "check", "--quiet")),
    Stage("ruff format", _tool("ruff", "format", "--check", "--quiet")),
    Stage("mypy", _tool("mypy", "--no-error-summary")),
    Stage("import directions", _tool("lint-imports", "--no-logo")),
    Stage("migrations", _python("manage.py", "makemigrations", "--check", "--dry-run")),
)
SUITES = (
    Stage("suite on SQLite", PYTEST),
    Stage(
        "suite on PostgreSQL",
        _python("-m", "tools.postgres", *PYTEST, "--database-only", "-m", "not browser"),
    ),
)
FULL_COUNTS = {"JINGKAI_SOAK": "1"}
SOAK = tuple(Stage(stage.name, stage.command, FULL_COUNTS) for stage in SUITES)
COVERAGE = (
    Stage("suite", _python("-m", "coverage", "run", "-m", "pytest", "-q", "-m", "not browser")),
    Stage("coverage", _python("-m", "coverage", "report")),
)


def benchmarks() -> tuple[Stage, ...]:
    """Return one stage for each benchmark of bench/."""
    return tuple(
        Stage(script.stem, _python("-m", f"bench.{script.stem}"))
        for script in sorted((ROOT / "bench").glob("[a-z]*.py"))
    )


def run(stages: tuple[Stage, ...]) -> int:
    """Run all stages, also after one failed; print a table of them; return 1 if any failed."""
    counts: Counter[str] = Counter()
    rows = []
    with tempfile.TemporaryDirectory(prefix="jingkai-") as home:
        for stage in stages:
            print(f"\n== {stage.name}", flush=True)
            started = time.monotonic()
            status = _run(stage, home, counts)
            rows.append((stage.name, status, time.monotonic() - started))
    print()
    for name, status, seconds in rows:
        print(f"{'FAILED' if status else 'ok':8}{seconds:7.1f} s  {name}")
    if counts:
        failed = counts["failed"] + counts["error"]
        print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped")
    sys.stdout.flush()
    return int(any(status for _, status, _ in rows))


def _run(stage: Stage, home: str, counts: Counter[str]) -> int:
    """Run one stage in a data folder that is not the developer's; pass on what it prints."""
    surroundings = {**os.environ, "JINGKAI_HOME": home, **stage.environment}
    with subprocess.Popen(
        stage.command,
        cwd=ROOT,
        env=surroundings,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if CLOSING.match(line) and " in " in line:
                counts.update({what: int(n) for n, what in COUNTED.findall(line)})
        return process.wait()
