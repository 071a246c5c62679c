"""Where each figure opens: its page, for its year, as of its day, and for one part of it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from jingkai.apps.atlas import queries as atlas
from jingkai.apps.registers.indicator import UNKNOWN, Dimension, Indicator
from jingkai.core import indicators as core


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a zone's figures in a year as of a day."""

    zone_code: str
    year: int
    as_of: date

    @property
    def query(self) -> str:
        """Return the query string that says year and day."""
        return urlencode({"year": self.year, "as_of": self.as_of.isoformat()})

    def figure(self, code: str, *, by: str = "", part: str = "") -> str:
        """Return the path of a figure with its record list, whole or one part of it."""
        path = reverse("figure", args=[self.zone_code, code])
        if not by:
            return f"{path}?{self.query}"
        return f"{path}?{self.query}&{urlencode({'by': by, 'part': part})}"

    def cut(self, code: str, by: str) -> str:
        """Return the path of a figure, cut into its parts."""
        path = reverse("figure", args=[self.zone_code, code])
        return f"{path}?{self.query}&{urlencode({'cut': by})}#parts"

    def map(self, indicator: Indicator, dimension: Dimension, part: str = "") -> str:
        """Return the path of the map of the figure's records, or nothing where it has none."""
        layers = {layer.kind: layer for layer in atlas.layers().values()}
        layer = layers.get(indicator.register)
        if layer is None or indicator.filtered_by is None or not dimension.is_column:
            return ""
        asked = {"layer": layer.name} | dict(indicator.filtered_by)
        if dimension.code in {axis.column for axis in layer.axes}:
            asked["axis"] = dimension.code
        if part:
            is_unknown = part == UNKNOWN
            asked[f"{dimension.code}__empty" if is_unknown else dimension.code] = (
                "1" if is_unknown else part
            )
        return f"{reverse('map', args=[self.zone_code])}?{urlencode(asked)}"

    def up_to(self, code: str, number: int) -> str:
        """Return the path of a figure of the year up to the end of that month."""
        path = reverse("figure", args=[self.zone_code, code])
        last = min(core.month(self.year, number).end, self.as_of)
        return f"{path}?{urlencode({'year': self.year, 'as_of': last.isoformat()})}"

    def month(self, code: str, number: int) -> str:
        """Return the path of a figure of one month of the year."""
        path = reverse("figure", args=[self.zone_code, code])
        return f"{path}?{self.query}&{urlencode({'month': number})}"
