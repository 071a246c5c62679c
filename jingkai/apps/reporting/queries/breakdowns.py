"""A figure cut by one property of its records: signings by industry, land by any axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, CharField, Count, Q, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import scope
from jingkai.apps.registers.indicator import UNKNOWN, Dimension, Indicator, Number, Rows, by_text
from jingkai.core import industries
from jingkai.core.indicators import Period

from ..facts import Holdings, is_additive
from . import catalogue

Counted = dict[str, tuple[int, Decimal | None]]

_NOTHING = (0, None)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    One part of a figure: its number now and in the last year's same period, and its records.

    ``amount`` is what the figure sums, or what its dimension sums beside a count; None: of no
    record is it known. ``before`` is None where nobody knows what was then.
    """

    key: str
    label: str
    records: int
    amount: Decimal | None
    value: Number | None
    before: Number | None
    share: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """Return the change on last year, None without a base."""
        if not self.before or self.value is None:
            return None
        return Fraction(self.value) / Fraction(self.before) - 1

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to tell of it, now or then."""
        return not self.records and not self.before


def dimensions(indicator: Indicator) -> dict[str, Dimension]:
    """Return by what the figure is cut; a median or a rate has no parts that make it up."""
    found = of_register(indicator.register) if is_additive(indicator) else ()
    return {dimension.code: dimension for dimension in found}


def of_register(kind: str) -> tuple[Dimension, ...]:
    """Return the dimensions by which the register's records can be told apart."""
    known = (*_OF_SIGNINGS, *catalogue.dimensions())
    return tuple(dimension for dimension in known if dimension.register == kind)


def parts(
    indicator: Indicator, dimension: Dimension, period: Period, holdings: Holdings | None = None
) -> tuple[Part, ...]:
    """Return the parts of the figure, sealed records included; they add up to the figure's."""
    with scope.unsealed():
        return _parts(indicator, dimension, period, Holdings() if holdings is None else holdings)


def _parts(
    indicator: Indicator, dimension: Dimension, period: Period, held: Holdings
) -> tuple[Part, ...]:
    now = _counted(indicator, dimension, period)
    last = period.same_period_last_year()
    has_past = indicator.has_past and dimension.has_past
    knows_before = has_past and held[indicator.register].knows(last.end)
    before = _counted(indicator, dimension, last) if knows_before else {}
    numbers = {key: _number(indicator, found) for key, found in now.items()}
    whole = sum(number or 0 for number in numbers.values())
    nothing = _number(indicator, _NOTHING)
    return tuple(
        Part(
            key=key,
            label=dimension.label(key),
            records=now.get(key, _NOTHING)[0],
            amount=now.get(key, _NOTHING)[1],
            value=numbers.get(key, nothing),
            before=_number(indicator, before.get(key, _NOTHING)) if knows_before else None,
            share=_share(numbers.get(key, nothing), whole),
        )
        for key in _in_order(dimension, now, before)
    )


def _share(value: Number | None, whole: Number) -> Fraction | None:
    return Fraction(value) / Fraction(whole) if whole and value is not None else None


def restrict(rows: Rows, dimension: Dimension, key: str, period: Period) -> Rows:
    """Return the rows of one part."""
    return dimension.mark(rows, period).filter(part=key)


def _counted(indicator: Indicator, dimension: Dimension, period: Period) -> Counted:
    """Return by part how many records there are, and the sum of what they contribute."""
    marked = dimension.mark(indicator.rows(period), period).order_by().values("part")
    path = indicator.contribution or dimension.beside
    asked = {"n": Count("pk")} | ({"amount": Sum(path)} if path else {})
    return {row["part"]: (row["n"], row.get("amount")) for row in marked.annotate(**asked)}


def _number(indicator: Indicator, found: tuple[int, Decimal | None]) -> Number | None:
    """Return the part's number: of no record nothing, of records without a value the unknown."""
    records, amount = found
    if not indicator.contribution:
        return records
    return amount if records else Decimal(0)


def _in_order(dimension: Dimension, now: Counted, before: Iterable[str]) -> list[str]:
    """Return the parts' keys: a fixed order, or the largest first; what is not on record last."""
    keys = {*now, *before, *dimension.order}
    if dimension.order:
        besides = sorted(keys - {*dimension.order, UNKNOWN})
        known = [*dimension.order, *besides]
    else:
        sizes = {key: now.get(key, _NOTHING)[0] for key in keys - {UNKNOWN}}
        known = sorted(sizes, key=lambda key: (-sizes[key], key))
    return [*known, UNKNOWN] if UNKNOWN in keys else known


def _by_scale(rows: Rows, _period: Period) -> Rows:
    bands = [When(_band(least, below), then=Value(key)) for key, least, below in SCALES]
    return rows.annotate(part=Case(*bands, default=Value(UNKNOWN), output_field=CharField()))


def _band(least: int | None, below: int | None) -> Q:
    found = Q(planned_wan__isnull=False)
    if least is not None:
        found &= Q(planned_wan__gte=Decimal(least))
    if below is not None:
        found &= Q(planned_wan__lt=Decimal(below))
    return found


def _by_start(rows: Rows, period: Period) -> Rows:
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


_OF_SIGNINGS = (
    Dimension(
        code="industry",
        register="signings",
        beside="planned_wan",
        name=gettext_lazy("行业大类"),
        mark=by_text("industry_code", 2),
        label=_division,
    ),
    Dimension(
        code="origin",
        register="signings",
        beside="planned_wan",
        name=gettext_lazy("投资来源地"),
        mark=by_text("investor__origin_province"),
        label=_unless_unknown,
    ),
    Dimension(
        code="scale",
        register="signings",
        beside="planned_wan",
        name=gettext_lazy("投资规模"),
        mark=_by_scale,
        label=lambda key: str(SCALE_LABELS.get(key, _("未登记"))),
        order=tuple(SCALE_LABELS),
    ),
    Dimension(
        code="start",
        register="signings",
        beside="planned_wan",
        name=gettext_lazy("开工情况"),
        mark=_by_start,
        label=lambda key: str(START_LABELS.get(key, _("未登记"))),
        order=tuple(START_LABELS),
    ),
)
