"""Small pictures of images and PDF files, drawn when first asked for, kept beside the files."""

import io
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 320
PATIENCE = 20  # seconds on the clock for a page; the child's processor time is limited besides
FIRST_PAGE = "jingkai.apps.files.first_page"
MOST_PIXELS = 80_000_000  # beyond, a small file may unpack to gigabytes


def draw(path: Path) -> bytes | None:
    """
    Return the image, or the first page of the PDF, as WebP; None where it can't be drawn.

    It is upright, with at most SIDE pixels a side.
    """
    with path.open("rb") as file:
        is_pdf = file.read(5) == b"%PDF-"
    if not is_pdf:
        return _small(path)
    page = _first_page(path)
    return _small(io.BytesIO(page)) if page else None


def _first_page(path: Path) -> bytes | None:
    """Return the first page as PNG, drawn by a process that the file may break."""
    command = [sys.executable, "-m", FIRST_PAGE, str(path.resolve()), str(SIDE * 2)]
    surroundings = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, env=surroundings, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def _small(source: Path | io.BytesIO) -> bytes | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                image.draft("RGB", (SIDE * 2, SIDE * 2))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((SIDE, SIDE))
                buffer = io.BytesIO()
                # Nothing of the original's metadata (a place, a person) is carried over.
                upright.convert("RGB").save(buffer, "WEBP", quality=75)
                return buffer.getvalue()
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ):
        return None


def kept(path: Path, thumbnail: Path) -> bytes | None:
    """Return the thumbnail that is kept, or draw and keep it."""
    if thumbnail.exists():
        return thumbnail.read_bytes()
    drawn = draw(path)
    if drawn is not None:
        write(thumbnail, drawn)
    return drawn


def write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(content)
    Path(part.name).replace(path)
