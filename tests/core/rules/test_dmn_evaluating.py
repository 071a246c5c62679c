"""The requirements graph computed: order, circles, functions, services, imports, types."""

import time
from decimal import Decimal

import pytest

from jingkai.core.rules.dmn import evaluating, namespaces, reading
from jingkai.core.rules.dmn.evaluating import Evaluation
from jingkai.core.rules.dmn.trees import DmnError
from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.bounds import TooMuchWork
from tests.core.rules.dmn_models import decision, fact, knowledge, model, text, xml


def value(found, name, **facts):
    return evaluating.evaluate_decision(found, name, facts).value


def service(name, outputs, inputs="", decisions=""):
    parts = [("outputDecision", outputs), ("inputDecision", decisions), ("inputData", inputs)]
    inside = "".join(f'<{tag} href="#{each}"/>' for tag, all_ in parts for each in all_.split())
    variable = f'<variable name="{name}"/>'
    return f'<decisionService id="{name}" name="{name}">{variable}{inside}</decisionService>'


def item(name, inside, attributes=""):
    return f'<itemDefinition name="{name}" {attributes}>{inside}</itemDefinition>'


def allowed(values):
    return f"<typeRef>string</typeRef><allowedValues><text>{values}</text></allowedValues>"


def test_decisions_are_computed_after_what_they_need():
    found = model(
        decision("税负", "税 / 收入", needs="税 ~收入"),
        decision("税", "收入 * 0.25", needs="~收入"),
        fact("收入", "number"),
    )

    assert value(found, "税负", 收入=Decimal(80)) == Decimal("0.25")


def test_a_decision_sees_nothing_that_it_does_not_require():
    found = model(fact("x"), decision("a", "x"))

    result = evaluating.evaluate_decision(found, "a", {"x": Decimal(1)})

    assert result.value is None
    assert "x" in result.notes[0].sentence


def test_a_decision_is_computed_once_however_many_need_it():
    doubling = [decision("d0", "1")]
    doubling += [
        decision(f"d{n}", f"d{n - 1} + d{n - 1}", needs=f"d{n - 1} d{n - 1}") for n in range(1, 60)
    ]

    assert value(model(*doubling), "d59") == 2**59


def test_a_chain_longer_than_the_stack_is_computed():
    chain = [decision("d0", "0")]
    chain += [decision(f"d{n}", f"d{n - 1} + 1", needs=f"d{n - 1}") for n in range(1, 5000)]
    started = time.monotonic()

    assert value(model(*chain), "d4999") == 4999
    assert time.monotonic() - started < 20


def test_a_circle_is_found_before_anything_is_computed():
    found = model(
        decision("甲", "丙", needs="丙"),
        decision("乙", "甲", needs="甲"),
        decision("丙", "乙", needs="乙"),
        decision("外", "1"),
    )

    with pytest.raises(DmnError, match="甲 → 丙 → 乙 → 甲"):
        value(found, "甲")
    assert value(found, "外") == 1


def test_two_elements_of_one_name_are_told_apart_from_a_circle():
    twin = decision("乙", "甲", needs="~甲").replace('name="乙"', 'name="甲"')
    found = model(fact("甲"), twin, decision("丙", "甲", needs="乙"))

    with pytest.raises(DmnError, match="有两个元素都叫“甲”"):
        value(found, "丙", 甲=Decimal(1))


def test_an_unknown_decision_is_named_beside_the_known_ones():
    with pytest.raises(DmnError, match=r"没有名为“乙”的决策；现有：甲"):
        value(model(decision("甲", "1")), "乙")


def test_a_broken_text_is_null_with_its_place_and_the_others_are_computed():
    found = model(decision("坏", "1 +"), decision("好", "2"), decision("用", "坏", needs="坏"))

    result = evaluating.evaluate_decision(found, "用", {})

    assert result.value is None
    assert "decision" not in result.notes[0].element
    assert result.notes[0].element == "坏"
    assert value(found, "好") == 2


def test_a_decision_without_logic_is_handed_in_like_a_fact():
    found = model(
        decision("专家意见", "<!-- none -->", of="string"),
        decision("结论", "专家意见", needs="专家意见"),
    )

    assert value(found, "结论", 专家意见="同意") == "同意"
    assert value(found, "结论") is None


def test_a_fact_of_another_type_is_null_and_says_so():
    found = model(fact("x", "number"), decision("a", "x", needs="~x"))

    result = evaluating.evaluate_decision(found, "a", {"x": "三"})

    assert result.value is None
    assert result.notes[0].element == "x"


def test_one_value_stands_for_a_list_of_it_and_back():
    types = item("数列", "<typeRef>number</typeRef>", 'isCollection="true"')
    found = model(
        types,
        fact("x", "数列"),
        decision("a", "x", needs="~x"),
        decision("b", "[7]", of="number"),
    )

    assert value(found, "a", x=Decimal(7)) == [7]
    assert value(found, "b") == 7


@pytest.mark.parametrize(("grade", "expected"), [("A", "A"), ("D", None), (None, None)])
def test_allowed_values_hold_for_facts(grade, expected):
    found = model(
        item("等级", allowed('"A", "B"')), fact("x", "等级"), decision("a", "x", needs="~x")
    )

    assert value(found, "a", x=grade) == expected


def test_allowed_values_that_are_no_feel_refuse_every_value():
    found = model(
        item("等级", allowed('"A" +')), fact("x", "等级"), decision("a", "x", needs="~x")
    )

    result = evaluating.evaluate_decision(found, "a", {"x": "A"})

    assert result.value is None
    assert "无法核对" in result.notes[0].sentence


def test_allowed_values_hold_inside_lists_components_and_aliases():
    types = (
        item("等级", allowed('"A", "B"')),
        item("别名", "<typeRef>等级</typeRef>"),
        item("各级", "<typeRef>别名</typeRef>", 'isCollection="true"'),
        item("企业", '<itemComponent name="历年"><typeRef>各级</typeRef></itemComponent>'),
    )
    found = model(*types, fact("x", "企业"), decision("a", "x.历年", needs="~x"))

    assert value(found, "a", x={"历年": ["A", "B"]}) == ["A", "B"]
    assert value(found, "a", x={"历年": ["A", "Z"]}) is None


def test_a_constraint_on_a_list_sees_the_whole_list():
    inside = (
        "<typeRef>number</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint>"
    )
    found = model(
        item("短", inside, 'isCollection="true"'), fact("x", "短"), decision("a", "x", needs="~x")
    )

    assert value(found, "a", x=[Decimal(1), Decimal(2)]) == [1, 2]
    assert value(found, "a", x=[Decimal(1), Decimal(2), Decimal(3)]) is None


def test_a_type_inside_itself_is_read_and_used():
    inside = (
        '<itemComponent name="名"><typeRef>string</typeRef></itemComponent>'
        '<itemComponent name="下级" isCollection="true"><typeRef>部门</typeRef></itemComponent>'
    )
    found = model(item("部门", inside), fact("x", "部门"), decision("a", "x.名", needs="~x"))

    assert value(found, "a", x={"名": "甲", "下级": [{"名": "乙", "下级": []}]}) == "甲"


def test_types_that_fan_out_thirty_deep_are_read_at_once():
    fan = "".join(
        f'<itemComponent name="c{c}"><typeRef>t{{next}}</typeRef></itemComponent>'
        for c in range(9)
    )
    types = [item(f"t{n}", fan.format(next=n + 1)) for n in range(30)]
    types.append(item("t30", "<typeRef>string</typeRef>"))
    found = model(*types, fact("x", "t0"), decision("a", "x", needs="~x"))
    started = time.monotonic()

    assert value(found, "a", x="text") is None
    assert time.monotonic() - started < 1


def test_an_undefined_type_is_null_and_says_what_is_missing():
    result = evaluating.evaluate_decision(model(decision("a", "1", of="无此类型")), "a", {})

    assert result.value is None
    assert "无此类型" in result.notes[0].sentence


def test_a_knowledge_model_is_called_and_calls_others_and_itself():
    found = model(
        knowledge("阶乘", "n:number", "if n <= 1 then 1 else n * 阶乘(n - 1)"),
        knowledge("加倍", "n", "阶乘(n) * 2", knows="阶乘"),
        decision("a", "加倍(n: 5)", knows="加倍"),
    )

    assert value(found, "a") == 240


def test_endless_recursion_stops_with_a_sentence():
    found = model(knowledge("f", "n", "f(n + 1)"), decision("a", "f(1)", knows="f"))

    with pytest.raises(TooMuchWork):
        value(found, "a")


@pytest.mark.parametrize(
    "feel",
    ["for i in 1..1000000000 return i", "for i in 1..100000, j in 1..100000 return 1"],
)
def test_work_without_end_is_stopped_with_a_sentence(feel):
    started = time.monotonic()

    with pytest.raises(TooMuchWork, match="已停止"):
        value(model(decision("a", feel)), "a")
    assert time.monotonic() - started < 20


def test_an_argument_of_another_type_is_refused_with_the_name_of_the_parameter():
    found = model(knowledge("f", "收入:number", "收入"), decision("a", 'f("多")', knows="f"))

    result = evaluating.evaluate_decision(found, "a", {})

    assert result.value is None
    assert "收入" in result.notes[0].sentence


def test_a_knowledge_model_is_computed_by_itself():
    found = model(knowledge("f", "x y", "x - y"))

    assert evaluating.evaluate_knowledge(found, "f", {"y": Decimal(1), "x": Decimal(3)}).value == 2


def test_foreign_code_is_never_executed():
    body = '<functionDefinition kind="Java"><formalParameter name="x"/></functionDefinition>'
    found = model(decision("f", body), decision("a", "f(1)", needs="f"))

    result = evaluating.evaluate_decision(found, "a", {})

    assert result.value is None
    assert "不会执行" in result.notes[0].sentence


def test_a_service_takes_facts_and_input_decisions_and_computes_the_rest():
    found = model(
        fact("x"),
        decision("中", "x * 2", needs="~x"),
        decision("内", "中 + 1", needs="中"),
        decision("出", "内 + x", needs="内 ~x"),
        service("服务", "出", "x", "中"),
        decision("调用", "服务(1, 10)", knows="服务"),
    )

    assert value(found, "调用") == 12
    direct = evaluating.evaluate_service(found, "服务", {"x": Decimal(1), "中": Decimal(10)})
    assert direct["出"].value == 12
    assert value(found, "出", x=Decimal(1)) == 4


def test_a_service_of_several_outputs_gives_a_context():
    found = model(
        decision("甲", "1"),
        decision("乙", "2"),
        service("服务", "甲 乙"),
        decision("调用", "服务().乙", knows="服务"),
    )

    assert value(found, "调用") == 2


def test_a_service_that_calls_itself_is_null_with_a_reason():
    found = model(decision("a", "s()", knows="s"), service("s", "a"))

    result = evaluating.evaluate_decision(found, "a", {})

    assert result.value is None
    assert any("调用了自己" in note.sentence for note in result.notes)


def test_imported_elements_are_known_by_the_name_of_the_import():
    kind = namespaces.MODEL
    inner = item("等级", allowed('"A"')) + fact("年 收入", "number").replace(
        'id="年 收入"', 'id="i"'
    )
    inner += decision("翻倍", "年 收入 * 2", needs="~i")
    outer = (
        f'<import name="基 础" namespace="urn:b" importType="{kind}"/>'
        + fact("级", "基 础.等级")
        + decision("a", "基 础.翻倍 + 1").replace(
            "<literalExpression>",
            '<informationRequirement><requiredDecision href="urn:b#翻倍"/>'
            "</informationRequirement><literalExpression>",
        )
        + decision("b", "级", needs="~级")
    )
    found = reading.read_together({"外": xml(outer), "内": xml(inner, namespace="urn:b")})["外"]

    assert found.faults == ()
    assert value(found, "a", **{"年 收入": Decimal(3)}) == 7
    assert value(found, "a", **{"{urn:b}年 收入": Decimal(4)}) == 9
    assert value(found, "b", 级="A") == "A"
    assert value(found, "b", 级="B") is None


def test_the_clock_is_handed_in():
    found = model(decision("a", "today()"))
    now = temporal.parse_date_time("2026-03-01T09:30:00+08:00")

    assert evaluating.evaluate_decision(found, "a", {}, now=now).value == temporal.Date(2026, 3, 1)
    assert value(found, "a") is None


def test_an_evaluation_of_other_facts_keeps_nothing_of_the_first():
    found = model(fact("x"), decision("a", "x + 1", needs="~x"))
    first = Evaluation(found, {"x": Decimal(1)})

    assert first.decision("a").value == 2
    assert first.with_facts({"x": Decimal(5)}).decision("a").value == 6
    assert first.decision("a").value == 2


BOXED = {
    "context": "<context><contextEntry><variable name='a'/>{one}</contextEntry><contextEntry>"
    "<variable name='b'/>{a_plus_1}</contextEntry></context>",
    "result": "<context><contextEntry><variable name='a'/>{one}</contextEntry><contextEntry>"
    "{a_plus_1}</contextEntry></context>",
    "list": "<list>{one}{one}</list>",
    "relation": "<relation><column name='c'/><row>{one}</row><row>{one}</row></relation>",
    "conditional": "<conditional><if>{yes}</if><then>{one}</then><else>{no}</else></conditional>",
    "filter": "<filter><in>{three}</in><match>{large}</match></filter>",
    "for": "<for iteratorVariable='a'><in>{three}</in><return>{a_plus_1}</return></for>",
    "some": "<some iteratorVariable='item'><in>{three}</in><satisfies>{large}</satisfies></some>",
    "every": "<every iteratorVariable='item'><in>{three}</in><satisfies>{large}</satisfies>"
    "</every>",
    "function": "<invocation><functionDefinition><formalParameter name='a'/>{a_plus_1}"
    "</functionDefinition><binding><parameter name='a'/>{one}</binding></invocation>",
}
TEXTS = {
    "one": "1",
    "a_plus_1": "a + 1",
    "yes": "true",
    "no": "false",
    "three": "[1, 2, 3]",
    "large": "item > 1",
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("context", {"a": 1, "b": 2}),
        ("result", 2),
        ("list", [1, 1]),
        ("relation", [{"c": 1}, {"c": 1}]),
        ("conditional", 1),
        ("filter", [2, 3]),
        ("for", [2, 3, 4]),
        ("some", True),
        ("every", False),
        ("function", 2),
    ],
)
def test_each_boxed_expression_is_computed(kind, expected):
    body = BOXED[kind].format(**{name: text(feel) for name, feel in TEXTS.items()})

    assert value(model(decision("a", body)), "a") == expected
