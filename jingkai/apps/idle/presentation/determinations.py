"""What the law says of a parcel and why, as the records that components take."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.land.models import Parcel
from jingkai.apps.registers import fitting
from jingkai.apps.registers import queries as registers
from jingkai.core import idle_land
from jingkai.core.idle_land import Determination, Facts, Outcome
from jingkai.core.idle_land.limits import Alert, Level, Nearness
from jingkai.web import figures
from jingkai.web.parts import Term, Tone

from .. import queries
from ..models import Reading
from ..models.choices import Attribution, Disposal, Option, Track
from ..models.choices import Outcome as Outcomes

TONES: dict[str, Tone] = {
    Outcome.IDLE: "red",
    Outcome.MAY_BE_IDLE: "amber",
    Outcome.NOT_IDLE: "green",
    Outcome.UNKNOWN: "grey",
}
_LEVELS: dict[Level, Tone] = {
    Level.NOTICE: "blue",
    Level.CAUTION: "amber",
    Level.GRAVE: "red",
    Level.CRITICAL: "red",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with the article on which it rests."""

    text: str
    article: str = ""
    tone: Tone = "grey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A record that the determination was made of: what it says, its source and day."""

    label: str
    text: str
    source: str
    on: str
    url: str


def shows_prices(request: ZoneRequest) -> bool:
    """Return whether the person may see land prices, and what is computed of them."""
    register = registers.of_model(Parcel)
    column = fitting.of(request, register).by_name.get("price_wan") if register else None
    return column is not None and column.may_read


def explained(
    parcel: Parcel, known: Facts, found: Determination, request: ZoneRequest
) -> dict[str, Any]:
    """Return the determination with each reason, what is missing, what follows, what is due."""
    on = found.on
    rules = queries.rules(parcel.zone_id)
    alerts = [one for one in queries.alerts(known, on=on, by=rules) if _is_shown(one)]
    return {
        "found": found,
        "label": str(Outcomes(found.outcome).label),
        "tone": TONES[found.outcome],
        "terms": _terms(found, shows_price=shows_prices(request)),
        "reasons": [_said(queries.reason_words(one), one.article) for one in found.reasons],
        "missing": [queries.missing_words(name) for name in dict.fromkeys(found.missing)],
        "faults": [_said(queries.fault_words(one), one.article, "red") for one in found.faults],
        "cautions": [
            _said(queries.caution_words(one), one.article, "amber") for one in found.cautions
        ],
        "law": _law(found),
        "duties": [_said(queries.duty_words(one), one.article) for one in found.duties],
        "options": [option_line(one) for one in found.options],
        "if_accepted": str(Disposal(found.if_accepted).label) if found.if_accepted else "",
        "computed": _computed(found),
        "reading": Reading.objects.filter(parcel=parcel, withdrawn_at=None).first(),
        "alerts": [_alert(one) for one in alerts],
        "statements": list(_statements(parcel, request.zone.code)),
    }


def _terms(found: Determination, *, shows_price: bool) -> list[Term]:
    """Return the few facts that follow; what does not apply is not listed."""
    statute = found.statute
    terms = [
        Term(label=_("情形"), value=_of(Track, found.track)),
        Term(label=_("起算日期"), value=_day(found.counted_from_on)),
        Term(label=_("已计天数"), value=_count(found.idle_days)),
        Term(label=_("计入使用权人"), value=_count(found.holder_days)),
        Term(label=_("原因归属"), value=_of(Attribution, found.cause)),
        Term(label=_("法定处置"), value=_of(Disposal, found.disposal)),
        Term(label=_("适用规定"), value=statute.document_number if statute else None),
    ]
    if found.fee_wan is not None and shows_price:
        terms.append(Term(label=_("应征闲置费"), value=figures.wan(found.fee_wan)))
    return [term for term in terms if term.value is not None]


def _of(choices: Any, value: str | None) -> str | None:
    return str(choices(value).label) if value else None


def _day(day: date | None) -> str | None:
    return None if day is None else figures.day(day)


def _count(days: int | None) -> str | None:
    return None if days is None else _("%(days)s 天") % {"days": days}


def _said(text: str, article: idle_land.Article | None, tone: Tone = "grey") -> Sentence:
    return Sentence(text=text, article=queries.article_words(article), tone=tone)


def option_line(check: idle_land.OptionCheck) -> dict[str, Any]:
    """Return an option of 第十二条: whether it may be used, and what stands against it."""
    obstacles = [queries.obstacle_words(one.code) for one in check.obstacles]
    missing = [queries.missing_words(name) for name in check.missing]
    tone = {True: "green", False: "red", None: "grey"}[check.is_allowed]
    words = {True: _("可以采用"), False: _("不得采用"), None: _("缺少事实")}
    return {
        "label": str(Option(check.option).label),
        "tone": tone,
        "word": words[check.is_allowed],
        "article": queries.article_words(check.article),
        "why": _("；").join([*obstacles, *missing]),
    }


def _law(found: Determination) -> list[Sentence]:
    """Return the words of each article that a reason rests on, once."""
    articles = dict.fromkeys(one.article for one in found.reasons if one.article)
    said = [(queries.quote_words(one), queries.article_words(one)) for one in articles]
    return [Sentence(text=quote, article=place) for quote, place in said if quote]


def _computed(found: Determination) -> str:
    """Return what was computed before a lawyer read it otherwise."""
    before = found.computed
    if before is None:
        return ""
    disposal = _of(Disposal, before.disposal)
    outcome = str(Outcomes(before.outcome).label)
    return f"{outcome} · {disposal}" if disposal else outcome


def _is_shown(alert: Alert) -> bool:
    """Whether a limit belongs on the page: the law's own, and marks that are near."""
    is_mark = alert.months is not None and alert.months not in {0, 12, 24}
    return not is_mark or alert.nearness is Nearness.SOON


def _alert(alert: Alert) -> dict[str, Any]:
    left = alert.days_left
    said = _("还有 %(days)s 天") if left > 0 else _("已过 %(days)s 天")
    return {
        "label": queries.alert_words(alert),
        "on": alert.on,
        "left": said % {"days": figures.number(abs(left))} if left else _("今天"),
        "tone": "grey" if alert.nearness is Nearness.AHEAD else _LEVELS[alert.level],
        "article": queries.article_words(alert.article),
    }


def _statements(parcel: Parcel, zone: str) -> Iterator[Statement]:
    """Yield the records behind the determination, each with its source and day."""
    rows: tuple[tuple[str, str, str, QuerySet[Any]], ...] = (
        (_("出让合同"), "grant-contracts", "signed_on", parcel.contracts.all()),
        (_("建设进度"), "works-progress", "reported_on", parcel.works.all()),
        (_("延误情形"), "delays", "from_on", parcel.delays.all()),
    )
    for label, kind, column, found in rows:
        yield from _of_rows(label, kind, column, found.order_by("pk"), zone)


def _of_rows(
    label: str, kind: str, column: str, rows: Iterable[Any], zone: str
) -> Iterator[Statement]:
    for row in rows:
        day = getattr(row, column)
        yield Statement(
            label=label,
            text=str(row),
            source=row.source or _("来源未登记"),
            on=figures.day(day) if day else "",
            url=reverse(f"{kind}-detail", args=[zone, row.pk]),
        )
