"""Where the parser stands in its tokens, which names it knows, and how it says what is wrong."""

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import NoReturn

from ..errors import FeelSyntaxError
from ..known import (
    BUILT_IN_NAMES,
    PART_NAMES,
    Known,
    Names,
    fields_of,
    longest_of,
    names_of,
)
from ..nodes import Node, Span
from ..tokens import END, NUMBER, OTHER, WORD, Token, tokenize

NESTING = 150  # levels; a real expression has a dozen, and each costs frames of Python's stack
RESERVED = frozenset(
    {"and", "or", "in", "between", "then", "else", "return", "satisfies", "instance"}
    | {"if", "for", "some", "every", "function", "true", "false", "null"}
)
IN_NAMES = frozenset({*"./-'+*", "**"})  # the signs that a name may hold


class Cursor(ABC):
    """A place in the tokens of one text."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.depth = 0
        self.chained = 0  # steps that nest to the left, as in a.b.c: deep without recursion
        self._bound = Names()  # what the text itself brings: variables, parameters, keys
        self._keys = Names()  # every key of a context in this text: it may follow a dot
        self._names = (self._bound, names_of(known), BUILT_IN_NAMES)
        self._fields = (fields_of(known), self._keys, PART_NAMES)

    @abstractmethod
    def expression(self, floor: int = 0, left: Node | None = None, start: int = 0) -> Node:
        """Read an expression whose operators bind more tightly than ``floor``."""

    @property
    def token(self) -> Token:
        """The next token, which stays."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """Return the next token and step behind it; the END is never passed."""
        token = self.tokens[self.at]
        if token.kind != END:
            self.at += 1
        return token

    def accept(self, text: str) -> bool:
        """Step behind the token if it is this one."""
        if self.tokens[self.at].text == text:
            self.at += 1
            return True
        return False

    def expect(self, text: str, advice: str = "") -> Token:
        """Step behind the token, which must be this one."""
        if self.token.text != text:
            self.fail_at(f"“{text}”", advice)
        return self.take()

    def span(self, start: int) -> Span:
        """Return the place from an offset up to the token before."""
        return Span(start, self.tokens[self.at - 1].end)

    def enter(self) -> None:
        """Go one level deeper."""
        self.depth += 1
        if self.depth > NESTING:
            self.fail(self.token, f"嵌套超过 {NESTING} 层；请把内层拆成单独的决策。")

    def bind(self, name: str) -> None:
        """Take a name up that the text brings; ``release`` it at the end of its scope."""
        self._bound.add(name)

    def release(self, *names: str) -> None:
        """Forget names that were bound."""
        for name in names:
            self._bound.remove(name)

    def note_key(self, name: str) -> None:
        """Remember the key of a context: it may follow a dot and stand in a filter."""
        self._keys.add(name)
        self._bound.add(name)

    def known_name(self, at: int | None = None) -> tuple[int, str]:
        """Return how many tokens the longest known name takes there (0: none), and the name."""
        return longest_of(self._names, self.tokens, self.at if at is None else at)

    def known_field(self) -> tuple[int, str]:
        """Return the longest name here that may follow a dot, as ``known_name`` does."""
        found = longest_of(self._fields, self.tokens, self.at)
        return found if found[0] else self.known_name()

    def run(self) -> str:
        """Read words up to a keyword or sign as one name that nobody knows."""
        first = self.at
        while self._goes_on(is_begun=self.at > first):
            self.at += 1
        return " ".join(token.text for token in self.tokens[first : self.at])

    def name_before(self, *ends: str) -> str:
        """Read whatever a name may hold up to one of these tokens; the name is being made here."""
        first = self.at
        while self.token.text not in ends and _is_in_name(self.token, is_begun=self.at > first):
            self.at += 1
        if self.at == first or self.token.text not in ends:
            self.fail_at("一个名称，其后为" + "或".join(f"“{end}”" for end in ends))
        return self.words(first, self.at)

    def words(self, first: int, last: int) -> str:
        """Return the tokens as a name: one space where white space stands, else none."""
        parts = [self.tokens[first].text]
        for before, token in zip(
            self.tokens[first:last], self.tokens[first + 1 : last], strict=False
        ):
            parts.append(" " if token.start > before.end else "")
            parts.append(token.text)
        return "".join(parts)

    def _goes_on(self, *, is_begun: bool) -> bool:
        token = self.token
        if token.kind == WORD:
            return token.text not in RESERVED and token.text != "?"
        return is_begun and token.kind == NUMBER and token.text.isdecimal()

    def _is_in_name(self, step: int) -> bool:
        token = self.token
        if step == 0:
            return token.kind == WORD
        return token.kind in {WORD, NUMBER} or token.text in IN_NAMES or token.text == "**"

    def fail_at(self, expected: str, advice: str = "") -> NoReturn:
        """Refuse the next token: say what it is, what was expected, and what to do."""
        token = self.token
        if token.kind == OTHER:
            self.fail(token, _of_other(token))
        advice = advice or _of_place(self.tokens, self.at)
        self.fail(token, f"{_describe(token)}，应为{expected}。{advice}")

    def fail(self, token: Token, message: str) -> NoReturn:
        """Refuse the text at this token."""
        raise FeelSyntaxError(self.text, Span(token.start, token.end), message)


def is_plain_name(name: str) -> bool:
    """Return whether the name reads as itself where one is made: as a key, without quotes."""
    *tokens, _ = tokenize(name)
    return (
        bool(tokens)
        and all(_is_in_name(token, is_begun=at > 0) for at, token in enumerate(tokens))
        and _joined(tokens) == name
    )


def _is_in_name(token: Token, *, is_begun: bool) -> bool:
    if not is_begun:
        return token.kind == WORD
    return token.kind in {WORD, NUMBER} or token.text in IN_NAMES


def _joined(tokens: list[Token]) -> str:
    parts = [tokens[0].text]
    for before, token in pairwise(tokens):
        parts.append(" " if token.start > before.end else "")
        parts.append(token.text)
    return "".join(parts)


def _describe(token: Token) -> str:
    shown = token.text if len(token.text) <= 20 else f"{token.text[:20]}…"
    match token.kind:
        case "end":
            return "表达式在此结束"
        case "string":
            return f"此处是字符串 {shown}"
        case "number":
            return f"此处是数字 {shown}"
        case _:
            return f"此处是“{shown}”"


_ADVICE = {
    "%": "FEEL 没有百分号：3% 请写成 0.03。",
    ";": "分隔请用逗号。",
    "'": "字符串请用双引号。",
    "&": "并且请写 and；名称中不能有 &。",
    "|": "或者请写 or。",
    "!": "否定请写 not(…)，不等请写 !=。",
    "\\": "反斜杠只能出现在字符串中。",
}


def _of_other(token: Token) -> str:
    if token.text.startswith("/*"):
        return "注释没有结束；请补上 */。"
    if len(token.text) > 1 or token.text in '"“”„「」＂':
        return '字符串没有结束；请补上引号，字符串中的引号写作 \\"。'
    advice = _ADVICE.get(token.text, "请删去，或写在字符串中。")
    return f"“{token.text}”不是 FEEL 的字符。{advice}"


def _of_place(tokens: list[Token], at: int) -> str:
    """Say what is usually meant by two tokens that can't follow each other."""
    token = tokens[at]
    if token.kind == END:
        return "请补全。"
    return _of_pair(tokens[at - 1], token) if at else "请删去，或补全它之前的部分。"


def _of_pair(before: Token, token: Token) -> str:
    match before.kind, token.kind:
        case "number", "word" if before.end == token.start:
            return "名称不能以数字开头，数字后也不写单位。"
        case "sign", "sign" if token.text == before.text == "=":
            return "等于只写一个 =。"
        case "sign", "sign":
            return f"“{before.text}”之后缺少一个值，或多了“{token.text}”。"
        case _, ("word" | "number" | "string"):
            return "两个值之间缺少运算符或逗号。"
        case _:
            return "请删去，或补全它之前的部分。"
