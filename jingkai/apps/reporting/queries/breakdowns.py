"""A figure cut by one property of its records: by industry, origin, scale, start, month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Substr
from django.db.models.query import QuerySet as Rows
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import scope
from jingkai.apps.registers.indicator import Indicator
from jingkai.core import industries
from jingkai.core.indicators import Period

from ..facts import Holdings
from . import catalogue

UNKNOWN = "unknown"
SCALES = (  # 亿元 bands, in 万元: from, and below
    ("below_1", None, 10_000),
    ("1_to_5", 10_000, 50_000),
    ("5_to_10", 50_000, 100_000),
    ("from_10", 100_000, None),
)
SCALE_LABELS = {
    "below_1": gettext_lazy("1亿元以下"),
    "1_to_5": gettext_lazy("1亿元至5亿元"),
    "5_to_10": gettext_lazy("5亿元至10亿元"),
    "from_10": gettext_lazy("10亿元及以上"),
}
START_LABELS = {"started": gettext_lazy("已开工"), "to_start": gettext_lazy("待开工")}


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A property of signings by which they are cut; ``mark`` gives each record its part's key."""

    code: str
    name: Promise
    mark: Callable[[Rows[Any], Period], Rows[Any]]
    label: Callable[[str], str]
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a figure: its records now and last year, and the investment they plan."""

    key: str
    label: str
    records: int
    before: int | None
    planned_wan: Decimal | None
    share: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """Return the change on last year, None without a base."""
        return Fraction(self.records - self.before, self.before) if self.before else None


def dimensions() -> dict[str, Dimension]:
    """Return the dimensions by code, in the order of the report."""
    return {dimension.code: dimension for dimension in _DIMENSIONS}


def of_register(kind: str) -> tuple[Dimension, ...]:
    """Return the dimensions by which the register's records can be cut."""
    return _DIMENSIONS if kind == "signings" else ()


def parts(
    indicator: Indicator, dimension: Dimension, period: Period, holdings: Holdings | None = None
) -> tuple[Part, ...]:
    """Return the parts of the figure, sealed records included; they add up to the figure's."""
    with scope.unsealed():
        return _parts(indicator, dimension, period, Holdings() if holdings is None else holdings)


def _parts(
    indicator: Indicator, dimension: Dimension, period: Period, held: Holdings
) -> tuple[Part, ...]:
    last = period.same_period_last_year()
    now = _counted(dimension.mark(indicator.rows(period), period))
    known_before = held[indicator.register].knows(last.end)
    before = _counted(dimension.mark(indicator.rows(last), last)) if known_before else {}
    everything = sum(records for records, _planned in now.values())
    return tuple(
        Part(
            key=key,
            label=dimension.label(key),
            records=now.get(key, (0, None))[0],
            before=before.get(key, (0, None))[0] if known_before else None,
            planned_wan=now.get(key, (0, None))[1],
            share=Fraction(now.get(key, (0, None))[0], everything) if everything else None,
        )
        for key in _in_order(dimension, now, before)
    )


def restrict(rows: Rows[Any], dimension: Dimension, key: str, period: Period) -> Rows[Any]:
    """Return the rows of one part."""
    return dimension.mark(rows, period).filter(part=key)


def _counted(marked: Rows[Any]) -> dict[str, tuple[int, Decimal | None]]:
    grouped = (
        marked.order_by().values("part").annotate(records=Count("pk"), planned=Sum("planned_wan"))
    )
    return {
        part: (records, planned)
        for part, records, planned in grouped.values_list("part", "records", "planned")
    }


def _in_order(
    dimension: Dimension, now: dict[str, tuple[int, Decimal | None]], before: Iterable[str]
) -> list[str]:
    """Return the parts' keys: a fixed order, or the largest first; what is not on record last."""
    keys = {*now, *before, *dimension.order}
    if dimension.order:
        known = [key for key in dimension.order if key in keys]
    else:
        sizes = {key: now.get(key, (0, None))[0] for key in keys - {UNKNOWN}}
        known = sorted(sizes, key=lambda key: (-sizes[key], key))
    return [*known, UNKNOWN] if UNKNOWN in keys else known


def _by_text(path: str, length: int | None = None) -> Callable[[Rows[Any], Period], Rows[Any]]:
    def marked(rows: QuerySet[Any], _period: Period) -> Rows[Any]:
        known = Substr(path, 1, length) if length else F(path)
        return rows.annotate(
            part=Case(
                When(Q(**{path: ""}) | Q(**{f"{path}__isnull": True}), then=Value(UNKNOWN)),
                default=Coalesce(known, Value(UNKNOWN)),
                output_field=CharField(),
            )
        )

    return marked


def _by_scale(rows: QuerySet[Any], _period: Period) -> Rows[Any]:
    bands = [When(_band(least, below), then=Value(key)) for key, least, below in SCALES]
    return rows.annotate(part=Case(*bands, default=Value(UNKNOWN), output_field=CharField()))


def _band(least: int | None, below: int | None) -> Q:
    found = Q(planned_wan__isnull=False)
    if least is not None:
        found &= Q(planned_wan__gte=Decimal(least))
    if below is not None:
        found &= Q(planned_wan__lt=Decimal(below))
    return found


def _by_start(rows: QuerySet[Any], period: Period) -> Rows[Any]:
    started = catalogue.find("signed_and_started").rows(period).order_by().values("pk")
    return rows.annotate(
        part=Case(
            When(pk__in=started, then=Value("started")),
            default=Value("to_start"),
            output_field=CharField(),
        )
    )


def _division(key: str) -> str:
    try:
        return f"{key} {industries.industry(key).name}"
    except industries.UnknownIndustry:
        return _unless_unknown(key)


def _unless_unknown(key: str) -> str:
    return _("未登记") if key == UNKNOWN else key


_DIMENSIONS = (
    Dimension(
        code="industry",
        name=gettext_lazy("行业大类"),
        mark=_by_text("industry_code", 2),
        label=_division,
    ),
    Dimension(
        code="origin",
        name=gettext_lazy("投资来源地"),
        mark=_by_text("investor__origin_province"),
        label=_unless_unknown,
    ),
    Dimension(
        code="scale",
        name=gettext_lazy("投资规模"),
        mark=_by_scale,
        label=lambda key: str(SCALE_LABELS.get(key, _("未登记"))),
        order=tuple(SCALE_LABELS),
    ),
    Dimension(
        code="start",
        name=gettext_lazy("开工情况"),
        mark=_by_start,
        label=lambda key: str(START_LABELS.get(key, _("未登记"))),
        order=tuple(START_LABELS),
    ),
)
