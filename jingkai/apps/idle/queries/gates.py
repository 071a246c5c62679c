"""
What stands against a step: the article that refuses it, what must come before it, what is missing.

What the law itself forbids is never forced: a wrong fact is corrected, a reading of it overridden.
A step of long ago that is not on record, or a fact that nobody knows any more, may be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.core import idle_land
from jingkai.core.idle_land import (
    Article,
    Disposal,
    FaultCode,
    Option,
    Outcome,
    Topic,
    procedure,
)
from jingkai.core.idle_land.procedure import StepCode

from .. import facts
from ..models import CaseStep
from ..models.choices import Step
from .standing import Running, Standing
from .words import article_words, missing_words, obstacle_words

_REFUSALS: dict[FaultCode, Promise] = {
    FaultCode.EXTENSION_TOO_LONG: gettext_lazy(
        "延长动工开发期限自补充协议约定的动工开发日期起最长不得超过一年，至迟为 %(day)s"
    ),
    FaultCode.TEMPORARY_USE_TOO_LONG: gettext_lazy(
        "临时使用自安排之日起最长不得超过两年，至迟到 %(day)s（不含）"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """
    Why a step may not be done, by which article; ``may_force``: with a reason, if need be.

    ``step`` is what the step is called that must come first, where that is all.
    """

    code: str
    label: str
    article: Article | None = None
    may_force: bool = False
    step: str = ""

    def __str__(self) -> str:
        if self.article is None:
            return self.label
        place = article_words(self.article)
        return _("%(what)s（%(article)s）") % {"what": self.label, "article": place}


def lacks(found: Standing, row: CaseStep) -> list[Lack]:
    """Return what stands against doing the step as it is told, nothing where it may be done."""
    code = StepCode(row.step)
    barring = procedure.barred(code, found.way)
    if barring is not None:
        label = _("本案的法定处置不适用“%(step)s”") % {"step": Step(code).label}
        return [Lack(code="barred", label=label, article=barring)]
    known = [*_steps_before(found, code), *_times(found, row)]
    if not row.needs_approval or row.approved_at is not None:
        known += without_number(row)
    check = _OF_STEP.get(code)
    return known + (list(check(found, row)) if check else [])


def open_steps(found: Standing) -> list[tuple[procedure.Step, list[Lack]]]:
    """Return the steps still to be done on the case's way, each with what it waits for."""
    drafted = {StepCode(row.step) for row in found.drafts}
    return [
        (step, [*_steps_before(found, step.code), *_conditions(found, step.code)])
        for step in procedure.steps_of(found.way)
        if step.code not in found.done and step.code not in drafted
    ]


def _steps_before(found: Standing, code: StepCode) -> Iterator[Lack]:
    """Yield each step that must come first; of those of which one is enough, all in one."""
    step = procedure.STEPS[code]
    article = procedure.article(step)
    lacking = procedure.lacking(code, set(found.done), found.way)
    for each in lacking:
        if each not in step.any_of:
            name = _("“%(step)s”") % {"step": Step(each).label}
            label = _("尚未办理%(steps)s") % {"steps": name}
            yield Lack(
                code=f"step:{each}", label=label, article=article, may_force=True, step=name
            )
    open_ones = [
        each for each in lacking if each in step.any_of and not procedure.barred(each, found.way)
    ]
    if open_ones:
        names = _("或").join(_("“%(step)s”") % {"step": Step(each).label} for each in open_ones)
        label = _("尚未办理%(steps)s") % {"steps": names}
        yield Lack(code="any-step", label=label, article=article, may_force=True, step=names)


def _times(found: Standing, row: CaseStep) -> Iterator[Lack]:
    """Yield the times that must be over first; a hearing that was asked for waits for none."""
    code = StepCode(row.step)
    if code is StepCode.HEARING and row.document_number:
        return
    yield from _times_on(found, code, row.done_on)


def _times_on(found: Standing, code: StepCode, on: date) -> Iterator[Lack]:
    """Yield the times that are not over; one that never began is not over either."""
    waiting = [one for one in procedure.STEPS[code].clocks if one.is_waiting]
    begun = {one.clock: one for one in found.clocks if one.step is code}
    for clock in waiting:
        if clock in begun:
            yield from _waiting(begun[clock], on)
        elif clock.since in found.done:
            label = _("“%(step)s”的送达日期尚未登记，期限不能起算") % {
                "step": Step(clock.since).label
            }
            yield Lack(code=clock.code, label=label, article=clock.article, may_force=True)


def _waiting(clock: Running, on: date) -> Iterator[Lack]:
    due = clock.reading.due
    if due is None or on <= due.on:
        day = due.on if due is not None else _("待定")
        label = _("须待期限届满（%(day)s）之后") % {"day": day}
        article = clock.clock.article
        yield Lack(code=clock.clock.code, label=label, article=article, may_force=True)


def without_number(row: CaseStep) -> Iterator[Lack]:
    """Yield that the authority's own number is what makes the step one (第四条)."""
    if procedure.STEPS[StepCode(row.step)].needs_document and not row.document_number:
        label = _("须填写主管部门或政府正式文书的文号；管委会只能代拟")
        article = idle_land.STATUTES[-1].articles[Topic.AUTHORITY]
        yield Lack(code="document", label=label, article=article)


def _conditions(found: Standing, code: StepCode) -> Iterator[Lack]:
    """Yield what the law asks of the parcel itself before the step."""
    if code is StepCode.DETERMINATION:
        yield from _of_determination(found)
    if code in {StepCode.FEE_DECISION, StepCode.RECOVERY_DECISION}:
        yield from _of_disposal(found)
    if code is StepCode.REMINDER:
        yield from _of_reminder(found)
    if code is not StepCode.HEARING:  # one that was asked for waits for no time
        yield from _times_on(found, code, found.on)


def _of_determination(found: Standing) -> Iterator[Lack]:
    determination = found.determination
    articles = idle_land.STATUTES[-1].articles
    if determination.outcome is Outcome.UNKNOWN:
        names = _("、").join(map(missing_words, determination.missing))
        label = _("不能判定是否闲置，缺少：%(names)s") % {"names": names}
        yield Lack(code="unknown", label=label, article=articles[Topic.DETERMINATION])
    if determination.outcome is Outcome.NOT_IDLE:
        label = _("按登记的事实不构成闲置土地，不能认定")
        yield Lack(code="not_idle", label=label, article=articles[Topic.DETERMINATION])
    elif StepCode.ANSWER not in found.done and not _is_over(found, "answer"):
        label = _("使用权人提交材料的期限未满且尚未提交")
        yield Lack(code="answer", label=label, article=articles[Topic.INQUIRY], may_force=True)


def _of_disposal(found: Standing) -> Iterator[Lack]:
    if found.determination.disposal not in {Disposal.FEE, Disposal.RECOVERY}:
        label = _("按登记的事实不具备征缴闲置费或收回的事由")
        article = idle_land.STATUTES[-1].articles[Topic.FEE]
        yield Lack(code="no_ground", label=label, article=article)


def _is_over(found: Standing, code: str) -> bool:
    return any(clock.clock.code == code and clock.is_over for clock in found.clocks)


def _determined(found: Standing, _row: CaseStep) -> Iterator[Lack]:
    yield from _of_determination(found)


def _fee_decided(found: Standing, row: CaseStep) -> Iterator[Lack]:
    yield from _of_disposal(found)
    owed = found.determination.fee_wan
    article = idle_land.STATUTES[-1].articles[Topic.FEE]
    if row.amount_wan is None:
        yield Lack(code="amount", label=_("须填写征缴金额"), article=article)
    elif owed is None and found.determination.disposal is Disposal.FEE:
        label = _("缺少：%(name)s") % {"name": missing_words("price_wan")}
        yield Lack(code="fact:price_wan", label=label, article=article, may_force=True)
    elif owed is not None and row.amount_wan != owed:
        label = _("征缴金额应为价款的百分之二十，即 %(amount)s 万元") % {"amount": _plain(owed)}
        yield Lack(code="amount", label=label, article=article, may_force=_may_be_less(found, row))


def _fee_paid(found: Standing, row: CaseStep) -> Iterator[Lack]:
    """Yield that less was paid than was decided, or that nobody says how much."""
    article = idle_land.STATUTES[-1].articles[Topic.PAYMENT]
    decided = found.done.get(StepCode.FEE_DECISION)
    paid: Any = row.amount_wan
    owed: Any = decided.amount_wan if decided is not None else None
    if paid is None:
        yield Lack(code="amount", label=_("须填写缴纳金额"), article=article)
    elif owed is not None and paid < owed:
        amounts = {"paid": _plain(paid), "owed": _plain(owed)}
        label = _("缴纳 %(paid)s 万元，少于决定征缴的 %(owed)s 万元") % amounts
        yield Lack(code="amount", label=label, article=article, may_force=True)


def _may_be_less(found: Standing, row: CaseStep) -> bool:
    """Whether a smaller fee is open: 房地产管理法第二十六条 says up to 20 %."""
    owed = found.determination.fee_wan
    return bool(found.known.is_real_estate and owed and row.amount_wan and row.amount_wan < owed)


def _recovery_decided(found: Standing, _row: CaseStep) -> Iterator[Lack]:
    yield from _of_disposal(found)


def _planned(found: Standing, row: CaseStep) -> Iterator[Lack]:
    article = idle_land.STATUTES[-1].articles[Topic.OPTIONS]
    if not row.option:
        yield Lack(code="option", label=_("须选择第十二条规定的一种处置方式"), article=article)
        return
    yield from _of_option(found, row)
    yield from _of_agreement(found, row)


def _of_option(found: Standing, row: CaseStep) -> Iterator[Lack]:
    check = idle_land.check(Option(row.option), found.known, on=row.done_on)
    for obstacle in check.obstacles:
        label = obstacle_words(obstacle.code)
        yield Lack(code=obstacle.code.value, label=label, article=obstacle.article)
    for name in check.missing:
        label = _("缺少：%(name)s") % {"name": missing_words(name)}
        yield Lack(code=f"fact:{name}", label=label, article=check.article)


def _of_agreement(found: Standing, row: CaseStep) -> Iterator[Lack]:
    """Yield why the days that are planned or agreed are refused."""
    agreement = facts.agreement(row)
    for fault in idle_land.refusals(agreement, found.known):
        if fault.code is not FaultCode.OPTION_UNREGISTERED:  # the option's own obstacle says so
            label = str(_REFUSALS[fault.code]) % {"day": idle_land.latest_day(agreement)}
            yield Lack(code=fault.code.value, label=label, article=fault.article)


def _agreed(found: Standing, row: CaseStep) -> Iterator[Lack]:
    articles = idle_land.STATUTES[-1].articles
    planned = found.done.get(StepCode.PLAN)
    if planned is not None and row.option != planned.option:
        label = _("处置方式与已批准的方案不一致，须先变更方案")
        yield Lack(code="option", label=label, article=articles[Topic.PLAN_APPROVAL])
    yield from _of_option(found, row) if row.option else ()
    if row.option == Option.EXTENSION and row.from_on is None:
        label = _("须填写补充协议约定的动工开发日期")
        yield Lack(code="from_on", label=label, article=articles[Topic.EXTENSION])
    if row.option == Option.TEMPORARY_USE and None in {row.from_on, row.until_on}:
        label = _("须填写临时使用的起止日期")
        yield Lack(code="until_on", label=label, article=articles[Topic.TEMPORARY_USE])
    yield from _of_agreement(found, row)


def _reminded(found: Standing, _row: CaseStep) -> Iterator[Lack]:
    yield from _of_reminder(found)


def _of_reminder(found: Standing) -> Iterator[Lack]:
    if not (_is_over(found, "fee_payment") or _is_over(found, "deregistration")):
        label = _("决定的履行期限尚未届满，不必催告")
        article = idle_land.STATUTES[-1].articles[Topic.PAYMENT]
        yield Lack(code="performance", label=label, article=article, may_force=True)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


_OF_STEP: dict[StepCode, Callable[[Standing, CaseStep], Iterator[Lack]]] = {
    StepCode.DETERMINATION: _determined,
    StepCode.PLAN: _planned,
    StepCode.AGREEMENT: _agreed,
    StepCode.FEE_DECISION: _fee_decided,
    StepCode.FEE_PAYMENT: _fee_paid,
    StepCode.RECOVERY_DECISION: _recovery_decided,
    StepCode.REMINDER: _reminded,
}
