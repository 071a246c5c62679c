"""Hand-overs as the parts of a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from jingkai.web import figures
from jingkai.web.components.status import badge
from jingkai.web.parts import Heading, Row, Term

from ..queries.handovers import Work, kinds_of_work


def headings() -> list[Heading]:
    """Return the columns of the list."""
    return [
        Heading(label=_("移交人")),
        Heading(label=_("接手人")),
        Heading(label=_("件数"), numeric=True),
        Heading(label=_("移交原因")),
        Heading(label=_("办理时间")),
        Heading(label=_("签收")),
    ]


def rows(found: Iterable[Any], names: Mapping[str, str]) -> list[Row]:
    """Return the rows of the list."""
    return [
        Row(
            cells=[
                names[made.before],
                names[made.to],
                figures.number(sum(made.counts.values())),
                made.reason,
                figures.minute(made.at),
                signed(made),
            ],
            url=reverse("hand-over", args=[made.zone.code, made.pk]),
        )
        for made in found
    ]


def signed(made: Any) -> object:
    """Return when the hand-over was signed for, or that it waits."""
    if made.acknowledged_at is None:
        return badge(_("待签收"), "amber")
    return badge(figures.minute(made.acknowledged_at), "green")


def terms(made: Any, names: Mapping[str, str]) -> list[Term]:
    """Return what there is to know of one hand-over."""
    return [
        Term(label=_("移交人"), value=names[made.before]),
        Term(label=_("接手人"), value=names[made.to]),
        Term(label=_("范围"), value=_("全部记录") if made.everything else _("未办结事项")),
        Term(label=_("移交原因"), value=made.reason),
        Term(label=_("办理人"), value=names[made.by]),
        Term(label=_("办理时间"), value=figures.minute(made.at)),
        Term(label=_("签收"), value=signed(made)),
    ]


def counted(made: Any) -> list[tuple[str, int]]:
    """Return the number of records by kind of work."""
    labels = {work.kind: str(work.label) for work in kinds_of_work()}
    return [(labels.get(kind, kind), count) for kind, count in made.counts.items()]


def heaps(
    found: Iterable[tuple[Work, int, list[Any]]], zone: str, permissions: Iterable[str]
) -> list[dict[str, Any]]:
    """Return the preview; records are named to those alone who may read them."""
    allowed = {"", *permissions}
    return [
        {
            "label": work.label,
            "count": count,
            "rows": [
                {"label": str(row), "url": _url(work, row, zone)}
                for row in first
                if _permission(work, row) in allowed
            ],
            "more": count - len(first),
        }
        for work, count, first in found
        if count
    ]


def _permission(work: Work, row: Any) -> str:
    return getattr(row, "permission", work.permission)


def _url(work: Work, row: Any, zone: str) -> str:
    """Return the record's page, none for what has no page of its own."""
    try:
        return reverse(f"{work.kind}-detail", args=[zone, row.pk])
    except NoReverseMatch:
        return ""
