"""Reading a notice: every fault is found and named, and nothing is guessed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.calendar import Arrangement, Calendar, Notice, Standing, shipped
from jingkai.core.calendar.faults import FaultCode
from jingkai.core.calendar.reading import read

TEXT = (Path(__file__).parent / "texts" / "2026.txt").read_text()
YEAR = "关于2026年部分节假日安排的通知\n"


def codes(text):
    return [fault.code for fault in read(text).faults]


def changed(old, new):
    assert old in TEXT
    return TEXT.replace(old, new)


def test_a_notice_tells_its_year_number_and_day():
    found = read(TEXT)

    assert (found.year, found.document_number) == (2026, "国办发明电〔2025〕7号")
    assert found.issued_on == date(2025, 11, 4)
    assert [one.name for one in found.arrangements] == [
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
    ]  # fmt: skip


def test_a_text_without_its_line_breaks_is_read_all_the_same():
    assert read(TEXT.replace("\n", "")).arrangements == read(TEXT).arrangements


def test_half_width_punctuation_is_read_all_the_same():
    narrow = TEXT.translate(str.maketrans("（），：；", "(),:;"))

    assert read(narrow).arrangements == read(TEXT).arrangements


@pytest.mark.parametrize(
    ("old", "new", "code", "facts"),
    [
        ("10月1日（周四）", "10月1日（周五）", FaultCode.WEEKDAY, {"said": "周五", "is": "四"}),
        ("共7天", "共8天", FaultCode.COUNT, {"said": 8, "found": 7}),
        ("共5天", "共六天", FaultCode.COUNT, {"said": 6, "found": 5}),
        ("6月19日（周五）", "6月31日", FaultCode.NO_SUCH_DAY, {}),
        ("4月4日（周六）至6日（周一）", "4月6日（周一）至4日（周六）", FaultCode.BACKWARDS, {}),
        ("5月9日（周六）上班", "5月9日（周六）另行通知", FaultCode.UNREAD, {}),
        ("5月9日（周六）", "5月5日（周二）", FaultCode.OVERLAP, {"day": date(2026, 5, 5)}),
        ("5月9日（周六）", "5月8日（周五）", FaultCode.WORKED_WEEKDAY, {"day": date(2026, 5, 8)}),
        ("5月9日（周六）", "2027年5月9日", FaultCode.OUTSIDE, {"day": date(2027, 5, 9)}),
        ("端午节", "泼水节", FaultCode.MISSING, {"name": "端午节"}),
        ("4月4日（周六）至6日（周一）", "4月6日（周一）至8日（周三）", FaultCode.STATUTORY,
         {"day": date(2026, 4, 5)}),
        ("5月9日（周六）上班。", "", FaultCode.BALANCE, {"days": 14, "law": 13}),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_named(old, new, code, facts):
    found = {fault.code: fault for fault in read(changed(old, new)).faults}

    assert code in found
    assert {name: found[code].facts[name] for name in facts} == facts


@pytest.mark.parametrize(
    ("old", "new", "is_readable"),
    [("共7天", "共8天", False), ("5月9日（周六）上班。", "", True)],
)
def test_what_the_law_leaves_to_the_notice_may_stand(old, new, is_readable):
    found = read(changed(old, new))

    assert found.faults
    assert found.is_readable is is_readable


def test_a_fault_says_on_which_line_it_stands():
    fault = read(changed("10月1日（周四）", "10月1日（周五）")).faults[0]

    assert TEXT.splitlines()[fault.line - 1].startswith("七、")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", FaultCode.NO_YEAR),
        ("一、元旦：1月1日放假。", FaultCode.NO_YEAR),
        (YEAR, FaultCode.NO_DAYS),
        (YEAR + "请各单位妥善安排值班。", FaultCode.NO_DAYS),
    ],
)
def test_a_text_that_is_no_notice_is_refused(text, code):
    assert codes(text) == [code]


@given(
    st.text(alphabet="一二、：（）年月日至放假上班共天周六0123456789。，\n节安排", max_size=120)
)
def test_no_text_breaks_the_reader(words):
    read(YEAR + words)
    read(words)


def test_new_year_may_begin_in_the_december_before():
    found = read(YEAR + "一、元旦：12月31日（周三）至1月2日放假，共3天。12月28日（周日）上班。")

    assert found.arrangements[0].off[0] == date(2025, 12, 31)
    assert found.arrangements[0].working == (date(2025, 12, 28),)
    assert found.faults == ()


def notice(**fields):
    usual = {"year": 2027, "document_number": "〔2026〕1号", "source": "", "arrangements": ()}
    return Notice(**(usual | {"issued_on": date(2026, 11, 20)} | fields))


WHOLE = tuple(
    Arrangement(name=name, off=(day,))
    for name, day in [
        ("元旦", date(2027, 1, 1)), ("春节", date(2027, 2, 8)), ("国庆节", date(2027, 10, 1)),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("arrangements", "is_confirmed", "standing"),
    [
        (WHOLE, True, Standing.FINAL),
        (WHOLE, False, Standing.UNCONFIRMED),
        (WHOLE[1:2], True, Standing.AWAITED),
    ],
)
def test_a_year_is_final_with_a_confirmed_notice_for_the_whole_of_it(
    arrangements, is_confirmed, standing
):
    added = notice(arrangements=arrangements, is_confirmed=is_confirmed)

    calendar = shipped.calendar().with_notices([added])

    assert calendar.standing(2027) is standing
    assert calendar.day(date(2027, 5, 12)).is_provisional is (standing is not Standing.FINAL)


def test_a_later_notice_changes_only_the_holiday_that_it_names():
    change = notice(
        document_number="〔2027〕2号",
        issued_on=date(2027, 1, 20),
        arrangements=(Arrangement(name="春节", off=(date(2027, 2, 9),)),),
    )

    calendar = Calendar([change, notice(arrangements=WHOLE)])

    assert calendar.is_working(date(2027, 2, 8))
    assert not calendar.is_working(date(2027, 2, 9))
    assert not calendar.is_working(date(2027, 10, 1))
    assert calendar.standing(2027) is Standing.FINAL


def test_adding_a_notice_leaves_the_calendar_as_it_was():
    before = shipped.calendar()

    after = before.with_notices([notice(arrangements=WHOLE)])

    assert before.day(date(2027, 2, 8)).is_provisional
    assert not after.day(date(2027, 2, 8)).is_provisional
    assert before.standing(2027) is Standing.AWAITED
