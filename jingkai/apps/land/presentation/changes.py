"""The page on which a parcel is split."""

from collections.abc import Iterable
from typing import Any

from ..forms import SplitForm


def split_page(form: SplitForm, counts: Iterable[int]) -> dict[str, Any]:
    """Return the form, part by part."""
    return {
        "form": form,
        "parcel": form.parcel,
        "counts": [(number, number == form.parts) for number in counts],
        "parts": list(form.groups()),
        "given": form.given(),
        "whole": form.whole(),
    }
