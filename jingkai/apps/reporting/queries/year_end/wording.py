"""Whole sentences, translated as such, in which figures keep their links."""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jingkai.documents.model import Figure, Language, Paragraph, Run, Text

_PLACE = re.compile(r"%\((\w+)\)s")

Runs = tuple[Run, ...]
Part = Run | Runs | str | Promise


def language() -> Language:
    """Return the language that is active, as documents know it."""
    english = (get_language() or "").startswith("en")
    return Language.ENGLISH if english else Language.CHINESE


def sentence(template: str, /, **parts: Part) -> Runs:
    """
    Return the translated template with each ``%(name)s`` replaced by its part.

    :raises KeyError: when the template names a part that is not given
    """
    runs: list[Run] = []
    for place, piece in enumerate(_PLACE.split(template)):
        runs += _runs(parts[piece] if place % 2 else piece)
    return tuple(run for run in runs if not isinstance(run, Text) or run.text)


def _runs(part: Part) -> Runs:
    if isinstance(part, tuple):
        return part
    return (part if isinstance(part, Text | Figure) else Text(str(part)),)


def paragraph(sentences: Iterable[Runs]) -> Paragraph:
    """Return the sentences one after the other, apart by a space where the language has one."""
    runs: list[Run] = []
    for one in sentences:
        if runs and language() is Language.ENGLISH:
            runs.append(Text(" "))
        runs.extend(one)
    return Paragraph(tuple(runs))


def listed(items: Iterable[Runs]) -> Runs:
    """Return the items one after the other, as a list within a sentence."""
    runs: list[Run] = []
    for item in items:
        runs += [Text(_("、")), *item] if runs else item
    return tuple(runs)
