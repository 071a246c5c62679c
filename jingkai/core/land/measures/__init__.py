"""Measures of disposal as data: whom they suit, who decides, what they ask, their steps."""

from .codes import ConditionCode, Decider, Proof, StepCode
from .conditions import Condition, Facts
from .routes import ROUTES, Possibility, Route, Step, assess, routes_for, weigh

__all__ = [
    "ROUTES",
    "Condition",
    "ConditionCode",
    "Decider",
    "Facts",
    "Possibility",
    "Proof",
    "Route",
    "Step",
    "StepCode",
    "assess",
    "routes_for",
    "weigh",
]
