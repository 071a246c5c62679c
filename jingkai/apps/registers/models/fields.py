"""What a zone makes of a register: fields of its own, rules on fields, stricter secrecy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class Fitting(ZoneRecord):
    """
    Which make of a register a zone has: ``stamp`` is another with every change.

    ``numbered`` counts the fields ever added, so that no number is given twice.
    """

    kind = models.CharField(max_length=40)
    stamp = models.CharField(max_length=32)
    numbered = models.PositiveSmallIntegerField(default=0)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("台账设置")
        verbose_name_plural = _("台账设置")
        constraints = [
            models.UniqueConstraint(fields=["zone", "kind"], name="fitting_once_a_register")
        ]

    def __str__(self) -> str:
        return self.kind


class CustomField(ZoneRecord):
    """A field that the zone added to a register; a retired one keeps its values."""

    kind = models.CharField(max_length=40)
    code = models.CharField(_("代码"), max_length=20)
    label = models.CharField(_("字段名称"), max_length=40)
    label_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    options = models.JSONField(_("可选项"), default=list)
    hint = models.CharField(_("填写说明"), max_length=200, blank=True)
    is_required = models.BooleanField(_("必填"), default=False)
    is_searchable = models.BooleanField(_("可搜索"), default=False)
    is_listed = models.BooleanField(_("列表中显示"), default=False)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    added_at = models.DateTimeField(_("登记时间"))
    added_by = models.CharField(_("登记人"), max_length=60)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    retired_by = models.CharField(_("停用人"), max_length=60, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("自定义字段")
        verbose_name_plural = _("自定义字段")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "code"], name="custom_field_code_once_a_register"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by="")
                | (Q(retired_at__isnull=False) & ~Q(retired_by="")),
                name="custom_field_retired_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FieldRule(ZoneRecord):
    """A column required, hidden or read-only, always or where a choice column has a value."""

    class Effect(models.TextChoices):
        REQUIRED = "required", _("必填")
        HIDDEN = "hidden", _("不显示")
        READ_ONLY = "read-only", _("只读")

    kind = models.CharField(max_length=40)
    column = models.CharField(_("字段"), max_length=60)
    effect = models.CharField(_("要求"), max_length=10, choices=Effect)
    when = models.CharField(_("条件字段"), max_length=60, blank=True)
    among = models.JSONField(_("条件取值"), default=list)
    added_at = models.DateTimeField(_("登记时间"))
    added_by = models.CharField(_("登记人"), max_length=60)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("字段规则")
        verbose_name_plural = _("字段规则")
        indexes = [models.Index(fields=["zone", "kind"], name="fieldrule_of_register")]

    def __str__(self) -> str:
        return f"{self.kind}.{self.column}"


class ColumnSecrecy(ZoneRecord):
    """A column that the zone keeps stricter than the product does."""

    class Secrecy(models.TextChoices):
        PERSONAL = "personal", _("个人信息")
        CONFIDENTIAL = "confidential", _("商业秘密")

    kind = models.CharField(max_length=40)
    column = models.CharField(_("字段"), max_length=60)
    secrecy = models.CharField(_("密级"), max_length=12, choices=Secrecy)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("字段密级")
        verbose_name_plural = _("字段密级")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "column"], name="secrecy_once_a_column"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.column}"
