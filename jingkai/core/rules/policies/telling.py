"""The sentences of an explanation, in Chinese."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.feel.nodes import Comparison, Node
from jingkai.core.units import FEN_PER_YUAN

from . import tables, wording
from .findings import Finding
from .gaps import Gap
from .logic import atoms
from .measures import unit
from .model import Condition, Table
from .references import Reference, of_path, references
from .situations import Reading, Situation
from .statuses import Status, Verdict

if TYPE_CHECKING:
    from .explaining import Explanation

STATUSES = {
    Status.MET: "符合",
    Status.UNMET: "不符合",
    Status.UNKNOWN: "待补充",
    Status.MANUAL: "人工审核",
    Status.NOT_APPLICABLE: "不适用",
}
VERDICTS = {
    Verdict.ELIGIBLE: "预审：符合各项条件",
    Verdict.NOT_ELIGIBLE: "预审：不符合条件",
    Verdict.UNKNOWN: "预审：资料不全，尚不能判断",
    Verdict.MANUAL: "预审：数据条件均符合，尚需人工审核",
}
BRANCHES = {"all": "以下各项均须符合", "any": "以下任一项符合即可", "not": "以下情形不得存在"}
MANUAL = "由人工审核"


def demand(finding: Finding, catalogue: Catalogue) -> str:
    """Return what a condition asks for."""
    condition = finding.condition
    if condition.test is None:
        return condition.text or MANUAL
    if isinstance(condition.test, Table):
        return condition.text or f"按 {len(condition.test.rows)} 行的决策表判断"
    return wording.say(condition.test, catalogue)


def reading(found: Reading) -> str:
    """Return a value with its year, source and day, and what other sources say."""
    name = f"{found.period}{found.reference.item}"
    if found.fact is None:
        return f"{name}：无记录"
    if found.refused:
        return f"{name}：{found.refused}"
    measure = found.item.unit if found.item else ""
    parts = [f"{name}：{wording.shown(found.value, measure)}"]
    if found.fact.source:
        parts.append(f"来源 {found.fact.source}")
    if found.fact.observed_on:
        parts.append(f"取得于 {found.fact.observed_on}")
    for other in found.conflicts:
        said = Decimal(other.value) if type(other.value) is int else other.value
        parts.append(
            f"{other.source or '另一来源'}为 {wording.shown(said, other.unit or measure)}，未采用"
        )
    return "，".join(parts)


def row(finding: Finding, situation: Situation) -> Iterator[str]:
    """Yield which row of a table is met, or which is nearest and what it lacks."""
    table = finding.condition.test
    if not isinstance(table, Table):
        return
    met = [n for n, found in enumerate(finding.rows, start=1) if found.status is Status.MET]
    if met:
        yield f"适用决策表第 {'、'.join(map(str, met))} 行"
        return
    if finding.status is not Status.UNMET:
        return
    nearest = tables.nearest(table, situation, finding.rows)
    if nearest is None:
        return
    cells = zip(table.questions[nearest], finding.rows[nearest].cells, strict=True)
    lacking = "；".join(
        wording.cell(cell.input, cell.tests, situation.catalogue)
        for cell, found in cells
        if found.status is not Status.MET
    )
    yield f"最接近决策表第 {nearest + 1} 行，尚未符合：{lacking}"


def gap_text(gap: Gap) -> str:
    """Return by how much a fact would have to change, in its own unit."""
    needed = wording.shown(gap.needed, gap.unit)
    difference = wording.shown(gap.difference, gap.unit)
    if gap.reading is None:
        return f"再过 {difference}，自 {needed} 起符合"
    name = f"{gap.reading.period}{gap.reading.reference.item}"
    if gap.unit == "天" and not isinstance(gap.current, Decimal):
        return f"{name}现为 {wording.shown(gap.current)}，需为 {needed}，差 {difference}"
    change = "差" if gap.needed > gap.current else "超出"  # type: ignore[operator]
    current = wording.shown(gap.current, gap.unit)
    return f"其他不变时，{name}现为 {current}，需为 {needed}，{change} {difference}"


def branch(kind: str, count: int) -> str:
    """Return what a branch asks of its parts."""
    return BRANCHES.get(kind) or f"以下各项至少符合 {count} 项"


def heading(explanation: "Explanation") -> Iterator[str]:
    """Yield the title, the document and the verdict."""
    header = explanation.header
    number = f"（{header.document_no}）" if header.document_no else ""
    yield f"{header.title}{number}"
    near = "，仅差一项" if explanation.is_near_miss else ""
    yield f"{VERDICTS[explanation.verdict]}{near}（评估日 {explanation.on}）"


def ending(explanation: "Explanation") -> Iterator[str]:
    """Yield the amount, or why it can't be told."""
    found = explanation.grant
    if found is None:
        return
    if found.amount_fen is None:
        missing = "、".join(str(reference) for reference in found.missing)
        yield f"金额：尚不能计算，缺少 {missing}" if missing else "金额：尚不能计算"
        return
    notes = "".join(f"（{note}）" for note in found.notes)
    yield f"金额：{yuan(found.amount_fen)}{notes}"


def yuan(amount_fen: int) -> str:
    """Return 分 as 元 with thousands separated, whole 元 without places."""
    whole, rest = divmod(amount_fen, FEN_PER_YUAN)
    return f"{whole:,}.{rest:02d} 元" if rest else f"{whole:,} 元"


def basis(condition: Condition) -> Iterator[str]:
    """Yield where a condition stands in the policy's text."""
    anchor = condition.anchor
    if anchor is not None:
        quotation = f"：“{anchor.quotation}”" if anchor.quotation else ""
        yield f"依据 {anchor}{quotation}"


def missing(found: Reading) -> str:
    """Return which fact is missing and who provides it."""
    name = f"{found.period}{found.reference.item}"
    if found.refused:
        return f"缺少可用的{name}，请更正记录"
    supplier = found.item.supplier if found.item else ""
    return f"缺少{name}，请由{supplier}提供" if supplier else f"缺少{name}，请补充"


def figures(finding: Finding, situation: Situation) -> Iterator[str]:
    """Yield what a condition computes and compares, such as a share, with its value."""
    for node, facts in dict.fromkeys(_computed(finding)):
        if of_path(node) is None and not situation.missing(facts):
            value = situation.subject(repr(node), node).value
            if value is not None:
                measure = unit(node, situation.catalogue)
                yield f"{wording.say(node, situation.catalogue)}：{wording.shown(value, measure)}"


def _computed(finding: Finding) -> Iterator[tuple[Node, tuple[Reference, ...]]]:
    condition = finding.condition
    if isinstance(condition.test, Table):
        yield from ((each, references(each)) for each in condition.test.inputs)
    elif condition.logic is not None:
        for atom in atoms(condition.logic):
            if isinstance(atom.node, Comparison) and atom.facts:
                yield atom.node.left, atom.facts
