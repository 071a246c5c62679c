"""Text -> syntax tree, by hand, with the names of the scope known."""

from ..errors import FeelSyntaxError
from ..known import NOTHING, Known
from .parser import parse_expression, parse_type, parse_unary_tests

__all__ = [
    "NOTHING",
    "FeelSyntaxError",
    "Known",
    "parse_expression",
    "parse_type",
    "parse_unary_tests",
]
