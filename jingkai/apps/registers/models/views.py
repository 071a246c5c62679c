"""Saved views of a register: filters, order, columns and grouping under a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.accounts.roles import ROLE_LABELS, Role


class SavedView(ZoneRecord):
    """A query string of one register's list that somebody gave a name, and who else sees it."""

    class Audience(models.TextChoices):
        OWNER = "owner", _("仅自己")
        ROLE = "role", _("同一角色")
        ZONE = "zone", _("全园区")

    kind = models.CharField(max_length=40)
    name = models.CharField(_("视图名称"), max_length=40)
    query = models.CharField(max_length=2000, blank=True)
    owner = models.CharField(_("所有人"), max_length=60)
    audience = models.CharField(
        _("共享范围"), max_length=10, choices=Audience, default=Audience.OWNER
    )
    role = models.CharField(
        _("共享角色"),
        max_length=20,
        blank=True,
        choices=[(role.value, ROLE_LABELS[role]) for role in Role],
    )
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta(ZoneRecord.Meta):
        verbose_name = _("列表视图")
        verbose_name_plural = _("列表视图")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "owner", "name"], name="view_name_once_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(audience="role") ^ models.Q(role=""),
                name="view_names_a_role_exactly_when_shared_with_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(ZoneRecord):
    """The view with which a person opens a register."""

    kind = models.CharField(max_length=40)
    person = models.CharField(max_length=60)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    class Meta(ZoneRecord.Meta):
        verbose_name = _("默认视图")
        verbose_name_plural = _("默认视图")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "person"], name="one_default_view_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"


class FiledForm(ZoneRecord):
    """A superior's own workbook with placeholders, which a list of the register fills in."""

    kind = models.CharField(max_length=40)
    name = models.CharField(_("表样名称"), max_length=60)
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.CharField(_("上传人"), max_length=60)
    at = models.DateTimeField(_("时间"))

    class Meta(ZoneRecord.Meta):
        verbose_name = _("上级表样")
        verbose_name_plural = _("上级表样")
        constraints = [
            models.UniqueConstraint(fields=["zone", "kind", "name"], name="form_name_once_a_zone")
        ]

    def __str__(self) -> str:
        return self.name
