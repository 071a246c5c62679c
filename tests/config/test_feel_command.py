"""`jingkai feel`: a value and its type, or what is wrong and where."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def told(capsys, *words):
    call_command("feel", *words)
    return capsys.readouterr()


def test_an_expression_is_computed_from_a_file_of_facts(tmp_path, capsys):
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"上年": {"研发费用": 90, "营业收入": 3000}}), encoding="utf-8")

    said = told(capsys, "上年.研发费用 / 上年.营业收入 ≥ 0.03", "--facts", str(facts))

    assert said.out == "值 / value: true\n类型 / type: boolean\n"


def test_single_facts_are_written_in_feel(capsys):
    said = told(
        capsys, "评估日 - 成立日期 > duration(“P365D”) and 等级 in (“A”，“B”)",
        "--set", '评估日=@"2026-03-01"', "--set", '成立日期=@"2019-05-01"', "--set", '等级="B"',
    )  # fmt: skip

    assert said.out.startswith("值 / value: true")


def test_today_is_the_day_in_beijing(capsys, settings):
    settings.CLOCK = "2024-12-30T20:00:00+00:00"

    assert "2024-12-31" in told(capsys, "today()").out


@pytest.mark.parametrize(("value", "passes"), [("3", "true"), ("5", "false"), ("null", "null")])
def test_a_cell_is_tried_on_a_value(capsys, value, passes):
    assert told(capsys, "--tests", "< 5", "--value", value).out.startswith(
        f"值 / value: {passes}\n"
    )


def test_why_a_value_is_null_is_said_with_its_place(capsys):
    said = told(capsys, "1 / (营业收入 - 5)", "--set", "营业收入=5")

    assert said.out.startswith("值 / value: null")
    assert "除数是 0" in said.err
    assert "^^^" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["营业收入 >"], "第 1 行第 7 列：表达式在此结束"),
        (["a", "--tests", "-"], "请写一个表达式"),
        (["--tests", "-"], "请写一个表达式"),
        ([], "请写一个表达式"),
        (["a", "--set", "等级"], "请写成 名称=值"),
        (["a", "--set", "等级=A"], "文本请加双引号"),
        (["a", "--set", "等级=("], "应为一个值"),
        (["a", "--facts", "nowhere.json"], "nowhere.json"),
        (["count(for i in 1..999999999 return i)"], "已停止"),
    ],
)
def test_what_can_t_be_computed_fails_and_says_why(words, said):
    with pytest.raises(CommandError, match=said):
        call_command("feel", *words)


@pytest.mark.parametrize(("text", "said"), [("[1]", "事实应为"), ("{", "不是 JSON")])
def test_a_file_that_holds_no_facts_is_refused(tmp_path, text, said):
    facts = tmp_path / "facts.json"
    facts.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        call_command("feel", "1", "--facts", str(facts))
