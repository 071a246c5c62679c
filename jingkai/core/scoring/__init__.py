"""Weighted scorecards: the maturity of a lead today, 亩均效益 of an enterprise later."""

from .cards import BadCard, Criterion, Points, Scorecard, Tier, Tiers, Veto, YesNo, card_on
from .scores import Answer, BadAnswer, Contribution, NotInForce, Reason, Result, score

__all__ = [
    "Answer",
    "BadAnswer",
    "BadCard",
    "Contribution",
    "Criterion",
    "NotInForce",
    "Points",
    "Reason",
    "Result",
    "Scorecard",
    "Tier",
    "Tiers",
    "Veto",
    "YesNo",
    "card_on",
    "score",
]
