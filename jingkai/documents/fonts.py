"""The fonts that the PDF embeds, and which characters they can show."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
NEEDED = (
    "NotoSansSC_400Regular.ttf",
    "NotoSansSC_700Bold.ttf",
    "NotoSerifSC_400Regular.ttf",
    "NotoSerifSC_700Bold.ttf",
)
_REPLACEMENT = "□"
_FULL_UNICODE = 12  # the format of the table that reaches beyond the first 65,536 characters


class FontsMissing(Exception):
    """The fonts were not fetched."""


def folder() -> Path:
    """
    Return the folder of the fonts.

    :raises FontsMissing: with the command to run, if one of them is not there
    """
    missing = [name for name in NEEDED if not (FOLDER / name).exists()]
    if missing:
        raise FontsMissing(
            f"PDF 所需字体不在 {FOLDER.name}/ 目录: {'、'.join(missing)}。"
            "请在项目根目录运行 make run（或 python3 dev.py run）下载字体后重试。"
        )
    return FOLDER


def showable(text: str) -> str:
    """
    Return the text as the fonts can show it.

    PDF/A forbids a character without a glyph: invisible ones are left out, any other
    (an emoji, say) becomes □.
    """
    shown = _characters()
    return "".join(one if ord(one) in shown else _substitute(one) for one in text)


def _substitute(one: str) -> str:
    if one in "\n\t":
        return one
    return _REPLACEMENT if one.isprintable() else ""


@cache
def _characters() -> frozenset[int]:
    """Return the code points that all our fonts have."""
    sets = [frozenset(_mapped((folder() / name).read_bytes())) for name in NEEDED]
    return frozenset.intersection(*sets)


def _mapped(font: bytes) -> Iterator[int]:
    """Yield the code points of a TrueType font's ``cmap`` table (OpenType 1.9, format 12)."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for at in range(count):
        _, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * at)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == _FULL_UNICODE:
            (groups,) = struct.unpack_from(">I", font, start + offset + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", font, start + offset + 16 + 12 * group)
                yield from range(first, last + 1)


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * at)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name.decode()}")
