"""The papers of a case: drafted from the records, kept as they were, filed under a number."""

import io
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.files import actions as files
from jingkai.apps.files.models import StoredFile
from jingkai.core.idle_land.documents import PaperKind

from .. import papers
from ..models import IdleCase, Paper
from ..models.choices import PaperKind as PaperWords
from ..queries import Standing, day_of_paper, papers_on_way, standing
from . import keeping, told

_KIND = "idle-case-papers"


class NotDrafted(Exception):
    """The paper is not kept; the message says why."""


@transaction.atomic
def draft_paper(
    *, case: IdleCase, kind: PaperKind, given: Mapping[str, str], by: str, at: datetime
) -> Paper:
    """
    Draft a document from the records and what is given besides; the file is kept as it is.

    It speaks of the day of its step, where that is on record, else of today.

    :raises NotDrafted: when the case does not come to it, or the file can't be kept
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=case)
    on = day_of_paper(case, kind, on=timezone.localdate(at))
    said = {name: text.strip() for name, text in given.items() if text.strip()}
    gathered = papers.gather(_standing_for(case, kind, on), said)
    made = papers.draft(kind, gathered, zone=case.zone.name, at=at)
    paper = Paper(
        zone=case.zone,
        case=case,
        kind=kind.value,
        number=Paper.everywhere.filter(case=case, kind=kind.value).count() + 1,
        file=_kept(case, made, by, at),
        given=said,
        missing=list(made.missing),
        drafted_at=at,
        drafted_by=by,
    )
    paper.save(force_insert=True)
    _attach(paper, by, at)
    after = {
        "kind": paper.kind,
        "number": paper.number,
        "sha256": paper.file.sha256,
        "missing": told.plain(value=paper.missing),
        "given": said,
    }
    _tell("idle.paper.drafted", paper, None, after, by, at)
    return paper


@transaction.atomic
def file_paper(*, paper: Paper, document_number: str, by: str, at: datetime) -> Paper:
    """
    File the paper under the number of the authority's document; its file stays as it was drafted.

    :raises NotDrafted: without a number, with something missing, or when it is filed already
    """
    found = Paper.everywhere.select_for_update(of=("self",)).get(pk=paper.pk)
    if found.filed_at is not None:
        raise NotDrafted(_("该稿已以“%(number)s”归档") % {"number": found.document_number})
    if not document_number.strip():
        raise NotDrafted(_("归档须填写主管部门正式文书的文号"))
    if found.missing:
        names = _("、").join(str(papers.NAMES[name]) for name in found.missing)
        raise NotDrafted(
            _("该稿仍有待补内容，请补齐后重新拟稿再归档：%(names)s") % {"names": names}
        )
    found.document_number = document_number.strip()
    found.filed_at, found.filed_by = at, by
    found.save(update_fields=["document_number", "filed_at", "filed_by"])
    after = {"document_number": found.document_number, "sha256": found.file.sha256}
    _tell("idle.paper.filed", found, {"document_number": ""}, after, by, at)
    return found


def _standing_for(case: IdleCase, kind: PaperKind, on: date) -> Standing:
    """Return where the case stands on the day, if it comes to the document."""
    found = standing(case, on=on)
    if kind not in papers_on_way(found):
        raise NotDrafted(_("本案不需要“%(paper)s”") % {"paper": PaperWords(kind).label})
    return found


def _kept(case: IdleCase, made: papers.Draft, by: str, at: datetime) -> StoredFile:
    try:
        return files.keep(
            zone=case.zone, file=io.BytesIO(made.content), name=made.name, by=by, at=at
        )
    except files.NotAccepted as reason:
        raise NotDrafted(str(reason)) from None


def _attach(paper: Paper, by: str, at: datetime) -> None:
    """Put the draft to the files of the case, so that it is found like any other proof."""
    said = {"paper": paper.get_kind_display(), "number": paper.number}
    files.attach(
        file=paper.file,
        kind=told.CASES,
        object_id=str(paper.case_id),
        label=str(paper.case),
        title=_("%(paper)s第 %(number)s 稿") % said,
        by=by,
        at=at,
    )


def _tell(  # noqa: PLR0917 - one event
    verb: str,
    paper: Paper,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    by: str,
    at: datetime,
) -> None:
    changed = audit.Changed(_KIND, str(paper.pk), str(paper), before, after)
    told.record(verb=verb, case=paper.case, changes=[changed], by=by, at=at)
