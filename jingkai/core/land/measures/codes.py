"""The words of disposal: who decides, which steps there are, what the law asks, what ends it."""

from enum import StrEnum


class Decider(StrEnum):
    """Who decides on a measure."""

    HOLDER = "holder"
    COMMITTEE = "committee"
    GOVERNMENT = "government"  # 同级人民政府
    APPROVING_GOVERNMENT = "approving_government"  # 有批准权的人民政府


class StepCode(StrEnum):
    """One thing that is done on the way."""

    SURVEY = "survey"
    NEGOTIATE = "negotiate"
    APPRAISE = "appraise"
    PLAN = "plan"
    TELL_MORTGAGEE = "tell_mortgagee"
    HEARING_NOTICE = "hearing_notice"
    LISTED = "listed"
    PUBLISH = "publish"
    APPROVE = "approve"
    FUNDS = "funds"
    DECIDE = "decide"
    AGREEMENT = "agreement"
    SAFETY_CHECK = "safety_check"
    SAFETY_AGREEMENT = "safety_agreement"
    FILE_LEASE = "file_lease"
    PAY = "pay"
    REGISTER = "register"
    UPDATE_MONITORING = "update_monitoring"
    RESERVE = "reserve"
    ANNOUNCE = "announce"
    DEAL = "deal"
    HAND_OVER = "hand_over"
    PERMITS = "permits"
    COMMENCE = "commence"
    COMPLETE = "complete"
    PUT_TO_USE = "put_to_use"
    RESTORE = "restore"


class ConditionCode(StrEnum):
    """What the law asks before a measure or a step."""

    SUPPLIED = "supplied"
    UNSUPPLIED = "unsupplied"
    CONTRACTED = "contracted"
    MORTGAGEE_TOLD = "mortgagee_told"
    GRANTED = "granted"
    PRICE_PAID = "price_paid"
    CERTIFICATE = "certificate"
    QUARTER_INVESTED = "quarter_invested"
    NOT_SEIZED = "not_seized"
    NOT_DISPUTED = "not_disputed"
    NOT_RECOVERED = "not_recovered"
    NOT_FROZEN = "not_frozen"
    DEVELOPED_AS_AGREED = "developed_as_agreed"
    MONITORED = "monitored"
    IDLE_BY_HOLDER = "idle_by_holder"
    LEFT_TWO_YEARS = "left_two_years"
    OPTION_OPEN = "option_open"
    IDLE_BY_PLAN = "idle_by_plan"
    FUNDS_IN_PLACE = "funds_in_place"
    EXTENSION_WITHIN_LIMIT = "extension_within_limit"
    TEMPORARY_WITHIN_LIMIT = "temporary_within_limit"
    LEASE_WITHIN_LIMIT = "lease_within_limit"


class Proof(StrEnum):
    """What shows that land or a plant is in use again."""

    PRODUCTION = "production"
    RENT = "rent"
    CONTRACT = "contract"
    REGISTRATION = "registration"
    RESERVE = "reserve"
    COMMENCEMENT = "commencement"
    TEMPORARY = "temporary"
