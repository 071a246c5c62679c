"""One table of gates, asked in three ways: of one project, of many, and as a filter of lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, Field, Func, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jingkai.core import lifecycle, versions

from .. import facts
from ..models import STAGE_DATES, Evidence, OfficerAssignment, Project, Site, Stage

Kind = lifecycle.RequirementKind
Demand = lifecycle.Field | lifecycle.Evidence | lifecycle.AnyOf
# A step brings the date of its own stage, so no gate can lack it; signing has its own register.
STEP_DATES = frozenset(STAGE_DATES.values()) - {STAGE_DATES[Stage.SIGNED]}
PHOTOS = (Evidence.Kind.SITE_PHOTO, Evidence.Kind.INSTALLATION_PHOTO)

_LABELS: dict[str, str | Promise] = {
    "signed_on": _("正式协议（签约台账）"),
    "service_officer": _("服务专员"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What a gate asks for and the project lacks."""

    stage: Stage
    code: str
    label: str
    is_evidence: bool
    at_least: int
    have: int


def label_of(code: str) -> str:
    """Return the Chinese name of a requirement: a kind of evidence, or a field."""
    if code in _LABELS:
        return str(_LABELS[code])
    if code in Evidence.Kind.values:
        return str(Evidence.Kind(code).label)
    return str(_field(code).verbose_name)


def requirement_codes() -> list[str]:
    """Return every requirement of the gates, in the order of the table."""
    table = lifecycle.GATE_TABLES[-1]
    found = [code for gate in table.gates for code in _codes(gate)]
    return [code for code in dict.fromkeys(found) if code not in STEP_DATES]


def missing_for(project: Project, stage: Stage, *, on: date | None = None) -> tuple[Lack, ...]:
    """Return what the project lacks to enter the stage by a step on the day, or at any time."""
    return missing_of([(project, stage)], on=on)[project.pk]


def missing_of(
    wanted: Iterable[tuple[Project, Stage]], *, on: date | None = None
) -> dict[int, tuple[Lack, ...]]:
    """Return what each project lacks for its stage, by the project's key: two queries for all."""
    wanted = list(wanted)
    known = _facts_of([project for project, _stage in wanted], on)
    return {project.pk: tuple(_lacks(known[project.pk], stage, on)) for project, stage in wanted}


def next_stage(project: Project) -> Stage | None:
    """Return the stage that follows the project's, None after the last."""
    following = lifecycle.next_stage(lifecycle.Stage(project.stage))
    return None if following is None else Stage(following.value)


def roles_of_gate(stage: Stage, *, on: date) -> frozenset[str]:
    """Return the roles that may let a project into the stage."""
    gate = _gate(stage, on)
    return gate.who if gate else frozenset()


def lacking(code: str) -> Q:
    """Return the condition of a project whose next gate lacks the requirement."""
    return _either(
        Q(stage=stage) & lack for stage, gate in _next_gates() for lack in _lacks_code(gate, code)
    )


def ready() -> Q:
    """Return the condition of a project whose next gate lacks nothing."""
    return _either(
        Q(stage=stage)
        & ~_either(lack for code in _codes(gate) for lack in _lacks_code(gate, code))
        for stage, gate in _next_gates()
    )


class _Joined(Func):
    """Texts one after another; Concat would nest each in the one before."""

    arg_joiner = " || "
    template = "(%(expressions)s)"
    output_field = CharField()


def lacking_codes() -> Combinable:
    """Return what a project's next gate lacks, as codes with a comma after each."""
    nothing = Value("")
    return _Joined(
        *(
            Case(When(lacking(code), then=Value(f"{code},")), default=nothing)
            for code in requirement_codes()
        )
    )


def counted(on: date | None) -> Q:
    """Return the condition of evidence that counts: photographs dated, none after the day."""
    is_dated = ~Q(kind__in=PHOTOS) | Q(dated_on__isnull=False)
    return is_dated if on is None else is_dated & (Q(dated_on__isnull=True) | Q(dated_on__lte=on))


def _facts_of(projects: list[Project], on: date | None) -> dict[int, lifecycle.ProjectFacts]:
    keys = [project.pk for project in projects]
    files: dict[int, dict[str, int]] = {key: {} for key in keys}
    found = Evidence.everywhere.filter(counted(on), project__in=keys)
    for row in found.values("project_id", "kind").annotate(n=Count("pk")).order_by():
        files[row["project_id"]][row["kind"]] = row["n"]
    open_ones = OfficerAssignment.everywhere.filter(project__in=keys, until__isnull=True)
    served = set(open_ones.values_list("project_id", flat=True))
    return {
        project.pk: facts.gate_facts(
            project, evidence=files[project.pk], has_officer=project.pk in served, on=on
        )
        for project in projects
    }


def _lacks(known: lifecycle.ProjectFacts, stage: Stage, on: date | None) -> Iterator[Lack]:
    gate = _gate(stage, on)
    for lack in lifecycle.missing(known, gate) if gate else ():
        yield Lack(
            stage=stage,
            code=lack.code,
            label=label_of(lack.code),
            is_evidence=lack.kind is Kind.EVIDENCE,
            at_least=lack.at_least,
            have=lack.have,
        )


def _gate(stage: Stage, on: date | None) -> lifecycle.Gate | None:
    tables = lifecycle.GATE_TABLES
    table = tables[-1] if on is None else versions.in_force(tables, on=on)
    return lifecycle.gate_into(lifecycle.Stage(stage.value), table)


def _next_gates() -> Iterator[tuple[str, lifecycle.Gate]]:
    for stage in lifecycle.STAGES:
        following = lifecycle.next_stage(stage)
        gate = following and lifecycle.gate_into(following, lifecycle.GATE_TABLES[-1])
        if gate:
            yield stage.value, gate


def _codes(gate: lifecycle.Gate) -> list[str]:
    """Return the requirements of a gate, wherever the site, each once."""
    demands = [*gate.requirements]
    if gate.at_site or gate.elsewhere:
        demands.append(lifecycle.Field(lifecycle.SITE))
    for more in (*gate.at_site.values(), gate.elsewhere):
        demands += more
    return list(dict.fromkeys(demand.code for demand in demands))


def _lacks_code(gate: lifecycle.Gate, code: str) -> Iterator[Q]:
    """Yield the conditions, any of which means that a project lacks the requirement here."""
    yield from _of_code(gate.requirements, code)
    if not gate.at_site and not gate.elsewhere:
        return
    if code == lifecycle.SITE:
        yield Q(site="")
    for site, demands in gate.at_site.items():
        yield from (Q(site=site) & lack for lack in _of_code(demands, code))
    others = [site.value for site in Site if site.value not in gate.at_site]
    yield from (Q(site__in=others) & lack for lack in _of_code(gate.elsewhere, code))


def _of_code(demands: Iterable[Demand], code: str) -> Iterator[Q]:
    return (_is_lacking(one) for one in demands if one.code == code and code not in STEP_DATES)


def _is_lacking(demand: Demand) -> Q:
    match demand:
        case lifecycle.Field(code):
            return _lacks_field(code)
        case lifecycle.Evidence(code, at_least):
            files = Evidence.everywhere.filter(counted(None), kind=code, project=OuterRef("pk"))
            return ~Q(Exists(files[at_least - 1 : at_least]))
        case lifecycle.AnyOf(_code, ways):
            return Q(*(_either(_is_lacking(step) for step in way) for way in ways))


def _lacks_field(code: str) -> Q:
    if code == "signed_on":
        return ~Q(signing__isnull=False, signing__kind=facts.FORMAL)
    if code == "service_officer":
        open_ones = OfficerAssignment.everywhere.filter(project=OuterRef("pk"), until__isnull=True)
        return ~Q(Exists(open_ones))
    if _field(code).null:
        return Q(**{f"{code}__isnull": True})
    return Q(**{code: ""})


def _either(conditions: Iterable[Q]) -> Q:
    """Return the condition that any of these holds; of none, one that never does."""
    return Q(*(list(conditions) or [Q(pk__isnull=True)]), _connector=Q.OR)


def _field(code: str) -> "Field[Any, Any]":
    found: Field[Any, Any] = Project._meta.get_field(code)  # type: ignore[assignment]
    return found
