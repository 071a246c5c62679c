"""A zone full of random records, written straight into the tables."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from jingkai.apps.accounts.models import Zone
from jingkai.apps.investment.models import (
    Investor,
    Lead,
    LeadAssessment,
    MaturityCard,
    Negotiation,
    Obligation,
    Signing,
    Visit,
)
from jingkai.apps.projects.models import (
    STAGE_DATES,
    FundsReceipt,
    Project,
    Stage,
    Transition,
)
from tests.apps.reporting import ground

FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
PROVINCES = ("山东省", "江苏省", "浙江省", "广东省", "")
INDUSTRIES = ("3484", "2614", "3525", "3811", "C", "")
STEPS = tuple(STAGE_DATES)
OPEN_WEIGHTS = (30, 20, 20, 15, 15)


def fill(zone: Zone, *, size: int, seed: int, at: datetime) -> None:
    """Write ``size`` projects of the zone, with everything before and after them."""
    chance = random.Random(seed)
    made = Maker(zone, at, chance)
    made.card()
    investors = made.investors(max(3, size // 5))
    made.contacts(investors, size)
    leads = made.leads(investors, size)
    signings = made.signings(investors, leads, size)
    made.obligations(signings)
    projects = made.projects(signings, investors, size)
    made.transitions(projects)
    made.funds(projects)
    ground.fill(made, size)


class Maker:
    """Writes records of one zone, chosen at random."""

    def __init__(self, zone: Zone, at: datetime, chance: random.Random) -> None:
        self.zone, self.at, self.chance = zone, at, chance
        self.number = 0

    def _common(self) -> dict[str, Any]:
        self.number += 1
        return {
            "zone": self.zone,
            "code": f"R{self.number:06}",
            "recorded_at": self.at,
            "recorded_by": "seed",
            "changed_at": self.at,
            "changed_by": "seed",
        }

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.chance.randrange(max(1, (last - first).days + 1)))

    def wan(self) -> Decimal | None:
        return self.chance.choice([None, *[Decimal(self.chance.randrange(1, 200_000))] * 6])

    def made(self, model: Any, rows: Iterable[dict[str, Any]]) -> list[Any]:
        found = [model(**self._common(), **row) for row in rows]
        return list(model.everywhere.bulk_create(found, batch_size=500))

    def card(self) -> None:
        names = ("investor_verified", "funds_proved", "site_matched", "policy_screened")
        weights = dict(zip([*names, "decision_dated"], OPEN_WEIGHTS, strict=True))
        MaturityCard.everywhere.create(
            **self._common(),
            effective_from=date(2020, 1, 1),
            basis="示范评分卡",
            threshold=70,
            **{f"{name}_weight": weight for name, weight in weights.items()},
        )

    def investors(self, size: int) -> list[Investor]:
        return self.made(
            Investor,
            (
                {"name": f"示范客商{n}", "origin_province": self.chance.choice(PROVINCES)}
                for n in range(size)
            ),
        )

    def contacts(self, investors: list[Investor], size: int) -> None:
        pick = self.chance.choice
        self.made(
            Visit,
            (
                {
                    "direction": pick(list(Visit.Direction)),
                    "visited_on": self.day(),
                    "delegation": f"示范考察团{n}",
                    "people": pick([None, 3, 8]),
                    "level": pick(["", *Visit.Level.values]),
                }
                for n in range(size)
            ),
        )
        self.made(
            Negotiation,
            (
                {"negotiated_on": self.day(), "investor": pick(investors), "topic": f"洽谈{n}"}
                for n in range(size)
            ),
        )

    def leads(self, investors: list[Investor], size: int) -> list[Lead]:
        found = self.made(
            Lead,
            (self._lead(investors, n) for n in range(size)),
        )
        answers = (None, True, True, True, False)
        self.made(
            LeadAssessment,
            (
                {
                    "lead": lead,
                    "assessed_on": self.day(lead.found_on),
                    **{name: self.chance.choice(answers) for name in CRITERIA},
                    **{name: self.chance.choice((None, False, False)) for name in VETOES},
                }
                for lead in found
            ),
        )
        return found

    def _lead(self, investors: list[Investor], n: int) -> dict[str, Any]:
        found_on = self.day()
        return {
            "name": f"示范线索{n}",
            "investor": self.chance.choice(investors),
            "origin": self.chance.choice(Lead.Source.values),
            "found_on": found_on,
            "entered_library_on": self.chance.choice([None, self.day(found_on)]),
            "planned_wan": self.wan(),
            "industry_code": self.chance.choice(INDUSTRIES),
        }

    def signings(self, investors: list[Investor], leads: list[Lead], size: int) -> list[Signing]:
        return self.made(Signing, (self._signing(investors, leads, n) for n in range(size)))

    def _signing(self, investors: list[Investor], leads: list[Lead], n: int) -> dict[str, Any]:
        planned = self.wan()
        lead = self.chance.choice([None, *leads[:40]])
        signed_on = self.day(lead.found_on) if lead else self.day()
        return {
            "name": f"示范签约{n}",
            "kind": self.chance.choice(["formal", "formal", "formal", "framework"]),
            "signed_on": signed_on,
            "investor": self.chance.choice(investors),
            "lead": lead,
            "planned_wan": planned,
            "fixed_investment_wan": None
            if planned is None
            else (planned / 2).quantize(Decimal(1)),
            "industry_code": self.chance.choice(INDUSTRIES),
            "agreed_start_on": self.chance.choice([None, signed_on + timedelta(days=180)]),
        }

    def obligations(self, signings: list[Signing]) -> None:
        self.made(
            Obligation,
            (
                {
                    "signing": signing,
                    "kind": "start",
                    "due_on": signing.agreed_start_on,
                    "kept_on": self.chance.choice([None, signing.agreed_start_on]),
                }
                for signing in signings
                if signing.agreed_start_on
            ),
        )

    def projects(
        self, signings: list[Signing], investors: list[Investor], size: int
    ) -> list[Project]:
        formal = [signing for signing in signings if signing.kind == "formal"]
        return self.made(Project, (self._project(formal, investors, n) for n in range(size)))

    def _project(
        self, signings: list[Signing], investors: list[Investor], n: int
    ) -> dict[str, Any]:
        reached = self.chance.randrange(len(STEPS) + 1)
        signing = signings[n] if n < len(signings) and reached else None
        entered_on = signing.signed_on if signing else self.day()
        days = list(_later(entered_on, reached, self.chance))
        stage = STEPS[reached - 1] if reached else Stage.IN_LIBRARY
        completed = {"completed_on": days[3]} if reached > 3 else {}
        return {
            "name": f"示范项目{n}",
            "signing": signing,
            "investor": self.chance.choice([None, *investors]),
            "industry_code": self.chance.choice(INDUSTRIES),
            "planned_wan": self.wan(),
            "site": self.chance.choice(["", "new_land", "leased_plant"]),
            "entered_on": entered_on,
            "stage": stage,
            "settled_on": self.chance.choice([None, entered_on]),
            "agreed_start_on": self.chance.choice([None, entered_on + timedelta(days=120)]),
            **completed,
            **{STAGE_DATES[step]: day for step, day in zip(STEPS, days, strict=False)},
        }

    def transitions(self, projects: list[Project]) -> None:
        self.made(Transition, (row for project in projects for row in _steps(project)))

    def funds(self, projects: list[Project]) -> None:
        self.made(
            FundsReceipt,
            (
                {
                    "project": project,
                    "received_on": self.day(project.entered_on),
                    "amount_wan": Decimal(self.chance.randrange(1, 9_000_000)) / 100,
                    "kind": self.chance.choice(FundsReceipt.Kind.values),
                    "voucher_no": self.chance.choice(["", "V-1"]),
                }
                for project in projects
            ),
        )


CRITERIA = ("investor_verified", "funds_proved", "site_matched", "policy_screened")
VETOES = ("industry_prohibited", "environment_vetoed", "safety_vetoed", "credit_vetoed")


def _later(first: date, steps: int, chance: random.Random) -> Iterator[date]:
    day = first
    for _step in range(steps):
        yield day
        day += timedelta(days=chance.randrange(0, 90))


def _steps(project: Project) -> Iterator[dict[str, Any]]:
    before = Stage.IN_LIBRARY
    for step in STEPS:
        day = getattr(project, STAGE_DATES[step])
        if day is None:
            return
        yield {"project": project, "from_stage": before, "to_stage": step, "moved_on": day}
        before = step
