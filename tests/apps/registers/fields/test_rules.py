"""A zone requires, hides and locks columns; older records are told, not blocked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, checking, fitting
from jingkai.apps.registers.declaration import Effect, Register
from jingkai.apps.registers.fitting import Asked
from jingkai.apps.registers.kinds import Refused

Ask = Callable[..., Any]
Values = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(visits: Register, inside: Zone, clock: datetime) -> Ask:
    """Return a function by which the zone asks something of the visits' columns."""

    def asked(column: str, effect: Effect, when: str = "", *among: str) -> Any:
        said = Asked(column=column, effect=effect, when=when, among=among)
        return actions.add_rule(register=visits, zone=inside, asked=said, by="a", at=clock)

    return asked


@pytest.fixture
def write(visits: Register, inside: Zone, clock: datetime) -> Callable[..., Any]:
    """Return a function that adds a visit, or changes one."""

    def written(values: dict[str, Any], record: Any = None) -> Any:
        register = fitting.fit(visits, inside)
        if record is None:
            return actions.create_record(
                register=register, zone=inside, values=values, by="x", at=clock
            )
        return actions.change_record(
            register=register,
            record=record,
            values=values,
            version=record.version,
            by="x",
            at=clock,
        )

    return written


def test_a_column_is_required_only_where_the_condition_holds(
    ask: Ask, write: Any, values: Values
) -> None:
    ask("place", Effect.REQUIRED, "direction", "outbound")

    inbound = write(values("LF-1"))
    with pytest.raises(Refused, match="外出") as refused:
        write(values("LF-2", direction="outbound"))
    outbound = write(values("LF-3", direction="outbound", place="苏州"))

    assert refused.value.column == "place"
    assert (inbound.place, outbound.place) == ("", "苏州")


def test_a_record_older_than_the_rule_is_changed_but_not_made_worse(
    ask: Ask, write: Any, values: Values, visits: Register, inside: Zone
) -> None:
    old = write(values("LF-1"))
    full = write(values("LF-2", place="苏州"))
    ask("place", Effect.REQUIRED)

    changed = write({"people": 5}, old)
    lacking = checking.lacking(fitting.fit(visits, inside), changed)
    with pytest.raises(Refused):
        write({"place": None}, full)

    assert changed.people == 5
    assert [condition.column for condition in lacking] == ["place"]


def test_a_change_into_the_condition_has_to_meet_it(ask: Ask, write: Any, values: Values) -> None:
    record = write(values("LF-1"))
    ask("place", Effect.REQUIRED, "direction", "outbound")

    with pytest.raises(Refused):
        write({"direction": "outbound"}, record)


def test_what_the_zone_does_without_is_not_taken(ask: Ask, write: Any, values: Values) -> None:
    kept = write(values("LF-1", place="苏州"))
    ask("place", Effect.HIDDEN, "direction", "inbound")

    with pytest.raises(Refused):
        write(values("LF-2", place="无锡"))
    same = write({"people": 9}, kept)

    assert same.place == "苏州"


def test_a_column_that_is_never_shown_is_no_column(
    ask: Ask, write: Any, values: Values, visits: Register, inside: Zone
) -> None:
    ask("place", Effect.HIDDEN)

    register = fitting.fit(visits, inside)

    assert "place" not in register.by_name
    assert "place" in register.recorded
    assert write(values("LF-1")).place == ""


def test_a_locked_column_is_filled_once_and_stays(ask: Ask, write: Any, values: Values) -> None:
    record = write(values("LF-1", place="苏州"))
    ask("place", Effect.READ_ONLY, "direction", "inbound")

    with pytest.raises(Refused):
        write({"place": "无锡"}, record)
    fresh = write(values("LF-2", place="无锡"))

    assert fresh.place == "无锡"


@pytest.mark.parametrize(
    "said",
    [
        ("code", Effect.HIDDEN),
        ("delegation", Effect.HIDDEN),
        ("delegation", Effect.REQUIRED),
        ("no-such-column", Effect.REQUIRED),
        ("place", Effect.REQUIRED, "purpose", "x"),
        ("place", Effect.REQUIRED, "direction", "sideways"),
        ("place", Effect.REQUIRED, "direction"),
        ("direction", Effect.READ_ONLY, "direction", "inbound"),
    ],
)
def test_an_impossible_rule_is_refused(ask: Ask, said: tuple[Any, ...]) -> None:
    with pytest.raises(Refused):
        ask(*said)


def test_a_rule_taken_back_asks_nothing(
    ask: Ask, write: Any, values: Values, visits: Register, clock: datetime
) -> None:
    rule = ask("place", Effect.REQUIRED)

    actions.remove_rule(register=visits, rule=rule, by="a", at=clock)

    assert write(values("LF-1")).place == ""
