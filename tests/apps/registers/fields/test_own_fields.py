"""A zone adds fields of its own; they are columns like all others."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.investment.models import Visit
from jingkai.apps.registers import actions, checking, filters, fitting, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.fitting import OwnField
from jingkai.apps.registers.kinds import Refused, custom
from jingkai.apps.registers.kinds.custom import Type
from jingkai.apps.registers.models import CustomField
from tests.environment import rounds

Add = Callable[..., CustomField]
WAYS = settings(
    max_examples=rounds(15, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VALUES = {
    Type.WHOLE: st.integers(-2_000_000_000, 2_000_000_000),
    Type.EXACT: st.decimals(-(10**11), 10**11, places=4),
    Type.WAN: st.decimals(0, 10**11, places=6),
    Type.DAY: st.dates(date(1, 1, 1), date(9999, 12, 31)),
}


@pytest.fixture
def add(visits: Register, inside: Zone, clock: datetime) -> Add:
    """Return a function that adds a field to the visits."""

    def added(of: Type = Type.TEXT, *, places: int = 4, **said: Any) -> CustomField:
        return actions.add_field(
            register=visits,
            zone=inside,
            of=of,
            places=places,
            said=OwnField(**{"label": f"字段{of}"} | said),
            by="admin",
            at=clock,
        )

    return added


def _record(register: Register, zone: Zone, at: datetime, values: dict[str, Any]) -> Any:
    return actions.create_record(register=register, zone=zone, values=values, by="x", at=at)


@pytest.mark.parametrize("of", list(VALUES))
@pytest.mark.slow
@WAYS
@given(data=st.data())
def test_the_database_orders_filters_and_adds_up_as_python_does(
    of: Type, data: st.DataObject, add: Add, visits: Register, inside: Zone, clock: datetime
) -> None:
    Visit.everywhere.all().delete()
    name = (CustomField.everywhere.first() or add(of)).code
    given_values = data.draw(st.lists(VALUES[of] | st.none(), min_size=1, max_size=8))
    least = data.draw(VALUES[of])
    stamp = {"recorded_at": clock, "changed_at": clock, "visited_on": clock.date(), "people": 1}
    for place, value in enumerate(given_values):
        kept = custom.put({}, name, value)
        Visit.everywhere.create(zone=inside, code=f"V{place}", custom=kept, **stamp)
    register = fitting.fit(visits, inside)
    rows = queries.rows_of(register).filter(**{f"{name}__isnull": False})

    ordered = list(rows.order_by(name).values_list(name, flat=True))
    left = list(rows.filter(**{f"{name}__gte": least}).values_list(name, flat=True))

    known = [value for value in given_values if value is not None]
    assert ordered == sorted(known)
    assert sorted(left) == sorted(value for value in known if value >= least)
    if of is not Type.DAY and known:
        assert rows.aggregate(total=Sum(name))["total"] == sum(known)


@pytest.mark.parametrize(
    ("of", "raw", "value", "shown"),
    [
        (Type.TEXT, "三号门", "三号门", "三号门"),
        (Type.LONG, "一\n二", "一\n二", "一\n二"),
        (Type.WHOLE, "12000", 12000, "12,000"),
        (Type.EXACT, "-3.1416", Decimal("-3.1416"), "-3.1416"),
        (Type.WAN, "0.000001", Decimal("0.000001"), "0.000001"),
        (Type.DAY, "2024年2月29日", date(2024, 2, 29), "2024-02-29"),
        (Type.YES, "是", True, "是"),
        (Type.YES, "否", False, "否"),
        (Type.CHOICE, "乙", "乙", "乙"),
    ],
)
def test_a_value_of_every_type_is_kept_shown_and_found(
    of: Type,
    raw: str,
    value: Any,
    shown: str,
    add: Add,
    visits: Register,
    inside: Zone,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    field = add(of, options=("甲", "乙") if of is Type.CHOICE else ())
    register = fitting.fit(visits, inside)
    column = register.by_name[field.code]
    read = checking.value_of(column, raw, {})

    record = _record(register, inside, clock, values() | {field.code: read})

    found = queries.record(register, record.pk)
    assert found is not None
    assert checking.stored(found, field.code) == value
    told = {c.name: v for c, v in queries.details(register, found)}
    assert told[field.code] == value
    assert column.kind.shown(value) == shown


@pytest.mark.parametrize(
    ("of", "query"),
    [
        (Type.TEXT, "{}=三号"),
        (Type.WHOLE, "{}__from=5&{}__to=5"),
        (Type.DAY, "{}__from=2024-02-29"),
        (Type.YES, "{}=是"),
        (Type.CHOICE, "{}=乙"),
    ],
)
def test_a_list_is_filtered_by_a_field_of_the_zone(
    of: Type,
    query: str,
    add: Add,
    visits: Register,
    inside: Zone,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    field = add(of, options=("甲", "乙") if of is Type.CHOICE else ())
    register = fitting.fit(visits, inside)
    held = {
        Type.TEXT: "三号门",
        Type.WHOLE: 5,
        Type.DAY: date(2024, 2, 29),
        Type.YES: True,
        Type.CHOICE: "乙",
    }[of]
    _record(register, inside, clock, values("LF-1") | {field.code: held})
    _record(register, inside, clock, values("LF-2"))
    asked = filters.read(register, QueryDict(query.replace("{}", field.code)))
    empty = filters.read(register, QueryDict(f"{field.code}__empty=1"))

    found = asked.apply(queries.rows_of(register))
    without = empty.apply(queries.rows_of(register))

    assert asked.errors == []
    assert [row.code for row in found] == ["LF-1"]
    assert [row.code for row in without] == ["LF-2"]


def test_a_field_of_one_zone_is_none_of_another(
    add: Add, visits: Register, inside: Zone, neighbour: Zone
) -> None:
    field = add()

    assert field.code in fitting.fit(visits, inside).by_name
    assert field.code not in fitting.fit(visits, neighbour).by_name


def test_a_retired_field_keeps_its_values_and_its_number(
    add: Add,
    visits: Register,
    inside: Zone,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    field = add(label="门牌")
    record = _record(fitting.fit(visits, inside), inside, clock, values() | {field.code: "三号门"})

    actions.retire_field(register=visits, field=field, by="admin", at=clock)
    gone = fitting.fit(visits, inside)
    another = add(label="门牌")

    assert field.code not in gone.by_name
    assert str(gone.recorded[field.code].label) == "门牌"
    assert another.code != field.code
    record.refresh_from_db()
    assert record.custom == {field.code: "三号门"}
    with pytest.raises(Refused):  # its name is another's now
        actions.restore_field(register=visits, field=field, by="admin", at=clock)


def test_a_change_of_a_field_stands_in_the_records_history(
    add: Add,
    visits: Register,
    inside: Zone,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    field = add(Type.WAN, label="意向投资")
    register = fitting.fit(visits, inside)
    record = _record(register, inside, clock, values() | {field.code: Decimal(5)})

    actions.change_record(
        register=register,
        record=record,
        values={field.code: Decimal("7.5")},
        version=1,
        by="x",
        at=clock,
    )

    newest = trail.history("visits", str(record.pk))[0]
    assert (newest.before, newest.after) == ({field.code: "5"}, {field.code: "7.5"})


@pytest.mark.parametrize(
    "said",
    [
        {"label": "日期"},
        {"label": "新名", "label_en": "Visit date"},
        {"label": "purpose"},
        {"label": "  "},
    ],
)
def test_a_name_that_means_another_column_is_refused(add: Add, said: dict[str, str]) -> None:
    if "label_en" in said:
        add(label="旧名", label_en="Visit date")

    with pytest.raises(Refused):
        add(**said)


def test_a_choice_without_anything_to_choose_is_refused(add: Add) -> None:
    with pytest.raises(Refused):
        add(Type.CHOICE, options=(" ",))


def test_the_fifty_first_field_is_refused(add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jingkai.apps.registers.actions.fields.MOST_FIELDS", 2)
    add(label="一")
    add(label="二")

    with pytest.raises(Refused):
        add(label="三")


def test_every_change_of_a_field_leaves_an_event(
    add: Add, visits: Register, inside: Zone, clock: datetime
) -> None:
    field = add()
    by = {"by": "admin", "at": clock}

    actions.change_field(register=visits, field=field, said=OwnField(label="新名"), **by)
    actions.retire_field(register=visits, field=field, **by)
    actions.restore_field(register=visits, field=field, **by)

    verbs = [event.verb for event in trail.events(inside.code, trail.Filters())]
    assert verbs[:4] == [
        "registers.field-restored",
        "registers.field-retired",
        "registers.field-changed",
        "registers.field-added",
    ]


def test_an_english_reader_sees_the_english_name(
    add: Add, visits: Register, inside: Zone, settings: Any
) -> None:

    field = add(Type.EXACT, label="面积", label_en="Area", unit="m²")
    column = fitting.fit(visits, inside).by_name[field.code]

    with translation.override("en"):
        english = str(column.label)

    assert (str(column.label), english) == ("面积（m²）", "Area（m²）")
