"""Investors, leads, visits and negotiations of the story."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from jingkai.demo import names
from jingkai.demo.plan import YearPlan

from . import days

Row = dict[str, Any]

_PURPOSES = ("考察投资环境", "对接项目用地", "洽谈合作意向", "考察闲置厂房", "对接产业链配套")
_RESULTS = ("达成初步意向", "约定下一轮洽谈", "需补充用地与能耗资料", "企业内部研究后答复")
_TOPICS = (
    "用地与厂房方案",
    "投资规模与建设周期",
    "协议条款磋商",
    "要素保障与配套",
    "环评与能耗要求",
)
_LEVELS = ("enterprise_head", "enterprise_head", "enterprise_deputy", "municipal", "county")
_PLACES = ("苏州", "宁波", "深圳", "上海", "北京", "青岛")
_SOURCES = ("visit", "outreach", "referral", "platform", "self")


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead of the story, with what its later rows need."""

    code: str
    investor: str
    name: str
    found_on: date
    industry_code: str
    planned_wan: int
    land_mu: int


def investors(random: Random, count: int) -> list[Row]:
    """Return so many invented investors."""
    rows = []
    for number in range(count):
        province, city = random.choice(names.ORIGINS)
        industry, _product = names.INDUSTRIES[number % len(names.INDUSTRIES)]
        rows.append(
            {
                "code": f"KS-{number + 1:04d}",
                "name": names.investor(random, number),
                "credit_code": names.credit_code(number + 1),
                "kind": "enterprise",
                "origin_province": province,
                "origin_city": city,
                "is_foreign": number % 17 == 16,
                "industry_code": industry,
                "contact_person": "联系人（示范）",
                "source": names.SOURCE,
            }
        )
    return rows


def leads(random: Random, plan: YearPlan, known: list[Row], first: int) -> list[Lead]:
    """Return the year's leads, one for each of the next investors."""
    found = []
    for number, day in enumerate(days.spread(random, plan.year, plan.leads), 1):
        investor = known[(first + number) % len(known)]
        product = dict(names.INDUSTRIES)[investor["industry_code"]]
        planned = random.choice((3_000, 5_000, 8_000, 12_000, 20_000, 36_000, 55_000, 105_000))
        short = investor["name"].split("示范")[0]
        found.append(
            Lead(
                code=f"XS-{plan.year}-{number:03d}",
                investor=investor["code"],
                name=f"{short}{product}项目（示范）",
                found_on=day,
                industry_code=investor["industry_code"],
                planned_wan=planned,
                land_mu=max(10, planned // 300),
            )
        )
    return found


def visits(random: Random, plan: YearPlan, known: list[Row], officers: list[str]) -> list[Row]:
    """Return the year's delegations, in and out, one row each."""
    counts = (("inbound", "LF", plan.inbound), ("outbound", "WC", plan.outbound))
    rows = []
    for direction, prefix, count in counts:
        for number, day in enumerate(days.spread(random, plan.year, count), 1):
            investor = random.choice(known)
            inbound = direction == "inbound"
            rows.append(
                {
                    "code": f"{prefix}-{plan.year}-{number:03d}",
                    "direction": direction,
                    "visited_on": day,
                    "delegation": f"{investor['name']}考察团" if inbound else "园区招商小组",
                    "investor": investor["code"],
                    "people": random.randint(2, 12),
                    "level": random.choice(_LEVELS),
                    "purpose": random.choice(_PURPOSES),
                    "place": "园区" if inbound else random.choice(_PLACES),
                    "result": random.choice(_RESULTS),
                    "officer": random.choice(officers),
                    "source": names.SOURCE,
                }
            )
    return rows


def negotiations(
    random: Random, plan: YearPlan, found: list[Lead], officers: list[str]
) -> list[Row]:
    """Return the year's negotiations, each about a lead that was known by then."""
    rows = []
    for number, day in enumerate(days.spread(random, plan.year, plan.negotiations), 1):
        lead = random.choice([lead for lead in found if lead.found_on <= day] or found[:1])
        rows.append(
            {
                "code": f"QT-{plan.year}-{number:03d}",
                "negotiated_on": max(day, lead.found_on),
                "investor": lead.investor,
                "lead": lead.code,
                "mode": random.choice(("meeting", "meeting", "visit", "remote")),
                "topic": random.choice(_TOPICS),
                "participants": "招商服务局、企业代表（示范）",
                "result": random.choice(_RESULTS),
                "officer": random.choice(officers),
                "source": names.SOURCE,
            }
        )
    return rows


def lead_rows(
    random: Random, found: list[Lead], officers: list[str], library: set[str]
) -> list[Row]:
    """Return the leads as rows; those of ``library`` entered it, some others were lost."""
    rows = []
    for number, lead in enumerate(found):
        row: Row = {
            "code": lead.code,
            "name": lead.name,
            "investor": lead.investor,
            "origin": random.choice(_SOURCES),
            "found_on": lead.found_on,
            "industry_code": lead.industry_code,
            "planned_wan": lead.planned_wan,
            "land_mu": lead.land_mu,
            "assigned_to": random.choice(officers),
            "assigned_on": days.after(lead.found_on, 1),
            "source": names.SOURCE,
        }
        if lead.code in library:
            row["entered_library_on"] = days.after(lead.found_on, 3)
        elif number % 6 == 5:
            row |= {"lost_on": days.after(lead.found_on, 60), "lost_reason": "other_place"}
        else:
            row["next_follow_up_on"] = days.after(lead.found_on, 30)
        rows.append(row)
    return rows
