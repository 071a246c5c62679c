from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import lifecycle
from jingkai.core.lifecycle import (
    GATE_TABLES,
    LEASED_PLANT,
    STAGES,
    AnyOf,
    Evidence,
    Field,
    Gate,
    GateTable,
    Missing,
    ProjectFacts,
    RequirementKind,
    Stage,
)

TABLE = GATE_TABLES[-1]
BARE = ProjectFacts(fields={}, evidence={})
STARTED = ProjectFacts(fields={"started_on": date(2024, 6, 1)}, evidence={})
FIELDS = (
    "signed_on",
    "planned_wan",
    "industry_code",
    "service_officer",
    "agreed_start_on",
    "started_on",
    "production_started_on",
    "at_capacity_on",
    "at_target_on",
)
EVIDENCE = (
    "agreement",
    "filing",
    "construction_permit",
    "site_photo",
    "lease_contract",
    "installation_photo",
    "first_invoice",
    "output_proof",
    "tax_proof",
)
SITES = st.sampled_from([None, "own_land", LEASED_PLANT])
FACTS = st.builds(
    ProjectFacts,
    fields=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([None, "", 0, "x"])),
    evidence=st.dictionaries(st.sampled_from(EVIDENCE), st.integers(0, 2)),
    site=SITES,
)


def lacking(facts: ProjectFacts, stage: Stage) -> list[str]:
    gate = lifecycle.gate_into(stage, TABLE)
    assert gate is not None
    return [lack.code for lack in lifecycle.missing(facts, gate)]


@pytest.mark.parametrize(
    ("stage", "codes"),
    [
        (Stage.SIGNED, ["signed_on", "planned_wan", "industry_code", "agreement"]),
        (Stage.TO_START, ["service_officer", "site", "agreed_start_on", "filing"]),
        (Stage.STARTED, ["started_on", "site"]),
        (Stage.IN_PRODUCTION, ["production_started_on", "first_invoice"]),
        (Stage.AT_CAPACITY, ["at_capacity_on", "output_proof"]),
        (Stage.AT_TARGET, ["at_target_on", "output_proof", "tax_proof"]),
    ],
)
def test_a_bare_project_lacks_all_that_a_stage_demands(stage, codes):
    assert lacking(BARE, stage) == codes


def test_nothing_stands_before_the_library():
    assert lifecycle.gate_into(Stage.IN_LIBRARY, TABLE) is None


@pytest.mark.parametrize(
    ("site", "evidence", "codes"),
    [
        ("own_land", {}, ["construction_permit", "site_photo"]),
        ("own_land", {"construction_permit": 1, "site_photo": 1}, []),
        ("own_land", {"lease_contract": 1, "installation_photo": 3}, EVIDENCE[2:4]),
        (LEASED_PLANT, {"construction_permit": 1, "site_photo": 1}, EVIDENCE[4:6]),
        (LEASED_PLANT, {"lease_contract": 1, "installation_photo": 1}, []),
        (None, {"construction_permit": 1, "site_photo": 1}, ["site"]),
    ],
)
def test_building_starts_by_permit_and_a_leased_plant_by_installation(site, evidence, codes):
    facts = replace(STARTED, site=site, evidence=evidence)

    assert lacking(facts, Stage.STARTED) == list(codes)


@pytest.mark.parametrize(("value", "met"), [(None, False), ("", False), (0, True), (False, True)])
def test_zero_and_no_are_on_record_and_an_empty_text_is_not(value, met):
    gate = Gate(stage=Stage.SIGNED, who=frozenset(), requirements=(Field("planned_wan"),))
    facts = ProjectFacts(fields={"planned_wan": value}, evidence={})

    assert (lifecycle.missing(facts, gate) == ()) is met


@pytest.mark.parametrize(
    ("fields", "evidence", "met"),
    [
        ({}, {}, False),
        ({"verified_on": "x"}, {"report": 1}, False),
        ({"verified_on": "x"}, {"report": 2}, True),
        ({}, {"statement": 1}, True),
    ],
)
def test_one_way_met_in_full_is_enough(fields, evidence, met):
    ways = ((Field("verified_on"), Evidence("report", 2)), (Evidence("statement"),))
    gate = Gate(stage=Stage.AT_CAPACITY, who=frozenset(), requirements=(AnyOf("proof", ways),))
    lack = Missing(stage=Stage.AT_CAPACITY, code="proof", kind=RequirementKind.ANY_OF)

    found = lifecycle.missing(ProjectFacts(fields=fields, evidence=evidence), gate)

    assert found == (() if met else (lack,))


def test_missing_evidence_tells_how_much_there_is():
    photos = Evidence("site_photo", at_least=3)
    gate = Gate(stage=Stage.STARTED, who=frozenset(), requirements=(photos,))

    (lack,) = lifecycle.missing(ProjectFacts(fields={}, evidence={"site_photo": 2}), gate)

    assert (lack.kind, lack.at_least, lack.have) == (RequirementKind.EVIDENCE, 3, 2)


def test_a_site_that_the_gate_demands_anyway_is_named_once():
    gate = Gate(
        stage=Stage.STARTED,
        who=frozenset(),
        requirements=(Field("site"),),
        elsewhere=(Evidence("construction_permit"),),
    )

    assert [lack.code for lack in lifecycle.missing(BARE, gate)] == ["site"]


def test_who_skips_a_stage_passes_its_gate_too():
    lacks = lifecycle.missing_between(BARE, now=Stage.SIGNED, to=Stage.STARTED, table=TABLE)

    assert [(lack.stage, lack.code) for lack in lacks] == [
        (Stage.TO_START, "service_officer"),
        (Stage.TO_START, "site"),
        (Stage.TO_START, "agreed_start_on"),
        (Stage.TO_START, "filing"),
        (Stage.STARTED, "started_on"),
    ]


def test_a_move_back_passes_no_gate():
    assert lifecycle.gates_between(Stage.STARTED, Stage.SIGNED, TABLE) == ()


def test_only_the_roles_of_a_gate_open_it():
    gate = lifecycle.gate_into(Stage.SIGNED, TABLE)

    assert gate is not None
    assert lifecycle.may_pass(gate, frozenset({"investment", "guest"}))
    assert not lifecycle.may_pass(gate, frozenset({"services"}))
    assert not lifecycle.may_pass(gate, frozenset())


def test_a_zone_may_have_a_table_of_its_own():
    table = GateTable(effective_from=date(2024, 1, 1), basis="管委会办法", gates=())

    assert lifecycle.gates_between(Stage.IN_LIBRARY, Stage.AT_TARGET, table) == ()


@given(FACTS, st.sampled_from(FIELDS), st.sampled_from(EVIDENCE))
def test_putting_more_on_record_never_closes_a_gate(facts, name, kind):
    more = replace(facts, fields={**facts.fields, name: "x"}, evidence={**facts.evidence, kind: 2})

    for gate in TABLE.gates:
        before = {lack.code for lack in lifecycle.missing(facts, gate)}
        assert {lack.code for lack in lifecycle.missing(more, gate)} <= before


@given(FACTS, st.sampled_from(STAGES), st.sampled_from(STAGES), st.sampled_from(STAGES))
def test_a_leap_demands_what_its_steps_demand(facts, one, two, three):
    now, middle, to = sorted((one, two, three), key=STAGES.index)

    def codes(start: Stage, end: Stage) -> set[str]:
        lacks = lifecycle.missing_between(facts, now=start, to=end, table=TABLE)
        return {lack.code for lack in lacks}

    assert codes(now, to) == codes(now, middle) | codes(middle, to)
