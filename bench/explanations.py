"""One enterprise and 500 policies: read the rules, explain every verdict in full, print it."""

from datetime import date, timedelta
from decimal import Decimal

from bench.material import meters, rules_workload
from bench.material.table import Table
from jingkai.core.rules import catalogue
from jingkai.core.rules.columnar.chunks import MISSING, NO_TEXT, NO_TRUTH, Chunk
from jingkai.core.rules.columnar.plans import schemas
from jingkai.core.rules.columnar.plans.ir import Kind
from jingkai.core.rules.columnar.plans.plan import Plan
from jingkai.core.rules.feel import parsing
from jingkai.core.rules.feel.known import Known
from jingkai.core.rules.feel.nodes import Node
from jingkai.core.rules.feel.writing import write
from jingkai.core.rules.policies.explaining import Explanation, explain_all
from jingkai.core.rules.policies.facts import Fact, Facts, Plain
from jingkai.core.rules.policies.model import Policy
from jingkai.core.rules.policies.references import EVALUATION_DAY, PERIOD_NAMES

MOST_MS, MOST_PARSE_MS = 50, 500
ENTERPRISES = 20
EPOCH = date(1970, 1, 1)


def main() -> None:
    """Measure reading the expressions and the explanations, median of several."""
    work = rules_workload.workload(enterprises=ENTERPRISES)
    texts = [write(node) for policy in work.policies for node in _nodes(policy)]
    reading = meters.pace(lambda: _read(texts), rounds=5)
    chunk = next(work.chunks())
    everybody = [_facts(chunk, work.plan, row) for row in range(ENTERPRISES)]
    paces = [meters.pace(lambda own=own: _explained(work.policies, own), 5) for own in everybody]  # type: ignore[misc]
    paces.sort(key=lambda pace: pace.cpu_ms)
    first = _explained(work.policies, everybody[0])
    printing = meters.pace(lambda: [one.as_text() for one in first], rounds=5)
    table = Table("One enterprise, 500 policies")
    table.add(f"read {len(texts):,} expressions", reading.cpu_ms, "ms CPU", target=MOST_PARSE_MS)
    median, dearest = paces[len(paces) // 2], paces[-1]
    table.add("explain 500 verdicts, median enterprise", median.cpu_ms, "ms CPU", target=MOST_MS)
    table.add("explain 500 verdicts, dearest enterprise", dearest.cpu_ms, "ms CPU")
    table.add("the explanations as text", printing.cpu_ms, "ms CPU")
    table.show()


def _nodes(policy: Policy) -> list[Node]:
    amount = [policy.amount.value] if policy.amount else []
    found = [*(one.test for one in policy.conditions), *amount]
    return [node for node in found if isinstance(node, Node)]


def _read(texts: list[str]) -> None:
    names = catalogue.national().names
    known = Known(names=names | PERIOD_NAMES | {EVALUATION_DAY}, fields=names)
    for text in texts:
        parsing.parse_expression(text, known=known)


def _explained(policies: tuple[Policy, ...], facts: Facts) -> tuple[Explanation, ...]:
    return explain_all(policies, facts, on=rules_workload.ON)


def _facts(chunk: Chunk, plan: Plan, row: int) -> Facts:
    """Return the facts of one enterprise of a chunk, as they are kept one by one."""
    schema = schemas.schema(catalogue.national(), on=plan.on)
    facts: dict[tuple[str, int | None], Fact] = {}
    wanted = {column.name for column in plan.columns}
    for reference, column in schema.columns.items():
        if column.name in wanted:
            value = _value(chunk, column.name, column.kind, column.scale, row)
            back = reference.years_back
            year = None if back is None else plan.on.year - back
            if value is not None:
                facts[reference.item, year] = Fact(value=value)
    return Facts(facts)


def _value(chunk: Chunk, name: str, kind: Kind, scale: int, row: int) -> Plain | None:
    match kind:
        case Kind.TRUTH:
            truth = int(chunk.truths[name][row])
            return None if truth == NO_TRUTH else truth == 1
        case Kind.TEXT:
            texts = chunk.texts[name]
            code = int(texts.codes[row])
            return None if code == NO_TEXT else texts.distinct[code]
    number = int(chunk.numbers[name][row])
    if number == MISSING:
        return None
    return EPOCH + timedelta(days=number) if kind is Kind.DAY else Decimal(number) / scale


if __name__ == "__main__":
    main()
