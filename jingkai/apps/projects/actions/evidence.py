"""Filing evidence; its file is kept once in the zone, whatever else it proves."""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from jingkai.apps.audit import actions as audit
from jingkai.apps.files import actions as files

from ..models import Evidence, Project

KIND = "project-evidence"
NotAccepted = files.NotAccepted


@transaction.atomic
def add_evidence(  # noqa: PLR0913 - one row as it is filed
    *,
    project: Project,
    kind: Evidence.Kind,
    title: str,
    by: str,
    at: datetime,
    document_no: str = "",
    dated_on: date | None = None,
    file: File | None = None,
) -> Evidence:
    """
    File a piece of evidence, with its file where there is one, and return it.

    :raises NotAccepted: when the file can't be taken
    """
    project = Project.everywhere.select_for_update(of=("self",)).get(pk=project.pk)
    count = Evidence.everywhere.filter(
        project=project, code__startswith=f"CL{project.pk}-"
    ).count()
    made = Evidence(
        zone=project.zone,
        code=f"CL{project.pk}-{count + 1}",
        project=project,
        kind=kind,
        title=title,
        document_no=document_no,
        dated_on=dated_on,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )
    made.save(force_insert=True)
    _record(made, by, at)
    if file is not None:
        _attach(made, file, by, at)
    return made


def _attach(made: Evidence, file: File, by: str, at: datetime) -> None:
    kept = files.keep(zone=made.zone, file=file, name=file.name or "", by=by, at=at)
    files.attach(
        file=kept,
        kind=KIND,
        object_id=str(made.pk),
        label=str(made),
        title=made.title,
        by=by,
        at=at,
    )


def _record(made: Evidence, by: str, at: datetime) -> None:
    after = {
        "project": made.project.code,
        "kind": str(made.kind),
        "title": made.title,
        "document_no": made.document_no,
        "dated_on": made.dated_on.isoformat() if made.dated_on else None,
    }
    audit.record(
        verb="projects.evidence.added",
        actor=by,
        target_kind=KIND,
        target_id=str(made.pk),
        target_label=str(made),
        zone_code=made.zone.code,
        at=at,
        details={"project": made.project.code},
        changes=[audit.Changed(KIND, str(made.pk), str(made), None, after)],
    )
