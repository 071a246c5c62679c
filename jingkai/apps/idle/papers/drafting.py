"""A document of the procedure as a Word file: every item of its article, what is missing named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from jingkai.core.idle_land.documents import REQUIRED, Content, PaperKind, lacking
from jingkai.documents import word
from jingkai.documents.model import Document, Paragraph, Run, Section, Text

from .gathering import NAMES
from .wording import WORDINGS, Wording

_PLACE = re.compile(r"\{(\w+)\}")
_DOUBT = "申请听证的期限依据《自然资源听证规定》，尚未核对原文，签发前请法务确认。"
_FOOT = "本稿由{zone}管委会代拟，以自然资源主管部门正式文书为准。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted document: the file, and the facts that it still lacks."""

    name: str
    content: bytes
    missing: tuple[str, ...]


def draft(
    kind: PaperKind,
    given: Mapping[str, str | None],
    *,
    zone: str,
    at: datetime,
) -> Draft:
    """Return the document as the records and what a person added to them make it."""
    with override("zh-hans"):
        document = neutral(kind, given, zone=zone, at=at)
    gaps = [name for names in lacking(kind, given).values() for name in names]
    return Draft(
        name=f"{document.title}（代拟稿）.docx",
        content=word.write(document),
        missing=tuple(dict.fromkeys(gaps)),
    )


def neutral(
    kind: PaperKind,
    given: Mapping[str, str | None],
    *,
    zone: str,
    at: datetime,
) -> Document:
    """Return the document before it is written in any format."""
    wording = WORDINGS[kind]
    return Document(
        title=wording.title,
        subtitle="（代拟稿）",
        number="〔　　〕　号",
        addressee=_plain(wording.addressee, given) if wording.addressee else "",
        issuer=""
        if wording.signatories
        else given.get("authority_name") or _gap("authority_name"),
        dated_on=None,
        generated_at=at,
        sections=tuple(_sections(kind, wording, given)),
        foot=(_FOOT.replace("{zone}", zone), _legend(kind)),
    )


def names_of(kind: PaperKind) -> tuple[str, ...]:
    """Return the facts that the document speaks of, in its order."""
    wording = WORDINGS[kind]
    texts = [wording.addressee, wording.opening, *(text for _head, text in wording.items.values())]
    return tuple(dict.fromkeys(name for text in texts for name in _PLACE.findall(text)))


def _sections(
    kind: PaperKind, wording: Wording, given: Mapping[str, str | None]
) -> Iterator[Section]:
    yield Section(blocks=(_paragraph(wording.opening, given),))
    for content in REQUIRED[kind]:
        heading, text = wording.items[content.code]
        if _is_said(content, text, given):
            yield Section(heading=heading, blocks=(_paragraph(text, given),))
    for text in filter(None, (wording.ending, *wording.signatories)):
        yield Section(blocks=(_paragraph(text, given),))


def _is_said(content: Content, text: str, given: Mapping[str, str | None]) -> bool:
    """Whether the item stands in the document: one that is not required, where it is given."""
    return content.is_required or all(given.get(name) for name in _PLACE.findall(text))


def _issuer(wording: Wording, given: Mapping[str, str | None]) -> str:
    """Return who issues the document, nobody where two parties sign it."""
    if wording.signatories:
        return ""
    return given.get("authority_name") or _gap("authority_name")


def _paragraph(text: str, given: Mapping[str, str | None]) -> Paragraph:
    return Paragraph(tuple(_runs(text, given)))


def _runs(text: str, given: Mapping[str, str | None]) -> Iterator[Run]:
    """Yield the words; what is not on record stands out."""
    for number, part in enumerate(_PLACE.split(text)):
        is_name = number % 2 == 1
        if is_name and not given.get(part):
            yield Text(_gap(part), strong=True)
        elif is_name:
            yield Text(str(given[part]))
        elif part:
            yield Text(part)


def _plain(text: str, given: Mapping[str, str | None]) -> str:
    return "".join(run.text for run in _runs(text, given))


def _gap(name: str) -> str:
    return f"【待补：{NAMES[name]}】"


def _legend(kind: PaperKind) -> str:
    topics = {content.item for content in REQUIRED[kind] if content.item}
    kept = "各项内容按《闲置土地处置办法》规定的事项逐项拟写；" if topics else ""
    doubt = _DOUBT if kind is PaperKind.HEARING_NOTICE else ""
    return f"{kept}【待补】为登记中尚缺、须补齐的内容；文号和落款日期由主管部门填写。{doubt}"
