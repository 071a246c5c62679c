"""
The workload's conditions as a good engineer would write them for other tools.

Numbers are doubles in the unit of the catalogue, as a table holds them; a share is a division.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jingkai.core.rules.columnar.plans import amounts, ir
from jingkai.core.rules.columnar.plans.amounts import AmountPlan
from jingkai.core.rules.columnar.plans.ir import Column, Formula, Terms
from jingkai.core.rules.columnar.plans.plan import PolicyPlan, TablePlan
from jingkai.core.rules.policies.model import All, AnyOf, AtLeast, Leaf, Not, Tree


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language writes what conditions are made of."""

    name: Callable[[str], str]
    quote: str
    both: str
    either: str
    negation: str
    member: str
    starts: str
    one: str  # 1 where a condition holds, else 0


SQL = Spelling(
    name='"{}"'.format,
    quote="'",
    both=" AND ",
    either=" OR ",
    negation="NOT ({})",
    member="{} IN ({})",
    starts="starts_with({}, {})",
    one="CASE WHEN {} THEN 1 ELSE 0 END",
)
ZEN = Spelling(
    name=lambda name: name.replace("@", "_"),
    quote='"',
    both=" and ",
    either=" or ",
    negation="not({})",
    member="{} in [{}]",
    starts="startsWith({}, {})",
    one="({} ? 1 : 0)",
)
CEL = Spelling(
    name=lambda name: name.replace("@", "_"),
    quote='"',
    both=" && ",
    either=" || ",
    negation="!({})",
    member="{} in [{}]",
    starts="{}.startsWith({})",
    one="({} ? 1 : 0)",
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes conditions over columns in one spelling."""

    spelling: Spelling
    columns: Mapping[str, Column]

    def policy(self, policy: PolicyPlan) -> list[str]:
        """Return the parts that all have to hold."""
        tests = {one.name: one.test for one in policy.conditions}
        return [self._tree(part, tests) for part in policy.parts()]

    def amount_fen(self, amount: AmountPlan) -> str:
        """Return the amount in 分 as SQL: rounded to its step, no more than its cap."""
        number = self._number(amount.otherwise.number)
        step = amount.step_fen
        steps = f"FLOOR(({number}) / {float(amount.over * step)} + 0.5) * {step}"
        return steps if amount.cap_fen is None else f"LEAST({steps}, {amount.cap_fen})"

    def _tree(self, tree: Tree, tests: Mapping[str, Formula | TablePlan | None]) -> str:
        spelling = self.spelling
        match tree:
            case Leaf(condition=name):
                test = tests[name]
                if test is None or isinstance(test, TablePlan):
                    raise TypeError(f"{name} is not one of the workload's conditions")
                return self.formula(test)
            case Not(part=part):
                return spelling.negation.format(self._tree(part, tests))
            case All(parts=parts):
                joiner = spelling.both
            case AnyOf(parts=parts):
                joiner = spelling.either
            case AtLeast(count=count, parts=parts):
                ones = [spelling.one.format(self._tree(part, tests)) for part in parts]
                return f"({' + '.join(ones)} >= {count})"
        return f"({joiner.join(self._tree(part, tests) for part in parts)})"

    def formula(self, formula: Formula) -> str:
        """Return a condition of the workload."""
        spelling = self.spelling
        match formula:
            case ir.Opposite(part):
                return spelling.negation.format(self.formula(part))
            case ir.Reaches(total, bound):
                first = total.terms[0]
                unit = first[1] * self.columns[first[0]].scale
                return f"{self._sum(total.terms, 0, unit)} >= {float(Fraction(bound, unit))}"
            case ir.ShareReaches(share, part, whole, strict):
                unit = self.columns[share.lower[0][0]].scale
                upper = self._sum(share.upper, share.upper_constant, unit)
                lower = self._sum(share.lower, share.lower_constant, unit)
                sign = ">" if strict else ">="
                return f"({upper}) / ({lower}) {sign} {float(Fraction(part, whole))}"
            case ir.Holds(column):
                return spelling.name(column)
            case ir.OneOf(column, texts):
                return spelling.member.format(spelling.name(column), self._texts(texts))
            case ir.StartsWith(column, texts):
                return spelling.starts.format(spelling.name(column), self._texts(texts[:1]))
        raise TypeError(f"{formula} is not one of the workload's conditions")

    def _number(self, number: amounts.Number) -> str:
        if isinstance(number, amounts.Sum):
            return self._sum(number.terms, number.constant, 1)
        test = self.formula(number.test)
        yes, no = self._number(number.yes), self._number(number.no)
        return f"CASE WHEN {test} THEN {yes} ELSE {no} END"

    def _sum(self, terms: Terms, constant: int, unit: int) -> str:
        parts = [
            self._term(name, Fraction(by * self.columns[name].scale, unit)) for name, by in terms
        ]
        if constant or not parts:
            parts.append(str(float(Fraction(constant, unit))))
        return " + ".join(parts)

    def _term(self, name: str, factor: Fraction) -> str:
        written = self.spelling.name(name)
        return written if factor == 1 else f"{float(factor)} * {written}"

    def _texts(self, texts: tuple[str, ...]) -> str:
        quote = self.spelling.quote
        return ", ".join(f"{quote}{text}{quote}" for text in texts)
