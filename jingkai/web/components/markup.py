"""From a component's template to its markup."""

from functools import cache

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def render(name: str, /, **context: object) -> SafeString:
    """Return a component's template rendered with the context alone, without a request."""
    return mark_safe(get_template(name).render(context))  # noqa: S308  Django has escaped it


@cache
def icon(name: str) -> SafeString:
    """Return a decorative icon of the Tabler set, hidden from screen readers."""
    return (
        format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name) if name else SafeString()
    )
