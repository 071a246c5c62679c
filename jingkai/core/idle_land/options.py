"""第十二条: which ways of disposal by agreement are open, and what stands against each."""

from collections.abc import Iterator, Mapping
from datetime import date

from .facts import Cause, Facts, Option
from .results import Obstacle, ObstacleCode, OptionCheck
from .statutes import STATUTES, Statute, Topic

TOPICS: Mapping[Option, Topic] = {
    Option.EXTENSION: Topic.EXTENSION,
    Option.NEW_CONDITIONS: Topic.NEW_CONDITIONS,
    Option.TEMPORARY_USE: Topic.TEMPORARY_USE,
    Option.PAID_RECOVERY: Topic.PAID_RECOVERY,
    Option.SWAP: Topic.SWAP,
    Option.OTHER: Topic.OTHER_OPTION,
}


def options(facts: Facts, *, on: date, statute: Statute = STATUTES[-1]) -> tuple[OptionCheck, ...]:
    """Return every option with what stands against it on the day."""
    return tuple(check(option, facts, on=on, statute=statute) for option in Option)


def check(
    option: Option, facts: Facts, *, on: date, statute: Statute = STATUTES[-1]
) -> OptionCheck:
    """
    Return whether the option may be used.

    Without a registration on record none may (第二十五条). A swap needs the price paid in full,
    the funds in place and a plan lawfully changed.
    """
    obstacles: list[Obstacle] = []
    missing: list[str] = []
    if facts.registered_on is None or facts.registered_on > on:
        article = statute.articles[Topic.REGISTRATION]
        obstacles.append(Obstacle(ObstacleCode.NOT_REGISTERED, article))
    if option is Option.SWAP:
        for is_met, code, names in _of_swap(facts, on):
            if is_met is False:
                obstacles.append(Obstacle(code, statute.articles[Topic.SWAP]))
            elif is_met is None:
                missing += names
    return OptionCheck(
        option=option,
        article=statute.articles[TOPICS[option]],
        is_allowed=False if obstacles else (None if missing else True),
        obstacles=tuple(obstacles),
        missing=tuple(missing),
    )


def _of_swap(
    facts: Facts, on: date
) -> Iterator[tuple[bool | None, ObstacleCode, tuple[str, ...]]]:
    prices = {"price_wan": facts.price_wan, "price_paid_wan": facts.price_paid_wan}
    is_paid = None
    if facts.price_wan is not None and facts.price_paid_wan is not None:
        is_paid = facts.price_paid_wan >= facts.price_wan
    absent = tuple(name for name, value in prices.items() if value is None)
    yield is_paid, ObstacleCode.PRICE_NOT_PAID, absent
    yield facts.funds_in_place, ObstacleCode.FUNDS_NOT_IN_PLACE, ("funds_in_place",)
    is_changed = any(
        each.cause is Cause.G2 and each.accepted_on is not None and each.accepted_on <= on
        for each in facts.delays
    )
    yield is_changed, ObstacleCode.PLAN_NOT_CHANGED, ("delays",)
