"""A sheet to draw a chart on: boxes, lines, words that wrap; 640 units wide, SVG at the end."""

import unicodedata
from html import escape

WIDTH = 640.0
SIZE = 14.0  # of the letters; about 小五 where the chart stands 156 mm wide
LINE = SIZE + 3
INK = "#222222"
FAINT = "#d9d9d9"

# Okabe and Ito (2008), without yellow and black: apart for every kind of colour vision, and
# in this order apart in print without colours as well.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")


class Canvas:
    """Collects the marks of one chart."""

    def __init__(self) -> None:
        self._marks: list[str] = []

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle; a height or width below zero counts from the other side."""
        left, top = min(x, x + width), min(y, y + height)
        self._mark("rect", x=left, y=top, width=abs(width), height=abs(height), fill=colour)

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str = FAINT) -> None:
        """Draw a thin straight line."""
        self._mark("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=1)

    def curve(self, points: list[tuple[float, float]], colour: str) -> None:
        """Join the points, and mark each."""
        joined = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
        self._mark("polyline", points=joined, fill="none", stroke=colour, stroke_width=2)
        for x, y in points:
            self._mark("circle", cx=x, cy=y, r=3, fill=colour)

    def shape(self, path: str, colour: str) -> None:
        """Fill a path, with a thin white edge."""
        self._mark("path", d=path, fill=colour, stroke="#ffffff", stroke_width=1)

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK
    ) -> None:
        """Write one line with its base at y."""
        self._marks.append(
            f'<text x="{_short(x)}" y="{_short(y)}" text-anchor="{anchor}" fill="{colour}">'
            f"{escape(text)}</text>"
        )

    def label(self, x: float, y: float, text: str, room: float) -> float:
        """Write a label of at most three centred lines below y; return where it ends."""
        lines = wrapped(text, room)
        for at, line in enumerate(lines):
            self.text(x, y + (at + 1) * LINE - 3, line, anchor="middle")
        return y + len(lines) * LINE

    def side_label(self, x: float, y: float, text: str, room: float) -> None:
        """Write a label of at most two lines that end at x, around the height y."""
        lines = wrapped(text, room, lines=2)
        for at, line in enumerate(lines):
            self.text(x, y + (at - (len(lines) - 1) / 2) * LINE + 5, line, anchor="end")

    def element(self, height: float, title: str) -> str:
        """Return all marks as one ``<svg>`` element that carries the title for screen readers."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" '
            f'viewBox="0 0 {_short(WIDTH)} {_short(height)}" font-size="{_short(SIZE)}" '
            'font-family="Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif">'
            + "".join(self._marks)
            + "</svg>"
        )

    def _mark(self, name: str, **attributes: float | str) -> None:
        written = "".join(
            f' {key.replace("_", "-")}="{value if isinstance(value, str) else _short(value)}"'
            for key, value in attributes.items()
        )
        self._marks.append(f"<{name}{written}/>")


def width_of(text: str) -> float:
    """Return about how wide the text stands: a Chinese character is one square, others 0.58."""
    return sum(SIZE if unicodedata.east_asian_width(one) in "WF" else SIZE * 0.58 for one in text)


def wrapped(text: str, room: float, lines: int = 3) -> list[str]:
    """Return the text in lines no wider than the room; what is over ends in an ellipsis."""
    words = " ".join(text.split())
    found: list[str] = []
    while words and len(found) < lines:
        cut = _cut(words, room)
        found.append(words[:cut].rstrip())
        words = words[cut:].lstrip()
    if words:
        found[-1] = found[-1][: max(1, _cut(found[-1], room - SIZE))] + "…"
    return found


def _cut(text: str, room: float) -> int:
    """Return how many characters fit, at least one; Latin words stay whole where they can."""
    used = 0.0
    for at, one in enumerate(text):
        used += width_of(one)
        if used > room and at:
            space = text.rfind(" ", 0, at + 1)
            breaks_a_word = one.isascii() and text[at - 1].isascii()
            return space if breaks_a_word and space > 0 else at
    return len(text)


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
