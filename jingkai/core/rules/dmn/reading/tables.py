"""Literal expressions and decision tables out of XML (DMN 1.5, 7.3.5 and 8.3)."""

from .. import namespaces, parts
from ..boxed import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    Input,
    Literal,
    Output,
    Rule,
    Tests,
)
from ..parts import Place, common, normal, type_name
from ..trees import Element


def literal(element: Element, place: Place) -> Literal:
    """Return an expression in FEEL."""
    language = element.get("expressionLanguage")
    if element.first("importedValues") is not None:
        place.fault(element.line, "不读取 importedValues 引用的外部数值，请把数值写进模型。")
    return Literal(
        type=type_name(element.get("typeRef"), place),
        feel=parts.feel(element, place),
        language="" if namespaces.is_feel(language) else language,
        **common(element, "expressionLanguage"),
    )


def tests(element: Element, place: Place) -> Tests:
    """Return unary tests: a cell, or allowed values."""
    language = element.get("expressionLanguage")
    return Tests(
        feel=parts.feel(element, place, tests=True),
        language="" if namespaces.is_feel(language) else language,
        **common(element, "expressionLanguage"),
    )


def tests_in(element: Element, name: str, place: Place) -> Tests | None:
    """Return the unary tests that stand inside an element under a name."""
    inside = element.first(name)
    return None if inside is None else tests(inside, place.step(name))


def decision_table(element: Element, place: Place) -> DecisionTable:
    """Return a table; a rule with too few or too many cells is a fault."""
    place = place.step("decisionTable")
    inputs = tuple(
        _input(child, place.step(f"input {number}"))
        for number, child in enumerate(element.all("input"), start=1)
    )
    outputs = tuple(
        _output(child, place.step(f"output {number}"))
        for number, child in enumerate(element.all("output"), start=1)
    )
    table = DecisionTable(
        type=type_name(element.get("typeRef"), place),
        hit_policy=_hit_policy(element, place),
        aggregation=_aggregation(element, place),
        inputs=inputs,
        outputs=outputs,
        annotations=tuple(child.get("name") for child in element.all("annotation")),
        rules=tuple(
            _rule(child, place.step(f"rule {number}"))
            for number, child in enumerate(element.all("rule"), start=1)
        ),
        orientation=element.get("preferredOrientation"),
        output_label=element.get("outputLabel"),
        **common(element, "hitPolicy", "aggregation", "preferredOrientation", "outputLabel"),
    )
    _check(table, place)
    return table


def _check(table: DecisionTable, place: Place) -> None:
    if not table.outputs:
        place.fault(table.line, "决策表没有输出列，请至少写一列 output。")
    if len(table.outputs) > 1 and not all(output.name for output in table.outputs):
        place.fault(table.line, "有多个输出列时，每一列都要有名称（name），请补上。")
    if table.aggregation is not None and len(table.outputs) > 1:
        place.fault(table.line, "汇总（C+、C<、C>、C#）只能用于一个输出列，请拆成几张表。")
    for number, rule in enumerate(table.rules, start=1):
        if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            place.step(f"rule {number}").fault(
                rule.line,
                f"有 {len(rule.tests)} 个条件、{len(rule.outputs)} 个结果，表头有"
                f" {len(table.inputs)} 个条件、{len(table.outputs)} 个结果，请补齐。",
            )


def _hit_policy(element: Element, place: Place) -> HitPolicy:
    written = element.get("hitPolicy") or HitPolicy.UNIQUE
    try:
        return HitPolicy(written)
    except ValueError:
        known = "、".join(HitPolicy)
        place.fault(element.line, f"命中策略“{written}”不存在，应为 {known} 之一。")
        return HitPolicy.UNIQUE


def _aggregation(element: Element, place: Place) -> Aggregation | None:
    written = element.get("aggregation")
    try:
        return Aggregation(written) if written else None
    except ValueError:
        known = "、".join(Aggregation)
        place.fault(element.line, f"汇总方式“{written}”不存在，应为 {known} 之一。")
        return None


def _input(element: Element, place: Place) -> Input:
    inside = element.first("inputExpression")
    if inside is None:
        place.fault(element.line, "输入列没有表达式，请补上 inputExpression。")
        inside = Element("inputExpression", line=element.line)
    return Input(
        expression=literal(inside, place),
        values=tests_in(element, "inputValues", place),
        **common(element),
    )


def _output(element: Element, place: Place) -> Output:
    default = element.first("defaultOutputEntry")
    return Output(
        name=normal(element.get("name")),
        type=type_name(element.get("typeRef"), place),
        values=tests_in(element, "outputValues", place),
        default=None if default is None else literal(default, place.step("default")),
        **common(element),
    )


def _rule(element: Element, place: Place) -> Rule:
    return Rule(
        tests=tuple(
            tests(child, place.step(f"inputEntry {number}"))
            for number, child in enumerate(element.all("inputEntry"), start=1)
        ),
        outputs=tuple(
            literal(child, place.step(f"outputEntry {number}"))
            for number, child in enumerate(element.all("outputEntry"), start=1)
        ),
        annotations=tuple(parts.text_of(child) for child in element.all("annotationEntry")),
        **common(element),
    )
