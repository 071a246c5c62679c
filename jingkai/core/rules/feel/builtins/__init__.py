"""FEEL's built-in functions (DMN 1.5, 10.3.4), by their name."""

from collections.abc import Mapping

from ..functions import Function
from . import (
    booleans,
    contexts,
    conversion,
    lists,
    numbers,
    patterns,
    ranges,
    sorting,
    statistics,
    strings,
    temporal,
)

FUNCTIONS: Mapping[str, Function] = {
    **booleans.FUNCTIONS,
    **contexts.FUNCTIONS,
    **conversion.FUNCTIONS,
    **lists.FUNCTIONS,
    **numbers.FUNCTIONS,
    **patterns.FUNCTIONS,
    **ranges.FUNCTIONS,
    **sorting.FUNCTIONS,
    **statistics.FUNCTIONS,
    **strings.FUNCTIONS,
    **temporal.FUNCTIONS,
}
