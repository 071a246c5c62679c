"""Other people's files arrive exactly as locked, or not at all."""

import base64
import gzip
import hashlib
import io
import json
import sys
import tarfile

import pytest

from tools import assets

STYLE = b"a{color:red}\n/*# sourceMappingURL=a.css.map */\n"


def archive(path):
    with tarfile.open(path, "w:gz") as files:
        member = tarfile.TarInfo("package/dist/a.css")
        member.size = len(STYLE)
        files.addfile(member, io.BytesIO(STYLE))
    return f"sha512-{base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()}"


@pytest.fixture
def root(tmp_path):
    """Return a project whose one asset comes from a registry that is a file."""
    integrity = archive(tmp_path / "a-1.0.0.tgz")
    (tmp_path / "locks").mkdir()
    files = {"dist/a.css": "static/a.css"}
    entry = {"package": "a", "version": "1.0.0", "integrity": integrity, "files": files}
    (tmp_path / assets.LOCK).write_text(json.dumps([entry]))
    return tmp_path


@pytest.fixture
def npm(root):
    """Return a command that answers `npm pack` with the archive of the project."""
    hand_over = f"import shutil; shutil.copy(r'{root}/a-1.0.0.tgz', '.'); print('a-1.0.0.tgz')"
    return [sys.executable, "-c", hand_over]


def test_a_locked_file_is_copied_without_its_source_map(root, npm):
    assets.fetch(root, npm=npm)

    assert (root / "static/a.css").read_bytes() == b"a{color:red}\n"
    assert gzip.decompress((root / "static/a.css.gz").read_bytes()) == b"a{color:red}\n"
    assert assets.are_in_place(root)


def test_an_archive_that_is_not_the_locked_one_is_refused(root, npm):
    (root / "a-1.0.0.tgz").write_bytes(b"something else")

    with pytest.raises(assets.NotAsLocked, match=r"a 1\.0\.0"):
        assets.fetch(root, npm=npm)

    assert not (root / "static").exists()
    assert not assets.are_in_place(root)


@pytest.mark.parametrize("name", ["static/a.css", "static/a.css.gz"])
def test_a_file_that_was_removed_is_fetched_again(root, npm, name):
    assets.fetch(root, npm=npm)

    (root / name).unlink()

    assert not assets.are_in_place(root)


def test_a_changed_lock_is_fetched_again(root, npm):
    assets.fetch(root, npm=npm)

    (root / assets.LOCK).write_text("[]")

    assert not assets.are_in_place(root)
