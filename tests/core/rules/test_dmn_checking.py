"""What is wrong with a model is said before anybody computes it."""

import pytest

from jingkai.core.rules.dmn import checking
from tests.core.rules.dmn_models import decision, fact, knowledge, model, table


def sentences(*bodies):
    return [str(fault) for fault in checking.faults(model(*bodies))]


def test_a_sound_model_has_no_faults():
    rules = [["< 5", "x"], ["? > y", "1"]]
    found = sentences(
        fact("x", "number"),
        fact("y"),
        knowledge("f", "a", "for i in 1..a return i + count(partial)"),
        decision("表", table("FIRST", ["x"], ["o"], rules), needs="~x ~y"),
        decision("和", "{k: f(3), 总: sum(k[item > 1])}.总 + 表", needs="表", knows="f"),
    )

    assert found == []


def test_a_name_that_nothing_has_is_told_with_its_line():
    (fault,) = sentences(fact("收入"), decision("a", "1 +\n收人", needs="~收入"))

    assert "第 5 行" in fault
    assert "decision a" in fault
    assert "“收人”" in fault


@pytest.mark.parametrize(
    "feel",
    [
        "for i in [1] return j",
        "some i in [1] satisfies j",
        "function(i) j",
        "{i: 1, k: j}",
        "[1, 2][item > 1] + j",
    ],
)
def test_names_bound_inside_are_known_and_others_are_not(feel):
    assert sum("“j”" in fault for fault in sentences(decision("a", feel))) == 1


def test_a_fact_that_is_not_required_is_unknown_where_it_is_used():
    assert "“收入”" in sentences(fact("收入"), decision("a", "收入"))[0]


def test_a_type_that_nobody_defines_is_told():
    (fault,) = sentences(fact("x", "等级"))

    assert "类型 等级 没有定义" in fault


def test_a_circle_is_told():
    found = sentences(decision("甲", "乙", needs="乙"), decision("乙", "甲", needs="甲"))

    assert any("甲 → 乙 → 甲" in fault for fault in found)


def test_a_broken_reference_and_a_broken_text_are_told_by_line():
    found = sentences(decision("a", "1", needs="无"), decision("b", "1 +"))

    assert "第 3 行" in found[0]
    assert "#无 不存在" in found[0]
    assert "第 4 行" in found[1]
