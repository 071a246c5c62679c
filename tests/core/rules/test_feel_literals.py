"""Facts from JSON, and values as FEEL writes them."""

from decimal import Decimal

import pytest

from jingkai.core.rules.feel import literals
from jingkai.core.rules.feel.temporal import parse_at


def test_facts_are_read_exactly_and_dates_by_their_at_sign():
    text = '{"上年": {"营业收入": 3000.10}, "成立日期": "@2019-05-01", "等级": [null, true, "A"]}'

    assert literals.from_json(text) == {
        "上年": {"营业收入": Decimal("3000.10")},
        "成立日期": parse_at("2019-05-01"),
        "等级": [None, True, "A"],
    }


def test_a_string_that_only_begins_like_a_date_stays_a_string():
    assert literals.from_json('["@某人", "2019-05-01"]') == ["@某人", "2019-05-01"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "第 1 行第 2 列不是 JSON"),
        ('{"a": NaN}', "没有记录请写 null"),
        ("1e99999", "超出范围"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_what_is_no_json_of_feel_is_refused_with_its_reason(text, said):
    with pytest.raises(literals.NotJson, match=said):
        literals.from_json(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (Decimal("0.030"), "0.030"),
        ('A"', '"A\\""'),
        ([True, "A"], '[true, "A"]'),
        (parse_at("P3Y"), "P3Y"),
    ],
)
def test_a_value_is_written_as_feel_does(value, text):
    assert literals.text_of(value) == text
