"""The same investor twice, and who may follow them: by credit code, by name, by protection."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User
from jingkai.apps.investment.models import Investor, Lead
from jingkai.core import identifiers

PROBES = 8
Rows = TypeVar("Rows", bound=QuerySet[Any])
# Most firms of a zone share their commonest characters, so the same keys are asked for over and
# over: 30 µs each when made anew, next to nothing when kept.
_key = lru_cache(maxsize=100_000)(identifiers.name_key)


class Ground(StrEnum):
    """Why two records may be the same."""

    CREDIT_CODE = "credit_code"
    NAME = "name"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A record that may be the same, and why; ``until`` is the protection's end, exclusive."""

    ground: Ground
    record: Investor | Lead
    officer: User | None = None
    until: date | None = None

    def __str__(self) -> str:
        """Return the warning as a person reads it."""
        if self.ground is Ground.PROTECTED:
            return _("“%(record)s”由%(officer)s跟进，保护期至 %(until)s（不含）") % {
                "record": self.record,
                "officer": self.officer,
                "until": self.until,
            }
        if self.ground is Ground.CREDIT_CODE:
            message = _("统一社会信用代码与“%(record)s”（%(code)s）相同")
        else:
            message = _("名称与“%(record)s”（%(code)s）相同或只差写法")
        return message % {"record": self.record, "code": self.record.code}


def duplicates(
    *, name: str, credit_code: str, on: date, except_pk: int | None = None
) -> list[Duplicate]:
    """Return the investors in scope that may be this one, and the leads that protect them."""
    found = [
        Duplicate(ground=Ground.CREDIT_CODE, record=investor)
        for investor in _of_code(credit_code).exclude(pk=except_pk or 0)
    ]
    seen = {duplicate.record.pk for duplicate in found}
    found += [
        Duplicate(ground=Ground.NAME, record=investor)
        for investor in _named_like(Investor.objects.all(), name)
        if investor.pk != except_pk and investor.pk not in seen
    ]
    investors = [duplicate.record.pk for duplicate in found]
    return found + protections(investors, on=on)


def lead_duplicates(lead: Lead, *, on: date) -> list[Duplicate]:
    """Return the other open leads of the same name or investor, and those that protect it."""
    others = _named_like(Lead.objects.filter(_unlost()), lead.name).exclude(pk=lead.pk)
    same = [Duplicate(ground=Ground.NAME, record=other) for other in others]
    return same + protections([lead.investor_id], on=on, except_pk=lead.pk)


def protections(
    investors: list[int], *, on: date, except_pk: int | None = None
) -> list[Duplicate]:
    """Return the open leads of these investors whose protection covers the day."""
    leads = (
        Lead.objects.filter(_unlost(), investor__in=investors, protected_until__gt=on)
        .filter(assigned_to__isnull=False)
        .exclude(pk=except_pk or 0)
        .select_related("assigned_to")
        .order_by("protected_until", "pk")
    )
    return [
        Duplicate(
            ground=Ground.PROTECTED,
            record=lead,
            officer=lead.assigned_to,
            until=lead.protected_until,
        )
        for lead in leads
    ]


def _of_code(credit_code: str) -> QuerySet[Investor]:
    rows = Investor.objects.order_by("pk")
    return rows.filter(credit_code=credit_code) if credit_code else rows.none()


def _named_like(rows: Rows, name: str) -> Rows:
    """Return the rows whose name differs from this one in writing only."""
    key = _key(name)
    named = _containing(rows, key).values_list("pk", "name")
    same = [pk for pk, other in named.order_by() if _key(other) == key]
    return rows.filter(pk__in=same).order_by("pk")


def _containing(rows: Rows, key: str) -> Rows:
    """Narrow the rows to names with the key's Chinese characters: writing does not change them."""
    probes = sorted({character for character in key if "\u4e00" <= character <= "\u9fff"})
    return rows.filter(Q(*(("name__contains", probe) for probe in probes[:PROBES])))


def _unlost() -> Q:
    return Q(lost_on__isnull=True) | Q(revived_on__isnull=False)
