"""What a printed sheet shows: the outlines in its window, each with the class it stands in."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db.models import BinaryField, ExpressionWrapper, F

from jingkai.apps.registers import spatial
from jingkai.apps.registers.filters import Filters

from ..layers import Axis
from .catalogue import Seen
from .counts import Class, classes

Window = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """
    The outlines of a window, in longitude and latitude.

    :ivar codes: of each outline the class, empty for 未登记
    :ivar classes: all classes of the axis, counted within the window
    """

    geometries: Any
    codes: Any
    titles: list[str]
    classes: list[Class]


def outlines(seen: Seen, asked: Filters, axis: Axis | None, window: Window) -> Outlines:
    """Return what the filters leave of the layer in the window."""
    rows = spatial.within(asked.filtered(seen.rows()), *window)
    outline = ExpressionWrapper(F(seen.layer.outline), output_field=BinaryField())
    column = axis.column if axis else seen.register.key
    names = ("drawn", column, seen.title or seen.register.key)
    shapes, codes, titles = [], [], []
    drawn = rows.annotate(drawn=outline).order_by("pk").values_list(*names)
    for shape, code, title in drawn.iterator(chunk_size=5_000):
        shapes.append(bytes(shape))
        codes.append(str(code or "") if axis else "")
        titles.append(str(title or ""))
    return Outlines(
        geometries=shapely.from_wkb(np.array(shapes, dtype=object)),
        codes=np.array(codes, dtype=object),
        titles=titles,
        classes=classes(seen, axis, rows) if axis else [],
    )
