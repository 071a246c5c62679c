"""
The ways in which land or a plant returns to use: steps in order, conditions with their articles.

A condition is met, not met, or unknown, and then names the facts that are missing. Conditions of a
route decide whether it is possible at all; those of a step decide whether the step may be done.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..axes import Measure
from . import conditions as c
from .codes import Decider, Proof, StepCode
from .conditions import DISPOSAL, GRANT, REAL_ESTATE, Condition, Facts


@dataclass(frozen=True, slots=True)
class Step:
    """One step; where ``needs_document`` holds it counts only with its document's number."""

    code: StepCode
    needs_document: bool = False
    article: str = ""
    conditions: tuple[Condition, ...] = ()
    may_be_left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One measure: whom it suits, who decides, its conditions, its steps, what ends it."""

    measure: Measure
    decider: Decider
    steps: tuple[Step, ...]
    proofs: tuple[Proof, ...]
    conditions: tuple[Condition, ...] = ()
    for_parcel: bool = True
    for_plant: bool = False

    def step(self, code: str) -> Step | None:
        """Return the step of that code, None where the measure has no such step."""
        return next((step for step in self.steps if step.code == code), None)

    def before(self, code: str) -> tuple[Step, ...]:
        """Return the steps that must be done before the step of that code."""
        codes = [step.code for step in self.steps]
        earlier = self.steps[: codes.index(StepCode(code))]
        return tuple(step for step in earlier if not step.may_be_left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibility:
    """
    Whether conditions are met: True, False, or None where facts are missing, and why.

    ``missing`` are the names of the facts that the unknown conditions lack, each once.
    """

    is_possible: bool | None
    unmet: tuple[Condition, ...]
    unknown: tuple[Condition, ...]
    missing: tuple[str, ...]


def assess(measure: Measure, facts: Facts) -> Possibility:
    """Return whether the measure is possible at all, by the conditions of its route."""
    return weigh(ROUTES[measure].conditions, facts)


def weigh(conditions: Iterable[Condition], facts: Facts) -> Possibility:
    """Return whether all the conditions are met (Kleene: one unmet outweighs any unknown)."""
    answers = [(condition, condition.holds(facts)) for condition in conditions]
    unmet = tuple(condition for condition, holds in answers if holds is False)
    unknown = tuple(condition for condition, holds in answers if holds is None)
    is_possible = False if unmet else None if unknown else True
    lacking = dict.fromkeys(name for one in unknown for name in _lacking(one, facts))
    return Possibility(
        is_possible=is_possible, unmet=unmet, unknown=unknown, missing=tuple(lacking)
    )


def _lacking(condition: Condition, facts: Facts) -> Iterable[str]:
    """Return which facts the condition lacks; all of them where each is there, yet none counts."""
    absent = [name for name in condition.needs if getattr(facts, name) is None]
    return absent or condition.needs


def routes_for(*, is_plant: bool) -> Iterator[Route]:
    """Yield the routes that suit a plant, or a parcel."""
    for route in ROUTES.values():
        if route.for_plant if is_plant else route.for_parcel:
            yield route


_S = StepCode
# The search of the title in the register of real estate answers what no other fact does.
_TITLE = Step(_S.SURVEY, True, f"{REAL_ESTATE}第三十八条")
_MORTGAGEE = Step(_S.TELL_MORTGAGEE, True, f"{DISPOSAL}第十三条", may_be_left_out=True)
_MONITORING = Step(_S.UPDATE_MONITORING, article=f"{DISPOSAL}第二十五条", may_be_left_out=True)
_APPROVED = Step(_S.APPROVE, True, f"{DISPOSAL}第十二条", (c.MORTGAGEE_TOLD,))
_DEREGISTERED = Step(_S.REGISTER, True, f"{DISPOSAL}第十七条")

_ALL = (
    Route(
        measure=Measure.REDEVELOPMENT,
        decider=Decider.COMMITTEE,
        for_plant=True,
        conditions=(c.SUPPLIED, c.NOT_RECOVERED),
        steps=(
            Step(_S.SURVEY),
            Step(_S.PLAN, True, "土地管理法实施条例第十五条"),
            Step(_S.APPROVE, True),
            Step(_S.PERMITS, True),
            Step(_S.COMMENCE),
            Step(_S.COMPLETE, True),
            Step(_S.PUT_TO_USE),
        ),
        proofs=(Proof.PRODUCTION,),
    ),
    Route(
        measure=Measure.RECLAIM_BY_AGREEMENT,
        decider=Decider.GOVERNMENT,
        conditions=(c.SUPPLIED, c.NOT_RECOVERED, c.MONITORED, c.OPTION_OPEN),
        steps=(
            Step(_S.NEGOTIATE),
            Step(_S.APPRAISE, True),
            Step(_S.PLAN, article=f"{DISPOSAL}第十二条第一款第四项"),
            _MORTGAGEE,
            _APPROVED,
            Step(_S.AGREEMENT, True, conditions=(c.MONITORED, c.OPTION_OPEN)),
            Step(_S.PAY, True),
            _DEREGISTERED,
            _MONITORING,
            Step(_S.RESERVE, True, f"{DISPOSAL}第十九条"),
        ),
        proofs=(Proof.RESERVE, Proof.CONTRACT),
    ),
    Route(
        measure=Measure.RECLAIM_WITHOUT_COMPENSATION,
        decider=Decider.APPROVING_GOVERNMENT,
        conditions=(c.SUPPLIED, c.IDLE_BY_HOLDER, c.LEFT_TWO_YEARS),
        steps=(
            Step(_S.HEARING_NOTICE, True, f"{DISPOSAL}第十五条"),
            Step(_S.APPROVE, True, f"{DISPOSAL}第十四条第二项"),
            Step(_S.DECIDE, True, f"{DISPOSAL}第十六条", (c.IDLE_BY_HOLDER, c.LEFT_TWO_YEARS)),
            Step(_S.TELL_MORTGAGEE, True, f"{DISPOSAL}第十四条第二项", may_be_left_out=True),
            Step(_S.REGISTER, True, f"{DISPOSAL}第十七条", (c.MORTGAGEE_COPIED,)),
            _MONITORING,
            Step(_S.RESERVE, True, f"{DISPOSAL}第十九条"),
        ),
        proofs=(Proof.RESERVE, Proof.CONTRACT),
    ),
    Route(
        measure=Measure.TRANSFER,
        decider=Decider.HOLDER,
        for_plant=True,
        conditions=(
            c.GRANTED,
            c.PRICE_PAID,
            c.CERTIFICATE,
            c.QUARTER_INVESTED,
            c.NOT_SEIZED,
            c.NOT_RECOVERED,
            c.NOT_DISPUTED,
            c.NOT_FROZEN,
        ),
        steps=(
            _TITLE,
            Step(_S.NEGOTIATE),
            Step(_S.APPRAISE, True, f"{GRANT}第二十六条", may_be_left_out=True),
            Step(
                _S.AGREEMENT,
                True,
                f"{REAL_ESTATE}第四十一条",
                (
                    *(c.GRANTED, c.PRICE_PAID, c.CERTIFICATE, c.QUARTER_INVESTED),
                    *(c.NOT_SEIZED, c.NOT_DISPUTED, c.NOT_FROZEN),
                ),
            ),
            Step(_S.PAY, True),
            Step(_S.REGISTER, True, f"{REAL_ESTATE}第六十一条"),
            Step(_S.PUT_TO_USE, may_be_left_out=True),
        ),
        proofs=(Proof.PRODUCTION, Proof.REGISTRATION),
    ),
    Route(
        measure=Measure.LEASE,
        decider=Decider.HOLDER,
        for_plant=True,
        conditions=(c.NOT_RECOVERED, c.NOT_FROZEN, c.DEVELOPED_AS_AGREED),
        steps=(
            Step(_S.SURVEY),
            Step(_S.NEGOTIATE),
            Step(_S.SAFETY_CHECK, article="安全生产法第四十九条第一款"),
            Step(
                _S.AGREEMENT,
                True,
                f"{REAL_ESTATE}第五十四条",
                (c.LEASE_WITHIN_LIMIT, c.NOT_FROZEN, c.DEVELOPED_AS_AGREED),
            ),
            Step(_S.SAFETY_AGREEMENT, True, "安全生产法第四十九条第二款"),
            Step(_S.FILE_LEASE, True, f"{REAL_ESTATE}第五十四条", may_be_left_out=True),
            Step(_S.HAND_OVER),
            Step(_S.PUT_TO_USE),
        ),
        proofs=(Proof.RENT, Proof.PRODUCTION),
    ),
    Route(
        measure=Measure.SWAP,
        decider=Decider.GOVERNMENT,
        conditions=(
            c.SUPPLIED,
            c.SWAP_PRICE_PAID,
            c.FUNDS_IN_PLACE,
            c.IDLE_BY_PLAN,
            c.MONITORED,
            c.OPTION_OPEN,
        ),
        steps=(
            Step(_S.NEGOTIATE),
            Step(_S.APPRAISE, True),
            Step(_S.PLAN, article=f"{DISPOSAL}第十二条第一款第五项"),
            _MORTGAGEE,
            _APPROVED,
            Step(
                _S.AGREEMENT,
                True,
                f"{DISPOSAL}第十二条第一款第五项",
                (
                    *(c.SWAP_PRICE_PAID, c.FUNDS_IN_PLACE, c.IDLE_BY_PLAN),
                    *(c.MONITORED, c.OPTION_OPEN),
                ),
            ),
            Step(_S.REGISTER, True),
            _MONITORING,
        ),
        proofs=(Proof.CONTRACT, Proof.REGISTRATION),
    ),
    Route(
        measure=Measure.COOPERATION,
        decider=Decider.HOLDER,
        for_plant=True,
        conditions=(c.SUPPLIED, c.NOT_RECOVERED, c.NOT_FROZEN),
        steps=(
            Step(_S.NEGOTIATE),
            Step(_S.PLAN),
            Step(_S.AGREEMENT, True, conditions=(c.NOT_FROZEN,)),
            Step(_S.COMMENCE, may_be_left_out=True),
            Step(_S.PUT_TO_USE),
        ),
        proofs=(Proof.PRODUCTION, Proof.CONTRACT),
    ),
    Route(
        measure=Measure.TEMPORARY_USE,
        decider=Decider.GOVERNMENT,
        conditions=(c.SUPPLIED, c.NOT_RECOVERED, c.MONITORED, c.OPTION_OPEN),
        steps=(
            Step(_S.NEGOTIATE),
            Step(_S.PLAN, article=f"{DISPOSAL}第十二条第一款第三项"),
            _MORTGAGEE,
            _APPROVED,
            Step(
                _S.AGREEMENT,
                True,
                f"{DISPOSAL}第十二条第一款第三项",
                (c.TEMPORARY_WITHIN_LIMIT, c.MONITORED, c.OPTION_OPEN),
            ),
            Step(_S.PUT_TO_USE),
            _MONITORING,
            Step(_S.RESTORE, may_be_left_out=True),
        ),
        proofs=(Proof.TEMPORARY,),
    ),
    Route(
        measure=Measure.BOND_PURCHASE,
        decider=Decider.GOVERNMENT,
        conditions=(c.SUPPLIED, c.NOT_RECOVERED, c.NOT_SEIZED, c.NOT_DISPUTED),
        steps=(
            _TITLE,
            Step(_S.NEGOTIATE),
            Step(_S.LISTED, True),
            Step(_S.APPRAISE, True),
            Step(_S.PUBLISH, True),
            Step(_S.APPROVE, True),
            Step(_S.FUNDS, True),
            Step(_S.AGREEMENT, True, conditions=(c.NOT_SEIZED, c.NOT_DISPUTED)),
            Step(_S.PAY, True),
            Step(_S.REGISTER, True),
            _MONITORING,
            Step(_S.RESERVE, True, f"{DISPOSAL}第十九条"),
        ),
        proofs=(Proof.RESERVE, Proof.CONTRACT),
    ),
    Route(
        measure=Measure.EXTENSION,
        decider=Decider.GOVERNMENT,
        conditions=(c.SUPPLIED, c.NOT_RECOVERED, c.MONITORED, c.OPTION_OPEN),
        steps=(
            Step(_S.NEGOTIATE),
            Step(_S.PLAN, article=f"{DISPOSAL}第十二条第一款第一项"),
            _MORTGAGEE,
            _APPROVED,
            Step(
                _S.AGREEMENT,
                True,
                f"{DISPOSAL}第十二条第一款第一项",
                (c.EXTENSION_WITHIN_LIMIT, c.MONITORED, c.OPTION_OPEN),
            ),
            _MONITORING,
            Step(_S.COMMENCE),
        ),
        proofs=(Proof.COMMENCEMENT, Proof.PRODUCTION),
    ),
    Route(
        measure=Measure.SUPPLY,
        decider=Decider.GOVERNMENT,
        conditions=(c.UNSUPPLIED, c.NOT_DISPUTED),
        steps=(
            Step(_S.SURVEY, True, f"{DISPOSAL}第二十一条"),
            Step(_S.PLAN),
            Step(_S.APPROVE, True),
            Step(_S.ANNOUNCE, True, "土地管理法实施条例第十八条", may_be_left_out=True),
            Step(_S.DEAL, True, may_be_left_out=True),
            Step(_S.AGREEMENT, True, conditions=(c.NOT_DISPUTED,)),
            Step(_S.HAND_OVER, True, conditions=(c.CONTRACTED,)),
        ),
        proofs=(Proof.CONTRACT,),
    ),
)
ROUTES: Mapping[Measure, Route] = MappingProxyType({route.measure: route for route in _ALL})
