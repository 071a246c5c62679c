"""Linear forms over columns, exact: how a comparison of sums and shares becomes whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from jingkai.core.rules.feel.nodes import Sign

from . import ir
from .ir import Formula, Reaches, Share, ShareReaches, Terms, Total

SWAPPED = {
    Sign.LESS: Sign.GREATER,
    Sign.GREATER: Sign.LESS,
    Sign.AT_MOST: Sign.AT_LEAST,
    Sign.AT_LEAST: Sign.AT_MOST,
    Sign.EQUAL: Sign.EQUAL,
    Sign.UNEQUAL: Sign.UNEQUAL,
}


class TooLarge(Exception):
    """A number that the comparison would form might pass 64 bits."""


@dataclass(frozen=True, slots=True)
class Form:
    """``sum(factor * column) + constant`` with exact factors, the columns in order of name."""

    terms: tuple[tuple[str, Fraction], ...] = ()
    constant: Fraction = Fraction(0)

    def plus(self, other: "Form", times: Fraction = Fraction(1)) -> "Form":
        """Return this form and the other one, so many times."""
        factors = dict(self.terms)
        for name, factor in other.terms:
            factors[name] = factors.get(name, Fraction(0)) + factor * times
        kept = tuple(sorted((name, factor) for name, factor in factors.items() if factor))
        return Form(kept, self.constant + other.constant * times)

    def times(self, number: Fraction) -> "Form":
        """Return this form so many times."""
        return Form().plus(self, number)

    def whole(self) -> tuple[Terms, int, Fraction]:
        """Return whole factors and a whole constant without common divisor, and what they lack."""
        numbers = [factor for _, factor in self.terms] + [self.constant]
        under = lcm(*(number.denominator for number in numbers))
        divisor = gcd(*(int(number * under) for number in numbers)) or 1
        if (self.terms[0][1] if self.terms else self.constant) < 0:
            divisor = -divisor
        content = Fraction(divisor, under)
        terms = tuple((name, int(factor / content)) for name, factor in self.terms)
        return terms, int(self.constant / content), content


def compared(sign: Sign, form: Form, limits: Mapping[str, int]) -> Formula:
    """Return ``form sign 0`` as a formula; ``limits`` are the columns' by name."""
    if not form.terms:
        return _settled(sign, form.constant)
    terms, _, content = Form(form.terms).whole()
    bound = -form.constant / content
    if content < 0:
        sign = SWAPPED[sign]
    total, largest = Total(terms), magnitude(terms, 0, limits)
    _insist(largest)

    def reaches(number: int) -> Formula:
        return Reaches(total, max(-largest, min(number, largest + 1)))

    match sign:
        case Sign.AT_LEAST:
            return reaches(ceil(bound))
        case Sign.GREATER:
            return reaches(floor(bound) + 1)
        case Sign.LESS:
            return ir.opposite(reaches(ceil(bound)))
        case Sign.AT_MOST:
            return ir.opposite(reaches(floor(bound) + 1))
    equal = ir.every(reaches(ceil(bound)), ir.opposite(reaches(floor(bound) + 1)))
    return equal if sign is Sign.EQUAL else ir.opposite(equal)


def share_compared(
    sign: Sign, upper: Form, lower: Form, number: Fraction, limits: Mapping[str, int]
) -> Formula:
    """Return ``upper / lower sign number`` as a formula; ``lower`` reads a column."""
    # (a - b) / b is a / b - 1: both ask about the same share, with another threshold.
    first, factor = lower.terms[0]
    extra = dict(upper.terms).get(first, Fraction(0)) / factor
    upper, number = upper.plus(lower, -extra), number - extra
    upper_terms, upper_constant, upper_content = upper.whole()
    lower_terms, lower_constant, lower_content = lower.whole()
    content = upper_content / lower_content
    bound = number / content
    if content < 0:
        sign = SWAPPED[sign]
    share = Share(upper_terms, upper_constant, lower_terms, lower_constant)
    _insist(
        magnitude(upper_terms, upper_constant, limits) * bound.denominator,
        magnitude(lower_terms, lower_constant, limits) * abs(bound.numerator),
    )

    def reaches(*, strict: bool) -> Formula:
        return ShareReaches(share, bound.numerator, bound.denominator, strict)

    match sign:
        case Sign.AT_LEAST | Sign.GREATER:
            return reaches(strict=sign is Sign.GREATER)
        case Sign.LESS | Sign.AT_MOST:
            return ir.opposite(reaches(strict=sign is Sign.AT_MOST))
    equal = ir.every(reaches(strict=False), ir.opposite(reaches(strict=True)))
    return equal if sign is Sign.EQUAL else ir.opposite(equal)


def magnitude(terms: Terms, constant: int, limits: Mapping[str, int]) -> int:
    """Return the largest absolute value that the sum can take."""
    return sum(abs(factor) * limits[name] for name, factor in terms) + abs(constant)


def _insist(*numbers: int) -> None:
    if max(numbers) > ir.WHOLE // 2:
        raise TooLarge


def _settled(sign: Sign, number: Fraction) -> Formula:
    holds = {
        Sign.LESS: number < 0,
        Sign.AT_MOST: number <= 0,
        Sign.GREATER: number > 0,
        Sign.AT_LEAST: number >= 0,
        Sign.EQUAL: number == 0,
        Sign.UNEQUAL: number != 0,
    }[sign]
    return ir.MET if holds else ir.UNMET
