"""Numbers as Protocol Buffers write them, many at once."""

from typing import Any

import numpy as np

Array = Any

_GROWTH = tuple(1 << (7 * more) for more in range(1, 5))  # from where a number takes a byte more


def varint(number: int) -> bytes:
    """Return one number that is not negative."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def field(number: int, content: bytes) -> bytes:
    """Return a field whose content has a length: a text, a message, packed numbers."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def zigzag(numbers: Array) -> Array:
    """Return signed numbers below 2³¹ as numbers that are small when these are near zero."""
    return (numbers << 1) ^ (numbers >> 31)


def varints(numbers: Array) -> tuple[bytes, Array]:
    """Return numbers below 2³⁵ one after the other, and where each begins and the last ends."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for least in _GROWTH:
        sizes += numbers >= least
    starts = np.concatenate(([0], np.cumsum(sizes)))
    written = np.empty(starts[-1], dtype=np.uint8)
    rest, places, sizes_left = numbers, starts[:-1], sizes
    while len(rest):
        more = sizes_left > 1
        written[places] = (rest & 0x7F) | (more << 7)
        rest, places, sizes_left = rest[more] >> 7, places[more] + 1, sizes_left[more] - 1
    return written.tobytes(), starts
