"""
Fetch the files of other people's packages that browsers and PDF documents need.

`locks/assets.json` names each package, its version, the sha512 of its archive and the files to
copy. The archives come through npm, so that a mirror set up on the machine is used as it is.
Beside each text lies its gzip, which the server sends instead: a third of a first visit.
Standard library alone.
"""

import base64
import gzip
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypedDict

LOCK = "locks/assets.json"
STAMP = ".tools/assets-stamp"
TEXTS = {".css", ".js", ".mjs"}
SOURCE_MAP = re.compile(rb"\n?(?:/\*|//)# sourceMappingURL=\S+(?: \*/)?\s*$")


class Asset(TypedDict):
    """One entry of the lock: a package and, of its files, source to target."""

    package: str
    version: str
    integrity: str
    files: dict[str, str]


class NotAsLocked(Exception):
    """An archive is not the one that was locked."""


def are_in_place(root: Path) -> bool:
    """Return whether the locked files were fetched and none was removed since."""
    stamp = root / STAMP
    if not stamp.exists() or stamp.read_text() != _digest(root):
        return False
    targets = [root / target for asset in _lock(root) for target in asset["files"].values()]
    pressed = [_pressed(target) for target in targets if target.suffix in TEXTS]
    return all(path.exists() for path in (*targets, *pressed))


def fetch(root: Path, *, npm: list[str]) -> None:
    """
    Fetch every locked package and copy its listed files.

    :raises NotAsLocked: before any of that package's files is copied
    :raises subprocess.CalledProcessError: if npm can't fetch it
    """
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor() as pool:
        folder = Path(scratch)
        for done in [pool.submit(_fetch_one, root, asset, npm, folder) for asset in _lock(root)]:
            done.result()
    stamp = root / STAMP
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(_digest(root))


def _lock(root: Path) -> list[Asset]:
    assets: list[Asset] = json.loads((root / LOCK).read_text())
    return assets


def _digest(root: Path) -> str:
    return hashlib.sha256((root / LOCK).read_bytes()).hexdigest()


def _fetch_one(root: Path, asset: Asset, npm: list[str], scratch: Path) -> None:
    name = f"{asset['package']}@{asset['version']}"
    pack = [*npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", str(scratch), name]
    done = subprocess.run(pack, check=True, capture_output=True, text=True, cwd=scratch)
    archive = scratch / done.stdout.strip().splitlines()[-1]
    _check(archive, asset)
    with tarfile.open(archive) as files:
        for source, target in asset["files"].items():
            member = files.extractfile(f"package/{source}")
            if member is None:
                raise NotAsLocked(f"{name} has no file {source}")
            _write(root / target, member.read())


def _check(archive: Path, asset: Asset) -> None:
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    found = f"sha512-{base64.b64encode(digest).decode()}"
    if found != asset["integrity"]:
        raise NotAsLocked(f"{asset['package']} {asset['version']}: {found} is not the locked hash")


def _write(target: Path, content: bytes) -> None:
    """Write one file, a text without the mention of a source map that is not copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix in TEXTS:
        content = SOURCE_MAP.sub(b"\n", content)
        _pressed(target).write_bytes(gzip.compress(content, mtime=0))
    target.write_bytes(content)


def _pressed(target: Path) -> Path:
    return target.with_name(f"{target.name}.gz")
