"""
Verdicts and amounts as steps: the rules of ``policies.statuses`` and ``policies.tables`` again.

What ``judging`` does to arrays is written down here as expressions, for engines that run those.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from jingkai.core.rules.policies.model import All, AnyOf, AtLeast, HitPolicy, Leaf, Not, Tree
from jingkai.core.rules.policies.statuses import FAR

from ..plans import ir
from ..plans.ir import Atom, Formula, TextTest, Truth
from ..plans.plan import ConditionPlan, PolicyPlan, TablePlan
from .steps import (
    Both,
    Compared,
    Count,
    Either,
    Field,
    Greatest,
    IsTrue,
    Least,
    Missing,
    Number,
    Passes,
    Sign,
    Steps,
    Sum,
    Test,
    Times,
    When,
    Wide,
)

DROPPED = 255  # the distance of what doesn't apply
MET, UNMET, UNKNOWN = (Count(int(one)) for one in (Truth.MET, Truth.UNMET, Truth.UNKNOWN))
NEVER, ALWAYS = Count(0), Count(1)


class Code(IntEnum):
    """What a policy says to an enterprise, in one number."""

    NOT_ELIGIBLE = 0
    ELIGIBLE = 1
    UNKNOWN = 2
    NEAR = 3
    MANUAL = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A part of the tree, as ``judging.Judged``; ``unknown`` is 1 where a fact is missing."""

    to_met: Number
    to_unmet: Number
    unknown: Number
    may_drop: bool = False


@dataclass(frozen=True, slots=True)
class Judging:
    """Judges policies, sharing the steps that they have in common."""

    steps: Steps = field(default_factory=Steps)

    def code(self, policy: PolicyPlan) -> Number:
        """Return the policy's ``Code``."""
        conditions = {one.name: one for one in policy.conditions}
        judged = self._tree(policy.tree, conditions)
        to_met = judged.to_met
        return When(
            (
                (equal(to_met, Count(0)), Count(Code.ELIGIBLE)),
                (equal(to_met, Count(DROPPED)), Count(Code.NOT_ELIGIBLE)),
                (
                    Both((equal(judged.to_unmet, Count(0)), equal(to_met, Count(1)))),
                    Count(Code.NEAR),
                ),
                (equal(judged.to_unmet, Count(0)), Count(Code.NOT_ELIGIBLE)),
                (equal(judged.unknown, ALWAYS), Count(Code.UNKNOWN)),
            ),
            Count(Code.MANUAL),
        )

    def truth(  # noqa: PLR0911 - one a kind of formula
        self, formula: Formula
    ) -> Number:
        """Return the truth of a formula as a number of ``ir.Truth``."""
        match formula:
            case ir.Fixed(truth):
                return Count(int(truth))
            case ir.Every(parts):
                return Least(tuple(map(self.truth, parts)))
            case ir.Some(parts):
                return Greatest(tuple(map(self.truth, parts)))
            case ir.Opposite(part):
                return Sum((MET, Times(-1, self.truth(part))))
            case ir.Surely(part):
                return When(((equal(self.truth(part), MET), MET),), UNMET)
            case ir.Known(columns, part):
                return When(((missing(columns), UNKNOWN),), self.truth(part))
            case _:
                return self.steps.let(_atom(formula))

    def row(self, cells: Sequence[Formula]) -> Number:
        """Return the truth of a row of a table: the least of its cells."""
        return self.steps.let(least([self.truth(cell) for cell in cells], default=MET))

    def _tree(self, tree: Tree, conditions: Mapping[str, ConditionPlan]) -> Judged:
        match tree:
            case Leaf(condition=name):
                return self._condition(conditions[name])
            case Not(part=part):
                inner = self._tree(part, conditions)
                return Judged(inner.to_unmet, inner.to_met, inner.unknown, inner.may_drop)
            case All(parts=parts):
                count = len(parts)
            case AnyOf(parts=parts):
                count = 1
            case AtLeast(count=count, parts=parts):
                pass
        return self._at_least(count, [self._tree(part, conditions) for part in parts])

    def _condition(self, condition: ConditionPlan) -> Judged:
        match condition.test:
            case None:
                judged = Judged(Count(FAR), Count(FAR), NEVER)
            case TablePlan() as table:
                judged = _known(*self._table(table))
            case formula:
                judged = _known(self.steps.let(self.truth(formula)), Count(1))
        if condition.applies == ir.MET:
            return judged
        applies = self.steps.let(self.truth(condition.applies))
        return Judged(
            _by(applies, judged.to_met, unknown=Count(FAR), unmet=Count(DROPPED)),
            _by(applies, judged.to_unmet, unknown=Count(FAR), unmet=Count(DROPPED)),
            _by(applies, judged.unknown, unknown=ALWAYS, unmet=NEVER),
            may_drop=True,
        )

    def _at_least(self, count: int, parts: Sequence[Judged]) -> Judged:
        to_met = [part.to_met for part in parts]
        to_unmet = [part.to_unmet for part in parts]
        may_drop = any(part.may_drop for part in parts)
        if may_drop:
            met, unmet = self._of_applying(count, to_met, to_unmet)
        else:
            met, unmet = _fewest(to_met, count), _fewest(to_unmet, len(parts) - count + 1)
        met, unmet = self.steps.let(met), self.steps.let(unmet)
        decided = Either(
            (equal(met, Count(0)), equal(unmet, Count(0)), equal(met, Count(DROPPED)))
        )
        some = Greatest(tuple(part.unknown for part in parts))
        return Judged(met, unmet, self.steps.let(When(((decided, NEVER),), some)), may_drop)

    def _of_applying(
        self, count: int, to_met: Sequence[Number], to_unmet: Sequence[Number]
    ) -> tuple[Number, Number]:
        applying = self.steps.let(counted(to_met, below=DROPPED))
        needed = self.steps.let(Least((applying, Count(min(count, len(to_met))))))
        others = self.steps.let(Sum((applying, Times(-1, needed), Count(1))))
        none = equal(applying, Count(0))
        met = _sum_of_least(to_met, needed)
        unmet = _sum_of_least(to_unmet, others)
        return When(((none, Count(DROPPED)),), met), When(((none, Count(DROPPED)),), unmet)

    def _table(self, table: TablePlan) -> tuple[Number, Number]:
        """Return the truth of a table, and how many cells it lacks where it is unmet."""
        rows = [self.row(row) for row in table.rows]
        outputs = [self.steps.let(self.truth(output)) for output in table.outputs]
        chosen = self._chosen(table, rows, outputs)
        lacks = [
            When(((equal(output, MET), self._lacking(row)),), Count(FAR))
            for row, output in zip(table.rows, outputs, strict=True)
        ]
        lacking = Greatest((Count(1), Least((Count(FAR), *lacks))))
        return self.steps.let(chosen), self.steps.let(lacking)

    def _lacking(self, cells: Sequence[Formula]) -> Number:
        lacks = [
            When(((equal(truth, MET), Count(0)), (equal(truth, UNKNOWN), Count(FAR))), Count(1))
            for truth in (self.steps.let(self.truth(cell)) for cell in cells)
        ]
        return Least((Count(FAR), Sum((Count(0), *lacks))))

    def _chosen(
        self, table: TablePlan, rows: Sequence[Number], outputs: Sequence[Number]
    ) -> Number:
        otherwise = self.steps.let(self.truth(table.otherwise))
        if table.hit_policy is HitPolicy.ANY:
            return self._agreed(rows, outputs, otherwise)
        chosen = self.first(rows, outputs, otherwise, undecided=UNKNOWN)
        if table.hit_policy is HitPolicy.UNIQUE:
            return alone(rows, chosen, undecided=UNKNOWN)
        return chosen

    def first(
        self,
        rows: Sequence[Number],
        outputs: Sequence[Number],
        otherwise: Number,
        *,
        undecided: Number,
    ) -> Number:
        """Return the output of the first row that is met, if no row before it may change it."""
        chosen = otherwise
        for row, output in zip(reversed(rows), reversed(outputs), strict=True):
            same = When(((equal(output, chosen), chosen),), undecided)
            cases = ((equal(row, MET), output), (equal(row, UNMET), chosen))
            chosen = self.steps.let(When(cases, same))
        return chosen

    def _agreed(
        self, rows: Sequence[Number], outputs: Sequence[Number], otherwise: Number
    ) -> Number:
        some = any_met(rows)
        least_, most = [When(((some, MET),), otherwise)], [When(((some, UNMET),), otherwise)]
        for row, output in zip(rows, outputs, strict=True):
            least_.append(When(((equal(row, UNMET), MET),), output))
            most.append(When(((equal(row, UNMET), UNMET),), output))
        low, high = self.steps.let(Least(tuple(least_))), self.steps.let(Greatest(tuple(most)))
        return When(((equal(low, high), low),), UNKNOWN)


def equal(left: Number, right: Number) -> Test:
    """Return the test whether two numbers are the same."""
    return Compared("=", left, right)


def missing(columns: Sequence[str]) -> Test:
    """Return the test whether one of the columns has nothing."""
    tests = tuple(Missing(Field(name)) for name in columns)
    return tests[0] if len(tests) == 1 else Either(tests)


def any_met(rows: Sequence[Number]) -> Test:
    """Return the test whether one of the rows is met."""
    return equal(least_of(Greatest, rows, default=UNMET), MET)


def least(parts: Sequence[Number], *, default: Number) -> Number:
    """Return the least of the parts, or the default where there are none."""
    return least_of(Least, parts, default=default)


def least_of(
    kind: type[Least] | type[Greatest], parts: Sequence[Number], *, default: Number
) -> Number:
    """Return the least or the greatest of the parts, or the default where there are none."""
    return kind(tuple(parts)) if parts else default


def alone(rows: Sequence[Number], chosen: Number, *, undecided: Number) -> Number:
    """Return what is chosen where no more than one row applies."""
    applying = [When(((equal(row, UNMET), Count(0)),), Count(1)) for row in rows]
    if len(rows) < FAR:
        return chosen
    return When(((Compared(">", Sum(tuple(applying)), Count(1)), undecided),), chosen)


def counted(distances: Sequence[Number], *, below: int) -> Number:
    """Return how many of the distances are below the bound."""
    flags = [When(((Compared("<", one, Count(below)), Count(1)),), Count(0)) for one in distances]
    return Sum(tuple(flags))


def summed(terms: ir.Terms, constant: int) -> Number:
    """Return a sum of columns times factors."""
    parts = [Field(name) if by == 1 else Times(by, Field(name)) for name, by in terms]
    if constant or not parts:
        return Sum((*parts, Wide(constant)))
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def _atom(atom: Atom) -> Number:
    none = missing(ir.read_by(ir.attribute(atom)))
    match atom:
        case ir.Absent():
            return When(((none, MET),), UNMET)
        case ir.Reaches(total, bound):
            test: Test = Compared(">=", summed(total.terms, 0), Wide(bound))
        case ir.ShareReaches():
            return _share(atom, none)
        case ir.Holds(column):
            test = IsTrue(Field(column))
        case _:
            return _text(atom, none)
    return When(((none, UNKNOWN), (test, MET)), UNMET)


def _text(atom: TextTest, none: Test) -> Number:
    if "" in atom.texts and not isinstance(atom, ir.OneOf):
        return When(((none, UNKNOWN),), MET)
    if not atom.texts:
        return When(((none, UNKNOWN),), UNMET)
    return When(((none, UNKNOWN), (Passes(atom), MET)), UNMET)


def _share(atom: ir.ShareReaches, none: Test) -> Number:
    upper = Times(atom.whole, summed(atom.share.upper, atom.share.upper_constant))
    lower = summed(atom.share.lower, atom.share.lower_constant)
    part = Times(atom.part, lower)
    above: Sign = ">" if atom.strict else ">="
    below: Sign = "<" if atom.strict else "<="
    zero = Wide(0)
    return When(
        (
            (none, UNKNOWN),
            (equal(lower, zero), UNKNOWN),
            (Both((Compared(">", lower, zero), Compared(above, upper, part))), MET),
            (Both((Compared("<", lower, zero), Compared(below, upper, part))), MET),
        ),
        UNMET,
    )


def _known(truth: Number, lacking: Number) -> Judged:
    return Judged(
        When(((equal(truth, MET), Count(0)), (equal(truth, UNMET), lacking)), Count(FAR)),
        When(((equal(truth, UNMET), Count(0)), (equal(truth, MET), Count(1))), Count(FAR)),
        When(((equal(truth, UNKNOWN), ALWAYS),), NEVER),
    )


def _by(truth: Number, met: Number, *, unknown: Number, unmet: Number) -> Number:
    return When(((equal(truth, MET), met), (equal(truth, UNKNOWN), unknown)), unmet)


def _fewest(distances: Sequence[Number], count: int) -> Number:
    """Return the sum of so many of the smallest, no more than FAR."""
    if count == 1:
        return Least(tuple(distances))
    if count == len(distances):
        return Least((Count(FAR), Sum(tuple(distances))))
    return _sum_of_least(distances, Count(count))


def _sum_of_least(distances: Sequence[Number], count: Number) -> Number:
    """Count instead of sorting: the smallest are zeros first, then ones; more is far."""
    zeros = Least((counted(distances, below=1), count))
    near = counted(distances, below=FAR)
    rest = Least((Sum((count, Times(-1, zeros))), Count(FAR)))
    return When(((Compared("<", near, count), Count(FAR)),), rest)
