"""What is said about a text that is no FEEL: where, what was found, and what to do about it."""

import unicodedata

from .nodes import Span

SHOWN = 60  # characters of the line at each side of the place


class FeelSyntaxError(Exception):
    """A text is no FEEL; ``str()`` is the sentence with its line and column."""

    def __init__(self, text: str, span: Span, message: str) -> None:
        super().__init__(text, span, message)
        self.text = text
        self.span = span
        self.message = message

    def __str__(self) -> str:
        return f"第 {self.line} 行第 {self.column} 列：{self.message}"

    @property
    def line(self) -> int:
        """The line of the place, from 1."""
        return self.text.count("\n", 0, self.span.start) + 1

    @property
    def column(self) -> int:
        """The character in its line, from 1."""
        return self.span.start - (self.text.rfind("\n", 0, self.span.start) + 1) + 1

    def rendering(self) -> str:
        """Return the sentence, the line it is about, and carets below the place."""
        return marked(self.text, self.span, str(self))


def marked(text: str, span: Span, sentence: str) -> str:
    """Return the sentence, below it the line it is about, below that carets at the place."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    end = len(text) if end < 0 else end
    first = max(begin, span.start - SHOWN)
    shown = text[first : min(end, span.start + SHOWN)].replace("\t", " ")
    before = shown[: span.start - first]
    place = shown[span.start - first : span.end - first]
    carets = "".join(map(_caret, place)) or "^"
    return f"{sentence}\n    {shown}\n    {''.join(map(_blank, before))}{carets}"


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def _blank(character: str) -> str:
    return "　" if _is_wide(character) else " "


def _caret(character: str) -> str:
    return "^^" if _is_wide(character) else "^"
