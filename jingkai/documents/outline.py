"""What all writers must agree on: heading numbers, labels, the order of the footnotes, links."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from .model import (
    Block,
    Bullets,
    Chart,
    Document,
    Figure,
    Footnote,
    Language,
    Number,
    Paragraph,
    Table,
)
from .words import words_in

_LONGEST_LINK = 2_079  # characters
_SAFE_IN_AN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"  # RFC 3986, 2.2; % since it may be quoted already
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class NumberedBlock:
    """A block; a table or a chart with its label (表1, 图2), others with an empty one."""

    block: Block
    label: str


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A section with its number as printed, its mark included (``一、``, ``（一）``, ``1.2 ``)."""

    number: str
    heading: str
    level: int
    blocks: tuple[NumberedBlock, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's numbered sections, and its footnotes with their numbers from 1."""

    sections: tuple[NumberedSection, ...]
    footnotes: dict[Footnote, int]


def outline(document: Document) -> Outline:
    """Return the document's sections, blocks and footnotes, numbered in order of appearance."""
    numbers = _heading_numbers(document)
    labels = _labels(document)
    sections = tuple(
        NumberedSection(
            next(numbers) if section.heading else "",
            section.heading,
            section.level,
            tuple(NumberedBlock(block, next(labels)) for block in section.blocks),
        )
        for section in document.sections
    )
    return Outline(sections, _footnote_numbers(document))


def figures(document: Document) -> Iterator[Figure]:
    """Yield every figure of the document, in reading order."""
    for section in document.sections:
        for block in section.blocks:
            yield from figures_in(block)


def figures_in(block: Block) -> Iterator[Figure]:
    """Yield the figures of one block, in reading order."""
    match block:
        case Paragraph(runs):
            groups: tuple[tuple[object, ...], ...] = (runs,)
        case Bullets(items):
            groups = items
        case Table(rows=rows):
            groups = tuple(row.cells for row in rows)
        case Chart():
            groups = ()
    yield from (one for group in groups for one in group if isinstance(one, Figure))


def link(figure: Figure, document: Document) -> str:
    """
    Return the figure's address for a file that leaves the site, or ``""`` if it has none.

    An address longer than Excel can hold is none: the formats are to agree.
    """
    base = document.base_url.rstrip("/") if figure.url.startswith("/") else ""
    address = quote(base + figure.url, safe=_SAFE_IN_AN_ADDRESS)
    return address if address.startswith("http") and len(address) <= _LONGEST_LINK else ""


def number_text(value: Number | None, missing: str) -> str:
    """Return the number with thousands separated and no trailing zeros, or ``missing``."""
    if value is None:
        return missing
    text = f"{value:,f}" if not isinstance(value, int) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def chinese_numeral(number: int) -> str:
    """Return 1 to 99 in Chinese (21 is 二十一)."""
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def _heading_numbers(document: Document) -> Iterator[str]:
    counts = [0, 0, 0]
    for section in document.sections:
        if section.heading:
            counts[section.level - 1] += 1
            counts[section.level :] = [0] * (3 - section.level)
            yield _heading_number(counts[: section.level], document.language)


def _heading_number(counts: list[int], language: Language) -> str:
    if language is Language.ENGLISH:
        return ".".join(map(str, counts)) + " "
    formats = ("{}、", "（{}）", "{}.")
    last = counts[-1]
    return formats[len(counts) - 1].format(chinese_numeral(last) if len(counts) < 3 else last)


def _labels(document: Document) -> Iterator[str]:
    words = words_in(document.language)
    names = {Table: words.table, Chart: words.chart}
    counts = {Table: 0, Chart: 0}
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, (Table, Chart)):
                counts[type(block)] += 1
                yield f"{names[type(block)]}{counts[type(block)]}"
            else:
                yield ""


def _footnote_numbers(document: Document) -> dict[Footnote, int]:
    found = dict.fromkeys(one.footnote for one in figures(document) if one.footnote)
    return {footnote: number for number, footnote in enumerate(found, start=1)}
