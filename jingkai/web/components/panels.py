"""What holds other content: cards, alerts, dialogs, menus, the board."""

from typing import Any

from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .entry import form_key
from .markup import icon, render
from .status import TONE_ICONS, Text


def card(content: str, title: Text = "", subtitle: Text = "", **options: Any) -> SafeString:
    """
    Return a card; ``{% card_tools %}`` as its first child stands at the right of the title.

    Options: ``symbol`` (icon), ``flush=True`` (no padding: tables), ``name`` (the element's id).
    """
    return render(
        "components/card.html", content=content, title=title, subtitle=subtitle, **options
    )


def card_tools(content: str) -> SafeString:
    """Return what stands at the right of a card's title."""
    return format_html('<div class="jk-card-tools">{}</div>', content)


def alert(content: str, tone: str = "blue", title: Text = "") -> SafeString:
    """Return a notice that stays; red ones are announced at once."""
    return format_html(
        '<div class="jk-alert jk-tone-{}" role="{}">{}<div>{}<div>{}</div></div></div>',
        tone,
        "alert" if tone == "red" else "status",
        icon(TONE_ICONS.get(tone, "info-circle")),
        format_html("<strong>{}</strong>", title) if title else "",
        content,
    )


def empty(
    title: Text, text: Text = "", url: str = "", action: Text = "", symbol: str = "inbox"
) -> SafeString:
    """Return what stands where there is nothing yet: a sentence and the next step."""
    return render(
        "components/empty.html", title=title, text=text, url=url, action=action, symbol=symbol
    )


def failure(title: Text, text: Text = "", url: str = "", action: Text = "") -> SafeString:
    """Return what stands where something could not be shown: what happened, what to do."""
    return render("components/failure.html", title=title, text=text, url=url, action=action)


def skeleton(lines: int = 3) -> SafeString:
    """Return the shape of content that is being loaded."""
    return render("components/skeleton.html", lines=range(lines))


def dialog(content: str, name: str, title: Text, size: str = "") -> SafeString:
    """Return a dialog (``size``: "" or "wide"), opened by ``{% opens name … %}``."""
    return render("components/dialog.html", content=content, name=name, title=title, kind=size)


def drawer(content: str, name: str, title: Text) -> SafeString:
    """Return a dialog at the right edge, opened by ``{% opens name … %}``."""
    return render("components/dialog.html", content=content, name=name, title=title, kind="drawer")


def dialog_from(name: str, title: Text, url: str, kind: str = "") -> SafeString:
    """Return a dialog (``kind``: "", "wide" or "drawer") that fetches its content once opened."""
    return render("components/dialog.html", name=name, title=title, url=url, kind=kind)


def opens(name: str, label: Text, symbol: str = "", style: str = "btn") -> SafeString:
    """Return the button that opens a dialog or a drawer."""
    return format_html(
        '<button type="button" class="{}" data-opens="{}" aria-haspopup="dialog">{}{}</button>',
        style,
        name,
        icon(symbol),
        label,
    )


def menu(content: str, label: Text, symbol: str = "", style: str = "btn") -> SafeString:
    """Return a button with a menu of ``{% menu_item %}`` and ``{% menu_post %}``."""
    return render("components/menu.html", content=content, label=label, symbol=symbol, style=style)


def menu_item(label: Text, url: str, symbol: str = "", *, active: bool = False) -> SafeString:
    """Return a link of a menu."""
    return format_html(
        '<a class="jk-menu-item" href="{}"{}>{}{}</a>',
        url,
        SafeString(' aria-current="true"') if active else "",
        icon(symbol),
        label,
    )


def menu_post(
    context: Context, label: Text, url: str, symbol: str = "", *, confirm: Text = ""
) -> SafeString:
    """Return an item of a menu that posts, after the question ``confirm`` where one is given."""
    token = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">',
        context.get("csrf_token", ""),
    )
    return format_html(
        '<form method="post" action="{}"{}>{}{}<button class="jk-menu-item">{}{}</button></form>',
        url,
        format_html(' data-confirm="{}"', confirm) if confirm else "",
        token,
        form_key(),
        icon(symbol),
        label,
    )


def kanban(content: str, label: Text) -> SafeString:
    """Return a board of ``{% kanban_column %}``."""
    return format_html(
        '<div class="jk-board" role="group" aria-label="{}" tabindex="0">{}</div>', label, content
    )


def kanban_column(
    content: str, title: Text, count: int | None = None, note: Text = "", url: str = ""
) -> SafeString:
    """Return a column of a board; ``note`` is its sum, ``url`` opens its list."""
    return render(
        "components/kanban_column.html",
        content=content,
        title=title,
        count=count,
        note=note,
        url=url,
    )


def kanban_card(
    content: str, title: Text, url: str, *, tone: str = "", status: Text = "", person: Text = ""
) -> SafeString:
    """Return a card of a board; the content is a line or two below its title."""
    return render(
        "components/kanban_card.html",
        content=content,
        title=title,
        url=url,
        tone=tone,
        status=status,
        person=person,
    )
