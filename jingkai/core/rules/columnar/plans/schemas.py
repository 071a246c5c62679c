"""The columns that the fact catalogue makes: one an item, or one an item and year."""

from datetime import date
from decimal import Decimal

from jingkai.core.rules.catalogue import Catalogue, FactType, Item
from jingkai.core.rules.policies.references import YEARS_BACK, Reference

from .ir import Column, Kind
from .values import Schema

KINDS = {
    FactType.NUMBER: Kind.NUMBER,
    FactType.STRING: Kind.TEXT,
    FactType.BOOLEAN: Kind.TRUTH,
    FactType.DATE: Kind.DAY,
}
MOST_DIGITS = 14  # of a number whose bounds the catalogue does not say
MOST_DAYS = 4_000_000  # either side of 1970: more than from the year 1 to 9999


def schema(catalogue: Catalogue, *, on: date) -> Schema:
    """Return the columns of all items, each year that a rule can reach by a relative period."""
    columns: dict[Reference, Column] = {}
    for item in catalogue:
        for back in sorted(YEARS_BACK.values()) if item.by_year else (None,):
            columns[Reference(item.name, back)] = column(item, back)
    return Schema(columns=columns, on=on)


def column(item: Item, back: int | None) -> Column:
    """Return the column of an item: ``revenue@1`` is last year's, without ``@`` no year's."""
    scale = 10**item.decimals if item.type is FactType.NUMBER else 1
    return Column(
        name=item.code if back is None else f"{item.code}@{back}",
        kind=KINDS[item.type],
        scale=scale,
        limit=_limit(item, scale),
    )


def _limit(item: Item, scale: int) -> int:
    if item.type is FactType.DATE:
        return MOST_DAYS
    if item.minimum is None or item.maximum is None:
        return int(10**MOST_DIGITS)
    largest: Decimal = max(abs(item.minimum), abs(item.maximum), Decimal(1))
    return int(largest * scale)
