"""Small pictures of images, drawn when first asked for and kept beside the files."""

import io
import tempfile
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 320
MOST_PIXELS = 80_000_000  # beyond, a small file may unpack to gigabytes


def draw(path: Path) -> bytes | None:
    """Return the image as WebP of at most SIDE pixels a side, upright; None where it can't be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
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
