"""FEEL's implicit conversions (DMN 1.5, 10.3.2.9.4): of arguments, inputs and results."""

from decimal import Decimal

from . import describing, types
from .problems import NoValue
from .scopes import Value
from .temporal import Date, DateTime, Time

_MIDNIGHT_UTC = Time(0, 0, Decimal(0), offset=0)


def coerced(value: Value, to: types.FeelType) -> Value:
    """
    Return the value as one of the type; null is of every type.

    A list of one item stands for the item, an item for a list of one, and a date for its
    midnight in UTC.

    :raises NoValue: if none of these makes it one
    """
    if value is None or types.is_instance(value, to):
        return value
    if isinstance(value, list) and len(value) == 1 and types.is_instance(value[0], to):
        return value[0]
    if isinstance(to, types.ListOf) and types.is_instance(value, to.item):
        return [value]
    if type(value) is Date and to == types.DATE_AND_TIME:
        return DateTime(value, _MIDNIGHT_UTC)
    raise NoValue(f"应当是{describing.of_type(to)}，实际是{describing.of_value(value)}。")
