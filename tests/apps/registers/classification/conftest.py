"""A sensitive investor with all that leads to it and stands beside it; a canary in every text."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.files.models import Attachment, StoredFile
from jingkai.apps.notes.models import Bookmark, Comment, FollowUp, Seen
from jingkai.apps.notices import actions as notices
from jingkai.apps.registers import actions, fitting, queries
from jingkai.apps.registers.models import Classification

CANARY = "玄武湖底"
SENSITIVE = {"classification": Classification.SENSITIVE}

Make = Callable[..., Any]
Planted = dict[str, Any]


@pytest.fixture(autouse=True)
def present(clock: datetime, settings: Any) -> None:
    """Let pages show the period of the records."""
    settings.CLOCK = clock.isoformat()


@pytest.fixture
def make(inside: Zone, clock: datetime) -> Make:
    """Return a function that makes a record of a register."""

    def made(register_kind: str, **values: Any) -> Any:
        register = fitting.fit(queries.registers()[register_kind], inside, unmasked=True)
        values = {"code": f"C-{register_kind}", **values}
        return actions.create_record(
            register=register, zone=inside, values=values, by="x", at=clock
        )

    return made


@pytest.fixture
def planted(make: Make, clock: datetime) -> Planted:
    """Plant a sensitive investor and all that leads to it; return the records by register."""
    on = clock.date()
    investor = make("investors", name=f"{CANARY}公司", kind="enterprise", **SENSITIVE)
    led = {"investor": investor}
    lead = make("leads", name=f"{CANARY}线索", origin="visit", found_on=on, **led)
    signing = make("signings", name=f"{CANARY}签约", kind="formal", signed_on=on, **led)
    project = make("projects", name=f"{CANARY}项目", signing=signing, entered_on=on)
    visit = {"direction": "inbound", "visited_on": on, "people": 3}
    money = {"amount_wan": 5, "received_on": on, "kind": "domestic", "voucher_no": CANARY}
    return {
        "investors": investor,
        "leads": lead,
        "signings": signing,
        "projects": project,
        "visits": make("visits", delegation=f"{CANARY}团", **visit, **SENSITIVE),
        "funds-receipts": make("funds-receipts", project=project, **money),
    }


@pytest.fixture
def addressed(
    planted: Planted,
    zone: Zone,
    clock: datetime,
    hire: Callable[[Zone, Role], User],
    request: pytest.FixtureRequest,
) -> User:
    """Return somebody, of the role asked for, to whom notes, notices and files are addressed."""
    person = hire(zone, getattr(request, "param", Role.SERVICES))
    pk = str(planted["projects"].pk)
    about = {"kind": "projects", "object_id": pk, "label": f"{CANARY}项目"}
    place = about | {"zone": zone, "permission": "projects.read", "at": clock}
    Comment.everywhere.create(text=f"{CANARY}评论", by="x", **place)
    FollowUp.everywhere.create(
        what=f"{CANARY}跟进", person=person.username, due_on=clock.date(), by="x", **place
    )
    for model in (Bookmark, Seen):
        model.everywhere.create(by=person.username, **place)
    _tell(zone, person, pk, clock)
    _attach(zone, about, clock)
    return person


def _tell(zone: Zone, person: User, pk: str, at: datetime) -> None:
    notices.send(
        zone=zone,
        to=[person.username],
        kind="mention",
        title=f"{CANARY}提到您",
        text=CANARY,
        url="",
        permission="projects.read",
        about=f"projects:{pk}",
        by="x",
        at=at,
    )


def _attach(zone: Zone, about: dict[str, str], at: datetime) -> None:
    kept = {"media_type": "application/pdf", "size_bytes": 1, "path": "x", "kept_by": "x"}
    file = StoredFile.everywhere.create(
        zone=zone, sha256="0" * 64, name=f"{CANARY}.pdf", kept_at=at, **kept
    )
    Attachment.everywhere.create(zone=zone, file=file, at=at, by="x", **about)
