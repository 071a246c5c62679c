"""The procedure from the suspicion to the closing, step by step, as data."""

from collections.abc import Mapping

from jingkai.core.calendar import Limit, Unit

from .documents import PaperKind
from .results import Disposal
from .statutes import (
    COERCION_LAW,
    HEARING_RULES,
    LITIGATION_LAW,
    RECONSIDERATION_LAW,
    REMINDER_LAW,
    STATUTES,
    Article,
    Topic,
)
from .steps import Actor, Clock, Starts, Step, StepCode

_BY_AGREEMENT = frozenset({Disposal.OPTIONS})
_BY_FEE = frozenset({Disposal.FEE})
_BY_RECOVERY = frozenset({Disposal.RECOVERY})
_BY_DECISION = _BY_FEE | _BY_RECOVERY
_ARTICLES = STATUTES[-1].articles
_DECISIONS = (StepCode.FEE_DECISION, StepCode.RECOVERY_DECISION)


def _limit(count: int, unit: Unit, article: Article) -> Limit:
    """Return the limit with its basis; where the law says just 日, that is kept."""
    return Limit(
        count=count,
        unit=unit,
        document=article.document,
        article=article.number,
        is_unmarked=unit is Unit.CALENDAR_DAY,
    )


def _days(
    code: str,
    count: int,
    since: StepCode,
    article: Article,
    *,
    starts: Starts = Starts.SERVED,
    is_waiting: bool = False,
) -> Clock:
    return Clock(
        code=code,
        limit=_limit(count, Unit.CALENDAR_DAY, article),
        since=since,
        starts=starts,
        article=article,
        is_waiting=is_waiting,
    )


def _after_decisions(
    code: str, count: int, unit: Unit, article: Article, *, is_waiting: bool = False
) -> tuple[Clock, ...]:
    return tuple(
        Clock(
            code=code,
            limit=_limit(count, unit, article),
            since=since,
            starts=Starts.SERVED,
            article=article,
            is_waiting=is_waiting,
        )
        for since in _DECISIONS
    )


_NUMBERS = STATUTES[-1].thresholds

_ALL = (
    Step(code=StepCode.SUSPICION, topic=Topic.INQUIRY, actor=Actor.AUTHORITY),
    Step(
        code=StepCode.INQUIRY,
        topic=Topic.INQUIRY,
        actor=Actor.AUTHORITY,
        after=(StepCode.SUSPICION,),
        clocks=(
            _days(
                "inquiry",
                _NUMBERS.inquiry_days,
                StepCode.SUSPICION,
                _ARTICLES[Topic.INQUIRY],
                starts=Starts.DONE,
            ),
        ),
        paper=PaperKind.INQUIRY_NOTICE,
        needs_document=True,
    ),
    Step(
        code=StepCode.ANSWER,
        topic=Topic.INQUIRY,
        actor=Actor.HOLDER,
        after=(StepCode.INQUIRY,),
        clocks=(
            _days("answer", _NUMBERS.answer_days, StepCode.INQUIRY, _ARTICLES[Topic.INQUIRY]),
        ),
        is_conditional=True,
    ),
    Step(
        code=StepCode.INVESTIGATION,
        topic=Topic.INVESTIGATION,
        actor=Actor.AUTHORITY,
        after=(StepCode.INQUIRY,),
    ),
    Step(
        code=StepCode.DETERMINATION,
        topic=Topic.DETERMINATION,
        actor=Actor.AUTHORITY,
        after=(StepCode.INQUIRY, StepCode.INVESTIGATION),
        paper=PaperKind.DETERMINATION,
        needs_document=True,
        needs_approval=True,
    ),
    Step(
        code=StepCode.PUBLICATION,
        topic=Topic.PUBLICATION,
        actor=Actor.AUTHORITY,
        after=(StepCode.DETERMINATION,),
        paper=PaperKind.PUBLICATION,
    ),
    Step(
        code=StepCode.REGISTRATION,
        topic=Topic.REGISTRATION,
        actor=Actor.AUTHORITY,
        after=(StepCode.DETERMINATION,),
        needs_document=True,
    ),
    Step(
        code=StepCode.FINANCE_COPY,
        topic=Topic.FINANCE_COPY,
        actor=Actor.AUTHORITY,
        after=(StepCode.DETERMINATION,),
    ),
    Step(
        code=StepCode.PLAN,
        topic=Topic.PLAN_APPROVAL,
        actor=Actor.AUTHORITY,
        after=(StepCode.DETERMINATION, StepCode.REGISTRATION),
        disposals=_BY_AGREEMENT,
        paper=PaperKind.PLAN,
    ),
    Step(
        code=StepCode.MORTGAGEE_NOTICE,
        topic=Topic.MORTGAGEE_NOTICE,
        actor=Actor.AUTHORITY,
        after=(StepCode.DETERMINATION,),
        disposals=_BY_AGREEMENT,
        paper=PaperKind.MORTGAGEE_NOTICE,
        is_conditional=True,
    ),
    Step(
        code=StepCode.PLAN_APPROVAL,
        topic=Topic.PLAN_APPROVAL,
        actor=Actor.GOVERNMENT,
        after=(StepCode.PLAN,),
        disposals=_BY_AGREEMENT,
        needs_document=True,
        needs_approval=True,
    ),
    Step(
        code=StepCode.AGREEMENT,
        topic=Topic.OPTIONS,
        actor=Actor.AUTHORITY,
        after=(StepCode.PLAN_APPROVAL,),
        disposals=_BY_AGREEMENT,
        paper=PaperKind.EXTENSION_AGREEMENT,
        needs_document=True,
    ),
    Step(
        code=StepCode.HEARING_NOTICE,
        topic=Topic.HEARING,
        actor=Actor.AUTHORITY,
        after=(StepCode.DETERMINATION,),
        disposals=_BY_DECISION,
        paper=PaperKind.HEARING_NOTICE,
        needs_document=True,
    ),
    Step(
        code=StepCode.HEARING,
        topic=Topic.HEARING,
        actor=Actor.AUTHORITY,
        after=(StepCode.HEARING_NOTICE,),
        disposals=_BY_DECISION,
        clocks=(
            Clock(
                code="hearing_request",
                limit=_limit(5, Unit.WORKING_DAY, HEARING_RULES),
                since=StepCode.HEARING_NOTICE,
                starts=Starts.SERVED,
                article=HEARING_RULES,
                is_waiting=True,
            ),
        ),
    ),
    Step(
        code=StepCode.FEE_APPROVAL,
        topic=Topic.FEE,
        actor=Actor.GOVERNMENT,
        after=(StepCode.HEARING_NOTICE,),
        disposals=_BY_FEE,
        needs_document=True,
        needs_approval=True,
    ),
    Step(
        code=StepCode.FEE_DECISION,
        topic=Topic.FEE,
        actor=Actor.AUTHORITY,
        after=(StepCode.HEARING, StepCode.FEE_APPROVAL),
        disposals=_BY_FEE,
        paper=PaperKind.FEE_DECISION,
        needs_document=True,
        needs_approval=True,
    ),
    Step(
        code=StepCode.FEE_PAYMENT,
        topic=Topic.PAYMENT,
        actor=Actor.HOLDER,
        after=(StepCode.FEE_DECISION,),
        disposals=_BY_FEE,
        clocks=(
            _days(
                "fee_payment",
                _NUMBERS.payment_days,
                StepCode.FEE_DECISION,
                _ARTICLES[Topic.PAYMENT],
            ),
        ),
    ),
    Step(
        code=StepCode.RECOVERY_APPROVAL,
        topic=Topic.RECOVERY,
        actor=Actor.APPROVING_GOVERNMENT,
        after=(StepCode.HEARING_NOTICE,),
        disposals=_BY_RECOVERY,
        needs_document=True,
        needs_approval=True,
    ),
    Step(
        code=StepCode.RECOVERY_DECISION,
        topic=Topic.RECOVERY,
        actor=Actor.AUTHORITY,
        after=(StepCode.HEARING, StepCode.RECOVERY_APPROVAL),
        disposals=_BY_RECOVERY,
        paper=PaperKind.RECOVERY_DECISION,
        needs_document=True,
        needs_approval=True,
    ),
    Step(
        code=StepCode.MORTGAGEE_COPY,
        topic=Topic.RECOVERY,
        actor=Actor.AUTHORITY,
        after=(StepCode.RECOVERY_DECISION,),
        disposals=_BY_RECOVERY,
        is_conditional=True,
    ),
    Step(
        code=StepCode.DEREGISTRATION,
        topic=Topic.PAYMENT,
        actor=Actor.HOLDER,
        after=(StepCode.RECOVERY_DECISION,),
        disposals=_BY_RECOVERY,
        clocks=(
            _days(
                "deregistration",
                _NUMBERS.deregistration_days,
                StepCode.RECOVERY_DECISION,
                _ARTICLES[Topic.PAYMENT],
            ),
        ),
    ),
    Step(
        code=StepCode.RECONSIDERATION,
        topic=Topic.REMEDIES,
        actor=Actor.HOLDER,
        any_of=_DECISIONS,
        disposals=_BY_DECISION,
        clocks=_after_decisions("reconsideration", 60, Unit.CALENDAR_DAY, RECONSIDERATION_LAW),
        is_conditional=True,
    ),
    Step(
        code=StepCode.SUIT,
        topic=Topic.REMEDIES,
        actor=Actor.HOLDER,
        any_of=_DECISIONS,
        disposals=_BY_DECISION,
        clocks=_after_decisions("suit", 6, Unit.MONTH, LITIGATION_LAW),
        is_conditional=True,
    ),
    Step(
        code=StepCode.REMINDER,
        topic=Topic.ENFORCEMENT,
        actor=Actor.AUTHORITY,
        any_of=_DECISIONS,
        disposals=_BY_DECISION,
        paper=PaperKind.REMINDER,
        is_conditional=True,
    ),
    Step(
        code=StepCode.COURT,
        topic=Topic.ENFORCEMENT,
        actor=Actor.COURT,
        after=(StepCode.REMINDER,),
        disposals=_BY_DECISION,
        clocks=(
            _days("reminder", 10, StepCode.REMINDER, REMINDER_LAW, is_waiting=True),
            # 自期限届满之日起三个月内: after the six months of the suit, so nine in all.
            *_after_decisions("remedies", 6, Unit.MONTH, LITIGATION_LAW, is_waiting=True),
            *_after_decisions("court", 9, Unit.MONTH, COERCION_LAW),
        ),
        is_conditional=True,
    ),
    Step(
        code=StepCode.CANCELLATION,
        topic=Topic.ENFORCEMENT,
        actor=Actor.AUTHORITY,
        after=(StepCode.RECOVERY_DECISION,),
        disposals=_BY_RECOVERY,
        clocks=_after_decisions("remedies", 6, Unit.MONTH, LITIGATION_LAW, is_waiting=True),
        is_conditional=True,
    ),
    Step(
        code=StepCode.PERFORMANCE,
        topic=Topic.PAYMENT,
        actor=Actor.HOLDER,
        any_of=(
            StepCode.AGREEMENT,
            StepCode.FEE_PAYMENT,
            StepCode.DEREGISTRATION,
            StepCode.CANCELLATION,
            StepCode.COURT,
        ),
    ),
    Step(
        code=StepCode.CLOSING,
        topic=Topic.REGISTRATION,
        actor=Actor.AUTHORITY,
        after=(
            *(StepCode.PUBLICATION, StepCode.REGISTRATION, StepCode.FINANCE_COPY),
            StepCode.PERFORMANCE,
        ),
    ),
)

STEPS: Mapping[StepCode, Step] = {step.code: step for step in _ALL}
