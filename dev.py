"""
Set up, run and test Jingkai: `python3 dev.py run`. Needs Python 3.11 and nothing else.

Everything is laid inside this folder: .tools (uv), .venv (Python packages), var (data).
`make NAME` is the same as `python3 dev.py NAME`.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable

if sys.version_info < (3, 11):
    sys.exit("Jingkai needs Python 3.11 or newer; this is " + sys.version.split()[0])

from tools import environment, stages
from tools.environment import PYTHON, ROOT


def run(options: argparse.Namespace) -> int:
    """Serve the product on localhost, with the demo zone if the database is empty."""
    environment.prepare("run")
    # The demo zone's year is 2024: its to-dos and lights are told as of the year's last day.
    os.environ.setdefault("JINGKAI_NOW", "2024-12-31T09:00:00+08:00")
    subprocess.run([PYTHON, "-m", "tools.first_run"], cwd=ROOT, check=True)
    port = options.port or os.environ.get("JINGKAI_PORT", "8000")
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", "jingkai.cli", "serve", "--port", str(port)])


def test(options: argparse.Namespace) -> int:
    """Run every check and the whole suite, on SQLite and on PostgreSQL."""
    del options
    environment.prepare("dev")
    return stages.run(stages.CHECKS + stages.SUITES)


def lint(options: argparse.Namespace) -> int:
    """Run the checks that read code and run none of it."""
    del options
    environment.prepare("dev")
    return stages.run(stages.CHECKS)


def soak(options: argparse.Namespace) -> int:
    """Run the suite with the full counts of examples, rounds and tamperings."""
    del options
    environment.prepare("dev")
    return stages.run(stages.SOAK)


def coverage(options: argparse.Namespace) -> int:
    """Run the suite and print the lines that no test reached."""
    del options
    environment.prepare("dev")
    return stages.run(stages.COVERAGE)


def bench(options: argparse.Namespace) -> int:
    """Run every benchmark; each prints one table."""
    del options
    environment.prepare("dev")
    return stages.run(stages.benchmarks())


def tck(options: argparse.Namespace) -> int:
    """Run the conformance kit of DMN: passed, passed with a value to find, failures by family."""
    del options
    environment.prepare("dev")
    return subprocess.run([PYTHON, "-m", "tools.tck"], cwd=ROOT, check=False).returncode


def messages(options: argparse.Namespace) -> int:
    """Collect the texts of code and templates into the English catalogue."""
    del options
    environment.prepare("dev")
    return subprocess.run([PYTHON, "-m", "tools.messages"], cwd=ROOT, check=False).returncode


def lock(options: argparse.Namespace) -> int:
    """Resolve the newest allowed packages anew."""
    del options
    environment.lock()
    return 0


def main() -> int:
    """Return the exit status of the command named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (run, test, lint, soak, coverage, bench, tck, messages, lock):
        sub = commands.add_parser(command.__name__, help=command.__doc__)
        sub.set_defaults(command=command)
        if command is run:
            sub.add_argument("--port", type=int, help="8000, or JINGKAI_PORT")
    options = parser.parse_args()
    # The suite starts Python some hundred times: what it compiled once it need not compile again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        chosen: Callable[[argparse.Namespace], int] = options.command
        return chosen(options)
    except environment.SetUpFailed as reason:
        print(f"Set-up stopped. {reason}", file=sys.stderr)
    except subprocess.CalledProcessError as reason:
        return reason.returncode
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
