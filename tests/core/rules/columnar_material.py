"""Random policies and enterprises, in both forms: facts one by one, and columns of arrays."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np

from jingkai.core.rules.catalogue import national
from jingkai.core.rules.columnar import chunks
from jingkai.core.rules.columnar.plans import schemas
from jingkai.core.rules.columnar.plans.ir import Kind
from jingkai.core.rules.feel.parsing import parse_expression, parse_unary_tests
from jingkai.core.rules.policies import amounts, findings, selecting
from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    AtLeast,
    Condition,
    Header,
    HitPolicy,
    Leaf,
    MoneyUnit,
    Not,
    Policy,
    Rounding,
    Row,
    StackingCap,
    Table,
)
from jingkai.core.rules.policies.references import known
from jingkai.core.rules.policies.situations import Situation
from jingkai.core.rules.policies.statuses import Verdict

ON = date(2024, 12, 31)
CATALOGUE = national()
SCHEMA = schemas.schema(CATALOGUE, on=ON)
KNOWN = known(CATALOGUE)
EPOCH = date(1970, 1, 1)
ATOMS = (
    "上年.营业收入 >= {n}",
    "上年.营业收入 < {n}",
    "上年.研发费用 / 上年.营业收入 >= 0.0{n}",
    "sum(近三年.研发费用) / sum(近三年.营业收入) * 100 > {n}",
    "(上年.营业收入 - 前年.营业收入) / 前年.营业收入 >= 0.{n}",
    "上年.研发费用 / 上年.净利润 > 0.{n}",
    "上年.净利润 / 上年.营业收入 <= -0.{n}",
    "上年.营业收入 / 上年.从业人员 = {n}",
    "上年.营业收入 >= 2 * 上年.研发费用",
    "mean(近三年.主营业务收入) >= {n}",
    "max(近两年.研发费用) > {n}",
    "abs(上年.净利润) < {n}",
    "近两年.研发费用[-1] >= {n}",
    "every x in 近两年.研发费用 satisfies x >= {n}",
    "some i in [1, 2] satisfies 近两年.研发费用[i] / 近两年.营业收入[i] >= 0.0{n}",
    "上年.研发费用 / 上年.营业收入 >= (if 上年.营业收入 <= 3 then 0.5 else 0.3)",
    "上年.科技人员 between 2 and {n}",
    "上年.从业人员 in [2..{n}]",
    "上年.从业人员 in (< 2, >= {n})",
    "上年.从业人员 = {n}",
    "上年.从业人员 != {n}",
    '信用等级 in ("A", "B")',
    'not(信用等级 = "D")',
    '信用等级 != "D"',
    'list contains(["A", "B"], 信用等级)',
    "信用等级 = null",
    "信用等级 != null",
    'starts with(行业代码, "3{n}")',
    'substring(行业代码, 1, 2) = "3{n}"',
    'ends with(行业代码, "{n}")',
    "高新技术企业",
    "高新技术企业 = false",
    "not(经营异常名录)",
    "if 高新技术企业 then 上年.营业收入 > {n} else true",
    '成立日期 <= 评估日 - duration("P{n}D")',
    '成立日期 + duration("P{n}Y") <= 评估日',
    'years and months duration(成立日期, 评估日) >= duration("P{n}M")',
    "years and months duration(成立日期, 评估日).years = {n}",
    "成立日期.year >= 202{n}",
    "(评估日 - 成立日期).days >= {n}",
    '成立日期 in [@"2023-12-3{n}"..评估日]',
)
CELLS = {
    "上年.营业收入": ("-", ">= {n}", "[2..{n}]", "not({n})"),
    "信用等级": ("-", '"A"', '"A", "B"', 'not("D")', "null"),
    "高新技术企业": ("-", "true", "false"),
    "上年.研发费用 / 上年.营业收入": ("-", ">= 0.{n}", "< 0.{n}"),
}
AMOUNTS = (
    "上年.研发费用 * 0.0{n}",
    "min(上年.研发费用 * 0.3, {n})",
    "{n}",
    "if 高新技术企业 then {n} else 上年.营业收入 / 3",
    "max(0, 上年.净利润) * 0.1",
    "if 上年.研发费用 / 上年.营业收入 > 0.3 then 2 else {n}",
    "上年.净利润 * 0.7",
)


@dataclass
class Dice:
    """Makes policies and enterprises from one seed."""

    random: Random

    def text(self, texts):
        number = self.random.randint(1, 9)
        text = self.random.choice(texts).replace("3{n}", f"3{number % 2}" if number else "")
        return text.replace("{n}", str(number))

    def question(self, depth=2):
        share = self.random.random()
        if depth == 0 or share < 0.5:
            return self.text(ATOMS)
        left, right = self.question(depth - 1), self.question(depth - 1)
        if share < 0.7:
            return f"({left}) and ({right})"
        return f"({left}) or ({right})" if share < 0.9 else f"not({left})"

    def table(self, outputs, hit_policies):
        inputs = self.random.sample(list(CELLS), self.random.randint(1, 3))
        rows = tuple(
            Row(
                cells=tuple(
                    parse_unary_tests(self.text(CELLS[one]), known=KNOWN) for one in inputs
                ),
                output=feel(self.text(outputs)),
            )
            for _ in range(self.random.randint(1, 4))
        )
        return Table(
            inputs=tuple(map(feel, inputs)),
            rows=rows,
            hit_policy=self.random.choice(hit_policies),
            default=self.random.choice((None, feel(self.text(outputs)))),
        )

    def condition(self, name):
        share = self.random.random()
        if share < 0.1:
            test = None
        elif share < 0.3:
            told = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST)
            test = self.table(("true", "true", "false", "上年.营业收入 > {n}"), told)
        else:
            test = feel(self.question())
        applies = feel(self.question(1)) if self.random.random() < 0.2 else None
        return Condition(name=name, test=test, applies=applies)

    def tree(self, names, depth=2):
        if len(names) == 1:
            leaf = Leaf(names[0])
            return leaf if self.random.random() < 0.85 else Not(leaf)
        leaves = tuple(map(Leaf, names))
        if depth == 0:
            return All(leaves)
        cut = self.random.randint(1, len(names) - 1)
        parts = self.tree(names[:cut], depth - 1), self.tree(names[cut:], depth - 1)
        share = self.random.random()
        if share < 0.5:
            return All(parts)
        if share < 0.75:
            return AnyOf(parts)
        if share < 0.85:
            return Not(All(parts))
        return AtLeast(self.random.randint(1, len(leaves)), leaves)

    def amount(self):
        is_table = self.random.random() < 0.4
        value = self.table(AMOUNTS, tuple(HitPolicy)) if is_table else feel(self.text(AMOUNTS))
        return Amount(
            value=value,
            unit=self.random.choice(list(MoneyUnit)),
            cap=self.random.choice((None, Decimal("3.5"))),
            rounding=self.random.choice(list(Rounding)),
            step_fen=self.random.choice((1, 100, 1_000_000)),
        )

    def policy(self, number):
        names = [f"条件{place}" for place in range(self.random.randint(1, 5))]
        cap = StackingCap(group="叠加", cap_fen=self.random.randint(1, 9) * 10_000)
        return Policy(
            header=Header(
                code=f"P{number:03}",
                title=f"政策{number}",
                exclusive_group=self.random.choice(("", "", "甲", "乙")),
                stacking=self.random.choice((None, None, cap)),
            ),
            conditions=tuple(map(self.condition, names)),
            tree=self.tree(names) if self.random.random() < 0.5 else All(tuple(map(Leaf, names))),
            amount=self.amount() if self.random.random() < 0.8 else None,
        )

    def enterprise(self, columns):
        """Return values by the columns' names; some are missing, many lie on a threshold."""
        missing = self.random.choice((0, 0.1, 0.4))
        return {
            column.name: self.value(column)
            for column in columns
            if self.random.random() >= missing
        }

    def value(self, column):
        match column.kind:
            case Kind.DAY:
                days = (0, 1, 364, 365, 366, 1095, 1096, self.random.randint(0, 4000))
                return ON - timedelta(days=self.random.choice(days))
            case Kind.TRUTH:
                return self.random.random() < 0.5
            case Kind.TEXT:
                return self.random.choice(("A", "B", "D", "31", "3512", "30", ""))
        tenths = Decimal(self.random.randint(0, 90)) / (10 if column.scale > 1 else 1)
        number = self.random.choice((Decimal(0), Decimal(self.random.randint(0, 10)), tenths))
        return -number if "profit" in column.name and self.random.random() < 0.5 else number


def feel(text):
    return parse_expression(text, known=KNOWN)


def chunk(columns, enterprises, first=0):
    """Return the enterprises as arrays."""
    numbers, truths, texts = {}, {}, {}
    for column in columns:
        values = [one.get(column.name) for one in enterprises]
        match column.kind:
            case Kind.NUMBER:
                scaled = [chunks.MISSING if v is None else int(v * column.scale) for v in values]
                numbers[column.name] = np.array(scaled, dtype=np.int64)
            case Kind.DAY:
                days = [chunks.MISSING if v is None else (v - EPOCH).days for v in values]
                numbers[column.name] = np.array(days, dtype=np.int64)
            case Kind.TRUTH:
                codes = [chunks.NO_TRUTH if v is None else int(v) for v in values]
                truths[column.name] = np.array(codes, dtype=np.int8)
            case Kind.TEXT:
                distinct = tuple(sorted({v for v in values if v is not None}))
                codes = [-1 if v is None else distinct.index(v) for v in values]
                texts[column.name] = chunks.Texts(np.array(codes, dtype=np.int32), distinct)
    return chunks.Chunk(
        rows=len(enterprises), numbers=numbers, truths=truths, texts=texts, first=first
    )


def situation(enterprise):
    """Return the enterprise as the scalar engine sees it."""
    named = {column.name: fact for fact, column in SCHEMA.columns.items()}
    facts = {}
    for name, value in enterprise.items():
        fact = named[name]
        year = None if fact.years_back is None else ON.year - fact.years_back
        facts[fact.item, year] = Fact(value=value)
    return Situation(Facts(facts), on=ON, catalogue=CATALOGUE)


def said(policies, enterprise):
    """Return by the policies' codes the verdict, the near miss, both amounts: pair by pair."""
    at_hand = situation(enterprise)
    found, offers = {}, []
    for policy in policies:
        assessed = findings.assess(policy, at_hand)
        found[policy.header.code] = [assessed.verdict, assessed.is_near_miss, None, None]
        if assessed.verdict is Verdict.ELIGIBLE:
            amount = amounts.grant(policy.amount, at_hand).amount_fen if policy.amount else None
            offers.append(selecting.Offer(header=policy.header, amount_fen=amount))
    for award in selecting.select(offers).awards:
        own = found[award.offer.header.code]
        own[2:] = [award.offer.amount_fen, award.granted_fen]
    return {code: tuple(own) for code, own in found.items()}


def found_in(outcome, plan):
    """Return the same of an outcome, enterprise by enterprise."""
    planes, pairs = outcome.planes, outcome.pairs
    amounts_of = {
        (int(row), int(bit)): (_known(amount), _known(granted))
        for row, bit, amount, granted in zip(
            pairs.rows, pairs.bits, pairs.amount_fen, pairs.granted_fen, strict=True
        )
    }
    return [
        {
            policy.code: (
                _verdict(planes, row, bit),
                _has(planes.near, row, bit),
                *amounts_of.get((row, bit), (None, None)),
            )
            for bit, policy in enumerate(plan.policies)
        }
        for row in range(outcome.chunk.rows)
    ]


def _verdict(planes, row, bit):
    named = {
        Verdict.ELIGIBLE: planes.eligible,
        Verdict.UNKNOWN: planes.unknown,
        Verdict.MANUAL: planes.manual,
    }
    own = [verdict for verdict, plane in named.items() if _has(plane, row, bit)]
    assert len(own) <= 1
    return own[0] if own else Verdict.NOT_ELIGIBLE


def _has(plane, row, bit):
    return bool(int(plane[row, bit // 64]) >> (bit % 64) & 1)


def _known(number):
    return None if number == chunks.MISSING else int(number)
