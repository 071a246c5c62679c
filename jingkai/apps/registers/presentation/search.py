"""What a search has found, with the words marked where they stand."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from jingkai.apps.search import bigrams

from ..declaration import BoundColumn, Register
from ..queries import Finding, Heap

MOST_TEXT = 60
BEFORE = 15


def found(heaps: Iterable[Heap], zone: str, query: str, words: Sequence[str]) -> list[Any]:
    """Return each register's part of the page."""
    return [_heap(heap, zone, query, words) for heap in heaps]


def _heap(heap: Heap, zone: str, query: str, words: Sequence[str]) -> dict[str, Any]:
    base = reverse(f"{heap.register.kind}-list", args=[zone])
    return {
        "name": heap.register.name,
        "icon": heap.register.icon,
        "count": heap.count,
        "more": heap.count - len(heap.findings),
        "url": f"{base}?{urlencode({'q': query})}",
        "lines": [
            {"url": f"{base}{finding.pk}/"} | _line(heap.register, finding, words)
            for finding in heap.findings
        ],
    }


def _line(register: Register, finding: Finding, words: Sequence[str]) -> dict[str, Any]:
    """Return a record's number, its name, and the texts besides in which a word stands."""
    told = [(c, c.kind.shown(v)) for c, v in finding.cells if v is not None and v != ""]
    code = next((text for column, text in told if column.name == register.key), "")
    titles = [c for c, _text in told if c.path in register.search and c.name != register.key]
    title = next((text for column, text in told if titles and column is titles[0]), "")
    besides = [
        (column.label, marked(text, words))
        for column, text in told
        if column.name != register.key and column not in titles[:1] and _holds(column, text, words)
    ]
    return {
        "code": marked(code, words),
        "title": marked(title, words),
        "besides": list(dict.fromkeys(besides))[:3],
    }


def _holds(column: BoundColumn, text: str, words: Sequence[str]) -> bool:
    is_text = column.kind.filter == "text"
    return is_text and any(word in bigrams.normal(text) for word in words)


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return the text around the first word, with each word in ``mark``."""
    hits = _hits(text, words)
    start = max(min(hits, default=0) - BEFORE, 0) if len(text) > MOST_TEXT else 0
    stop = min(start + MOST_TEXT, len(text))
    runs: list[tuple[bool, str]] = []
    for at in range(start, stop):
        is_hit = at in hits
        if runs and runs[-1][0] == is_hit:
            runs[-1] = (is_hit, runs[-1][1] + text[at])
        else:
            runs.append((is_hit, text[at]))
    body = format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", run) if hit else run,) for hit, run in runs)
    )
    return conditional_escape(
        format_html("{}{}{}", "…" if start else "", body, "…" if stop < len(text) else "")
    )


def _hits(text: str, words: Sequence[str]) -> set[int]:
    """Return the places of the characters that belong to a word, compared as the index does."""
    normal, owners = "", []
    for at, character in enumerate(text):
        part = bigrams.normal(character)
        normal += part
        owners += [at] * len(part)
    hits: set[int] = set()
    for word in words:
        at = normal.find(word)
        while at >= 0:
            hits.update(owners[at : at + len(word)])
            at = normal.find(word, at + 1)
    return hits
