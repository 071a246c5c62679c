"""
The words of FEEL: one compiled expression cuts a text into tokens with their places.

A token does not know whether it is a name or a keyword: names may hold spaces, operators and
keywords, so only the scope of the parser decides. What officials type on a Chinese keyboard,
``＞ （ ， “ ≥``, is read as the sign it stands for; inside strings nothing is touched.
"""

import re
from typing import NamedTuple

from .errors import FeelSyntaxError
from .nodes import Span

LONGEST = 2_000_000  # characters; the longest text of a real model is a few thousand

NUMBER = "number"
STRING = "string"
WORD = "word"
SIGN = "sign"
OTHER = "other"  # a character or an unfinished string that FEEL has no use for
END = "end"

# One character for one, so that places stay right.
FULL_WIDTH = str.maketrans(
    "＞＜＝！，、（）：；［］｛｝【】＋－＊／．。？＠×÷−–—’＇０１２３４５６７８９　\ufeff\u200b",
    "><=!,,():;[]{}[]+-*/..?@*/---''0123456789   ",
)
# Name characters of FEEL (10.3.1.2, rules 28 and 29); "?" stands alone here.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_TOKEN = re.compile(
    rf"""
      (?P<skip>   \s+ | //[^\n]* | /\*[^*]*\*+(?:[^/*][^*]*\*+)*/ )
    | (?P<number> (?: [0-9]+ (?:\.[0-9]+)? | \.[0-9]+ ) (?:[eE][+-]?[0-9]+)? )
    | (?P<string> "[^"\\]*(?:\\.[^"\\]*)*"
                | [“”„「＂][^”"」＂\\]*(?:\\.[^”"」＂\\]*)*[”"」＂] )
    | (?P<other>  ["“”„「＂].* | /\*.* )
    | (?P<word>   [{_START}][{_PART}]* | \? )
    | (?P<sign>   \.\. | \*\* | <= | >= | != | -> | [-+*/<>=(){{}}\[\],:.@≤≥≠] )
    | (?P<rest>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPELLINGS = {"≤": "<=", "≥": ">=", "≠": "!="}


class Token(NamedTuple):
    """A piece of the text; ``text`` of a string is what stands in the text, with its quotes."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of the text, without white space and comments, closed by an END."""
    if len(text) > LONGEST:
        raise FeelSyntaxError(
            text,
            Span(LONGEST, LONGEST),
            f"表达式超过 {LONGEST} 个字符，过长；请拆成几个决策。",
        )
    tokens = []
    for found in _TOKEN.finditer(text.translate(FULL_WIDTH)):
        kind = found.lastgroup
        if kind != "skip":
            start, end = found.span()
            tokens.append(_token(text, kind, found.group(), start, end))
    tokens.append(Token(END, "", len(text), len(text)))
    return tokens


def _token(text: str, kind: str | None, plain: str, start: int, end: int) -> Token:
    match kind:
        case "string":
            return Token(STRING, f'"{text[start + 1 : end - 1]}"', start, end)
        case "rest":
            return Token(OTHER, plain, start, end)
        case "sign":
            return Token(SIGN, _SPELLINGS.get(plain, plain), start, end)
        case _:
            return Token(kind or OTHER, plain, start, end)
