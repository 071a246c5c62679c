"""
What an area declares of a layer of the map: the records of one register that have an outline.

    PARCELS = Layer(
        name="parcels",
        label=_("宗地"),
        kind="parcels",
        axes=(Axis("supply", {"approved_unsupplied": "orange", ...}), Axis("use")),
        title="name",
        area="area_m2",
        facts=("name", "area_m2", "holder_name"),
        guest=Guest(columns=("name", "area_m2"), records=lambda rows: rows.filter(is_public=True)),
    )

``settings.LAYERS`` lists the areas' tuples of them, as ``settings.REGISTERS`` does of registers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

NOT_APPLICABLE = "not_applicable"
# Okabe and Ito (2008) without black, then Tol's muted scheme (2021): told apart by every kind of
# colour vision where they touch. The same values stand in css/atlas.css as --jk-map-NAME.
PALETTE: dict[str, str] = {
    "blue": "#0072b2",
    "orange": "#e69f00",
    "green": "#009e73",
    "vermilion": "#d55e00",
    "sky": "#56b4e9",
    "purple": "#cc79a7",
    "yellow": "#f0e442",
    "indigo": "#4c3aa8",
    "olive": "#999933",
    "wine": "#882255",
    "teal": "#44aa99",
    "sand": "#c2ae6d",
    "rose": "#cc6677",
}
NEUTRAL = ("grey", "#a3acb8")  # 不适用
UNKNOWN = ("unknown", "#ffffff")  # 未登记: an outline without a filling


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """A choice column to colour by; a code without a colour of its own takes the next free one."""

    column: str
    colours: Mapping[str, str] = field(default_factory=dict)

    def colour_of(self, codes: "tuple[str, ...]") -> dict[str, str]:
        """Return the name of each code's colour, in the order of the codes."""
        free = [name for name in PALETTE if name not in self.colours.values()] or list(PALETTE)
        found: dict[str, str] = {}
        taken = 0
        for code in codes:
            if code in self.colours:
                found[code] = self.colours[code]
            elif code == NOT_APPLICABLE:
                found[code] = NEUTRAL[0]
            else:
                found[code] = free[taken % len(free)]
                taken += 1
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """
    The most that a zone may show of a layer to everybody.

    :ivar columns: of which the zone chooses those that it shows
    :ivar records: returns those of the rows that may be shown at all
    :ivar colour: in which they see all of them
    """

    columns: tuple[str, ...]
    records: Callable[[QuerySet[Any]], QuerySet[Any]]
    colour: str = "blue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """
    One layer of the map.

    :ivar kind: the register whose records it shows, and whose permission to read it needs
    :ivar title: the column that names a record on the map
    :ivar area: the column that is summed over what is drawn around; empty for none
    :ivar facts: the columns of the card that opens on a click
    :ivar present: returns those of the rows that are on the map today: not what was split away
    """

    name: str
    label: str | Promise
    kind: str
    axes: tuple[Axis, ...]
    title: str = "code"
    area: str = ""
    facts: tuple[str, ...] = ()
    outline: str = "outline"
    icon: str = "map-2"
    present: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    guest: Guest | None = None

    @property
    def guest_colour(self) -> str:
        """Return the colour in which guests see the layer."""
        return self.guest.colour if self.guest else UNKNOWN[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the map knows of each record, the key first."""
        return tuple(dict.fromkeys(("code", self.title, *(axis.column for axis in self.axes))))
