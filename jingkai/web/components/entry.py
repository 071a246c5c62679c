"""Forms: one field, a whole form, the buttons below, the key that makes sending twice harmless."""

import uuid

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .markup import render
from .status import Text


def field(bound: BoundField, *, wide: bool = False) -> SafeString:
    """Return a field with label, hint and error; ``wide`` takes the form's whole width."""
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    is_check = isinstance(widget, CheckboxInput)
    style = _style(bound)
    control = bound if is_group else bound.as_widget(attrs={"class": style})
    return render(
        "components/field.html",
        field=bound,
        control=control,
        is_check=is_check,
        is_group=is_group,
        wide=wide,
    )


def _style(bound: BoundField) -> str:
    widget = bound.field.widget
    given = widget.attrs.get("class", "")
    match widget:
        case CheckboxInput():
            style = "form-check-input"
        case Select():
            style = "form-select"
        case _:
            style = "form-control"
    wrong = " is-invalid" if bound.errors else ""
    return f"{given} {style}{wrong}".strip()


def fields(form: BaseForm, columns: int = 2) -> SafeString:
    """Return all of a form's fields, its errors first; text areas take the whole width."""
    return render("components/fields.html", form=form, columns=columns)


def form_actions(submit: Text = "", cancel_url: str = "") -> SafeString:
    """Return the buttons at the end of a form."""
    return render(
        "components/form_actions.html", submit=submit or _("保存"), cancel_url=cancel_url
    )


def form_key() -> SafeString:
    """Return the hidden key by which a form that is sent twice takes effect once."""
    return format_html('<input type="hidden" name="form-key" value="{}">', uuid.uuid4().hex)
