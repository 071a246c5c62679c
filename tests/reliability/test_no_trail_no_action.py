"""With a trail that takes nothing, nothing takes effect."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.files.models import Attachment
from jingkai.apps.notes.models import Comment
from jingkai.apps.registers import actions, queries
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job

pytestmark = pytest.mark.django_db
REFUSAL = "the trail is read-only"
CLOSE = {
    "sqlite": [
        "CREATE TRIGGER read_only BEFORE INSERT ON audit_event"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION read_only() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER read_only BEFORE INSERT ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION read_only()",
    ],
}
PICTURE = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
LIST = "/z/home/visits/"
VISIT = {
    "code": "LF-1",
    "direction": "inbound",
    "visited_on": "2024-05-06",
    "delegation": "考察团（示范）",
}


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def visit(zone: Zone, clock: datetime) -> Iterator[Any]:
    """Return a visit on record, whose zone is in scope."""
    register = queries.registers()["visits"]
    values = VISIT | {"visited_on": clock.date()}
    with scope.zones(zone.pk):
        yield actions.create_record(register=register, zone=zone, values=values, by="x", at=clock)


@pytest.fixture
def job(zone: Zone, clock: datetime, settings: Any) -> Job:
    settings.JOBS = {"test": "nowhere.at_all"}
    return work.start(zone=zone, kind="test", key="1", payload={}, by="home-investment", at=clock)


def close_the_trail() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if connection.vendor == "postgresql":  # which refuses DDL for rows just written
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("RESET ROLE")
        for statement in CLOSE[connection.vendor]:
            cursor.execute(statement)


def everything() -> dict[str, list[Any]]:
    """Return every row of every table, sessions aside."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models
    }


@dataclass(frozen=True)
class Desk:
    """What a write starts from."""

    client: Client
    visit: Any
    job: Job

    @property
    def page(self) -> str:
        """Return the address of the visit."""
        return f"{LIST}{self.visit.pk}/"

    def led_to(self, address: str, fields: dict[str, Any]) -> str:
        """Return where a write that takes effect leads to."""
        answer = self.client.post(address, fields)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.url).partition("?")[0]


@pytest.fixture
def desk(visit: Any, job: Job, officer: User, log_in: Callable[[User], Client]) -> Desk:
    return Desk(log_in(officer), visit, job)


def _workbook() -> SimpleUploadedFile:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["编号", "方向", "日期", "团组名称", "人数"])
    rows.writerow(["LF-3", "来访", "2024-05-07", "考察团（示范）", "3"])
    return SimpleUploadedFile("visits.csv", out.getvalue().encode())


def _batch(desk: Desk) -> str:
    return desk.led_to(f"{LIST}bulk/?pk={desk.visit.pk}", {"set-people": "on", "people": "8"})


def _done_batch(desk: Desk) -> str:
    address = _batch(desk)
    desk.led_to(address, {})
    return f"{address}undo/"


def _imported(desk: Desk) -> str:
    address = desk.led_to(f"{LIST}import/", {"file": _workbook()})
    desk.led_to(address, {})
    return f"{address}undo/"


def _pasted(desk: Desk) -> tuple[str, Any]:
    row = {"pk": desk.visit.pk, "version": desk.visit.version, "values": {"people": "9"}}
    return f"{LIST}grid/save/", json.dumps({"rows": [row]})


def _commented(desk: Desk) -> str:
    desk.led_to(f"{desk.page}comments/", {"text": "有意向"})
    return f"{desk.page}comments/{Comment.everywhere.get().pk}/withdraw/"


def _attached(desk: Desk) -> str:
    file = SimpleUploadedFile("proof.pdf", PICTURE)
    desk.led_to(f"{desk.page}files/", {"files": [file], "title": "证明"})
    return f"{desk.page}files/{Attachment.everywhere.get().pk}/detach/"


# Each leaves the desk ready for the write, and returns its address and its form, or its JSON.
WRITES: dict[str, Callable[[Desk], tuple[str, Any]]] = {
    "登记": lambda _desk: (f"{LIST}new/", VISIT | {"code": "LF-2"}),
    "修改": lambda desk: (
        f"{desk.page}edit/",
        VISIT | {"delegation": "另一个团", "version": desk.visit.version},
    ),
    "删除": lambda desk: (f"{desk.page}delete/", {"reason": "重复"}),
    "取消作业": lambda desk: (f"/z/home/jobs/{desk.job.pk}/cancel/", {}),
    "上传": lambda _desk: (f"{LIST}import/", {"file": _workbook()}),
    "导入": lambda desk: (desk.led_to(f"{LIST}import/", {"file": _workbook()}), {}),
    "撤销导入": lambda desk: (_imported(desk), {}),
    "批量修改": lambda desk: (_batch(desk), {}),
    "撤销批量": lambda desk: (_done_batch(desk), {}),
    "粘贴": _pasted,
    "评论": lambda desk: (f"{desk.page}comments/", {"text": "有意向"}),
    "撤回评论": lambda desk: (_commented(desk), {}),
    "附件": lambda desk: (
        f"{desk.page}files/",
        {"files": [SimpleUploadedFile("proof.pdf", PICTURE)], "title": "证明"},
    ),
    "取下附件": lambda desk: (_attached(desk), {"reason": "传错了"}),
    "保存视图": lambda _desk: (
        f"{LIST}views/",
        {"name": "大团", "audience": "owner", "query": "people__from=3"},
    ),
}


def _post(client: Client, address: str, body: Any) -> Any:
    if isinstance(body, str):
        return client.post(address, body, content_type="application/json")
    return client.post(address, body)


@pytest.mark.parametrize("key", ["", "0123456789abcdef"], ids=["without key", "with key"])
@pytest.mark.parametrize("name", WRITES)
def test_without_its_trail_a_write_takes_no_effect(name: str, key: str, desk: Desk) -> None:
    address, body = WRITES[name](desk)
    keyed = body | {"form-key": key} if key and isinstance(body, dict) else body
    close_the_trail()
    before = everything()

    with pytest.raises(DatabaseError, match=REFUSAL):
        _post(desk.client, address, keyed)

    assert everything() == before


@pytest.mark.parametrize("name", WRITES)
def test_with_it_the_same_write_does(name: str, desk: Desk) -> None:
    address, body = WRITES[name](desk)
    before = everything()

    answer = _post(desk.client, address, body)

    assert answer.status_code in {200, 302}
    assert everything() != before
