"""
A policy out of a DMN model (decision 0011).

The decision with ``<jk:verdict/>`` is FEEL over the names of conditions; every decision it
names is a condition, with its place in the text as a knowledge source. The decision with
``<jk:amount/>`` is the benefit. Other decisions are helpers, put in where they are named. The
model's ``<jk:policy …/>`` is the header.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from jingkai.core.rules.dmn import boxed
from jingkai.core.rules.dmn.model import Decision, KnowledgeSource, Model, Need
from jingkai.core.rules.dmn.trees import Element
from jingkai.core.rules.feel.errors import FeelSyntaxError
from jingkai.core.rules.feel.known import Known
from jingkai.core.rules.feel.nodes import Node, UnaryTests
from jingkai.core.rules.feel.parsing import parse_expression
from jingkai.core.units import FEN_PER_WAN, FEN_PER_YUAN

from . import walking
from .model import (
    Amount,
    Anchor,
    BadPolicy,
    Condition,
    Confirmation,
    Header,
    HitPolicy,
    Mark,
    MoneyUnit,
    Policy,
    Rounding,
    Row,
    StackingCap,
    Table,
    leaves,
)
from .references import EVALUATION_DAY, PERIOD_NAMES
from .verdicts import tree_from

NAMESPACE = "https://jingkai.example/policy"
STEPS_FEN = {"分": 1, "元": FEN_PER_YUAN, "百元": 100 * FEN_PER_YUAN, "万元": FEN_PER_WAN}
HIT_POLICIES = {
    (boxed.HitPolicy.UNIQUE, None): HitPolicy.UNIQUE,
    (boxed.HitPolicy.ANY, None): HitPolicy.ANY,
    (boxed.HitPolicy.FIRST, None): HitPolicy.FIRST,
    (boxed.HitPolicy.COLLECT, boxed.Aggregation.SUM): HitPolicy.SUM,
    (boxed.HitPolicy.COLLECT, boxed.Aggregation.MAX): HitPolicy.LARGEST,
    (boxed.HitPolicy.COLLECT, boxed.Aggregation.MIN): HitPolicy.SMALLEST,
}

E = TypeVar("E", bound=Enum)


def policy_from(model: Model) -> Policy:
    """
    Return the policy that a decision model describes.

    :raises BadPolicy: if the model isn't one; the message says which decision and what to do
    """
    if model.faults:
        raise BadPolicy(f"政策“{model.name}”的模型有错误：{model.faults[0]}")
    return _Reader(model).policy()


class _Reader:
    """Reads one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._decisions = {each.name: each for each in model.decisions()}
        self._known_helpers: dict[str, Node] = {}
        self._open_helpers: set[str] = set()

    def policy(self) -> Policy:
        verdict = self._marked("verdict")
        if verdict is None:
            raise BadPolicy(f"政策“{self._model.name}”没有标明结论（jk:verdict）的决策，请补上")
        tree = tree_from(self._literal(verdict), verdict.name)
        conditions = tuple(self._condition(name) for name in dict.fromkeys(leaves(tree)))
        amount = self._marked("amount")
        return Policy(
            header=self._header(),
            conditions=conditions,
            tree=tree,
            amount=None if amount is None else self._amount(amount),
        )

    def _marked(self, name: str) -> Decision | None:
        found = [each for each in self._decisions.values() if _own(each.extensions, name)]
        if len(found) > 1:
            raise BadPolicy(f"有 {len(found)} 个决策标为 jk:{name}，请只留一个")
        return found[0] if found else None

    def _condition(self, name: str) -> Condition:
        decision = self._decisions.get(name)
        if decision is None:
            raise BadPolicy(f"结论引用了不存在的条件“{name}”，请改为已有的决策名称")
        applies = _own(decision.extensions, "applies")
        return Condition(
            name=name,
            test=None if decision.logic is None else self._test(decision),
            text=decision.question or _text(decision),
            applies=self._parsed(applies, name) if applies is not None else None,
            anchor=self._anchor(decision),
        )

    def _amount(self, decision: Decision) -> Amount:
        written = _own(decision.extensions, "amount") or Element("amount")
        step = written.get("step") or "分"
        if step not in STEPS_FEN:
            raise BadPolicy(f"金额的取整单位“{step}”不存在，应为 {'、'.join(STEPS_FEN)} 之一")
        return Amount(
            value=self._test(decision),
            unit=_choice(MoneyUnit, written.get("unit"), "金额单位"),
            text=_text(decision),
            cap=_number(written.get("cap"), "金额上限"),
            rounding=_choice(Rounding, written.get("rounding") or "half_up", "取整方式"),
            step_fen=STEPS_FEN[step],
            anchor=self._anchor(decision),
        )

    def _test(self, decision: Decision) -> Node | Table:
        if isinstance(decision.logic, boxed.DecisionTable):
            return self._table(decision, decision.logic)
        return self._literal(decision)

    def _literal(self, decision: Decision) -> Node:
        if not isinstance(decision.logic, boxed.Literal):
            raise BadPolicy(f"“{decision.name}”须为 FEEL 表达式或决策表，请改写")
        return self._expression(decision.logic.feel, decision)

    def _expression(self, feel: boxed.Feel, decision: Decision) -> Node:
        if feel.node is None:
            raise BadPolicy(f"“{decision.name}”第 {feel.line} 行没有可用的表达式，请补上")
        return self._inlined(feel.node, decision)

    def _inlined(self, node: Node, decision: Decision) -> Node:
        """Return the expression with the helpers that its decision requires put in."""
        try:
            walking.check_size(node, decision.name)
            whole = walking.inlined(node, self._helpers(decision))
            walking.check_size(whole, decision.name)
        except walking.TooLarge as reason:
            raise BadPolicy(str(reason)) from None
        return whole

    def _helpers(self, decision: Decision) -> Mapping[str, Node]:
        """Return the literal decisions that this one requires; a verdict has none."""
        if _own(decision.extensions, "verdict") is not None:
            return {}
        helpers = {}
        for requirement in decision.requirements:
            found = self._model.at(requirement.href)
            if requirement.need is Need.INFORMATION and found is not None:
                helper = found[1]
                if isinstance(helper, Decision):
                    helpers[helper.name] = self._helper(helper)
        return helpers

    def _helper(self, helper: Decision) -> Node:
        if helper.name in self._known_helpers:
            return self._known_helpers[helper.name]
        if not isinstance(helper.logic, boxed.Literal) or helper.logic.feel.node is None:
            raise BadPolicy(f"“{helper.name}”被其他决策引用，须为 FEEL 表达式，请改写")
        if helper.name in self._open_helpers:
            raise BadPolicy(f"“{helper.name}”引用自己，形成循环，请拆开")
        self._open_helpers.add(helper.name)
        found = self._inlined(helper.logic.feel.node, helper)
        self._known_helpers[helper.name] = found
        return found

    def _table(self, decision: Decision, given: boxed.DecisionTable) -> Table:
        hit_policy = HIT_POLICIES.get((given.hit_policy, given.aggregation))
        if hit_policy is None:
            raise BadPolicy(
                f"“{decision.name}”的命中策略 {given.hit_policy} 不能用于政策，"
                "请改为 UNIQUE、ANY、FIRST 或带汇总的 COLLECT"
            )
        if len(given.outputs) != 1:
            raise BadPolicy(f"“{decision.name}”的决策表须只有一个输出列，请拆开")
        default = given.outputs[0].default
        return Table(
            inputs=tuple(
                self._expression(each.expression.feel, decision) for each in given.inputs
            ),
            rows=tuple(self._row(rule, decision) for rule in given.rules),
            hit_policy=hit_policy,
            default=None if default is None else self._expression(default.feel, decision),
        )

    def _row(self, rule: boxed.Rule, decision: Decision) -> Row:
        cells = []
        for tests in rule.tests:
            cell = self._expression(tests.feel, decision)
            cells.append(cell if isinstance(cell, UnaryTests) else UnaryTests((cell,)))
        return Row(cells=tuple(cells), output=self._expression(rule.outputs[0].feel, decision))

    def _parsed(self, element: Element, name: str) -> Node:
        names = frozenset(each.name for each in self._model.elements)
        in_scope = Known(names | PERIOD_NAMES | {EVALUATION_DAY}, self._model.field_names)
        try:
            node = parse_expression(element.text.strip(), known=in_scope)
        except FeelSyntaxError as error:
            raise BadPolicy(
                f"“{name}”的适用范围（第 {element.line} 行）：{error.message}"
            ) from None
        return self._inlined(node, self._decisions[name])

    def _anchor(self, decision: Decision) -> Anchor | None:
        for requirement in decision.requirements:
            found = self._model.at(requirement.href)
            if requirement.need is Need.AUTHORITY and found is not None:
                source = found[1]
                if isinstance(source, KnowledgeSource):
                    return _anchor(source)
        return None

    def _header(self) -> Header:
        written = _own(self._model.extensions, "policy")
        if written is None:
            raise BadPolicy(f"模型“{self._model.name}”没有政策的登记项（jk:policy），请补上")
        return _header(written, self._model.name)


def _header(written: Element, title: str) -> Header:
    code = written.get("code")
    if not code:
        raise BadPolicy(f"政策“{title}”没有编码（jk:policy 的 code），请补上")
    return Header(
        code=code,
        title=title,
        document_no=written.get("documentNo"),
        issuer=written.get("issuer"),
        level=written.get("level"),
        region=written.get("region"),
        published_on=_day(written, "publishedOn"),
        effective_from=_day(written, "effectiveFrom"),
        effective_to=_day(written, "effectiveTo"),
        window_from=_day(written, "windowFrom"),
        window_to=_day(written, "windowTo"),
        object_class=written.get("objectClass"),
        benefit_kind=written.get("benefitKind"),
        channel=written.get("channel"),
        materials=_texts(written, "material"),
        exclusive_group=written.get("exclusiveGroup"),
        stacking=_stacking(written),
        without_application=written.get("withoutApplication") == "true",
        fair_competition_review=written.get("fairCompetitionReview"),
        legality_review=written.get("legalityReview"),
        replaces=_texts(written, "replaces"),
        mark=_choice(Mark, written.get("mark") or Mark.UNVERIFIED, "核实标记"),
        source=written.get("source"),
        confirmations=_confirmations(written),
    )


def _stacking(written: Element) -> StackingCap | None:
    group = written.get("stackingGroup")
    cap = _number(written.get("stackingCapYuan"), "累计上限")
    if not group or cap is None:
        return None
    return StackingCap(group=group, cap_fen=int(cap * FEN_PER_YUAN))


def _own(extensions: tuple[Element, ...], name: str) -> Element | None:
    tag = f"{{{NAMESPACE}}}{name}"
    return next((each for each in extensions if each.tag == tag), None)


def _texts(written: Element, name: str) -> tuple[str, ...]:
    tag = f"{{{NAMESPACE}}}{name}"
    return tuple(each.text.strip() for each in written.elements if each.tag == tag)


def _confirmations(written: Element) -> tuple[Confirmation, ...]:
    tag = f"{{{NAMESPACE}}}confirm"
    return tuple(
        Confirmation(what=each.text.strip(), by=each.get("by"))
        for each in written.elements
        if each.tag == tag
    )


def _anchor(source: KnowledgeSource) -> Anchor:
    written = _own(source.extensions, "anchor")
    if written is None:
        return Anchor(document=source.name, quotation=source.description.strip())
    return Anchor(
        document=written.get("document") or source.name,
        article=written.get("article"),
        quotation=written.text.strip(),
    )


def _text(decision: Decision) -> str:
    if decision.description.strip():
        return decision.description.strip()
    return decision.logic.feel.text.strip() if isinstance(decision.logic, boxed.Literal) else ""


def _day(written: Element, name: str) -> date | None:
    text = written.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadPolicy(f"政策登记项 {name} 的“{text}”不是日期，请写成 2026-01-31") from None


def _number(text: str, what: str) -> Decimal | None:
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and not (found.is_finite() and found >= 0):
        raise BadPolicy(f"{what}“{text}”不是不小于 0 的数字，请改正")
    return found


def _choice(kind: type[E], text: str, what: str) -> E:
    try:
        return kind(text)
    except ValueError:
        known = "、".join(str(each.value) for each in kind)
        raise BadPolicy(f"{what}“{text}”不存在，应为 {known} 之一") from None
