"""One of a list, or yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .texts import Kind, Refused, plain


class _Words(NamedTuple):
    """The words of a choice: labels by code in one language, codes by any label or code."""

    labels: dict[str, str]
    codes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Choice(Kind):
    """One of a list; read by its label in either language, or by its code."""

    choices: tuple[tuple[str, Any], ...]
    _known: dict[str, _Words] = field(default_factory=dict, init=False, compare=False, repr=False)
    align = "is-short"
    filter = "choice"

    def parse(self, raw: object) -> Any:
        """Return the code."""
        text = plain(raw)
        if not text:
            return None
        words = self._words()
        if text in words.codes:
            return words.codes[text]
        allowed = _("、").join(words.labels.values())
        raise Refused(_("应为其中之一：%(allowed)s") % {"allowed": allowed})

    def cell(self, value: Any) -> Any:
        """Return the label."""
        return self.shown(value)

    def shown(self, value: Any) -> str:
        """Return the label."""
        return self._words().labels.get(value, "" if value is None else str(value))

    def _words(self) -> _Words:
        """Return the words of the active language: each is translated once, not once a cell."""
        language = get_language() or ""
        if language not in self._known:
            labels = {code: str(label) for code, label in self.choices}
            codes = self._foreign() | {label: code for code, label in reversed(labels.items())}
            self._known[language] = _Words(labels, codes | {code: code for code in labels})
        return self._known[language]

    def _foreign(self) -> dict[str, str]:
        """Return the codes by their labels in every language: a workbook has the writer's."""
        found: dict[str, str] = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                found |= {str(label): code for code, label in reversed(self.choices)}
        return found


@dataclass(frozen=True, kw_only=True)
class Yes(Kind):
    """Yes, no, or not on record."""

    align = "is-short"
    filter = "yes"
    width = 8
    _words: Mapping[str, bool] = field(
        default_factory=lambda: {
            **dict.fromkeys(("是", "有", "yes", "y", "true", "1", "√"), True),
            **dict.fromkeys(("否", "无", "no", "n", "false", "0", "×"), False),
        }
    )

    def parse(self, raw: object) -> bool | None:
        """Return the answer."""
        text = plain(raw).lower()
        if not text:
            return None
        if text not in self._words:
            raise Refused(_("应填“是”或“否”"))
        return self._words[text]

    def cell(self, value: Any) -> Any:
        """Return 是 or 否."""
        return self.shown(value)

    def text(self, value: Any) -> str:
        """Return 是 or 否."""
        return self.shown(value)

    def shown(self, value: Any) -> str:
        """Return the word of the language."""
        return "" if value is None else (_("是") if value else _("否"))
