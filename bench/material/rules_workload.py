"""
The workload of the rules engines: a province's enterprises and policies, from one seed.

1,000,000 enterprises, 500 policies of 2,325 conditions over 32 attributes, 1 to 30 % of each
column missing. Some shares and growth rates lie exactly on the thresholds, as they do where
people write their applications to fit. One policy in ten has an or, a not, or a count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
from numpy.typing import NDArray

from jingkai.core.rules import catalogue
from jingkai.core.rules.columnar.chunks import MISSING, NO_TEXT, NO_TRUTH, Chunk, Texts
from jingkai.core.rules.columnar.plans import plan, schemas
from jingkai.core.rules.columnar.plans.ir import Column, Kind
from jingkai.core.rules.feel import parsing
from jingkai.core.rules.feel.known import Known
from jingkai.core.rules.feel.nodes import Node
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    AtLeast,
    Condition,
    Header,
    Leaf,
    MoneyUnit,
    Not,
    Policy,
    StackingCap,
    Tree,
)
from jingkai.core.rules.policies.references import EVALUATION_DAY, PERIOD_NAMES

ON = date(2024, 12, 31)
ENTERPRISES = 1_000_000
POLICIES = 500
LONGER = 325  # policies of five conditions; the others have four: 2,325 together
CHUNK = 65_536
SEED = 20_241_231
NUMBERS = {
    "上年.营业收入": (500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 80_000),
    "上年.研发费用": (20, 50, 100, 200, 500, 1200, 3000),
    "上年.纳税总额": (10, 50, 100, 300, 500, 1000, 5000),
    "上年.工业总产值": (2000, 5000, 10_000, 30_000, 100_000),
    "上年.固定资产投资": (100, 300, 500, 1000, 5000),
    "上年.出口额": (50, 100, 500, 1000, 3000),
    "上年.从业人员": (10, 20, 50, 100, 300, 500),
    "上年.科技人员": (2, 5, 10, 20, 50, 100),
    "上年.净利润": (0, 50, 100, 300, 1000),
    "上年.设备投资": (50, 100, 200, 500, 2000),
    "上年.综合能耗": (500, 1000, 5000, 10_000),
    "注册资本": (50, 100, 500, 1000, 5000),
    "有效发明专利": (1, 2, 5, 10, 20),
    "一类知识产权": (1, 2, 4, 8),
    "二类知识产权": (1, 3, 5, 10, 20),
    "细分领域从业年限": (2, 3, 5, 10),
    "细分市场占有率": (1, 3, 5, 10, 20),
    "梯度培育平台评分": (50, 60, 70, 80),
    "mean(近三年.主营业务收入)": (1000, 5000, 20_000, 40_000),
}
SHARES = {
    "上年.研发费用 / 上年.营业收入": (2, 3, 4, 5, 6, 10),
    "sum(近三年.研发费用) / sum(近三年.营业收入)": (3, 4, 5, 6),
    "(上年.营业收入 - 前年.营业收入) / 前年.营业收入": (0, 5, 10, 15, 20, 30),
    "上年.科技人员 / 上年.从业人员": (5, 10, 15, 20, 30),
    "上年.主营业务收入 / 上年.营业收入": (50, 60, 70, 80, 90),
    "上年.高新技术产品收入 / 上年.总收入": (40, 50, 60, 70),
}
MOST_SHARES = {"上年.负债总额 / 上年.资产总额": (55, 65, 75, 80, 90)}
TRUTHS = ("高新技术企业", "专精特新中小企业", "规模以上")
GRADES = ('信用等级 in ("A", "B")', 'not(信用等级 = "D")', '信用等级 in ("A", "B", "M")')
INDUSTRIES = ("13", "26", "27", "30", "34", "35", "36", "37", "38", "39", "40", "65")
AMOUNTS = (
    "上年.研发费用 * 0.0{digit}",
    "min(上年.研发费用 * 0.1, {step}0)",
    "{step}",
    "if 上年.营业收入 >= 20000 then {step}0 else if 上年.营业收入 >= 5000 then {step} else 5",
    "max(0, 上年.营业收入 - 前年.营业收入) * 0.0{digit}",
)


@dataclass(frozen=True, slots=True)
class Workload:
    """Policies, and enterprises chunk by chunk; the same ones whenever it is asked."""

    plan: plan.Plan
    policies: tuple[Policy, ...]
    enterprises: int = ENTERPRISES

    def chunks(self) -> Iterator[Chunk]:
        """Yield the enterprises."""
        for first in range(0, self.enterprises, CHUNK):
            yield _chunk(self.plan.columns, first, min(CHUNK, self.enterprises - first))


def workload(*, enterprises: int = ENTERPRISES, policies: int = POLICIES) -> Workload:
    """Return the workload, or a smaller one of the same kind."""
    dice = Random(SEED)  # noqa: S311 - the same figures each time
    made = tuple(_policy(number, dice) for number in range(policies))
    planned = plan.plan(made, schemas.schema(catalogue.national(), on=ON))
    return Workload(planned, made, enterprises)


def expression(text: str) -> Node:
    """Return the expression over the names of the catalogue."""
    names = catalogue.national().names
    known = Known(names=names | PERIOD_NAMES | {EVALUATION_DAY}, fields=names)
    return parsing.parse_expression(text, known=known)


def _policy(number: int, dice: Random) -> Policy:
    count = 5 if number % POLICIES < LONGER else 4
    asked = dice.sample(_questions(dice), count)
    names = [f"条件{place + 1}" for place in range(count)]
    amount = dice.choice(AMOUNTS).format(digit=dice.randint(1, 9), step=dice.randint(1, 9) * 10)
    header = Header(
        code=f"P{number:03}",
        title=f"政策{number}",
        exclusive_group=f"互斥{number % 7}" if number % 10 == 0 else "",
        stacking=StackingCap(group="叠加", cap_fen=10**10) if number % 25 == 1 else None,
    )
    return Policy(
        header=header,
        conditions=tuple(
            Condition(name=name, test=expression(text))
            for name, text in zip(names, asked, strict=True)
        ),
        tree=_tree(number, names),
        amount=Amount(
            value=expression(amount), unit=MoneyUnit.WAN, cap=Decimal(500), step_fen=100
        ),
    )


def _tree(number: int, names: list[str]) -> Tree:
    """Return a conjunction; of every ten policies one has an or, a not, or a count."""
    leaves = tuple(map(Leaf, names))
    match number % 30:
        case 9:
            return All((*leaves[:-2], AnyOf(leaves[-2:])))
        case 19:
            return All((*leaves[:-1], Not(leaves[-1])))
        case 29:
            return All((leaves[0], AtLeast(2, leaves[1:])))
    return All(leaves)


def _questions(dice: Random) -> list[str]:
    """Return one question about each of the attributes, with thresholds of the day."""
    number = [f"{one} >= {_near(dice, steps)}" for one, steps in NUMBERS.items()]
    share = [f"{one} >= {dice.choice(steps) / 100}" for one, steps in SHARES.items()]
    most = [f"{one} <= {dice.choice(steps) / 100}" for one, steps in MOST_SHARES.items()]
    return [
        *number,
        *share,
        *most,
        *TRUTHS,
        dice.choice(GRADES),
        f'starts with(行业代码, "{dice.choice(INDUSTRIES)}")',
        f'成立日期 <= 评估日 - duration("P{dice.choice((365, 730, 1095, 1825))}D")',
    ]


def _near(dice: Random, steps: tuple[int, ...]) -> int:
    """Return a round threshold, or one of the many in between that policies have."""
    step = dice.choice(steps)
    return step if step < 10 or dice.random() < 0.5 else step * dice.randint(5, 15) // 10


def _chunk(columns: tuple[Column, ...], first: int, rows: int) -> Chunk:
    made = _Enterprises(np.random.default_rng([SEED, first]), rows)
    numbers, truths, texts = {}, {}, {}
    for place, column in enumerate(columns):
        none = made.dice.random(rows) < 0.01 + 0.29 * (place * 7 % len(columns)) / len(columns)
        match column.kind:
            case Kind.NUMBER:
                own = np.clip(made.number(column), -column.limit, column.limit)
                numbers[column.name] = np.where(none, MISSING, own)
            case Kind.DAY:
                numbers[column.name] = np.where(none, MISSING, made.day())
            case Kind.TRUTH:
                truths[column.name] = np.where(none, NO_TRUTH, made.truth()).astype(np.int8)
            case Kind.TEXT:
                distinct = made.texts(column)
                codes = made.dice.integers(0, len(distinct), rows)
                texts[column.name] = Texts(
                    np.where(none, NO_TEXT, codes).astype(np.int32), distinct
                )
    return Chunk(rows=rows, numbers=numbers, truths=truths, texts=texts, first=first)


class _Enterprises:
    """Figures that hang together: spending from revenue, staff from revenue, parts from wholes."""

    def __init__(self, dice: np.random.Generator, rows: int) -> None:
        self.dice = dice
        self.rows = rows
        wan = np.exp(dice.normal(7.0, 1.6, rows)).astype(np.int64) * 100
        self._revenue = {3: wan}
        for back in (2, 1, 0):
            percent = self._exactly((0, 5, 10, 20, 30), self.dice.integers(-30, 60, rows))
            wan = wan + wan * percent // 100
            self._revenue[back] = wan

    def number(self, column: Column) -> NDArray[np.int64]:
        """Return a column of numbers, scaled."""
        code, _, back = column.name.partition("@")
        revenue = self._revenue[int(back or 1)]
        percents = {
            "operating_revenue": (100, 101),
            "main_revenue": (40, 101),
            "total_income": (100, 110),
            "high_tech_income": (20, 100),
            "rd_expense": (0, 15),
            "tax_paid": (1, 12),
            "industrial_output": (50, 140),
            "fixed_investment": (0, 40),
            "equipment_investment": (0, 20),
            "export_value": (0, 50),
            "net_profit": (-20, 30),
            "total_assets": (80, 200),
            "total_liabilities": (20, 180),
            "registered_capital": (5, 60),
        }
        if code in percents:
            own = self.dice.integers(*percents[code], self.rows)
            exact = code in {"rd_expense", "main_revenue", "high_tech_income"}
            percent = self._exactly((3, 5, 60, 80), own) if exact else own
            return revenue * percent // 100 * column.scale
        scores = {"platform_score": 100, "market_share": 40, "niche_years": 30}
        if code in scores:
            return self.dice.integers(0, scores[code] * column.scale, self.rows)
        if code in {"employees", "technical_staff", "energy_use"}:
            return revenue // self.dice.integers(40, 800, self.rows) * column.scale
        return self.dice.geometric(0.2, self.rows).astype(np.int64) - 1

    def day(self) -> NDArray[np.int64]:
        """Return days of the last twenty years, some exactly a year ago."""
        today = (ON - date(1970, 1, 1)).days
        ago = self._exactly((365, 366, 1095, 1096), self.dice.integers(0, 7300, self.rows))
        return today - ago

    def truth(self) -> NDArray[np.bool_]:
        """Return what holds for three in ten."""
        return self.dice.random(self.rows) < 0.3

    def texts(self, column: Column) -> tuple[str, ...]:
        """Return the texts that a column has."""
        if column.name == "credit_grade":
            return ("A", "B", "C", "D", "M")
        return tuple(f"{number:04}" for number in range(1311, 6600, 13))

    def _exactly(self, percents: tuple[int, ...], others: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the others, one in ten replaced by a round figure."""
        chosen = self.dice.choice(np.array(percents), self.rows)
        return np.where(self.dice.random(self.rows) < 0.1, chosen, others)
