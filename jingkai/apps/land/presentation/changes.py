"""The pages on which a parcel is split, and merged with others."""

from collections.abc import Iterable
from typing import Any

from ..forms import MergeForm, SplitForm
from . import shared


def split_page(form: SplitForm, counts: Iterable[int]) -> dict[str, Any]:
    """Return the form, part by part."""
    return {
        "form": form,
        "parcel": form.parcel,
        "counts": [(number, number == form.parts) for number in counts],
        "parts": list(form.groups()),
        "given": form.given(),
        "whole": form.whole(),
        "place": shared.place(form.parcel, form.parcel.zone.code),
    }


def merge_page(form: MergeForm) -> dict[str, Any]:
    """Return the form beside the outline of the parcel from whose page one comes."""
    place = shared.place(form.parcel, form.parcel.zone.code)
    return {"form": form, "parcel": form.parcel, "place": place}
