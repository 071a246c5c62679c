"""What the law asks of a measure or a step, each with its article and the facts it looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jingkai.core.calendar import term_end

from ..axes import Right, Statutory
from .codes import ConditionCode

MIN_INVESTED_SHARE = Fraction(1, 4)  # 房地产管理法第三十九条: 投资总额的百分之二十五以上
MAX_EXTENSION_YEARS = 1  # 闲置土地处置办法第十二条第一项
MAX_TEMPORARY_YEARS = 2  # 闲置土地处置办法第十二条第三项
MAX_LEASE_YEARS = 20  # 民法典第七百零五条

DISPOSAL = "闲置土地处置办法"
REAL_ESTATE = "城市房地产管理法"
GRANT = "城镇国有土地使用权出让和转让暂行条例"
_HELD_IDLE = frozenset({Statutory.IDLE_BY_HOLDER, Statutory.FEE_DECIDED})
_IDLE = _HELD_IDLE | {Statutory.IDLE_BY_GOVERNMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What is on record of a parcel or plant and of the terms agreed; None is *not on record*.

    ``is_plant``: the subject is a building, whose letting is no letting of undeveloped land.
    ``is_contracted``: a signed contract or 划拨决定书 is on record, which alone shows a supply.
    ``from_on`` and ``until_on`` (exclusive) are the dates that the measure agrees on.
    """

    is_plant: bool = False
    is_supplied: bool | None = None
    is_contracted: bool = False
    is_mortgaged: bool | None = None
    is_mortgagee_told: bool = False
    right: Right | None = None
    price_wan: Decimal | None = None
    price_paid_wan: Decimal | None = None
    has_certificate: bool | None = None
    total_investment_wan: Decimal | None = None
    invested_wan: Decimal | None = None
    is_seized: bool | None = None
    is_disputed: bool | None = None
    is_frozen: bool | None = None
    is_developed_as_agreed: bool | None = None
    statutory: Statutory | None = None
    is_commenced: bool | None = None
    is_left_two_years: bool | None = None
    is_registered_in_monitoring: bool | None = None
    is_idle_by_plan: bool | None = None
    are_funds_in_place: bool | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked, where the law asks it, and which facts answer it."""

    code: ConditionCode
    article: str
    needs: tuple[str, ...]
    holds: Callable[[Facts], bool | None]


def _is(name: str) -> Callable[[Facts], bool | None]:
    def holds(facts: Facts) -> bool | None:
        found: bool | None = getattr(facts, name)
        return found

    return holds


def _is_not(name: str) -> Callable[[Facts], bool | None]:
    def holds(facts: Facts) -> bool | None:
        found: bool | None = getattr(facts, name)
        return None if found is None else not found

    return holds


def _is_granted(facts: Facts) -> bool | None:
    return None if facts.right is None else facts.right is Right.GRANT


def _is_paid(facts: Facts) -> bool | None:
    if facts.price_wan is None or facts.price_paid_wan is None:
        return None
    return facts.price_paid_wan >= facts.price_wan


def _is_quarter_invested(facts: Facts) -> bool | None:
    if facts.total_investment_wan is None or facts.invested_wan is None:
        return None
    if facts.total_investment_wan <= 0:
        return None
    share = Fraction(facts.invested_wan) / Fraction(facts.total_investment_wan)
    return share >= MIN_INVESTED_SHARE


def _is_not_recovered(facts: Facts) -> bool | None:
    return None if facts.statutory is None else facts.statutory is not Statutory.RECOVERED


def _may_be_let(facts: Facts) -> bool | None:
    return True if facts.is_plant else facts.is_developed_as_agreed


def _may_be_taken_back(facts: Facts) -> bool | None:
    """Return whether the holder left it idle without any start, as 第十四条 asks."""
    if facts.statutory is not None and facts.statutory not in _HELD_IDLE:
        return False
    if facts.is_commenced:
        return False
    return None if facts.statutory is None or facts.is_commenced is None else True


def _has_options(facts: Facts) -> bool | None:
    """Return whether 第十二条 is open: not where the holder alone never made a start."""
    if facts.statutory is None:
        return None
    return True if facts.statutory not in _HELD_IDLE else facts.is_commenced


def _is_monitored_where_idle(facts: Facts) -> bool | None:
    if facts.statutory is None:
        return None
    return True if facts.statutory not in _IDLE else facts.is_registered_in_monitoring


def _is_mortgagee_told(facts: Facts) -> bool:
    return facts.is_mortgagee_told or not facts.is_mortgaged


def _within(years: int) -> Callable[[Facts], bool | None]:
    def holds(facts: Facts) -> bool | None:
        if facts.from_on is None or facts.until_on is None:
            return None
        return facts.from_on < facts.until_on <= term_end(facts.from_on, years)

    return holds


_C = ConditionCode
_TERMS = ("from_on", "until_on")
SUPPLIED = Condition(_C.SUPPLIED, f"{DISPOSAL}第二条", ("is_supplied",), _is("is_supplied"))
CONTRACTED = Condition(
    _C.CONTRACTED, "土地管理法实施条例第十七条", ("is_contracted",), _is("is_contracted")
)
MORTGAGEE_TOLD = Condition(
    _C.MORTGAGEE_TOLD,
    f"{DISPOSAL}第十三条第二款",
    ("is_mortgagee_told",),
    _is_mortgagee_told,
)
MORTGAGEE_COPIED = Condition(
    _C.MORTGAGEE_TOLD,
    f"{DISPOSAL}第十四条第二项",
    ("is_mortgagee_told",),
    _is_mortgagee_told,
)
UNSUPPLIED = Condition(
    _C.UNSUPPLIED, "土地管理法实施条例第十七条", ("is_supplied",), _is_not("is_supplied")
)
GRANTED = Condition(_C.GRANTED, f"{REAL_ESTATE}第三十九条、第四十条", ("right",), _is_granted)
PRICE_PAID = Condition(
    _C.PRICE_PAID,
    f"{REAL_ESTATE}第三十九条第一款第一项",
    ("price_wan", "price_paid_wan"),
    _is_paid,
)
CERTIFICATE = Condition(
    _C.CERTIFICATE,
    f"{REAL_ESTATE}第三十九条第一款第一项",
    ("has_certificate",),
    _is("has_certificate"),
)
QUARTER_INVESTED = Condition(
    _C.QUARTER_INVESTED,
    f"{REAL_ESTATE}第三十九条第一款第二项",
    ("total_investment_wan", "invested_wan"),
    _is_quarter_invested,
)
NOT_SEIZED = Condition(
    _C.NOT_SEIZED, f"{REAL_ESTATE}第三十八条第二项", ("is_seized",), _is_not("is_seized")
)
NOT_DISPUTED = Condition(
    _C.NOT_DISPUTED, f"{REAL_ESTATE}第三十八条第五项", ("is_disputed",), _is_not("is_disputed")
)
NOT_RECOVERED = Condition(
    _C.NOT_RECOVERED, f"{REAL_ESTATE}第三十八条第三项", ("statutory",), _is_not_recovered
)
NOT_FROZEN = Condition(
    _C.NOT_FROZEN, f"{DISPOSAL}第二十四条", ("is_frozen",), _is_not("is_frozen")
)
DEVELOPED_AS_AGREED = Condition(
    _C.DEVELOPED_AS_AGREED,
    f"{GRANT}第二十八条",
    ("is_developed_as_agreed",),
    _may_be_let,
)
MONITORED = Condition(
    _C.MONITORED,
    f"{DISPOSAL}第二十五条",
    ("statutory", "is_registered_in_monitoring"),
    _is_monitored_where_idle,
)
IDLE_BY_HOLDER = Condition(
    _C.IDLE_BY_HOLDER,
    f"{DISPOSAL}第十四条第二项",
    ("statutory", "is_commenced"),
    _may_be_taken_back,
)
LEFT_TWO_YEARS = Condition(
    _C.LEFT_TWO_YEARS,
    f"{DISPOSAL}第十四条第二项",
    ("is_left_two_years",),
    _is("is_left_two_years"),
)
OPTION_OPEN = Condition(
    _C.OPTION_OPEN, f"{DISPOSAL}第十二条", ("statutory", "is_commenced"), _has_options
)
IDLE_BY_PLAN = Condition(
    _C.IDLE_BY_PLAN,
    f"{DISPOSAL}第十二条第一款第五项",
    ("is_idle_by_plan",),
    _is("is_idle_by_plan"),
)
FUNDS_IN_PLACE = Condition(
    _C.FUNDS_IN_PLACE,
    f"{DISPOSAL}第十二条第一款第五项",
    ("are_funds_in_place",),
    _is("are_funds_in_place"),
)
SWAP_PRICE_PAID = Condition(
    _C.PRICE_PAID,
    f"{DISPOSAL}第十二条第一款第五项",
    ("price_wan", "price_paid_wan"),
    _is_paid,
)
EXTENSION_WITHIN_LIMIT = Condition(
    _C.EXTENSION_WITHIN_LIMIT,
    f"{DISPOSAL}第十二条第一款第一项",
    _TERMS,
    _within(MAX_EXTENSION_YEARS),
)
TEMPORARY_WITHIN_LIMIT = Condition(
    _C.TEMPORARY_WITHIN_LIMIT,
    f"{DISPOSAL}第十二条第一款第三项",
    _TERMS,
    _within(MAX_TEMPORARY_YEARS),
)
LEASE_WITHIN_LIMIT = Condition(
    _C.LEASE_WITHIN_LIMIT, "民法典第七百零五条", _TERMS, _within(MAX_LEASE_YEARS)
)
