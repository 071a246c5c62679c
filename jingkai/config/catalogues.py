"""The compiled catalogues of messages: made where the product runs, never committed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_outdated(locale: Path = LOCALE) -> list[Path]:
    """
    Compile every catalogue that changed since it was compiled, and return the files written.

    Each is written aside and moved into place, so that two servers may start at once.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        aside = target.with_suffix(f".{os.getpid()}.part")
        with aside.open("wb") as file:
            write_mo(file, catalogue)
        aside.replace(target)
        written.append(target)
    return written
