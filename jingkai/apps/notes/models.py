"""What people write beside a record, plan with it, mark and open; the record is kind and id."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord, beside_unsealed


class Beside(ZoneRecord):
    """The base of what stands beside a record; ``permission`` is what reading that one needs."""

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    label = models.CharField(_("所属记录"), max_length=200)
    permission = models.CharField(max_length=60)
    by = models.CharField(_("登记人"), max_length=60)
    at = models.DateTimeField(_("时间"))

    class Meta(ZoneRecord.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return what stands beside a record that is not sealed."""
        return beside_unsealed(rows, "kind", "object_id")


class Comment(Beside):
    """What somebody said about a record; a withdrawn one keeps its place and loses its words."""

    text = models.TextField(_("评论"), max_length=2000, blank=True)
    mentions = models.JSONField(default=list)
    edited_at = models.DateTimeField(_("修改时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta(Beside.Meta):
        verbose_name = _("评论")
        verbose_name_plural = _("评论")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False, text="")
                | (Q(withdrawn_at__isnull=True) & ~Q(text="")),
                name="comment_withdrawn_or_said",
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id", "id"], name="comment_of_record")]


class FollowUp(Beside):
    """Something to be done about a record by one person until a day."""

    person = models.CharField(_("跟进人"), max_length=60)
    due_on = models.DateField(_("跟进日期"))
    what = models.CharField(_("跟进事项"), max_length=200)
    done_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    done_by = models.CharField(_("办结人"), max_length=60, blank=True)
    result = models.CharField(_("办理结果"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(Beside.Meta):
        verbose_name = _("跟进")
        verbose_name_plural = _("跟进")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="")
                | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="follow_up_done_at_and_by",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="follow_up_of_record"),
            models.Index(fields=["zone", "person", "due_on", "id"], name="follow_up_of_person"),
            models.Index(
                fields=["due_on"],
                condition=Q(done_at=None, reminded_at=None),
                name="follow_up_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} · {self.label}"


class Bookmark(Beside):
    """A record that somebody keeps at hand."""

    class Meta(Beside.Meta):
        verbose_name = _("收藏")
        verbose_name_plural = _("收藏")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "by", "kind", "object_id"], name="bookmark_once_a_record"
            )
        ]


class Seen(Beside):
    """A record that somebody opened, and when last."""

    class Meta(Beside.Meta):
        verbose_name = _("最近查看")
        verbose_name_plural = _("最近查看")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "by", "kind", "object_id"], name="seen_once_a_record"
            )
        ]
        indexes = [models.Index(fields=["zone", "by", "-at"], name="seen_last")]
