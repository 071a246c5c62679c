"""The query string of a list: filters, search, order and page, checked by the register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.search import bigrams, index
from jingkai.apps.search import queries as search
from jingkai.web.parts import Chip

from . import spatial
from .declaration import BoundColumn, Register
from .kinds import Choice, Day, Refused, Yes

MOST_PAGES = 1_000_000
MOST_TEXT = 200
LENGTHS = (50, 100, 200)
EVERYTHING = "all"  # asked of the column that makes a record history: both kinds
SUFFIXES = ("", "__is", "__from", "__to", "__empty", "__has", "__within")


@dataclass(slots=True)
class Filters:
    """What a query string asks of a register, and what in it could not be understood."""

    register: Register
    data: QueryDict
    by_column: dict[str, list[Q]] = field(default_factory=dict)
    chips: list[Chip] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    order: str = ""
    page: int = 1
    place: str = ""
    length: int = LENGTHS[0]
    leaves_history_out: bool = False
    _besides: list[set[str] | None] = field(default_factory=list)
    _search: dict[bool, list[Q]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """Return the query string without the page, for links that keep the filters."""
        return self.without("page")

    def without(self, *names: str) -> str:
        """Return the query string less these parameters."""
        pairs = [(name, value) for name in self.data for value in self.data.getlist(name)]
        return urlencode([pair for pair in pairs if pair[0] not in names and pair[1]])

    @property
    def clear(self) -> str:
        """Return the link that drops every filter but keeps what others put in the query."""
        ours = {"q", "sort", "page", "length"}
        kept = self.without(*ours, *parameters(self.register))
        everything = {self.register.retires: EVERYTHING} if self.leaves_history_out else {}
        return f"?{'&'.join(filter(None, (kept, urlencode(everything))))}"

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows filtered and in order; rows equal in it go by their keys, likewise."""
        return self.filtered(rows).order_by(*self.ordering)

    @property
    def conditions(self) -> list[Q]:
        """Return what the columns' filters ask."""
        return [condition for found in self.by_column.values() for condition in found]

    def add(self, column: BoundColumn, condition: Q) -> None:
        """Ask this of a column."""
        self.by_column.setdefault(column.name, []).append(condition)

    def filtered(
        self, rows: QuerySet[Any], *, besides: str = "", is_walked: bool = False
    ) -> QuerySet[Any]:
        """
        Return the rows that the filters leave, in no order; one column's may be left out.

        ``is_walked``: the caller reads the first of them in their order, and stops.
        """
        found = [c for name, several in self.by_column.items() for c in several if name != besides]
        for condition in (*found, *self._searched(is_walked=is_walked)):
            rows = rows.filter(condition)
        return rows.order_by()

    def counted(self, rows: QuerySet[Any], most: int) -> int:
        """Return how many rows the filters leave, up to ``most``."""
        return self.filtered(rows)[:most].values("pk").count()

    def counted_whole(self, rows: QuerySet[Any], most: int) -> int:
        """Return the same where the rows are all that there are: the index may know."""
        if scope.present_seal() or self.by_column or not self.words:
            return self.counted(rows, most)  # the index counts sealed records too
        if self._read_besides() != set():
            return self.counted(rows, most)
        return search.count(scope.current(), self.register.kind, self.words, most)

    @property
    def ordering(self) -> list[Any]:
        """Return the order: rows that have no value in its column come last."""
        path = self.order.lstrip("-")
        if not _may_lack(self.register, path):
            return [self.order, self.tie]
        column = F(path)
        first = column.desc if self.order.startswith("-") else column.asc
        return [first(nulls_last=True), self.tie]

    @property
    def tie(self) -> str:
        """Return how equal rows go: so that one index gives the order and its reverse."""
        return "-pk" if self.order.startswith("-") else "pk"

    @property
    def is_behind(self) -> bool:
        """Whether words are asked for and the index could not tell, so that the table was read."""
        return bool(self.words) and self._read_besides() is None

    def _read_besides(self) -> set[str] | None:
        """Return what ``unindexed`` says, asked once for a query string."""
        if not self._besides:
            self._besides.append(unindexed(self.register))
        return self._besides[0]

    def _searched(self, *, is_walked: bool) -> list[Q]:
        """Return what the words ask, likewise."""
        if self.words and is_walked not in self._search:
            besides = self._read_besides()
            found = _searched(self.register, self.words, besides, is_walked=is_walked)
            self._search[is_walked] = found
        return self._search.get(is_walked, [])


def parameters(register: Register) -> set[str]:
    """Return the names in the query string that are conditions on columns."""
    return {f"{column.name}{suffix}" for column in register.bound for suffix in SUFFIXES}


def searched(register: Register, words: list[str]) -> list[Q]:
    """Return the conditions on rows that hold every word, in scope."""
    return _searched(register, words, unindexed(register), is_walked=False) if words else []


def unindexed(register: Register) -> set[str] | None:
    """Return the paths that a search must read in the table; None where the index is behind."""
    zones = scope.current()
    if not index.is_current(zones):
        return None
    return set(register.search) - index.paths(zones, register.kind)


def _searched(
    register: Register, words: list[str], besides: set[str] | None, *, is_walked: bool
) -> list[Q]:
    zones, kind = scope.current(), register.kind
    if besides is None:
        return [_in_table(register.search, word) for word in words]
    if not besides:
        return [search.holding(zones, kind, words, is_walked=is_walked)]
    return [search.holding(zones, kind, [word]) | _in_table(besides, word) for word in words]


def _in_table(paths: Iterable[str], word: str) -> Q:
    anywhere = Q()
    for path in paths:
        anywhere |= Q(**{f"{path}__icontains": word})
    return anywhere


def _may_lack(register: Register, path: str) -> bool:
    """Whether the table may hold no value there; of what is computed nobody knows."""
    fields = {field.name: field for field in register.model._meta.concrete_fields}
    return path not in fields or fields[path].null


def read(register: Register, data: QueryDict, *, as_listed: bool = False) -> Filters:
    """
    Return what the query string asks; unknown parameters are other people's and are left.

    ``as_listed``: as a list shows it, without history that nobody asks for.
    """
    found = Filters(register, data)
    for column in register.bound:
        if column.filterable:
            _read_column(found, column)
    _read_search(found)
    if as_listed and register.retires and not found.words:
        _leave_history_out(found, register.by_name[register.retires])
    found.order = _order(register, data.get("sort", ""))
    found.place = data.get("page", "")
    found.page = _whole(data.get("page", ""), 1, MOST_PAGES)
    length = _whole(data.get("length", ""), LENGTHS[0], max(LENGTHS))
    found.length = length if length in LENGTHS else LENGTHS[0]
    return found


def _leave_history_out(found: Filters, column: BoundColumn) -> None:
    """Leave out what has retired, unless the query string says something of it."""
    if any(f"{column.name}{suffix}" in found.data for suffix in SUFFIXES):
        return
    found.leaves_history_out = True
    found.add(column, Q(**{f"{column.path}__isnull": True}))
    everything = urlencode({column.name: EVERYTHING})
    kept = found.without("page")
    link = f"?{kept}&{everything}" if kept else f"?{everything}"
    found.chips.append(Chip(label=str(column.label), value=_("不含历史记录"), url=link))


def _read_column(found: Filters, column: BoundColumn) -> None:
    path = column.path
    if column.kind.filter == "range":
        _read_bound(found, column, f"{column.name}__from", f"{path}__gte", _("不小于"))
        _read_bound(found, column, f"{column.name}__to", f"{path}__lte", _("不大于"))
    elif column.kind.filter == "choice":
        _read_choices(found, column)
    elif column.kind.filter == "yes":
        _read_bound(found, column, column.name, path, "")
    elif column.kind.filter == "outline":
        _read_outline(found, column)
    else:
        _read_bound(found, column, column.name, f"{path}__icontains", _("包含"))
        _read_bound(found, column, f"{column.name}__is", path, "")
    if found.data.get(f"{column.name}__empty") == "1":
        empty = Q(**{f"{path}__isnull": True})
        if column.kind.filter in {"text", "choice"} and not column.is_reference:
            empty |= Q(**{path: ""})
        found.add(column, empty)
        _chip(found, f"{column.name}__empty", column, _("未登记"))


def _read_bound(found: Filters, column: BoundColumn, name: str, lookup: str, word: str) -> None:
    text = _text(found, name)
    if not text:
        return
    try:
        value = text if column.kind.filter == "text" else column.kind.parse(text)
    except Refused as reason:
        found.errors.append(f"{column.label}: {reason} ({text})")
        return
    found.add(column, Q(**{lookup: value}))
    shown = column.kind.shown(value) if column.kind.filter != "text" else text
    _chip(found, name, column, f"{word} {shown}".strip())


def _read_outline(found: Filters, column: BoundColumn) -> None:
    if found.data.get(f"{column.name}__has") == "1":
        found.add(column, Q(**{f"{column.path}__isnull": False}))
        _chip(found, f"{column.name}__has", column, _("有图形"))
    text = _text(found, f"{column.name}__within")
    if not text:
        return
    window = spatial.window(text)
    if window is None:
        found.errors.append(
            _("%(column)s：范围应为 西,南,东,北 四个经纬度") % {"column": column.label}
        )
        return
    found.add(column, spatial.meeting(found.register.model, window))
    _chip(found, f"{column.name}__within", column, _("与范围 %(window)s 相交") % {"window": text})


def _read_choices(found: Filters, column: BoundColumn) -> None:
    asked = [text for text in found.data.getlist(column.name) if text]
    if not asked or not isinstance(column.kind, Choice):
        return
    known = dict(column.kind.choices)
    wrong = [text for text in asked if text not in known]
    if wrong:
        found.errors.append(f"{column.label}: {wrong[0]}")
        return
    found.add(column, Q(**{f"{column.name}__in": asked}))
    _chip(found, column.name, column, _("、").join(str(known[code]) for code in asked))


def _read_search(found: Filters) -> None:
    found.words = bigrams.words(_text(found, "q"))


def _text(found: Filters, name: str) -> str:
    """Return what was typed; what no database takes as a pattern is refused with a word."""
    text = found.data.get(name, "").strip()
    if len(text) > MOST_TEXT or "\0" in text:
        found.errors.append(_("筛选内容过长，或含有不能识别的字符"))
        return ""
    return text


def _chip(found: Filters, name: str, column: BoundColumn, value: str) -> None:
    link = f"?{found.without(name, 'page')}"
    found.chips.append(Chip(label=str(column.label), value=value, url=link))


def _order(register: Register, asked: str) -> str:
    column = register.by_name.get(asked.removeprefix("-"))
    if column is None or not column.sortable:
        usual = register.by_name.get(register.order.removeprefix("-"))
        # Not even the usual order may tell what this reader sees as stars.
        return "-id" if usual and not usual.sortable else register.order
    return f"{'-' if asked.startswith('-') else ''}{column.path}"


def _whole(text: str, default: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return default
    return min(max(int(text), 1), most)


def widgets(register: Register, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the filter drawer draws: one entry a column, with its present value."""
    found = []
    for column in register.bound:
        if not column.filterable:
            continue
        entry: dict[str, Any] = {"name": column.name, "label": str(column.label)}
        entry["filter"] = column.kind.filter
        entry["input"] = "date" if isinstance(column.kind, Day) else "text"
        entry["may_be_empty"] = not column.required
        if isinstance(column.kind, Choice):
            chosen = set(data.getlist(column.name)) if isinstance(data, QueryDict) else set()
            entry["options"] = [(c, label, c in chosen) for c, label in column.kind.choices]
        elif isinstance(column.kind, Yes):
            entry["options"] = [("是", _("是"), False), ("否", _("否"), False)]
        entry["value"] = data.get(column.name, "")
        entry["least"] = data.get(f"{column.name}__from", "")
        entry["most"] = data.get(f"{column.name}__to", "")
        entry["has"] = data.get(f"{column.name}__has") == "1"
        entry["window"] = data.get(f"{column.name}__within", "")
        entry["is_empty"] = data.get(f"{column.name}__empty") == "1"
        found.append(entry)
    return found
