"""FEEL's numbers: IEEE 754 decimal128, so a ratio of exactly 3 % is exactly 3 %."""

from collections.abc import Callable
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
)

# What decimal128 can't hold is an error, never an infinity, a NaN or a silent zero.
CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, InvalidOperation, Overflow, Underflow],
)
# What counts moments: exact for every sum of seconds that can occur, however many decimals.
EXACT = Context(prec=100, traps=[InvalidOperation, Overflow])


def calculated(
    operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal
) -> Decimal | None:
    """Return what an operation of ``CONTEXT`` gives, or None where it gives no number."""
    try:
        result = operation(left, right)
    except ArithmeticError:
        return None
    return result if result.is_finite() else None


def whole(number: Decimal, *, most: int) -> int | None:
    """Return the number as an int, or None if it has decimals or is beyond ±``most``."""
    if not number.is_finite() or number.copy_abs() > most:  # before int() writes a million digits
        return None
    integer = int(number)
    return integer if integer == number else None
