"""What stands around every page: kept once drawn, for everybody's pages ask for it."""

from functools import cache, lru_cache

from django import template
from django.utils.safestring import SafeString

from jingkai.web.components.markup import render
from jingkai.web.parts import Links

register = template.Library()


@register.simple_tag
@cache
def head() -> SafeString:
    """Return the styles and scripts that every page names."""
    return render("head.html")


@register.simple_tag
@lru_cache(maxsize=512)
def groups(navigation: tuple[Links, ...]) -> SafeString:
    """Return the links of the sidebar."""
    return render("shell/groups.html", groups=navigation)
