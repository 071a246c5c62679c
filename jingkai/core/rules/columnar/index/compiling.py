"""
The predicate index of a plan: attributes with their buckets, conditions with their bits.

Simple conditions, those that one attribute answers, stand under it; the rest is complex and is
judged enterprise by enterprise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from jingkai.core.rules.policies.model import Tree

from ..chunks import kleene
from ..plans import ir
from ..plans.ir import Atom, Attribute, Column, Fixed, Formula, Kind, Share, Total, Truth
from ..plans.plan import ConditionPlan, Plan, PolicyPlan, TablePlan, formulas, simple
from ..results import WORD, Bits
from . import attributes, buckets
from .buckets import Bound, Buckets, TruthBuckets


@dataclass(frozen=True)
class Masks:
    """For each bucket: the policies with a condition unmet there, with two or more, unknown."""

    one: Bits
    two: Bits
    unknown: Bits

    @cached_property
    def two_anywhere(self) -> bool:
        """Return whether any bucket has a policy with two."""
        return bool(self.two.any())

    @cached_property
    def unknown_anywhere(self) -> bool:
        """Return whether any bucket has an unknown condition."""
        return bool(self.unknown.any())


@dataclass(frozen=True, slots=True)
class Complex:
    """The parts of a policy's conjunction that ask about several attributes."""

    bit: int
    parts: tuple[Tree, ...]
    conditions: Mapping[str, ConditionPlan]
    alone: bool  # nothing else decides the policy, so that all of it may not apply


@dataclass(frozen=True, slots=True)
class Index:
    """The compiled plan: policies by their bits, attributes with their buckets and conditions."""

    policies: tuple[PolicyPlan, ...]
    buckets: Mapping[Attribute, Buckets]
    direct: Mapping[Attribute, Sequence[tuple[int, Formula]]]
    complex: tuple[Complex, ...]
    start: Masks  # what holds for every enterprise, one row each
    manual: Bits
    columns: Mapping[str, Column]
    kept: dict[tuple[Attribute, Bound], Masks] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> int:
        """Return how many words of 64 policies a row of bits has."""
        return int(self.manual.shape[1])

    def masks(self, attribute: Attribute, bound: Bound) -> Masks:
        """Return the masks of an attribute, made once for the same buckets."""
        if (attribute, bound) not in self.kept:
            self.kept[attribute, bound] = _masks(bound, self.direct[attribute], self.words)
        return self.kept[attribute, bound]


def compiled(plan: Plan) -> Index:
    """Return the index of a plan."""
    columns = plan.by_name()
    policies = plan.policies
    words = max(1, -(-len(policies) // WORD))
    zero = np.zeros((4, 1, words), dtype=np.uint64)
    direct: dict[Attribute, list[tuple[int, Formula]]] = {}
    judged = []
    for bit, policy in enumerate(policies):
        conditions = {one.name: one for one in policy.conditions}
        found = [(part, simple(part, conditions, columns)) for part in policy.parts()]
        others = tuple(part for part, condition in found if condition is None)
        if others:
            judged.append(Complex(bit, others, conditions, alone=len(others) == len(found)))
        for _, condition in found:
            if condition is not None:
                _place(bit, condition.test, direct, zero, columns)
    atoms = (
        atom
        for policy in policies
        for one in policy.conditions
        for formula in formulas(one)
        for atom in ir.atoms(formula)
    )
    return Index(
        policies=policies,
        buckets=_buckets(atoms, columns),
        direct=direct,
        complex=tuple(judged),
        start=Masks(*zero[:3]),
        manual=zero[3],
        columns=columns,
    )


def _place(
    bit: int,
    test: Formula | TablePlan | None,
    direct: dict[Attribute, list[tuple[int, Formula]]],
    start: Bits,
    columns: Mapping[str, Column],
) -> None:
    """Put a simple condition under its attribute, or into what holds for everybody."""
    word, mask = bit // WORD, np.uint64(1 << bit % WORD)
    match test:
        case None:
            start[3, 0, word] |= mask
        case Fixed(truth):
            unmet = mask if truth is Truth.UNMET else np.uint64(0)
            start[1, 0, word] |= start[0, 0, word] & unmet
            start[0, 0, word] |= unmet
            start[2, 0, word] |= mask if truth is Truth.UNKNOWN else np.uint64(0)
        case formula if not isinstance(formula, TablePlan):
            own = attributes.single(formula, columns)
            if own is not None:
                direct.setdefault(own, []).append((bit, formula))


def _buckets(atoms: Iterable[Atom], columns: Mapping[str, Column]) -> dict[Attribute, Buckets]:
    asked: dict[Attribute, list[Atom]] = {}
    for atom in dict.fromkeys(atoms):
        asked.setdefault(attributes.of_atom(atom, columns), []).append(atom)
    return {one: _bucketed(one, own, columns) for one, own in asked.items()}


def _bucketed(one: Attribute, atoms: list[Atom], columns: Mapping[str, Column]) -> Buckets:
    match one:
        case Total():
            return buckets.of_total(one, atoms)
        case Share():
            return buckets.of_share(one, atoms)
    if columns[one].kind is Kind.TEXT:
        return buckets.of_texts(one, atoms)
    return TruthBuckets(one)


def _masks(own: Bound, conditions: Sequence[tuple[int, Formula]], words: int) -> Masks:
    one, two, unknown = np.zeros((3, own.size, words), dtype=np.uint64)
    for bit, formula in conditions:
        word, mask = bit // WORD, np.uint64(1 << bit % WORD)
        truths = kleene(formula, own.truths)
        unmet = truths == Truth.UNMET
        two[unmet, word] |= one[unmet, word] & mask
        one[unmet, word] |= mask
        unknown[truths == Truth.UNKNOWN, word] |= mask
    return Masks(one, two, unknown)
