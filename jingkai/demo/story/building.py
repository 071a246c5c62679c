"""Projects of the signings: evidence, officers, steps from stage to stage, money in place."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from jingkai.core.lifecycle import Stage
from jingkai.demo import names
from jingkai.demo.plan import YearPlan

from . import days
from .agreements import Signing

Row = dict[str, Any]

_EVIDENCE = {
    Stage.SIGNED: (("agreement", "投资协议"),),
    Stage.TO_START: (("filing", "企业投资项目备案证明"),),
    Stage.STARTED: (("construction_permit", "施工许可证"), ("site_photo", "开工现场照片")),
    Stage.IN_PRODUCTION: (("first_invoice", "首张销售发票"),),
}
FIRST_PROJECT = 1_000_000  # numbers of credit codes that no investor of the story has
_LEASED_EVIDENCE = (("lease_contract", "厂房租赁合同"), ("installation_photo", "设备安装照片"))


@dataclass(frozen=True, slots=True)
class Life:
    """How far the project of a signing came, and when."""

    signing: Signing
    is_leased: bool
    steps: dict[Stage, date]

    @property
    def code(self) -> str:
        """Return the project's number."""
        return self.signing.code.replace("QY", "XM")


def lives(random: Random, plans: tuple[YearPlan, ...], signings: list[Signing]) -> list[Life]:
    """Return the life of each formal signing's project until the end of the last year."""
    found = []
    end = date(plans[-1].year, 12, 20)
    for index, plan in enumerate(plans):
        of_year = [s for s in signings if s.is_formal and s.signed_on.year == plan.year]
        following = plans[index + 1] if index + 1 < len(plans) else None
        for number, signing in enumerate(of_year):
            steps = {Stage.SIGNED: signing.signed_on}
            started_on = _start(random, plan, following, number, signing)
            if started_on or number % 3 != 2:
                ready = days.between(
                    random, days.after(signing.signed_on, 5), days.after(signing.signed_on, 40)
                )
                steps[Stage.TO_START] = min(ready, started_on or end)
            if started_on:
                steps[Stage.STARTED] = started_on
            if started_on and started_on.year < plans[-1].year and number < 3:
                steps[Stage.IN_PRODUCTION] = days.after(started_on, 300 + 15 * number)
            kept = {stage: day for stage, day in steps.items() if day <= end}
            found.append(Life(signing, number % 5 == 4, kept))
    return found


def _start(
    random: Random, plan: YearPlan, following: YearPlan | None, number: int, signing: Signing
) -> date | None:
    if number < plan.started:
        first = days.after(signing.signed_on, 60)
        return days.between(random, min(first, date(plan.year, 12, 1)), date(plan.year, 12, 18))
    if following and number < plan.started + following.later_starts:
        return days.between(random, date(following.year, 2, 1), date(following.year, 11, 28))
    return None


def project_rows(found: list[Life]) -> list[Row]:
    """Return the projects as rows; stages follow from their steps."""
    rows = []
    for number, life in enumerate(found, FIRST_PROJECT):
        signing, started = life.signing, life.steps.get(Stage.STARTED)
        rows.append(
            {
                "code": life.code,
                "name": signing.lead.name,
                "signing": signing.code,
                "investor": signing.lead.investor,
                "enterprise_name": f"{signing.lead.name.split('项目')[0]}公司（示范）",
                "credit_code": names.credit_code(number),
                "industry_code": signing.lead.industry_code,
                "planned_wan": signing.lead.planned_wan,
                "fixed_investment_wan": signing.fixed_investment_wan,
                "land_mu": None if life.is_leased else signing.lead.land_mu,
                "site": "leased_plant" if life.is_leased else "new_land",
                "entered_on": signing.lead.found_on,
                "settled_on": days.after(signing.signed_on, 20) if len(life.steps) > 1 else None,
                "land_supplied_on": None
                if life.is_leased or not started
                else days.after(started, -20),
                "completed_on": _completed(life),
                "agreed_start_on": signing.agreed_start_on,
                "agreed_completion_on": days.after(signing.agreed_start_on, 420),
                "agreed_production_on": days.after(signing.agreed_start_on, 510),
                "source": names.SOURCE,
            }
        )
    return rows


def _completed(life: Life) -> date | None:
    produced = life.steps.get(Stage.IN_PRODUCTION)
    return days.after(produced, -30) if produced else None


def evidence_rows(found: list[Life]) -> list[Row]:
    """Return the documents that each step of each project needs."""
    rows = []
    for life in found:
        for stage, day in life.steps.items():
            leased = life.is_leased and stage is Stage.STARTED
            for kind, title in _LEASED_EVIDENCE if leased else _EVIDENCE[stage]:
                rows.append(
                    {
                        "code": f"{life.code}-{kind.upper().replace('_', '-')}",
                        "project": life.code,
                        "kind": kind,
                        "title": f"{title}（示范）",
                        "document_no": f"示范〔{day.year}〕{life.code[-2:]}号",
                        "dated_on": day,
                        "source": names.SOURCE,
                    }
                )
    return rows


def officer_rows(found: list[Life], officers: list[str]) -> list[Row]:
    """Return one service officer a project, from its signing on."""
    return [
        {
            "code": f"{life.code}-ZY",
            "project": life.code,
            "officer": officers[number % len(officers)],
            "since": life.signing.signed_on,
            "source": names.SOURCE,
        }
        for number, life in enumerate(found)
    ]


def transition_rows(found: list[Life]) -> list[Row]:
    """Return each step from stage to stage, in the order of the days."""
    rows = [
        {
            "code": f"{life.code}-{stage.value.upper().replace('_', '-')}",
            "project": life.code,
            "to_stage": stage.value,
            "moved_on": day,
            "source": names.SOURCE,
        }
        for life in found
        for stage, day in life.steps.items()
    ]
    return sorted(rows, key=lambda row: row["moved_on"])


def receipt_rows(random: Random, found: list[Life], end: date) -> list[Row]:
    """Return money in place: some at signing, more once building has started."""
    rows = []
    for life in found:
        payments = [(days.after(life.signing.signed_on, 30), 10)]
        if Stage.STARTED in life.steps:
            started = life.steps[Stage.STARTED]
            payments += [(days.after(started, 15), 20), (days.after(started, 120), 25)]
        for number, (day, share) in enumerate(payments, 1):
            if day <= end:
                rows.append(
                    {
                        "code": f"{life.code}-DZ{number}",
                        "project": life.code,
                        "received_on": day,
                        "amount_wan": life.signing.lead.planned_wan * share // 100,
                        "kind": "foreign" if random.random() < 0.1 else "domestic",
                        "voucher_no": f"示范凭证{life.code[-7:]}-{number}",
                        "source": names.SOURCE,
                    }
                )
    return rows
