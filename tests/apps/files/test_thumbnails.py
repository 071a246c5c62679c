"""What small picture a file gets, and which get none."""

import io
from pathlib import Path
from typing import cast

import pytest
from PIL import Image

from jingkai.apps.files import thumbnails


def test_a_picture_that_unpacks_to_gigabytes_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(path)

    assert thumbnails.draw(path) is None


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"]
)
def test_a_broken_picture_has_no_thumbnail(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(content)

    assert thumbnails.draw(path) is None


def test_the_first_page_of_a_pdf_is_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    pages = [Image.new("RGB", (600, 900), colour) for colour in ("red", "blue")]
    pages[0].save(path, save_all=True, append_images=pages[1:])

    drawn = thumbnails.draw(path)

    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as picture:
        red, green, blue = cast("tuple[int, ...]", picture.convert("RGB").getpixel((50, 50)))
        assert max(picture.size) == thumbnails.SIDE
    assert (red > 240, green < 15, blue < 15) == (True, True, True)


@pytest.mark.parametrize(
    "content", [b"%PDF-", b"%PDF-1.7\n" + b"\0" * 500, b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"]
)
def test_a_broken_pdf_has_no_thumbnail(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)

    assert thumbnails.draw(path) is None
