"""Functions on strings (DMN 1.5, table 74); a character is a code point of Unicode."""

from decimal import ROUND_DOWN, Decimal

from .. import bounds
from ..problems import NoValue
from ..scopes import Value
from .signatures import table


def substring(string: str, start: Decimal, length: Decimal | None = None) -> str:
    """Return the characters from a position, counted from 1 or with -1 from the end."""
    first = int(start.to_integral_value(ROUND_DOWN))
    if not 1 <= abs(first) <= max(len(string), 1):
        raise NoValue(f"文本共 {len(string)} 字，没有第 {start} 个字。")
    begin = first - 1 if first > 0 else max(len(string) + first, 0)
    if length is None:
        return string[begin:]
    if length < 0:
        raise NoValue(f"截取的长度不能是负数，给的是 {length}。")
    return string[begin : begin + int(min(length, Decimal(len(string))))]


def string_length(string: str) -> Decimal:
    """Return the number of characters."""
    return Decimal(len(string))


def upper_case(string: str) -> str:
    """Return the string in capitals."""
    return string.upper()


def lower_case(string: str) -> str:
    """Return the string in small letters."""
    return string.lower()


def substring_before(string: str, match: str) -> str:
    """Return what stands before the first match, or nothing if there is none."""
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


def substring_after(string: str, match: str) -> str:
    """Return what stands behind the first match, or nothing if there is none."""
    return string.partition(match)[2] if match else string


def contains(string: str, match: str) -> bool:
    """Return whether the string holds the other one."""
    return match in string


def starts_with(string: str, match: str) -> bool:
    """Return whether the string begins with the other one."""
    return string.startswith(match)


def ends_with(string: str, match: str) -> bool:
    """Return whether the string ends with the other one."""
    return string.endswith(match)


def string_join(items: list[Value], delimiter: str | None = None) -> str:
    """Return the strings of the list in one, null ones left out."""
    texts = [item for item in items if isinstance(item, str)]
    if any(not isinstance(item, str | None) for item in items):
        raise NoValue("string join 的列表中有不是文本的值，请先用 string() 转换。")
    between = delimiter or ""
    bounds.check_characters(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


FUNCTIONS = table(
    ("substring(string: string, start position: number, length?: number) -> string", substring),
    ("string length(string: string) -> number", string_length),
    ("upper case(string: string) -> string", upper_case),
    ("lower case(string: string) -> string", lower_case),
    ("substring before(string: string, match: string) -> string", substring_before),
    ("substring after(string: string, match: string) -> string", substring_after),
    ("contains(string: string, match: string) -> boolean", contains),
    ("starts with(string: string, match: string) -> boolean", starts_with),
    ("ends with(string: string, match: string) -> boolean", ends_with),
    ("string join(list: list, delimiter?: string?) -> string", string_join),
)
