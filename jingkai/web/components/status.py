"""Status and progress: always an icon and a word, never colour alone."""

from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.web import figures

from .markup import icon

Text = str | Promise

TONE_ICONS = {
    "green": "circle-check",
    "amber": "alert-triangle",
    "red": "alert-octagon",
    "blue": "info-circle",
    "grey": "circle-dashed",
}
LIGHT_LABELS = {
    "green": gettext_lazy("正常"),
    "amber": gettext_lazy("预警"),
    "red": gettext_lazy("超期"),
    "grey": gettext_lazy("无数据"),
}


def badge(text: Text, tone: str = "grey", symbol: str | None = None) -> SafeString:
    """Return a status word; ``symbol`` replaces the tone's icon, empty leaves it out."""
    shown = TONE_ICONS.get(tone, "") if symbol is None else symbol
    return format_html('<span class="jk-badge jk-tone-{}">{}{}</span>', tone, icon(shown), text)


def light(tone: str, label: Text = "", reason: Text = "") -> SafeString:
    """Return a traffic light: green, amber, red, or grey where no data says which."""
    return format_html(
        '<span class="jk-light jk-tone-{}"{}>{}<span>{}</span></span>',
        tone,
        format_html(' title="{}"', reason) if reason else "",
        icon(TONE_ICONS.get(tone, "circle-dashed")),
        label or LIGHT_LABELS.get(tone, LIGHT_LABELS["grey"]),
    )


def progress(
    share: Fraction | Decimal | float | None, label: Text = "", tone: str = ""
) -> SafeString:
    """Return a bar of a share (1 = 100 %), which may pass 1, with its percentage."""
    name = label or _("完成率")
    if share is None:
        return format_html('<span class="jk-progress">{}</span>', no_data())
    return format_html(
        '<span class="jk-progress jk-tone-{}">'
        '<progress max="100" value="{}" aria-label="{}"></progress><b>{}</b></span>',
        tone or attainment_tone(share),
        min(max(round(float(share) * 100, 1), 0), 100),
        name,
        figures.percent(share),
    )


def attainment_tone(share: Fraction | Decimal | float) -> str:
    """Return green from the whole target on; short of it, a target is under way, not failed."""
    return "green" if share >= 1 else "blue"


def no_data() -> SafeString:
    """Return the mark of a figure that is not on record."""
    return format_html(
        '<span class="jk-no-data" title="{}">{}</span>', _("尚未登记，不等于零"), _("无数据")
    )


def person(name: Text, role: Text = "") -> SafeString:
    """Return a person with an initial and, where given, what they are here."""
    return format_html(
        '<span class="jk-person"><span class="jk-initial" aria-hidden="true">{}</span>'
        "<span>{}{}</span></span>",
        str(name)[:1],
        name,
        format_html("<small>{}</small>", role) if role else "",
    )


def file_chip(name: str, url: str = "", size: str = "") -> SafeString:
    """Return a file of evidence; without a link it is listed but may not be opened."""
    inside = format_html(
        "{}<span>{}</span>{}",
        icon(_file_icon(name)),
        name,
        format_html("<small>{}</small>", size) if size else "",
    )
    if not url:
        return format_html('<span class="jk-file">{}</span>', inside)
    return format_html('<a class="jk-file" href="{}">{}</a>', url, inside)


def figure_link(value: object, url: str, label: Text = "") -> SafeString:
    """Return a figure that opens the records it was counted from."""
    shown = no_data() if value is None else value
    return format_html(
        '<a class="jk-figure" href="{}" title="{}">{}</a>', url, label or _("查看组成记录"), shown
    )


def _file_icon(name: str) -> str:
    kinds = {
        "pdf": "file-type-pdf",
        "doc": "file-type-doc",
        "docx": "file-type-docx",
        "xls": "file-type-xls",
        "xlsx": "file-type-xls",
        "csv": "file-type-csv",
        "jpg": "photo",
        "jpeg": "photo",
        "png": "photo",
    }
    return kinds.get(name.rpartition(".")[2].lower(), "file-text")
