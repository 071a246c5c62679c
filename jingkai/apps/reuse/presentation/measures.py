"""The measures for a parcel or a plant, side by side."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.land.models import Parcel, Plant
from jingkai.web.parts import Tone

from .. import queries
from ..models import Category, Party
from ..queries import Choice, Flow
from .areas import measure_name

POSSIBLE: dict[bool | None, tuple[Tone, Promise]] = {
    True: ("green", gettext_lazy("可行")),
    None: ("amber", gettext_lazy("待查明")),
    False: ("red", gettext_lazy("不可行")),
}


def choices(
    found: Iterable[Choice], parcel: Parcel | None, plant: Plant | None, zone: str
) -> list[dict[str, Any]]:
    """Return each measure for the subject as a row and a card of the comparison."""
    subject = {"plant": plant.code} if plant else {"parcel": parcel.code if parcel else ""}
    new = reverse("disposals-new", args=[zone])
    assume = reverse("disposal-assumptions-new", args=[zone])
    return [_choice(one, subject, new, assume, zone) for one in found]


def _choice(
    one: Choice, subject: Mapping[str, str], new: str, assume: str, zone: str
) -> dict[str, Any]:
    measure, possibility = one.route.measure.value, one.possibility
    tone, word = POSSIBLE[possibility.is_possible]
    query = urlencode({**subject, "measure": measure})
    return {
        "measure": measure,
        "name": measure_name(measure),
        "tone": tone,
        "word": word,
        "is_possible": possibility.is_possible,
        "unmet": [queries.condition_label(row) for row in possibility.unmet],
        "unknown": [queries.condition_label(row) for row in possibility.unknown],
        "missing": queries.fact_labels(possibility.missing),
        "decider": queries.DECIDERS[one.route.decider],
        "steps": [
            {"label": queries.step_label(step.code), "article": step.article}
            for step in one.route.steps
        ],
        "usual": one.usual,
        "flows": [_flow(flow) for flow in one.flows],
        "lacking": _("、").join(one.lacking),
        "years": one.net_by_year,
        "public": one.net_wan(Party.PUBLIC),
        "holder": one.net_wan(Party.HOLDER),
        "user": one.net_wan(Party.USER),
        "per_mu": one.benefit_per_mu_wan,
        "open_url": reverse("disposal", args=[zone, one.open.pk]) if one.open else "",
        "new_url": f"{new}?{query}",
        "assume_url": f"{assume}?{query}",
    }


def _flow(flow: Flow) -> dict[str, Any]:
    return {
        "flow": flow,
        "category": Category(flow.category).label,
        "payer": Party(flow.payer).label if flow.payer else "",
        "payee": Party(flow.payee).label if flow.payee else "",
    }
