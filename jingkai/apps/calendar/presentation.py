"""The year, a notice and a count as the parts of their pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingkai.apps.accounts import queries as accounts
from jingkai.core.calendar import Arrangement, Calendar, Cause, Day, Mark, Notice, Step, Stretch
from jingkai.core.calendar.faults import Fault, FaultCode
from jingkai.web import figures
from jingkai.web.parts import Heading, Row, Term

from . import queries

WEEK = 7
WEEKDAYS: tuple[Promise, ...] = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
_SHORT: tuple[Promise, ...] = (
    pgettext_lazy("星期简称", "一"),
    pgettext_lazy("星期简称", "二"),
    pgettext_lazy("星期简称", "三"),
    pgettext_lazy("星期简称", "四"),
    pgettext_lazy("星期简称", "五"),
    pgettext_lazy("星期简称", "六"),
    pgettext_lazy("星期简称", "日"),
)
_MONTHS: tuple[Promise, ...] = (
    gettext_lazy("1 月"),
    gettext_lazy("2 月"),
    gettext_lazy("3 月"),
    gettext_lazy("4 月"),
    gettext_lazy("5 月"),
    gettext_lazy("6 月"),
    gettext_lazy("7 月"),
    gettext_lazy("8 月"),
    gettext_lazy("9 月"),
    gettext_lazy("10 月"),
    gettext_lazy("11 月"),
    gettext_lazy("12 月"),
)
# What a day is, for the legend and for those who hear the page; its sign in the grid.
MARKS: dict[Mark, tuple[Promise, Promise | str]] = {
    Mark.WORKING: (gettext_lazy("工作日"), ""),
    Mark.WEEKEND: (gettext_lazy("周末"), ""),
    Mark.HOLIDAY: (gettext_lazy("法定节假日"), gettext_lazy("休")),
    Mark.ARRANGED: (gettext_lazy("放假调休"), gettext_lazy("休")),
    Mark.SWAPPED_WORKING: (gettext_lazy("调休上班"), gettext_lazy("班")),
}
_STEPS: dict[Step, Promise] = {
    Step.STARTED: gettext_lazy("起算日，不计入"),
    Step.COUNTED: gettext_lazy("计入"),
    Step.SWAPPED: gettext_lazy("调休上班，计入"),
    Step.RESTED: gettext_lazy("休息日，不计入"),
    Step.PAUSED: gettext_lazy("中止计时，不计入"),
    Step.PASSED: gettext_lazy("按月、年计算，逐日不计"),
    Step.ROLLED: gettext_lazy("期限末日后的休息日，顺延"),
    Step.DUE: gettext_lazy("顺延后的到期日"),
}
_FAULTS: dict[FaultCode, Promise] = {
    FaultCode.NO_YEAR: gettext_lazy("正文没有写明是哪一年的安排，请连同标题一并粘贴"),
    FaultCode.NO_DAYS: gettext_lazy("没有读到任何放假日期，请粘贴通知全文"),
    FaultCode.UNREAD: gettext_lazy("“%(words)s”写了日期，但看不出是放假还是上班"),
    FaultCode.NO_SUCH_DAY: gettext_lazy("“%(words)s”不是有效日期"),
    FaultCode.BACKWARDS: gettext_lazy("“%(words)s”的止日早于起日"),
    FaultCode.WEEKDAY: gettext_lazy("%(day)s 写作“%(said)s”，实际是周%(is)s"),
    FaultCode.COUNT: gettext_lazy("写作共 %(said)s 天，按起止日期是 %(found)s 天"),
    FaultCode.OUTSIDE: gettext_lazy("%(day)s 不在 %(year)s 年内（元旦可自上年 12 月起）"),
    FaultCode.OVERLAP: gettext_lazy("%(day)s 重复安排，前一处为“%(names)s”"),
    FaultCode.WORKED_WEEKDAY: gettext_lazy("%(day)s（%(name)s）写作上班，但本来就是工作日"),
    FaultCode.MISSING: gettext_lazy("没有提到“%(name)s”"),
    FaultCode.STATUTORY: gettext_lazy("%(day)s 是法定的“%(name)s”假日，通知中没有放假"),
    FaultCode.BALANCE: gettext_lazy(
        "工作日放假减去周末上班共 %(days)s 天，%(basis)s规定 %(law)s 天"
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the grid."""

    on: date
    label: str
    sign: str
    mark: str
    is_today: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the grid, in weeks from Monday on; None: a day of another month."""

    title: str
    weeks: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many days of a kind the year has."""

    mark: str
    label: str
    sign: str
    days: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice in the list of those that rule the year."""

    number: str
    issued_on: date | None
    source: str
    pk: int | None
    standing: str


def weekdays() -> list[tuple[str, str]]:
    """Return the heads of a month's columns: the name and the one that fits."""
    return [(str(name), str(short)) for name, short in zip(WEEKDAYS, _SHORT, strict=True)]


def months(calendar: Calendar, year: int, *, today: date, due_on: date | None) -> list[Month]:
    """Return the year as twelve grids."""
    found = []
    for number, days in enumerate(calendar.months(year)):
        blank: list[Cell | None] = [None] * days[0].on.weekday()
        cells = blank + [_cell(day, today, due_on) for day in days]
        cells += [None] * (-len(cells) % WEEK)
        weeks = [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]
        found.append(Month(str(_MONTHS[number]), weeks))
    return found


def _cell(day: Day, today: date, due_on: date | None) -> Cell:
    kind, sign = MARKS[day.mark]
    said = [day.on.isoformat(), str(WEEKDAYS[day.on.weekday()]), str(kind), day.name]
    if day.on == today:
        said.append(_("今天"))
    if day.on == due_on:
        said.append(_("到期日"))
    if day.is_provisional:
        said.append(_("暂定"))
    label = " ".join(filter(None, said))
    return Cell(day.on, label, str(sign), day.mark.value, day.on == today, day.on == due_on)


def counts(calendar: Calendar, year: int) -> list[Count]:
    """Return the legend with the number of days of each kind."""
    marks = [day.mark for month in calendar.months(year) for day in month]
    return [
        Count(mark.value, str(label), str(sign), marks.count(mark))
        for mark, (label, sign) in MARKS.items()
    ]


def ruling(shipped: Iterable[Notice], entered: Iterable[Any]) -> list[Shown]:
    """Return the notices of a year: those that the zone entered, then those that ship."""
    own = [
        Shown(row.document_number, row.issued_on, row.source, row.pk, standing(row))
        for row in entered
    ]
    ship = [Shown(one.document_number, one.issued_on, one.source, None, "") for one in shipped]
    return [*own, *ship]


def standing(row: Any) -> str:
    """Return how an entered notice stands, as the templates ask for it."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    return "confirmed" if row.confirmed_at is not None else "unconfirmed"


def explained(stretches: Sequence[Stretch]) -> tuple[list[Heading], list[Row]]:
    """Return how the last day came about, as a table."""
    labels = (_("日期"), _("怎样计算"), _("说明"))
    headings = [Heading(label=label) for label in labels]
    headings += [Heading(label=_("天数"), numeric=True), Heading(label=_("累计"), numeric=True)]
    rows = [
        Row(
            cells=[
                span(one.first, one.last),
                str(_STEPS[one.step]),
                _why(one),
                one.days,
                one.total,
            ]
        )
        for one in stretches
    ]
    return headings, rows


def _why(one: Stretch) -> str:
    if one.step is Step.PAUSED:
        return queries.cause_words(Cause(one.name))
    return one.name or (_("周末") if one.step in {Step.RESTED, Step.ROLLED} else "")


def span(first: date, last: date) -> str:
    """Return one day or a range of them with their weekdays."""
    if first == last:
        return _dated(first)
    return _("%(first)s 至 %(last)s") % {"first": _dated(first), "last": _dated(last)}


def _dated(day: date) -> str:
    facts = {"day": day.isoformat(), "weekday": WEEKDAYS[day.weekday()]}
    return _("%(day)s（%(weekday)s）") % facts


def arranged(arrangements: Iterable[Arrangement]) -> tuple[list[Heading], list[Row]]:
    """Return what a notice arranges, as a table."""
    headings = [
        Heading(label=_("节日")),
        Heading(label=_("放假")),
        Heading(label=_("天数"), numeric=True),
        Heading(label=_("调休上班")),
    ]
    return headings, [
        Row(cells=[one.name, _spans(one), len(one.off) or "", _all(one.working)])
        for one in arrangements
    ]


def _spans(one: Arrangement) -> str:
    if one.extends_to is not None:
        return _("延长至 %(day)s") % {"day": _dated(one.extends_to)}
    return "；".join(span(first, last) for first, last in _runs(list(one.off)))


def _all(days: Sequence[date]) -> str:
    return "、".join(map(_dated, days))


def _runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """Yield the first and last of each run of days."""
    for number, day in enumerate(days):
        if not number or days[number - 1] != day - timedelta(days=1):
            first = day
        if days[number + 1 : number + 2] != [day + timedelta(days=1)]:
            yield first, day


def changed_days(before: Calendar, after: Calendar, year: int) -> tuple[str, str]:
    """Return the days that become days of rest, and those that become working days."""
    days = [day for month in after.months(year) for day in month]
    before_new_year = date(year - 1, 12, 1)
    days = [after.day(before_new_year + timedelta(days=n)) for n in range(31)] + days
    moved = [day for day in days if before.is_working(day.on) != day.is_working]
    rest = [day.on for day in moved if not day.is_working]
    work = [day.on for day in moved if day.is_working]
    return (
        "、".join(span(first, last) for first, last in _runs(rest)),
        "、".join(span(first, last) for first, last in _runs(work)),
    )


def fault_words(fault: Fault) -> str:
    """Return the fault as a sentence, with its line."""
    facts = dict(fault.facts) | {"words": fault.words}
    said = str(_FAULTS[fault.code]) % facts
    if not fault.line:
        return said
    return _("第 %(line)s 行：%(said)s") % {"line": fault.line, "said": said}


def terms(row: Any) -> list[Term]:
    """Return an entered notice with who entered, confirmed and withdrew it."""
    people = [row.entered_by, row.confirmed_by, row.withdrawn_by]
    names = accounts.names(filter(None, people))
    found = [
        Term(label=_("年份"), value=row.year),
        Term(label=_("印发日期"), value=figures.day(row.issued_on)),
        Term(label=_("来源"), value=row.source or None),
        Term(label=_("录入"), value=_who(names, row.entered_by, row.entered_at)),
        Term(label=_("核对"), value=_who(names, row.confirmed_by, row.confirmed_at)),
    ]
    if row.withdrawn_at is not None:
        who = _who(names, row.withdrawn_by, row.withdrawn_at)
        found.append(Term(label=_("撤回"), value=who, note=row.withdrawn_for))
    return found


def _who(names: dict[str, str], username: str, at: Any) -> str | None:
    if at is None:
        return None
    facts = {"name": names.get(username, username), "at": figures.minute(at)}
    return _("%(name)s，%(at)s") % facts
