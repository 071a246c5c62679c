"""The fact catalogue: what may be known of an enterprise, under which name, type and unit."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import resources


class FactType(StrEnum):
    """What kind of FEEL value a fact is."""

    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"


class PeriodKind(StrEnum):
    """Whether an item has one value, or one a calendar year."""

    NONE = "none"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    One entry of the catalogue; ``name`` is its FEEL name.

    Numbers are in ``unit`` with at most ``decimals`` places, from ``minimum`` to ``maximum``;
    ``choices`` are all values a string may have, empty when they are open.
    """

    code: str
    name: str
    type: FactType
    unit: str = ""
    period_kind: PeriodKind = PeriodKind.NONE
    supplier: str = ""
    personal: bool = False
    confidential: bool = False
    decimals: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()

    @property
    def by_year(self) -> bool:
        """Return whether the item is reached through a relative period."""
        return self.period_kind is PeriodKind.YEAR


class UnknownItem(LookupError):
    """The catalogue has no item of this name or code."""


class BadCatalogue(ValueError):
    """Two items share a name or code, so that a rule could mean either."""


class Catalogue:
    """The items by name and by code."""

    def __init__(self, items: Iterable[Item]) -> None:
        """
        Keep the items in this order.

        :raises BadCatalogue: if two share a name or a code
        """
        self._by_name: dict[str, Item] = {}
        self._by_code: dict[str, Item] = {}
        for item in items:
            if item.name in self._by_name or item.code in self._by_code:
                raise BadCatalogue(f"事实目录中“{item.name}”({item.code}) 重复")
            self._by_name[item.name] = item
            self._by_code[item.code] = item

    def __iter__(self) -> Iterator[Item]:
        """Yield the items in their order."""
        return iter(self._by_name.values())

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._by_name)

    def get(self, name: str) -> Item | None:
        """Return the item of a FEEL name or code, None when there is none."""
        return self._by_name.get(name) or self._by_code.get(name)

    def item(self, name: str) -> Item:
        """
        Return the item of a FEEL name or code.

        :raises UnknownItem: if there is none; the message names the nearest
        """
        found = self.get(name)
        if found is None:
            nearest = self.nearest(name)
            hint = f"，是否指“{nearest}”" if nearest else ""
            raise UnknownItem(f"事实目录没有“{name}”{hint}")
        return found

    def nearest(self, name: str) -> str | None:
        """Return the name most like this one, None when none is alike."""
        found = get_close_matches(name, self._by_name, n=1, cutoff=0.5)
        return found[0] if found else None

    @property
    def names(self) -> frozenset[str]:
        """Return all FEEL names."""
        return frozenset(self._by_name)


@cache
def national() -> Catalogue:
    """Return the catalogue that is delivered with the product."""
    source = resources.files("jingkai.core") / "data" / "fact_items.csv"
    return read(source.read_text(encoding="utf-8"))


def read(text: str) -> Catalogue:
    """
    Return the catalogue of a CSV table with the columns of :class:`Item`.

    :raises BadCatalogue: if two rows share a name or a code
    """
    return Catalogue(_item(row) for row in csv.DictReader(text.splitlines()))


def _item(row: dict[str, str]) -> Item:
    return Item(
        code=row["code"],
        name=row["name"],
        type=FactType(row["type"]),
        unit=row["unit"],
        period_kind=PeriodKind(row["period"]),
        supplier=row["supplier"],
        personal=row["personal"] == "1",
        confidential=row["confidential"] == "1",
        decimals=int(row["decimals"] or 0),
        minimum=Decimal(row["minimum"]) if row["minimum"] else None,
        maximum=Decimal(row["maximum"]) if row["maximum"] else None,
        choices=tuple(row["choices"].split("|")) if row["choices"] else (),
    )
