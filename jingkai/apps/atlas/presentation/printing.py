"""From what is asked of a sheet to what is drawn on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jingkai.apps.registers.filters import Filters

from .. import queries
from ..queries import Seen
from .ground import ground
from .sheet import FRAME, Sheet

_AROUND = 0.0005  # of a degree, so that what stands at the edge is not cut


def whole(seen: Seen) -> str:
    """Return the window of all that the layer shows, as a sheet is asked for; empty for none."""
    found = queries.extent(seen, queries.version(seen))
    if found is None:
        return ""
    west, south, east, north = found
    edges = (west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND)
    return ",".join(f"{edge:.6f}" for edge in edges)


def sheet_of(seen: Seen, asked: Filters, wanted: Mapping[str, Any], as_of: date) -> Sheet:
    """Return the sheet of the layer, coloured and filtered as asked, over the whole window."""
    shown = ground(wanted["window"], FRAME)
    axis = seen.axis(wanted["axis"])
    label = str(seen.register.by_name[axis.column].label) if axis else ""
    chips = [f"{chip.label}：{chip.value}" for chip in asked.chips]
    return Sheet(
        title=wanted["title"],
        subtitle=_("；").join([str(seen.layer.label), *([label] if label else []), *chips]),
        legend=label,
        unit=wanted["unit"],
        as_of=as_of,
        has_labels=wanted["labels"],
        ground=shown,
        outlines=queries.outlines(seen, asked, axis, shown.window),
    )
