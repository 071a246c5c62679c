"""The index follows the trail, and finds exactly what a reader of every text would find."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, filters, indexing, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.search import bigrams, index, jobs, models
from jingkai.apps.search import queries as search
from tests.environment import rounds

Found = Callable[[Register, str], set[str]]
Write = Callable[..., Any]

ALPHABET = "装备制造园区ABab12-/()，é １"
TEXTS = st.text(alphabet=ALPHABET, max_size=12)
TYPED = TEXTS.filter(lambda text: text.strip() != "")
QUERIES = st.text(alphabet=ALPHABET, min_size=1, max_size=4).filter(bigrams.words)


def _entries(zone: Zone) -> list[Any]:
    rows = models.Entry.everywhere.filter(zone=zone).order_by("pk")
    return list(rows.values_list("pk", "kind", "object_id", "text"))


@pytest.mark.parametrize(
    "text",
    ["装备", "装", "备制造", "152", "024-152", "lf-2024", "ＬＦ－２０２４", "造 152", "示范）"],
)
def test_a_record_is_found_by_any_part_of_its_texts(
    visits: Register, inside: Zone, write: Write, found: Found, text: str
) -> None:
    write(visits, inside, code="LF-2024-152", delegation="某装备制造集团（示范）")
    write(visits, inside, code="LF-2023-999", delegation="另一团")

    assert found(visits, text) == {"LF-2024-152"}


@pytest.mark.parametrize("text", ["备装", "装造", "团队", "153", '"', "*", "'", "%", "OR NEAR("])
def test_what_stands_in_no_text_is_not_found(
    visits: Register, inside: Zone, write: Write, found: Found, text: str
) -> None:
    write(visits, inside, code="LF-2024-152", delegation="某装备制造集团", purpose="备用 装")

    assert found(visits, text) == set()


def test_a_changed_record_is_found_by_what_it_says_now(
    visits: Register, inside: Zone, write: Write, found: Found, clock: datetime
) -> None:
    visit = write(visits, inside, code="LF-1", delegation="旧团")
    assert found(visits, "旧团") == {"LF-1"}

    actions.change_record(
        register=visits,
        record=visit,
        values={"delegation": "新团"},
        version=1,
        by="a",
        at=clock,
        reason="更正",
    )

    assert (found(visits, "旧团"), found(visits, "新团")) == (set(), {"LF-1"})


def test_a_deleted_record_leaves_the_index(
    visits: Register, inside: Zone, write: Write, found: Found, clock: datetime
) -> None:
    visit = write(visits, inside, code="LF-1", delegation="旧团")
    assert found(visits, "旧团") == {"LF-1"}

    actions.delete_record(register=visits, record=visit, by="a", at=clock, reason="重复")

    assert found(visits, "旧团") == set()
    assert _entries(inside) == []


def test_a_renamed_investor_renames_the_visits_that_name_it(
    visits: Register,
    investors: Register,
    inside: Zone,
    write: Write,
    found: Found,
    clock: datetime,
) -> None:
    investor = write(investors, inside, code="KS-1", name="甲公司")
    write(visits, inside, code="LF-1", delegation="团", investor=investor)
    assert found(visits, "甲公") == {"LF-1"}

    actions.change_record(
        register=investors,
        record=investor,
        values={"name": "乙公司"},
        version=1,
        by="a",
        at=clock,
        reason="更名",
    )

    assert (found(visits, "甲公"), found(visits, "乙公")) == (set(), {"LF-1"})


def test_another_zones_texts_are_neither_found_nor_counted(
    visits: Register, inside: Zone, neighbour: Zone, write: Write, found: Found
) -> None:
    with scope.zones(neighbour.pk):
        write(visits, neighbour, code="LF-7", delegation="邻区来客")
        assert found(visits, "邻区") == {"LF-7"}

    assert found(visits, "邻区") == set()
    assert search.counts([inside.pk], ["邻区"], indexing.kinds()) == {}
    assert search.counts([neighbour.pk], ["邻区"], indexing.kinds()) == {"visits": 1}
    with scope.zones(inside.pk, neighbour.pk):
        assert found(visits, "邻区") == {"LF-7"}


def test_what_is_personal_stands_in_no_entry(
    investors: Register, inside: Zone, write: Write, found: Found
) -> None:
    write(investors, inside, code="KS-1", name="甲公司", contact_person="欧阳某某")

    assert found(investors, "欧阳") == set()
    assert [entry[3] for entry in _entries(inside)] == ["ks-1\n甲公司"]


def test_too_much_for_a_search_is_left_to_the_clock_and_read_in_the_table_meanwhile(
    visits: Register,
    inside: Zone,
    write: Write,
    found: Found,
    clock: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "HERE", 3)
    monkeypatch.setattr(index, "STEP", 2)
    for number in range(5):
        write(visits, inside, code=f"LF-{number}", delegation="很多团")

    before = (found(visits, "很多"), _entries(inside), index.is_current([inside.pk]))
    jobs.catch_up(clock)

    assert before == ({f"LF-{number}" for number in range(5)}, [], False)
    assert index.is_current([inside.pk])
    assert len(_entries(inside)) == 5
    assert found(visits, "很多") == before[0]


def test_the_command_builds_the_index_anew(
    visits: Register, inside: Zone, write: Write, found: Found
) -> None:
    write(visits, inside, code="LF-1", delegation="某团")
    found(visits, "某团")
    kept = _entries(inside)
    models.Entry.everywhere.all().delete()

    told = StringIO()
    call_command("reindex", zone=inside.code, stdout=told)

    assert inside.code in told.getvalue()
    assert _entries(inside) == kept
    with pytest.raises(CommandError):
        call_command("reindex", zone="nowhere")


def test_no_two_registers_share_the_numbers_of_their_entries() -> None:
    bases = {models.base(kind) for kind in queries.registers()}

    assert len(bases) == len(queries.registers())


@settings(
    max_examples=rounds(15, 200), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_done_the_index_finds_what_a_reader_of_every_text_finds(
    data: st.DataObject,
    visits: Register,
    investors: Register,
    inside: Zone,
    write: Write,
    found: Found,
    clock: datetime,
) -> None:
    with transaction.atomic():
        for _turn in range(data.draw(st.integers(1, 6))):
            _do_something(data, visits, investors, inside, write, clock)
            text = data.draw(QUERIES)
            assert found(visits, text) == _read_every_text(visits, inside, text), text

        followed = _entries(inside)
        assert index.rebuild(inside)
        assert _entries(inside) == followed
        transaction.set_rollback(True)


def _do_something(
    data: st.DataObject,
    visits: Register,
    investors: Register,
    zone: Zone,
    write: Write,
    clock: datetime,
) -> None:
    register = [visits, investors][data.draw(st.integers(0, 1))]
    typed = "delegation" if register is visits else "name"
    rows = list(register.model.objects.order_by("pk"))
    act = data.draw(st.sampled_from(["add", "add", "change", "delete"]))
    shared = {"register": register, "by": "a", "at": clock}
    if act == "add" or not rows:
        last = register.model.everywhere.order_by("-pk").first()
        values = {"code": f"C-{last.pk + 1 if last else 0}", typed: data.draw(TYPED)}
        if register is visits:
            values["investor"] = investors.model.objects.order_by("-pk").first()
        write(register, zone, **values)
        return
    record = rows[data.draw(st.integers(0, 9)) % len(rows)]
    if act == "change":
        values = {typed: data.draw(TYPED)}
        actions.change_record(
            **shared, record=record, values=values, version=record.version, reason="因"
        )
    elif register is visits or not visits.model.objects.filter(investor=record).exists():
        actions.delete_record(**shared, record=record, reason="因")


def _read_every_text(register: Register, zone: Zone, text: str) -> set[str]:
    codes = dict(register.model.objects.order_by("pk").values_list("pk", "code"))
    texts = indexing.texts(zone, register.kind, sorted(codes))
    return {
        codes[pk]
        for pk, found in texts.items()
        if all(any(word in one for one in map(_spaced, found)) for word in bigrams.words(text))
    }


def _spaced(text: str) -> str:
    return " ".join(bigrams.normal(text).split())


def test_a_path_that_no_event_tells_of_is_read_in_the_table(
    inside: Zone,
) -> None:
    register = queries.registers()["project-officers"]

    conditions = filters.searched(register, ["王"])

    assert "officer__name" not in index.paths([inside.pk], register.kind)
    assert "officer__name__icontains" in str(conditions)
