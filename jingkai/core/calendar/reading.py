"""
Reading a notice: the text as it was issued -> which days are off and which are worked.

The grammar is that of the notices from 2004 to 2026:
「10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。」,
in the older ones also 「其中…为法定节假日，…公休日调至…」.
A month or a year that a date leaves out is that of the date before it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import faults
from .faults import Fault, FaultCode
from .notices import Arrangement, Notice
from .statutory import Festival

_NUMERALS = "一二三四五六七八九十"
_HEADING = re.compile(rf"^[{_NUMERALS}]{{1,2}}、([^:。,;]{{1,40}}):(.*)")
# A pasted text may have lost its line breaks.
_INLINE = re.compile(rf"(?<=[。 \t])(?=[{_NUMERALS}]{{1,2}}、[^:。,;]{{1,40}}:)")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?"
_RANGE = re.compile(rf"{_DAY}(?:\s*(?:至|到|[-—–~]+)\s*{_DAY})?")
_LOOSE_NOTE = re.compile(r"(?<!日)\([^)]*\)")
_NOTE = re.compile(r"\([^)]*\)")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_COUNT = re.compile(rf"(\d+|[{_NUMERALS}]+)天")
_EXTENDED = re.compile(r"延长(?:\d{4}年)?(\S+?)假期至")
_YEAR = re.compile(r"(\d{4})年[^。\n]{0,20}?(?:节假日|放假|假期|调休)")
_NUMBER = re.compile(r"国(?:务院)?(?:办)?发(?:明电)?[〔\[(](\d{4})[〕\])]\s*(\d+)号")
_ISSUED = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$", re.MULTILINE)
_ISSUED_IN_WORDS = re.compile(
    rf"^([〇○零{_NUMERALS}]{{4}})年([{_NUMERALS}]{{1,2}})月([{_NUMERALS}]{{1,3}})日$", re.MULTILINE
)
_OTHER_NAMES = {"“五一”国际劳动节": Festival.LABOUR, "“五一”": Festival.LABOUR}
_OTHER_NAMES |= {"五一": Festival.LABOUR, "“十一”": Festival.NATIONAL, "十一": Festival.NATIONAL}
_OTHER_NAMES |= {
    "清明": Festival.QINGMING,
    "端午": Festival.DRAGON_BOAT,
    "中秋": Festival.MID_AUTUMN,
}
_DAYS_OF_WEEK = "一二三四五六日"
_OFF = ("放假", "补休", "连休")
_TOLD_ONLY = ("法定", "公休", "正常上班")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of a text, and every fault; None: the text doesn't say."""

    year: int | None
    document_number: str
    issued_on: date | None
    arrangements: tuple[Arrangement, ...]
    faults: tuple[Fault, ...]

    @property
    def is_readable(self) -> bool:
        """Return whether the text may be taken over."""
        return not any(fault.blocks for fault in self.faults)

    def notice(self, *, source: str, is_confirmed: bool = True) -> Notice:
        """Return the notice; only of a text that is readable."""
        assert self.year is not None  # noqa: S101 - else NO_YEAR blocks
        return Notice(
            year=self.year,
            document_number=self.document_number,
            issued_on=self.issued_on,
            source=source,
            arrangements=self.arrangements,
            is_confirmed=is_confirmed,
        )


@dataclass(slots=True)
class _Item:
    """A holiday while its words are read; ``month`` is that of the last date."""

    name: str
    line: int
    year: int
    month: int = 0
    off: set[date] = field(default_factory=set)
    working: set[date] = field(default_factory=set)
    moved: set[date] = field(default_factory=set)
    extends_to: date | None = None
    faults: list[Fault] = field(default_factory=list)

    def arrangement(self) -> Arrangement:
        """Return what was told; a day off whose own weekend is moved to another stays off."""
        working = self.working | (self.moved - self.off)
        return Arrangement(
            name=self.name,
            off=tuple(sorted(self.off)),
            working=tuple(sorted(working)),
            extends_to=self.extends_to,
        )


def read(text: str) -> Reading:
    """Return what the text arranges, with every fault that it has."""
    plain = _INLINE.sub("\n", unicodedata.normalize("NFKC", text))
    found = _YEAR.search(plain)
    year = int(found[1]) if found else None
    items = list(_items(plain, year)) if year is not None else []
    arrangements = tuple(item.arrangement() for item in items)
    wrong = [fault for item in items for fault in item.faults]
    if year is None:
        wrong.append(Fault(FaultCode.NO_YEAR))
    elif not any(one.off or one.extends_to for one in arrangements):
        wrong.append(Fault(FaultCode.NO_DAYS))
    else:
        wrong.extend(faults.of_days(year, arrangements))
    number = _NUMBER.search(plain)
    result = Reading(
        year=year,
        document_number=number[0].replace("[", "〔").replace("]", "〕") if number else "",
        issued_on=_issued(plain),
        arrangements=arrangements,
        faults=(),
    )
    if result.year is not None and result.notice(source="").is_whole:
        wrong.extend(faults.of_year(result.year, arrangements))
    return Reading(
        year=result.year,
        document_number=result.document_number,
        issued_on=result.issued_on,
        arrangements=arrangements,
        faults=tuple(wrong),
    )


def _items(plain: str, year: int) -> Iterator[_Item]:
    """Yield each holiday of the text, read."""
    for name, line, words in _paragraphs(plain):
        item = _Item(name, line, year)
        for sentence in re.split("[。;]", _masked(words)):
            _read_sentence(item, sentence)
        yield item


def _paragraphs(plain: str) -> Iterator[tuple[str, int, str]]:
    """Yield name, line and words of each holiday; a change may have neither number nor name."""
    lines = [(number, line.strip()) for number, line in enumerate(plain.splitlines(), 1)]
    headed = [(number, _HEADING.match(line)) for number, line in lines]
    if any(match for _number, match in headed):
        for number, match in headed:
            if match:
                yield _name(match[1]), number, match[2]
        return
    for number, line in lines:
        extended = _EXTENDED.search(line)
        if extended and _RANGE.search(line):
            yield _name(extended[1]), number, line
        elif _RANGE.search(line) and any(word in line for word in (*_OFF, "上班")):
            named = [festival.value for festival in Festival if festival.value in plain]
            yield "、".join(named), number, line


def _name(words: str) -> str:
    """Return the holidays by the names that the law has for them."""
    parts = [_NOTE.sub("", part).strip() for part in words.split("、")]
    return "、".join(_OTHER_NAMES.get(part, part) for part in parts)


def _masked(words: str) -> str:
    """Return the words with no comma or full stop left in brackets."""
    return _NOTE.sub(lambda note: re.sub("[,。;]", "、", note[0]), words)


def _read_sentence(item: _Item, sentence: str) -> None:
    told: set[date] = set()
    for clause in sentence.split(","):
        words = _LOOSE_NOTE.sub("", clause)
        if "调至" in words:
            moved, _moved, to = words.partition("调至")
            item.moved |= _days(item, moved)
            _days(item, to)
        elif _EXTENDED.search(words):
            item.extends_to = max(_days(item, words), default=None)
        elif any(word in words for word in _TOLD_ONLY) and not any(w in words for w in _OFF):
            _days(item, words)
        elif "上班" in words:
            item.working |= _days(item, words)
        elif any(word in words for word in _OFF):
            told |= _days(item, words)
        elif _RANGE.search(words):
            item.faults.append(Fault(FaultCode.UNREAD, item.line, clause.strip()))
        _check_count(item, words, told)
    item.off |= told


def _check_count(item: _Item, words: str, told: set[date]) -> None:
    """Compare 共7天 with the days that the sentence has told so far."""
    found = _COUNT.search(words)
    if found and told and _number(found[1]) != len(told):
        facts = {"said": _number(found[1]), "found": len(told)}
        item.faults.append(Fault(FaultCode.COUNT, item.line, words.strip(), facts))


def _days(item: _Item, words: str) -> set[date]:
    """Return the days of the words, remembering the last month and year for what follows."""
    found: set[date] = set()
    for match in _RANGE.finditer(words):
        first = _day(item, match, 1)
        month = item.month
        last = _day(item, match, 5) if match[7] else first
        item.month = month  # 「1月29日—2月4日放假，其中29日…」 means January
        if first is None or last is None:
            continue
        if last < first:
            item.faults.append(Fault(FaultCode.BACKWARDS, item.line, match[0]))
        found |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return found


def _day(item: _Item, match: re.Match[str], group: int) -> date | None:
    """Return the day whose year, month, day and note are the groups from this one."""
    year, month, day, note = match.group(group, group + 1, group + 2, group + 3)
    if month:
        item.month = int(month)
    # 元旦 may begin in the December before, which the older notices name without its year.
    is_before = Festival.NEW_YEAR.value in item.name and item.month == faults.DECEMBER
    at = int(year) if year else item.year - is_before
    try:
        found = date(at, item.month, int(day))
    except ValueError:
        item.faults.append(Fault(FaultCode.NO_SUCH_DAY, item.line, match[0]))
        return None
    _check_weekday(item, found, note or "")
    return found


def _check_weekday(item: _Item, day: date, note: str) -> None:
    said = _WEEKDAY.search(note)
    if not said:
        return
    number = _DAYS_OF_WEEK.index(said[1].replace("天", "日"))
    if number != day.weekday():
        facts = {"day": day, "said": said[0], "is": _DAYS_OF_WEEK[day.weekday()]}
        item.faults.append(Fault(FaultCode.WEEKDAY, item.line, note, facts))


def _issued(plain: str) -> date | None:
    """Return the date below the text, in figures or in words."""
    lines = "\n".join(line.strip() for line in plain.splitlines())
    figures = [found.groups() for found in _ISSUED.finditer(lines)]
    words = [
        (
            "".join(str("〇一二三四五六七八九".index(c)) for c in year.translate(_ZEROES)),
            month,
            day,
        )
        for year, month, day in (found.groups() for found in _ISSUED_IN_WORDS.finditer(lines))
    ]
    try:
        year, month, day = [*figures, *words][-1]
        return date(int(year), _number(month), _number(day))
    except (IndexError, ValueError):
        return None


_ZEROES = str.maketrans("○零", "〇〇")


def _number(words: str) -> int:
    """Return the number below a hundred that stands in figures or in words."""
    if words.isdecimal():
        return int(words)
    tens, ten, units = words.rpartition("十")
    value = (_NUMERALS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_NUMERALS.index(units) + 1 if units else 0)
