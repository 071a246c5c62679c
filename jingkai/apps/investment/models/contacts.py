"""Who came, where the zone went, and what was talked about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.models import Classified, Record, sorted_by

from .leads import Investor, Lead


class Visit(Classified):
    """One delegation (一批次): it came to the zone, or the zone went out to it."""

    class Direction(models.TextChoices):
        INBOUND = "inbound", _("来访")
        OUTBOUND = "outbound", _("外出")

    class Level(models.TextChoices):
        PROVINCIAL = "provincial", _("省部级")
        MUNICIPAL = "municipal", _("市厅级")
        COUNTY = "county", _("县处级")
        ENTERPRISE_HEAD = "enterprise_head", _("企业主要负责人")
        ENTERPRISE_DEPUTY = "enterprise_deputy", _("企业其他负责人")
        OTHER = "other", _("其他")

    direction = models.CharField(_("方向"), max_length=10, choices=Direction)
    visited_on = models.DateField(_("日期"))
    delegation = models.CharField(_("团组名称"), max_length=120)
    investor = models.ForeignKey(
        Investor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("客商"),
    )
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("线索")
    )
    people = models.PositiveSmallIntegerField(_("人数"), null=True, blank=True)
    level = models.CharField(_("带队层级"), max_length=20, choices=Level, blank=True)
    purpose = models.CharField(_("事由"), max_length=200, blank=True)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    result = models.TextField(_("成效"), blank=True)
    follow_up = models.CharField(_("后续跟进事项"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("跟进期限"), null=True, blank=True)
    followed_up_on = models.DateField(_("跟进完成日期"), null=True, blank=True)
    officer = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    class Meta(Record.Meta):
        verbose_name = _("来访外出")
        verbose_name_plural = _("来访外出")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(people__isnull=True) | Q(people__gte=1), name="visit_has_people"
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "-visited_on", "-id"], name="visit_newest"),
            models.Index(fields=["zone", "direction", "visited_on"], name="visit_direction"),
            models.Index(fields=["zone", "follow_up_on"], name="visit_follow_up"),
            *sorted_by(
                "visit", "classification", "direction", "delegation", "people", "level", "purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} · {self.visited_on}"


class Negotiation(Classified):
    """One talk of substance with an investor."""

    class Mode(models.TextChoices):
        MEETING = "meeting", _("面谈")
        VISIT = "visit", _("实地")
        REMOTE = "remote", _("线上")

    negotiated_on = models.DateField(_("洽谈日期"))
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="negotiations", verbose_name=_("客商")
    )
    lead = models.ForeignKey(
        Lead,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="negotiations",
        verbose_name=_("线索"),
    )
    mode = models.CharField(_("洽谈方式"), max_length=10, choices=Mode, blank=True)
    topic = models.CharField(_("洽谈内容"), max_length=200)
    participants = models.CharField(_("参加人员"), max_length=200, blank=True)
    result = models.TextField(_("洽谈结果"), blank=True)
    officer = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    class Meta(Record.Meta):
        verbose_name = _("洽谈")
        verbose_name_plural = _("洽谈")
        constraints = [*Record.Meta.constraints]
        indexes = [
            models.Index(fields=["zone", "-negotiated_on", "-id"], name="negotiation_newest"),
            *sorted_by("negotiation", "classification", "mode", "topic"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} · {self.negotiated_on}"
