"""
Write docs/rules: a page a delivered policy, from the policy and its worked examples.

    python -m tools.rules_pages

Officers read them, so they are in Chinese. A test fails while a page isn't as it would be written.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from jingkai.core.rules.catalogue import national
from jingkai.core.rules.checking.publishing import obstacles
from jingkai.core.rules.dmn.boxed import Literal
from jingkai.core.rules.dmn.model import Decision, Model, Named
from jingkai.core.rules.feel.nodes import Constant, Node
from jingkai.core.rules.library import delivered
from jingkai.core.rules.library.examples import Example, Outcome, examples
from jingkai.core.rules.policies import wording
from jingkai.core.rules.policies.facts import Plain
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    AtLeast,
    Condition,
    Header,
    Leaf,
    Mark,
    Not,
    Policy,
    Table,
    Tree,
)
from jingkai.core.rules.policies.statuses import Verdict
from tools.environment import ROOT

FOLDER = ROOT / "docs" / "rules"
INDEX = "README.md"
CATALOGUE = national()
GENERATED = "<!-- 由 tools.rules_pages 生成，请勿手改 -->"
MARKS = {
    Mark.VERIFIED: "已与原文核对",
    Mark.SECONDARY: "已与引用原文的二手来源核对",
    Mark.UNVERIFIED: "未核对",
}
VERDICTS = {
    Verdict.ELIGIBLE: "符合",
    Verdict.NOT_ELIGIBLE: "不符合",
    Verdict.UNKNOWN: "资料不全",
    Verdict.MANUAL: "人工审核",
}


def pages() -> dict[str, str]:
    """Return all pages by their file names."""
    policies = delivered.policies()
    found = {f"{each.header.code}.md": page(each) for each in policies}
    return {INDEX: index(policies), **found}


def page(policy: Policy) -> str:
    """Return the page of one policy."""
    model = delivered.model(policy.header.code)
    return _text(
        [
            f"# {policy.header.title}",
            GENERATED,
            *_state(policy),
            _rows(("项目", "内容"), _header(policy.header)),
            "## 条件",
            _rows(("条件", "要求", "依据"), (_condition(one, model) for one in policy.conditions)),
            *_figures(model, policy),
            "结论：" + _said_tree(policy.tree) + "。",
            *_amount(policy.amount),
            "## 用例",
            *_examples(examples(policy.header.code)),
        ]
    )


def index(policies: tuple[Policy, ...]) -> str:
    """Return the list of all policies, those that may be published first."""
    drafts = [one for one in policies if obstacles(one, CATALOGUE)]
    ready = [one for one in policies if one not in drafts]
    count = sum(len(examples(one.header.code)) for one in policies)
    return _text(
        [
            "# 政策库",
            GENERATED,
            f"随产品交付 {len(policies)} 项政策、{count} 个用例：{len(ready)} 项可以发布，"
            f"{len(drafts)} 项为草稿，有人确认之前不能发布。每项政策是一个 DMN 文件，"
            "旁边是手工推算的用例，测试逐一核对。预审结果不等于认定。",
            "## 可以发布",
            _rows(("政策", "文号", "核对"), map(_line, ready)),
            "## 草稿",
            _rows(("政策", "文号", "核对", "还差什么"), map(_draft_line, drafts)),
        ]
    )


def main() -> None:
    """Write the pages, and take away those of policies that are no longer delivered."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        Path(FOLDER / name).write_text(text, encoding="utf-8")


def _line(policy: Policy) -> tuple[str, ...]:
    header = policy.header
    return f"[{header.title}]({header.code}.md)", header.document_no, MARKS[header.mark]


def _draft_line(policy: Policy) -> tuple[str, ...]:
    return *_line(policy), "；".join(obstacles(policy, CATALOGUE))


def _state(policy: Policy) -> Iterator[str]:
    open_points = obstacles(policy, CATALOGUE)
    if open_points:
        yield "**草稿，不能发布：**"
        yield "\n".join(f"- {point}" for point in open_points)


def _header(header: Header) -> Iterator[tuple[str, str]]:
    yield "编码", f"`{header.code}`"
    yield "文号", header.document_no
    yield "发布机关", header.issuer
    yield "级别", f"{header.level} {header.region}".strip()
    yield "有效期", _between(header.effective_from, header.effective_to)
    yield "申报期", _between(header.window_from, header.window_to)
    yield "对象", header.object_class
    yield "类别", header.benefit_kind
    yield "渠道", header.channel
    yield "取代", "、".join(header.replaces)
    yield "不得重复享受", header.exclusive_group
    yield "免申即享", "是" if header.without_application else ""
    yield "核对", f"{MARKS[header.mark]}（{header.source}）"


def _between(start: date | None, end: date | None) -> str:
    """Return a validity; the end is the first day on which it no longer holds."""
    parts = [f"{start} 起"] if start else []
    return "，".join([*parts, f"{end} 前"] if end else parts)


def _figures(model: Model, policy: Policy) -> Iterator[str]:
    """Yield the decisions that conditions name: figures such as a part of a score."""
    rows = [
        (each.name, wording.say(node, CATALOGUE))
        for each in model.decisions()
        if not each.extensions and each.name not in policy.by_name
        for node in _written(each)
    ]
    if rows:
        yield "其中："
        yield _rows(("计算项", "算法"), rows)


def _written(decision: Named | None) -> Iterator[Node]:
    """Yield the expression of a decision as it is written, figures by their names."""
    if isinstance(decision, Decision) and isinstance(decision.logic, Literal):
        node = decision.logic.feel.node
        if node is not None:
            yield node


def _condition(condition: Condition, model: Model) -> tuple[str, str, str]:
    asked = condition.text or "由人工审核"
    if isinstance(condition.test, Table):
        asked = _said(condition.test)
    for node in _written(model.named(condition.name)):
        asked = wording.say(node, CATALOGUE)
    if condition.applies is not None:
        asked = f"仅当{wording.say(condition.applies, CATALOGUE)}：{asked}"
    anchor = condition.anchor
    basis = str(anchor) if anchor else ""
    if anchor and anchor.quotation:
        basis = f"{basis}：“{anchor.quotation}”"
    return condition.name, asked, basis


def _said(test: Node | Table) -> str:
    if isinstance(test, Node):
        return wording.say(test, CATALOGUE)
    return "；或".join(_said_row(test, number) for number in range(len(test.rows)))


def _said_row(table: Table, number: int) -> str:
    cells = "，".join(
        wording.cell(cell.input, cell.tests, CATALOGUE)
        for cell in table.questions[number]
        if cell.tests.tests
    )
    output = table.rows[number].output
    return cells if output == Constant(True) else f"{cells}：{wording.say(output, CATALOGUE)}"


def _said_tree(tree: Tree) -> str:
    match tree:
        case Leaf(condition=name):
            return name
        case Not(part=part):
            return f"不存在（{_said_tree(part)}）"
        case All(parts=parts):
            return "、".join(_within(part) for part in parts) + "均须符合"
        case AnyOf(parts=parts):
            return "、".join(_within(part) for part in parts) + "任一项符合即可"
        case AtLeast(count=count, parts=parts):
            return "、".join(_within(part) for part in parts) + f"至少符合 {count} 项"


def _within(part: Tree) -> str:
    return _said_tree(part) if isinstance(part, Leaf) else f"（{_said_tree(part)}）"


def _amount(amount: Amount | None) -> Iterator[str]:
    if amount is None:
        return
    yield "## 金额"
    yield f"{amount.text or _said(amount.value)}。"
    cap = f"，上限 {amount.cap} {amount.unit}" if amount.cap is not None else ""
    basis = f"依据 {amount.anchor}。" if amount.anchor else ""
    yield f"公式：{_said(amount.value)}（{amount.unit}{cap}）。{basis}"


def _examples(given: tuple[Example, ...]) -> Iterator[str]:
    yield f"评估日 {given[0].on}，除另有说明外，企业的事实为："
    yield "\n".join(f"- {name}：{_value(name, value)}" for name, value in given[0].usual.items())
    columns = ("用例", "不同之处", "结论", "说明", "金额")
    yield _rows(columns, (_example(one, given[0].on) for one in given))


def _example(one: Example, on: date) -> tuple[str, ...]:
    changes = [] if one.on == on else [f"评估日 {one.on}"]
    changes += [
        f"{name}：{_value(name, value)}"
        for name, value in one.changed.items()
        if one.usual.get(name) != value
    ]
    changes += [f"{name}：无记录" for name in one.without]
    found = one.expected
    amount = "" if found.amount_yuan is None else f"{found.amount_yuan:,} 元"
    return one.title, "；".join(changes), _verdict(found), _reason(found), amount


def _verdict(found: Outcome) -> str:
    return VERDICTS[found.verdict] + ("，仅差一项" if found.near_miss else "")


def _reason(found: Outcome) -> str:
    parts = []
    if found.unmet:
        parts.append(f"未符合：{'、'.join(sorted(found.unmet))}")
    if found.gap:
        parts.append(found.gap)
    if found.missing:
        parts.append(f"缺少：{'、'.join(sorted(found.missing))}")
    return "；".join(parts)


def _value(name: str, value: Plain) -> str:
    if isinstance(value, str | date):
        return str(value)
    shown = Decimal(value) if type(value) is int else value
    return wording.shown(shown, CATALOGUE.item(name.rpartition(".")[2]).unit)


def _rows(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    kept = [row for row in rows if any(row[1:])]
    lines = (columns, ("---",) * len(columns), *kept)
    return "\n".join("| " + " | ".join(_cell(one) for one in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _text(blocks: list[str]) -> str:
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    main()
