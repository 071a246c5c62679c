"""Where each figure opens: its page, for its year, as of its day, and for one part of it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

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

    def up_to(self, code: str, number: int) -> str:
        """Return the path of a figure of the year up to the end of that month."""
        path = reverse("figure", args=[self.zone_code, code])
        last = min(core.month(self.year, number).end, self.as_of)
        return f"{path}?{urlencode({'year': self.year, 'as_of': last.isoformat()})}"

    def month(self, code: str, number: int) -> str:
        """Return the path of a figure of one month of the year."""
        path = reverse("figure", args=[self.zone_code, code])
        return f"{path}?{self.query}&{urlencode({'month': number})}"
