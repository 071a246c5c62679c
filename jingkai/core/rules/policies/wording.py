"""An expression as a Chinese sentence that a policy officer reads, with units."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from jingkai.core.rules.catalogue import Catalogue, FactType
from jingkai.core.rules.feel import nodes, temporal
from jingkai.core.rules.feel.nodes import Comparison, Constant, Name, Node, Sign, UnaryTests
from jingkai.core.rules.feel.writing import write
from jingkai.core.units import rounded

from .measures import SHARE, unit
from .references import EVALUATION_DAY, PERIOD_NAMES, of_path

MOST_PLACES = 4  # of a quotient; what is on record has no more than six
MOST_KEPT = 20_000  # sentences: a province's conditions are said for every enterprise alike
NUMBER_SIGNS = {
    Sign.EQUAL: "等于",
    Sign.UNEQUAL: "不等于",
    Sign.LESS: "低于",
    Sign.AT_MOST: "不高于",
    Sign.GREATER: "高于",
    Sign.AT_LEAST: "不低于",
}
DATE_SIGNS = NUMBER_SIGNS | {
    Sign.LESS: "早于",
    Sign.AT_MOST: "不晚于",
    Sign.GREATER: "晚于",
    Sign.AT_LEAST: "不早于",
}
LENGTH_SIGNS = NUMBER_SIGNS | {
    Sign.LESS: "不足",
    Sign.AT_MOST: "不超过",
    Sign.GREATER: "超过",
    Sign.AT_LEAST: "满",
}
ARITHMETIC_SIGNS = {Sign.ADD: "＋", Sign.SUBTRACT: "－", Sign.MULTIPLY: "×", Sign.DIVIDE: "÷"}
AGGREGATES = {"sum": "合计", "mean": "平均", "max": "最高", "min": "最低", "count": "个数"}
CHOSEN = {"max": "较大者", "min": "较小者"}
NOTHING_ASKED = "不限"


@lru_cache(maxsize=MOST_KEPT)
def say(node: Node, catalogue: Catalogue) -> str:
    """Return the expression in Chinese; what has no wording stays FEEL."""
    return _Sayer(catalogue).say(node)


def shown(value: object, measure: str | None = None) -> str:  # noqa: PLR0911 - one a kind
    """Return a value as it is read: 是, 2024-05-01, 2.6%, 1,500 万元."""
    match value:
        case None:
            return "无记录"
        case bool():
            return "是" if value else "否"
        case Decimal():
            return _number(value, measure)
        case str():
            return f"“{value}”"
        case list():
            return "、".join(shown(item, measure) for item in value)
        case temporal.DayTimeDuration() | temporal.YearMonthDuration():
            return _length(temporal.string(value))
    return temporal.string(value) if isinstance(value, temporal.Date) else str(value)


def _number(value: Decimal, measure: str | None) -> str:
    if measure == SHARE:
        return f"{_plain(value * 100)}%"
    return f"{_plain(value)}{_suffix(measure)}"


def _suffix(measure: str | None) -> str:
    if not measure:
        return ""
    return measure if measure == "%" else f" {measure}"


def _plain(value: Decimal) -> str:
    digits = f"{value:,f}"
    if "." not in digits:
        return digits
    whole, places = digits.split(".")
    if len(places) > 6:
        whole, places = f"{rounded(value, places=MOST_PLACES):,f}".split(".")
    places = places.rstrip("0")
    return f"{whole}.{places}" if places else whole


def _length(text: str) -> str:
    """Return a duration such as P3Y as 3 年; one with a time of day as it is written."""
    units = {"Y": "年", "M": "个月", "D": "天"}
    if not text.startswith("P") or "T" in text:
        return text
    for letter, word in units.items():
        text = text.replace(letter, f" {word} ")
    return text.removeprefix("P").strip()


class _Sayer:
    """Says expressions with the units of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def say(self, node: Node) -> str:  # noqa: PLR0911 - one a kind
        match node:
            case nodes.And(operands=operands):
                return "，且".join(self._grouped(part) for part in operands)
            case nodes.Or(operands=operands):
                return "，或".join(self._grouped(part) for part in operands)
            case Comparison(sign=sign, left=left, right=right):
                return self._comparison(sign, left, right)
            case nodes.Between(value=value, low=low, high=high):
                measure = unit(value, self._catalogue)
                ends = f"{self._term(low, measure)} 至 {self._term(high, measure)}"
                return f"{self.say(value)}在 {ends} 之间（含）"
            case nodes.In(value=value, tests=tests):
                return self._tests(self._subject(value), tests, unit(value, self._catalogue))
            case nodes.If(test=test, yes=yes, no=no):
                return f"如{self.say(test)}，则{self.say(yes)}；否则{self.say(no)}"
            case nodes.Arithmetic() | nodes.Negation() | nodes.Call():
                return self._computed(node)
            case nodes.Quantified(kind=kind, iterators=(iterator,), test=test):
                each = "每一项" if kind == "every" else "至少一项"
                return f"{self.say(iterator.source)}中{each}（{iterator.name}）：{self.say(test)}"
        item = self._boolean_item(node)
        return f"{item}：是" if item else self._term(node, None)

    def cell(self, given: Node, tests: UnaryTests) -> str:
        """Return what a cell of a table asks of its input."""
        asked = self._tests(self._subject(given), tests.tests, unit(given, self._catalogue))
        return f"并非：{asked}" if tests.negated else asked

    def _grouped(self, node: Node) -> str:
        text = self.say(node)
        return f"（{text}）" if isinstance(node, nodes.And | nodes.Or | nodes.If) else text

    def _comparison(self, sign: Sign, left: Node, right: Node) -> str:
        if right == Constant(None):
            return f"{self._subject(left)}{'无记录' if sign is Sign.EQUAL else '有记录'}"
        if isinstance(right, Constant) and isinstance(right.value, bool):
            wanted = right.value is (sign is Sign.EQUAL)
            return f"{self._subject(left)}：{shown(wanted)}"
        measure = unit(left, self._catalogue)
        words = self._signs(left, right)
        return f"{self._subject(left)}{words[sign]} {self._term(right, measure)}"

    def _subject(self, node: Node) -> str:
        return self._term(node, None) if isinstance(node, Name) else self.say(node)

    def _signs(self, left: Node, right: Node) -> dict[Sign, str]:
        if any(self._is_length(side) for side in (left, right)):
            return LENGTH_SIGNS
        return DATE_SIGNS if any(self._is_date(side) for side in (left, right)) else NUMBER_SIGNS

    def _is_date(self, node: Node) -> bool:
        found = of_path(node)
        item = self._catalogue.get(found[0].item) if found else None
        if item is not None:
            return item.type is FactType.DATE
        return node == Name(EVALUATION_DAY) or _called(node) == "date"

    def _is_length(self, node: Node) -> bool:
        return _called(node) in {"duration", "years and months duration"}

    def _tests(self, subject: str, tests: Sequence[Node], measure: str | None) -> str:
        if not tests:
            return f"{subject}{NOTHING_ASKED}"
        if len(tests) > 1 and all(isinstance(test, Constant) for test in tests):
            return f"{subject}为 {'、'.join(self._term(test, measure) for test in tests)} 之一"
        return "或".join(f"{subject}{self._test(test, measure)}" for test in tests)

    def _test(self, test: Node, measure: str | None) -> str:
        match test:
            case nodes.UnaryComparison(sign=sign, operand=operand):
                return f"{NUMBER_SIGNS[sign]} {self._term(operand, measure)}"
            case nodes.RangeLiteral():
                return self._range(test, measure)
            case Constant(value=bool() as value):
                return f"：{shown(value)}"
            case nodes.ListLiteral(items=items):
                return f"为 {'、'.join(self._term(item, measure) for item in items)} 之一"
        return f"为 {self._term(test, measure)}"

    def _range(self, given: nodes.RangeLiteral, measure: str | None) -> str:
        parts = []
        if given.low is not None:
            sign = Sign.AT_LEAST if given.low_included else Sign.GREATER
            parts.append(f"{NUMBER_SIGNS[sign]} {self._term(given.low, measure)}")
        if given.high is not None:
            sign = Sign.AT_MOST if given.high_included else Sign.LESS
            parts.append(f"{NUMBER_SIGNS[sign]} {self._term(given.high, measure)}")
        return "且".join(parts)

    def _computed(self, node: Node) -> str:
        match node:
            case nodes.Arithmetic(sign=Sign.SUBTRACT, left=left, right=right) if all(
                self._is_date(side) for side in (left, right)
            ):
                return f"{self.say(right)}到{self.say(left)}的时间"
            case nodes.Arithmetic(sign=sign, left=left, right=right) if sign in ARITHMETIC_SIGNS:
                return f"{self._factor(left)} {ARITHMETIC_SIGNS[sign]} {self._factor(right)}"
            case nodes.Negation(operand=operand):
                return f"负 {self._factor(operand)}"
            case nodes.Call(arguments=arguments):
                return self._call(node, _called(node), arguments)
        return write(node)

    def _factor(self, node: Node) -> str:
        text = self.say(node)
        return f"（{text}）" if isinstance(node, nodes.Arithmetic | nodes.If) else text

    def _call(self, node: Node, name: str, arguments: Sequence[Node]) -> str:  # noqa: PLR0911 - one a kind
        match (name, tuple(arguments)):
            case ("not", (only,)):
                return self._not(only)
            case (("sum" | "mean" | "max" | "min" | "count") as total, (only,)):
                return f"{self.say(only)}{AGGREGATES[total]}"
            case (("max" | "min") as chosen, several):
                return f"（{' 与 '.join(map(self._factor, several))} 中{CHOSEN[chosen]}）"
            case ("years and months duration", (start, end)):
                return f"{self.say(start)}到{self.say(end)}的时间"
            case ("starts with", (text, prefix)):
                return f"{self.say(text)}以{self._term(prefix, None)}开头"
            case ("list contains", (choices, value)):
                return f"{self.say(choices)}包含{self._term(value, None)}"
            case ("date", (Constant(value=str() as text),)):
                return text
            case ("duration", (Constant(value=str() as text),)):
                return _length(text)
        return write(node)

    def _not(self, node: Node) -> str:
        item = self._boolean_item(node)
        return f"{item}：否" if item else f"并非：{self.say(node)}"

    def _boolean_item(self, node: Node) -> str:
        item = self._catalogue.get(node.name) if isinstance(node, Name) else None
        return item.name if item is not None and item.type is FactType.BOOLEAN else ""

    def _term(self, node: Node, measure: str | None) -> str:  # noqa: PLR0911 - one a kind
        match node:
            case Constant(value=value):
                return shown(value, measure)
            case nodes.AtLiteral(text=text):
                return _length(text)
            case nodes.Path(source=Name(name=period), name=item) if period in PERIOD_NAMES:
                return f"{period}{item}"
            case nodes.Path(source=nodes.Arithmetic() as between, name="days"):
                return self._computed(between).replace("的时间", "的天数")
            case Name(name=name):
                return name
            case nodes.ListLiteral(items=items):
                return "、".join(self._term(item, measure) for item in items)
            case nodes.Arithmetic() | nodes.Negation() | nodes.Call():
                return self._computed(node)
        return write(node)


def cell(given: Node, tests: UnaryTests, catalogue: Catalogue) -> str:
    """Return in Chinese what a cell of a table asks of its input."""
    return _Sayer(catalogue).cell(given, tests)


def _called(node: Node) -> str:
    if isinstance(node, nodes.Call) and isinstance(node.function, Name):
        return node.function.name
    return ""
