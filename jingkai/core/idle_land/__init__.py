"""
《闲置土地处置办法》 as pure functions: whether a parcel is idle land on a day, and why.

    found = determine(facts, on=date(2026, 11, 23))
    found.outcome, found.disposal, found.missing, [reason.article for reason in found.reasons]
"""

from .agreements import latest_day, latest_extension, refusals
from .determining import determine, determine_all
from .facts import (
    GOVERNMENT_CAUSES,
    Agreement,
    Cause,
    Delay,
    Facts,
    Foundation,
    Option,
    Override,
    Works,
)
from .faults import developed_share, faults, invested_share
from .options import check, options
from .results import (
    Attribution,
    Caution,
    CautionCode,
    Determination,
    Disposal,
    Duty,
    DutyCode,
    Fault,
    FaultCode,
    Ground,
    Obstacle,
    ObstacleCode,
    OptionCheck,
    Outcome,
    Reason,
    ReasonCode,
    Track,
)
from .statutes import STATUTES, Article, Statute, Thresholds, Topic, statute_on

__all__ = [
    "GOVERNMENT_CAUSES",
    "STATUTES",
    "Agreement",
    "Article",
    "Attribution",
    "Cause",
    "Caution",
    "CautionCode",
    "Delay",
    "Determination",
    "Disposal",
    "Duty",
    "DutyCode",
    "Facts",
    "Fault",
    "FaultCode",
    "Foundation",
    "Ground",
    "Obstacle",
    "ObstacleCode",
    "Option",
    "OptionCheck",
    "Outcome",
    "Override",
    "Reason",
    "ReasonCode",
    "Statute",
    "Thresholds",
    "Topic",
    "Track",
    "Works",
    "check",
    "determine",
    "determine_all",
    "developed_share",
    "faults",
    "invested_share",
    "latest_day",
    "latest_extension",
    "options",
    "refusals",
    "statute_on",
]
