"""
Texts as overlapping pairs of characters, so that any part of a Chinese text can be looked up.

A piece without spaces, 装备制造, becomes 装备 备制 制造 and 造 with an end mark: a word of two
characters is one pair, one of a single character is the beginning of pairs. Each pair is written
in letters and digits that no tokenizer splits, led by the zone: what two zones have in common in
their texts, they have not in the index.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDTH = 4  # 36^4 is more than there are code points
_END = "\0"  # no database keeps it in a text


def normal(text: str) -> str:
    """Return the text as it is compared: full width and case make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> list[str]:
    """Return the words of a query, each once; a record must hold every one of them."""
    return list(dict.fromkeys(normal(text).split()))


def together(texts: Iterable[str]) -> str:
    """Return the texts of a record as one, in which no word spans two of them."""
    return "\n".join(" ".join(normal(text).split()) for text in texts if text)


def tokens(zone: int, text: str) -> set[str]:
    """Return what the index holds of a text that is ``together``."""
    return {
        f"{zone:x}g{_code(one)}{_code(two)}"
        for piece in text.split()
        for one, two in zip(piece, f"{piece[1:]}{_END}", strict=True)
    }


def asked(zone: int, word: str) -> list[str]:
    """Return the tokens that a text with the word has; of a single character their beginning."""
    codes = [_code(character) for character in word]
    found = [f"{one}{two}" for one, two in pairwise(codes)] or codes
    return [f"{zone:x}g{pair}" for pair in dict.fromkeys(found)]


@lru_cache(maxsize=65_536)
def _code(character: str) -> str:
    number, digits = ord(character), ""
    for _place in range(_WIDTH):
        number, digit = divmod(number, 36)
        digits = f"{_DIGITS[digit]}{digits}"
    return digits
