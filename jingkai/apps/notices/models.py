"""What people are told, how each of them wants it, and the letters that leave the product."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord, beside_unsealed


class Way(models.TextChoices):
    """How a person wants to hear of one kind of thing; in the product it is on record anyway."""

    PRODUCT = "product", _("系统内提醒")
    MAIL = "mail", _("系统内提醒，并即时发邮件")
    DAILY = "daily", _("系统内提醒，并列入每日邮件摘要")
    WEEKLY = "weekly", _("系统内提醒，并列入每周邮件摘要")
    OFF = "off", _("不提醒，仅留在消息列表")


class Preference(ZoneRecord):
    """
    How one person wants to be told in one zone.

    Quiet hours go from ``quiet_from`` to ``quiet_until`` (hours of the Beijing day, the second
    exclusive, over midnight where it is not later); equal hours mean none.
    """

    person = models.CharField(max_length=60)
    email = models.EmailField(_("接收邮箱"), blank=True)
    quiet_from = models.PositiveSmallIntegerField(_("免打扰开始（点）"), default=20)
    quiet_until = models.PositiveSmallIntegerField(_("免打扰结束（点）"), default=8)
    workdays_only = models.BooleanField(_("只在工作日发邮件"), default=True)
    ways = models.JSONField(default=dict)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("提醒设置")
        verbose_name_plural = _("提醒设置")
        constraints = [
            models.UniqueConstraint(fields=["zone", "person"], name="preference_once_a_person"),
            models.CheckConstraint(
                condition=Q(quiet_from__lt=24, quiet_until__lt=24),
                name="preference_hours_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.person


class Letter(ZoneRecord):
    """
    One e-mail of one notice or of a digest: made once, tried until it has left.

    ``key`` says what it is about, so that a digest is never made twice; ``number`` is in the
    Message-ID, so that a letter that left just before a crash is known again by the mail server.
    """

    to = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    number = models.CharField(max_length=32)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("邮件")
        verbose_name_plural = _("邮件")
        constraints = [
            models.UniqueConstraint(fields=["zone", "to", "key"], name="letter_once_a_key"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(ended_at__isnull=False),
                name="letter_sent_has_ended",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="letter_open")]

    def __str__(self) -> str:
        return f"{self.to} {self.key}"


class Notice(ZoneRecord):
    """
    One thing that one person is told.

    ``permission`` is what reading the record behind it needs: it is asked again whenever the
    notice is shown or mailed. ``about`` names that record as ``kind:id``. ``mail_at`` is the
    instant from which it may leave by mail, None where it stays in the product.
    """

    to = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    title = models.CharField(_("消息"), max_length=200)
    text = models.CharField(_("内容"), max_length=500, blank=True)
    url = models.CharField(max_length=500, blank=True)
    permission = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=90, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way)
    mail_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="notices"
    )

    class Meta(ZoneRecord.Meta):
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("at")),
                name="notice_read_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(mail_at__isnull=False),
                name="notice_mailed_was_to_be_mailed",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "to", "-id"], name="notice_of_a_person"),
            models.Index(fields=["zone", "to"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["zone", "about"], name="notice_about"),
            models.Index(
                fields=["mail_at"],
                condition=Q(letter=None, mail_at__isnull=False),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return what was said about no sealed record."""
        return beside_unsealed(rows, "about")
