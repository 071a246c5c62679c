"""The static check of a policy against the fact catalogue; run before it is published."""

from collections.abc import Iterator

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.feel.builtins import FUNCTIONS
from jingkai.core.rules.feel.nodes import NOWHERE, Comparison, Constant, In, Name, Node, Sign
from jingkai.core.rules.policies.logic import (
    Atom,
    Both,
    Either,
    Logic,
    Opposite,
    atoms,
    comparisons,
    logic,
)
from jingkai.core.rules.policies.measures import unit
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    Condition,
    Leaf,
    Not,
    Policy,
    Table,
    Tree,
)
from jingkai.core.rules.policies.references import EVALUATION_DAY, of_path
from jingkai.core.rules.policies.walking import every

from . import kinds, names, satisfying, units
from .notices import Findings, Kind, Notice
from .units import SHOWN

AMOUNT, VERDICT = "金额", "结论"
FUNCTION_NAMES = frozenset(FUNCTIONS)


def check(policy: Policy, catalogue: Catalogue) -> tuple[Notice, ...]:
    """Return what is wrong with a policy, condition by condition, then amount and verdict."""
    notices: list[Notice] = []
    for condition in policy.conditions:
        _condition(condition, catalogue, Findings(condition.name, notices))
    if policy.amount is not None:
        found = Findings(AMOUNT, notices)
        _readable(policy.amount.value, catalogue, found)
        _values(policy.amount.value, kinds.Kind.NUMBER, catalogue, found)
        _amount_unit(policy.amount, catalogue, found)
    if not notices:
        _verdict(policy, catalogue, Findings(VERDICT, notices))
    return tuple(notices)


def _condition(condition: Condition, catalogue: Catalogue, found: Findings) -> None:
    before = len(found.notices)
    tests = [test for test in (condition.test, condition.applies) if test is not None]
    for test in tests:
        _readable(test, catalogue, found)
        _values(test, kinds.Kind.BOOLEAN, catalogue, found)
    if len(found.notices) > before:
        return  # what can't be read can't be judged
    for test in tests:
        if isinstance(test, Table):
            _table_meaning(test, catalogue, found)
        else:
            _meaning(test, catalogue, found)


def _readable(test: Node | Table, catalogue: Catalogue, found: Findings) -> None:
    for place, node in _places(test, found):
        names.check(node, catalogue, FUNCTION_NAMES, place)
        kinds.check(node, catalogue, place)
        units.check(node, catalogue, place)
        for part in every(node):
            _choices(part, catalogue, place)


def _places(test: Node | Table, found: Findings) -> Iterator[tuple[Findings, Node]]:
    """Yield each expression of a condition or amount with where it stands."""
    if not isinstance(test, Table):
        yield found, test
        return
    for number, given in enumerate(test.inputs, start=1):
        yield found.within(f"输入 {number}"), given
    for number, row in enumerate(test.rows, start=1):
        for node in (*row.cells, row.output):
            yield found.within(f"第 {number} 行"), node
    if test.default is not None:
        yield found.within("默认结果"), test.default


def _values(test: Node | Table, wanted: kinds.Kind, catalogue: Catalogue, found: Findings) -> None:
    if not isinstance(test, Table):
        kinds.expect(wanted, test, catalogue, found)
        return
    for number, row in enumerate(test.rows, start=1):
        place = found.within(f"第 {number} 行")
        kinds.expect(wanted, row.output, catalogue, place)
        for given, cell in zip(test.inputs, row.cells, strict=True):
            kinds.check_cell(given, cell, catalogue, place)
            units.check_cell(given, cell, catalogue, place)
            for asked in cell.tests:
                for value in kinds.compared_in(asked):
                    _choice(given, value, catalogue, place)


def _amount_unit(amount: Amount, catalogue: Catalogue, found: Findings) -> None:
    """Note a formula whose figures are in another unit than the amount, wrong by ten thousand."""
    value = amount.value
    outputs = [value] if isinstance(value, Node) else [row.output for row in value.rows]
    for output in outputs:
        measure = unit(output, catalogue)
        if measure is not None and measure != amount.unit:
            message = f"金额以{amount.unit}计，公式的结果以{SHOWN.get(measure, measure)}计，请换算"
            found.add(Kind.WRONG_UNIT, output, message)


def _choices(node: Node, catalogue: Catalogue, found: Findings) -> None:
    match node:
        case Comparison(sign=Sign.EQUAL | Sign.UNEQUAL, left=left, right=right):
            _choice(left, right, catalogue, found)
        case In(value=left, tests=tests):
            for test in tests:
                for value in kinds.compared_in(test):
                    _choice(left, value, catalogue, found)


def _choice(left: Node, value: Node, catalogue: Catalogue, found: Findings) -> None:
    fact = of_path(left)
    item = catalogue.get(fact[0].item) if fact else None
    if item is None or not item.choices or not isinstance(value, Constant):
        return
    if isinstance(value.value, str) and value.value not in item.choices:
        known = "、".join(item.choices)
        message = f"“{item.name}”没有“{value.value}”这个取值，应为 {known} 之一"
        found.add(Kind.WRONG_CHOICE, value, message)


def _meaning(node: Node, catalogue: Catalogue, found: Findings) -> None:
    question = logic(node)
    if _is_constant(question):
        found.add(Kind.CONSTANT, node, "没有引用任何事实，对所有企业结果都相同，请检查")
    elif satisfying.never(question, catalogue):
        found.add(Kind.NEVER_MET, node, "按事实目录的范围，没有企业能够符合，请检查数值和单位")
    elif satisfying.always(question, catalogue):
        found.add(Kind.ALWAYS_MET, node, "按事实目录的范围，所有企业都符合，请检查是否多余")


def _is_constant(question: Logic) -> bool:
    return not any(atom.facts or _reads_anything(atom) for atom in atoms(question))


def _reads_anything(atom: Atom) -> bool:
    """Return whether the atom reads the day, or a fact that it compares with null on purpose."""
    return any(
        part == Name(EVALUATION_DAY) or of_path(part) is not None
        for part in every(atom.node)
        if not (isinstance(part, Name) and part.name in FUNCTION_NAMES)
    )


def _table_meaning(table: Table, catalogue: Catalogue, found: Findings) -> None:
    possible = []
    for number, row in enumerate(table.rows, start=1):
        cells = tuple(
            part
            for given, cell in zip(table.inputs, row.cells, strict=True)
            if not cell.negated
            for part in (_cell_logic(given, cell.tests),)
            if part is not None
        )
        if cells and satisfying.never(Both(cells), catalogue):
            place = found.within(f"第 {number} 行")
            place.add(Kind.NEVER_MET, row.cells[0], "这一行没有企业能够符合，请检查各格的数值")
        else:
            possible.append(row)
    outputs = [row.output for row in possible] + ([table.default] if table.default else [])
    if all(output == Constant(False) for output in outputs):
        at = table.rows[0].output if table.rows else Constant(None, at=NOWHERE)
        found.add(Kind.NEVER_MET, at, "没有一行的结果为 true，没有企业能够符合，请检查")


def _cell_logic(given: Node, tests: tuple[Node, ...]) -> Logic | None:
    parts = []
    for test in tests:
        one = _test_logic(given, test)
        if one is None:
            return None
        parts.append(one)
    return Either(tuple(parts)) if parts else None


def _test_logic(given: Node, test: Node) -> Logic | None:
    asked = tuple(comparisons(given, test))
    return Both(tuple(logic(each) for each in asked)) if asked else None


def _verdict(policy: Policy, catalogue: Catalogue, found: Findings) -> None:
    question = _tree_logic(policy.tree, policy)
    if question is not None and satisfying.never(question, catalogue):
        found.add(Kind.NEVER_MET, Constant(None), "各项条件互相矛盾，没有企业能够全部符合，请检查")


def _tree_logic(tree: Tree, policy: Policy, *, whole: bool = False) -> Logic | None:
    """
    Return the verdict as one structure, None where it can't be.

    A part that can't be may be left out of an All, which then asks for less; under a Not the
    ``whole`` is needed.
    """
    match tree:
        case Leaf(condition=name):
            condition = policy.by_name[name]
            return condition.logic if condition.applies is None else None
        case Not(part=part):
            inner = _tree_logic(part, policy, whole=True)
            return None if inner is None else Opposite(inner)
        case All(parts=parts) | AnyOf(parts=parts):
            each = [_tree_logic(part, policy, whole=whole) for part in parts]
            known = tuple(one for one in each if one is not None)
            if isinstance(tree, All):
                return Both(known) if known and not (whole and None in each) else None
            return None if None in each else Either(known)
    return None
