"""Splits and mergers of parcels: what went, what came, and how the areas agree."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.registers.fields import M2Field
from jingkai.apps.registers.models import visible

from .parcels import Parcel


class ParcelChange(ZoneRecord):
    """
    One split or merger.

    ``difference_m2`` is the area afterwards less the area before; ``steps`` is what the verb did
    to records, as ``registers.actions.take_back`` takes it back.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("分割")
        MERGE = "merge", _("合并")

    kind = models.CharField(_("变更类型"), max_length=10, choices=Kind)
    changed_on = models.DateField(_("变更日期"))
    document = models.CharField(_("依据文号"), max_length=120, blank=True)
    difference_m2 = M2Field(_("面积差（平方米）"), null=True, blank=True)
    reason = models.CharField(_("说明"), max_length=300, blank=True)
    steps = models.JSONField(default=list, editable=False)
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    recorded_by = models.CharField(_("登记人"), max_length=60, editable=False)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("宗地变更")
        verbose_name_plural = _("宗地变更")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.changed_on}"


class ParcelChangePart(ZoneRecord):
    """A parcel that a split or merger took or made, with its area at the time."""

    class Side(models.TextChoices):
        BEFORE = "before", _("变更前")
        AFTER = "after", _("变更后")

    change = models.ForeignKey(ParcelChange, models.CASCADE, related_name="parts")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="changes")
    side = models.CharField(_("变更前后"), max_length=10, choices=Side)
    area_m2 = M2Field(_("面积（平方米）"), null=True, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("宗地变更前后")
        verbose_name_plural = _("宗地变更前后")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"], condition=Q(side="before"), name="part_goes_once"
            ),
            models.UniqueConstraint(
                fields=["parcel"], condition=Q(side="after"), name="part_comes_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel} · {self.get_side_display()}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those of the parts whose parcel is not sealed."""
        return visible(rows)
