"""
Gates between stages: one table that says what a stage demands and who may let a project in.

The same table serves the form (what to ask), the move (what to refuse) and the page (what is
missing). It is dated data: a zone with its own 口径 replaces the default.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .stages import Stage, stages_passed

SITE = "site"  # the requirement that ProjectFacts.site meets
LEASED_PLANT = "leased_plant"


class RequirementKind(StrEnum):
    """What a gate may demand."""

    FIELD = "field"
    EVIDENCE = "evidence"
    ANY_OF = "any_of"


@dataclass(frozen=True, slots=True)
class Field:
    """The field must be on record."""

    code: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """So many files of the kind must be attached."""

    code: str
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the ways must be met in full."""

    code: str
    ways: tuple[tuple[Field | Evidence, ...], ...]


Requirement = Field | Evidence | AnyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """
    What a project needs to enter a stage, and whose roles may let it in.

    ``at_site`` adds what a kind of site demands and ``elsewhere`` what all other kinds do; while
    the kind of site is not on record, it is itself what is missing.
    """

    stage: Stage
    who: frozenset[str]
    requirements: tuple[Requirement, ...]
    at_site: Mapping[str, tuple[Requirement, ...]] = field(default_factory=dict)
    elsewhere: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTable:
    """The gates in force from a day until, not including, another."""

    effective_from: date
    effective_to: date | None = None
    basis: str
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """
    What is on record of a project: fields (None: not on record), files by kind, kind of site.

    False and 0 are on record; an empty text is not.
    """

    fields: Mapping[str, object]
    evidence: Mapping[str, int]
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A demand that is not met; ``have`` of ``at_least`` files when it is about evidence."""

    stage: Stage
    code: str
    kind: RequirementKind
    at_least: int = 1
    have: int = 0


def gate_into(stage: Stage, table: GateTable) -> Gate | None:
    """Return the gate before the stage, None where the table has none."""
    return next((gate for gate in table.gates if gate.stage is stage), None)


def gates_between(now: Stage, to: Stage, table: GateTable) -> tuple[Gate, ...]:
    """Return every gate that a move forward passes, those of skipped stages too; none for back."""
    gates = (gate_into(stage, table) for stage in stages_passed(now, to))
    return tuple(gate for gate in gates if gate is not None)


def missing(facts: ProjectFacts, gate: Gate) -> tuple[Missing, ...]:
    """Return what the project lacks to pass the gate, in the order of the table."""
    return tuple(
        _missing(requirement, facts, gate.stage)
        for requirement in _demands(facts, gate)
        if not _is_met(requirement, facts)
    )


def missing_between(
    facts: ProjectFacts, *, now: Stage, to: Stage, table: GateTable
) -> tuple[Missing, ...]:
    """Return what the project lacks for the move, gate after gate, each demand named once."""
    lacking: dict[tuple[str, RequirementKind], Missing] = {}
    for gate in gates_between(now, to, table):
        for lack in missing(facts, gate):
            lacking.setdefault((lack.code, lack.kind), lack)
    return tuple(lacking.values())


def may_pass(gate: Gate, roles: frozenset[str]) -> bool:
    """Return whether somebody with these roles may let a project through the gate."""
    return bool(gate.who & roles)


def _demands(facts: ProjectFacts, gate: Gate) -> Iterator[Requirement]:
    yield from gate.requirements
    if not gate.at_site and not gate.elsewhere:
        return
    if facts.site is None:
        if Field(SITE) not in gate.requirements:
            yield Field(SITE)
        return
    yield from gate.at_site.get(facts.site, gate.elsewhere)


def _is_met(requirement: Requirement, facts: ProjectFacts) -> bool:
    match requirement:
        case Field(code):
            value = facts.site if code == SITE else facts.fields.get(code)
            return value is not None and value != ""
        case Evidence(code, at_least):
            return facts.evidence.get(code, 0) >= at_least
    return any(all(_is_met(step, facts) for step in way) for way in requirement.ways)


def _missing(requirement: Requirement, facts: ProjectFacts, stage: Stage) -> Missing:
    match requirement:
        case Field(code):
            return Missing(stage=stage, code=code, kind=RequirementKind.FIELD)
        case Evidence(code, at_least):
            have = facts.evidence.get(code, 0)
            kind = RequirementKind.EVIDENCE
            return Missing(stage=stage, code=code, kind=kind, at_least=at_least, have=have)
    return Missing(stage=stage, code=requirement.code, kind=RequirementKind.ANY_OF)


_LEADS_IN = frozenset({"leader", "investment"})
_SERVES = frozenset({"leader", "investment", "services"})

GATE_TABLES = (
    GateTable(
        effective_from=date(2000, 1, 1),
        basis="系统默认口径：开工以施工许可证和实际动工照片为准，租赁厂房以租赁合同和设备进场安装照片为准",
        gates=(
            Gate(
                stage=Stage.SIGNED,
                who=_LEADS_IN,
                requirements=(
                    Field("signed_on"),
                    Field("planned_wan"),
                    Field("industry_code"),
                    Evidence("agreement"),
                ),
            ),
            Gate(
                stage=Stage.TO_START,
                who=_SERVES,
                requirements=(
                    Field("service_officer"),
                    Field(SITE),
                    Field("agreed_start_on"),
                    Evidence("filing"),
                ),
            ),
            Gate(
                stage=Stage.STARTED,
                who=_SERVES,
                requirements=(Field("started_on"),),
                at_site={
                    LEASED_PLANT: (Evidence("lease_contract"), Evidence("installation_photo"))
                },
                elsewhere=(Evidence("construction_permit"), Evidence("site_photo")),
            ),
            Gate(
                stage=Stage.IN_PRODUCTION,
                who=_SERVES,
                requirements=(Field("production_started_on"), Evidence("first_invoice")),
            ),
            Gate(
                stage=Stage.AT_CAPACITY,
                who=_SERVES,
                requirements=(Field("at_capacity_on"), Evidence("output_proof")),
            ),
            Gate(
                stage=Stage.AT_TARGET,
                who=_SERVES,
                requirements=(
                    Field("at_target_on"),
                    Evidence("output_proof"),
                    Evidence("tax_proof"),
                ),
            ),
        ),
    ),
)
