"""Finding one's way: headers, breadcrumbs, tabs, pages, filters, steps."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .markup import render
from .status import Text


def page_header(content: str, title: Text, subtitle: Text = "") -> SafeString:
    """Return the title of a part with actions at its right; a page has blocks for its own."""
    return format_html(
        '<div class="jk-page-header"><div><h2>{}</h2>{}</div>'
        '<div class="jk-actions">{}</div></div>',
        title,
        format_html("<p>{}</p>", subtitle) if subtitle else "",
        content,
    )


def breadcrumbs(crumbs: Iterable[Any]) -> SafeString:
    """Return the way down to this page (``parts.Link``; the last without ``url``)."""
    return render("components/breadcrumbs.html", crumbs=crumbs)


def tabs(links: Iterable[Any], label: Text) -> SafeString:
    """Return links (``parts.Link``) to a page's parts, the open one with ``active``."""
    return render("components/tabs.html", links=links, label=label)


def pagination(pages: Any, label: Text = "") -> SafeString:
    """Return "1–50 of 1,234" and the links before and after (``parts.Pages``)."""
    return render("components/pagination.html", pages=pages, label=label)


def filter_chips(chips: Sequence[Any], clear_url: str) -> SafeString:
    """Return the filters in force (``parts.Chip``), each with its way out."""
    return render("components/filter_chips.html", chips=chips, clear_url=clear_url)


def stepper(labels: Sequence[Text], current: int) -> SafeString:
    """Return numbered steps; those before ``current`` (from 1) are done."""
    steps = [
        {"label": label, "number": number, "done": number < current, "current": number == current}
        for number, label in enumerate(labels, start=1)
    ]
    return render("components/stepper.html", steps=steps)
