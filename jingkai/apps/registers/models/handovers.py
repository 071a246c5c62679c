"""One person's work handed to another, all at once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class HandOver(ZoneRecord):
    """
    A batch: who handed what to whom, why, and when it was signed for.

    ``counts`` has the number of records by the kind of work; which ones they are stands in the
    trail, at the event of the batch.
    """

    before = models.CharField(_("移交人"), max_length=60)
    to = models.CharField(_("接手人"), max_length=60)
    everything = models.BooleanField(_("含已办结"), default=False)
    reason = models.CharField(_("移交原因"), max_length=300)
    counts = models.JSONField(default=dict)
    by = models.CharField(_("办理人"), max_length=60)
    at = models.DateTimeField(_("办理时间"))
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("工作移交")
        verbose_name_plural = _("工作移交")
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("to")), name="hand_over_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="hand_over_with_a_reason"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("at")),
                name="hand_over_signed_for_afterwards",
            ),
        ]
        indexes = [models.Index(fields=["zone", "-id"], name="hand_over_latest")]

    def __str__(self) -> str:
        return f"{self.before} → {self.to}"
