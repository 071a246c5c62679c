"""What the format of a cell makes a person see: 50% where 0.5 is kept, 0012 where 12 is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

BUILT_IN = {"9": "0%", "10": "0.00%"}  # the numbers of formats that no workbook spells out
_SPLIT = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<marked>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[[^\]]*\]|[_*].|(?P<body>.)",
    re.DOTALL,
)
_DATES = frozenset("ymdhsYMDHS")
_DIGITS = frozenset("0#?")
_OWN_MONEY = frozenset({"¥", "￥", ""})
_DIGITS_KEPT = 15  # what a workbook's number keeps exactly
_LEAST_PADDED = 2


@dataclass(slots=True)
class _Section:
    """A section of a format: its digits, and the words before, between and after them."""

    body: str = ""
    before: str = ""
    after: str = ""
    has_own_point: bool = False  # a point that is a letter and parts nothing: 0!.0 makes 5 of 50

    @property
    def is_scaled(self) -> bool:
        """Return whether a comma behind the digits drops three of them, or a point is none."""
        return self.has_own_point or bool(re.search(r"[0#?],+(?![0#?,])", self.body))


class Looks:
    """The formats that a workbook's styles give its cells, told element by element."""

    def __init__(self) -> None:
        """Begin with the formats that need no telling."""
        self._codes = dict(BUILT_IN)
        self._of_cells: list[str] = []
        self._is_of_cells = False
        self.handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "numFmt": self._format,
            "cellXfs": lambda _attributes: self._begin(is_of_cells=True),
            "cellStyleXfs": lambda _attributes: self._begin(is_of_cells=False),
            "dxfs": lambda _attributes: self._begin(is_of_cells=False),
            "xf": self._style,
        }

    @property
    def notable(self) -> dict[str, str]:
        """Return the formats, by the number of a style, that make numbers look otherwise."""
        codes = ((str(i), self._codes.get(name, "")) for i, name in enumerate(self._of_cells))
        return {number: code for number, code in codes if code and is_notable(code)}

    def _begin(self, *, is_of_cells: bool) -> None:
        self._is_of_cells = is_of_cells

    def _format(self, attributes: dict[str, str]) -> None:
        self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _style(self, attributes: dict[str, str]) -> None:
        if self._is_of_cells:
            self._of_cells.append(attributes.get("numFmtId", ""))


def is_notable(code: str) -> bool:
    """Return whether numbers under this format look otherwise than they are kept."""
    return any(map(_says_more, _sections(code)))


def shown(value: float, code: str) -> str | None:
    """
    Return what a person sees, with all its digits; None where that is the number itself.

    A format that makes a number look a thousand times smaller stands beside it in brackets.
    """
    sections = _sections(code)
    if any(section.is_scaled for section in sections):
        return f"{_plain(value)} [{code}]"
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if not _says_more(section):
        return None
    if "%" in section.body:
        return f"{(_decimal(value) * 100).normalize():f}%"
    text = _plain(value)
    if _is_padded(section) and value >= 0 and text.isdecimal():
        text = text.zfill(len(section.body))
    return f"{section.before}{text}{section.after}"


def _says_more(section: _Section) -> bool:
    if _DATES & set(section.body.replace("General", "")):
        return False
    is_worded = bool(section.before or section.after) and bool(section.body)
    return is_worded or section.is_scaled or "%" in section.body or _is_padded(section)


def _is_padded(section: _Section) -> bool:
    return len(section.body) >= _LEAST_PADDED and not section.body.strip("0")


def _sections(code: str) -> list[_Section]:
    return [_section(text) for text in _SPLIT.split(code)[:3]]


def _section(text: str) -> _Section:
    found = _Section()
    for token in _TOKEN.finditer(text):
        body = token["body"]
        if body is not None and (body in "0#?.,%E@/+-" or (body.isascii() and body.isalpha())):
            found.body += body
            continue
        word = _word(token)
        if word == "." and _DIGITS & set(found.body):
            found.has_own_point = True
        elif found.body:
            found.after += word
        else:
            found.before += word
    found.before, found.after = found.before.strip(), found.after.strip()
    return found


def _word(token: re.Match[str]) -> str:
    """Return the letters that a token puts beside the digits; signs of our own money are none."""
    found = next((token[name] for name in ("quoted", "escaped", "marked") if token[name]), "")
    if token["money"] is not None:
        found = token["money"]
    if token["body"] is not None and token["body"] not in " ()":
        found = token["body"]
    return "" if found in _OWN_MONEY or found in "()-+" else found


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{_DIGITS_KEPT}g}")


def _plain(value: float) -> str:
    return f"{_decimal(value).normalize():f}"
