"""Random cells of decision tables: as a person writes them, and as what they say of a value."""

import operator
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

FIRST_DAY = date(2024, 2, 27)
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

VALUES = {
    "number": st.integers(-1, 6).map(lambda half: Decimal(half) / 2),
    "string": st.sampled_from(["甲", "乙", "丙", ""]),
    "boolean": st.booleans(),
    "date": st.integers(0, 5).map(lambda days: FIRST_DAY + timedelta(days=days)),
}


def written(value):
    """Return a value as FEEL writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return f'date("{value.isoformat()}")'
        case str():
            return f'"{value}"'
    return str(value)


def compared(sign, end):
    return lambda value: None if value is None else COMPARISONS[sign](value, end)


def both(one, other):
    return lambda value: None if value is None else one(value) and other(value)


def opposite(test):
    def result(value):
        passes = test(value)
        return None if passes is None else not passes

    return result


def one_of(*tests):
    def result(value):
        answers = [test(value) for test in tests]
        return True if True in answers else None if None in answers else False

    return result


def equal(wanted):
    return lambda value: value == wanted  # a missing fact is not equal, that much is known


@st.composite
def one_test(draw, kind):
    """Return one test that may stand in a list, as text and as what it says of a value."""
    low, high = draw(VALUES[kind]), draw(VALUES[kind])
    forms = [(written(low), equal(low)), ("null", equal(None))]
    if kind != "boolean":
        low, high = min(low, high), max(low, high)
        forms += [(f"{sign} {written(low)}", compared(sign, low)) for sign in COMPARISONS]
        for opening, closing, least, most in (
            ("[", "]", ">=", "<="),
            ("(", "]", ">", "<="),
            ("]", ")", ">", "<"),
            ("[", "[", ">=", "<"),
        ):
            text = f"{opening}{written(low)}..{written(high)}{closing}"
            forms.append((text, both(compared(least, low), compared(most, high))))
    return draw(st.sampled_from(forms))


@st.composite
def cells(draw, kind):
    """Return a cell as text, and as what it says of a value: true, false or nothing."""
    inside = draw(st.lists(one_test(kind), min_size=1, max_size=3))
    text, says = ", ".join(each for each, _ in inside), one_of(*(each for _, each in inside))
    return draw(
        st.sampled_from(
            [("-", lambda _: True), (text, says), (text, says), (f"not({text})", opposite(says))]
        )
    )
