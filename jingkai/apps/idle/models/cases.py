"""A statutory case on a parcel, and its steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import WanField
from jingkai.apps.registers.models import Record

from . import choices
from .laws import both


class IdleCase(Record):
    """
    One case on one parcel from the suspicion to its close.

    What the procedure derives from the steps (where it stands, what is due) is kept beside them so
    that lists and the board are quick; ``actions.keep_standing`` writes it.
    """

    parcel = models.ForeignKey(
        "land.Parcel", models.PROTECT, verbose_name=_("宗地"), related_name="idle_cases"
    )
    opened_on = models.DateField(_("发现涉嫌闲置日期"))
    ground = models.CharField(_("线索来源"), max_length=200, blank=True)
    track = models.CharField(_("情形"), max_length=20, choices=choices.Track, blank=True)
    cause = models.CharField(_("原因归属"), max_length=20, choices=choices.Attribution, blank=True)
    disposal = models.CharField(_("法定处置"), max_length=20, choices=choices.Disposal, blank=True)
    statute = models.CharField(_("适用文号"), max_length=80, blank=True, editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("经办人"),
        related_name="+",
    )
    is_mortgaged = models.BooleanField(_("设有抵押权"), null=True, blank=True)
    hoarding_on = models.DateField(_("认定恶意囤地炒地日期"), null=True, blank=True)
    hoarding_document = models.CharField(_("囤地炒地认定文号"), max_length=80, blank=True)
    step = models.CharField(
        _("最近步骤"), max_length=30, choices=choices.Step, blank=True, editable=False
    )
    due_step = models.CharField(
        _("待办步骤"), max_length=30, choices=choices.Step, blank=True, editable=False
    )
    due_on = models.DateField(_("最近期限"), null=True, blank=True, editable=False)
    fee_wan = WanField(_("已决定闲置费（万元）"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("结案日期"), null=True, blank=True, editable=False)
    result = models.CharField(
        _("结案方式"), max_length=20, choices=choices.Result, blank=True, editable=False
    )
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("闲置土地案件")
        verbose_name_plural = _("闲置土地案件")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["parcel"],
                condition=Q(closed_on__isnull=True),
                name="idlecase_one_open_a_parcel",
                violation_error_message=_("该宗地已有未结案件"),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, result="")
                | Q(closed_on__isnull=False) & ~Q(result=""),
                name="idlecase_closed_with_a_result",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="idlecase_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(hoarding_on__isnull=True, hoarding_document="")
                | Q(hoarding_on__isnull=False) & ~Q(hoarding_document=""),
                name="idlecase_hoarding_by_a_document",
                violation_error_message=_("认定恶意囤地炒地须同时填写日期和文号"),
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "-opened_on", "-id"], name="idlecase_latest"),
            models.Index(
                fields=["zone", "due_on"], condition=Q(closed_on=None), name="idlecase_due"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CaseStep(Record):
    """
    One step of a case as it was done.

    A step that has to be approved counts from then on (``approved_at``); one that was withdrawn
    stands in the history and counts no longer. Who approves is not who recorded it.
    """

    case = models.ForeignKey(
        IdleCase, models.PROTECT, verbose_name=_("闲置土地案件"), related_name="steps"
    )
    step = models.CharField(_("步骤"), max_length=30, choices=choices.Step)
    done_on = models.DateField(_("办理日期"))
    served_on = models.DateField(_("送达日期"), null=True, blank=True)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    option = models.CharField(_("处置方式"), max_length=20, choices=choices.Option, blank=True)
    from_on = models.DateField(_("起始日期"), null=True, blank=True)
    until_on = models.DateField(_("截止日期（不含）"), null=True, blank=True)
    amount_wan = WanField(_("金额（万元）"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=400, blank=True)
    needs_approval = models.BooleanField(_("须审核"), default=False, editable=False)
    approved_at = models.DateTimeField(_("审核时间"), null=True, blank=True, editable=False)
    approved_by = models.CharField(_("审核人"), max_length=60, blank=True, editable=False)
    force_reason = models.CharField(_("强制理由"), max_length=200, blank=True, editable=False)
    missing = models.JSONField(_("强制时缺少"), default=list, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(_("撤回人"), max_length=60, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=200, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("案件步骤")
        verbose_name_plural = _("案件步骤")
        constraints = [
            *Record.Meta.constraints,
            both("casestep", "approved_by", "approved_at"),
            both("casestep", "withdrawn_by", "withdrawn_at"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("recorded_by")),
                name="casestep_maker_is_not_checker",
                violation_error_message=_("经办人不得审核自己办理的步骤"),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by="") | ~Q(withdrawn_reason=""),
                name="casestep_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("done_on")),
                name="casestep_served_after_done",
                violation_error_message=_("送达日期不能早于办理日期"),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until_on__gt=F("from_on")),
                name="casestep_ends_after_it_starts",
                violation_error_message=_("截止日期应晚于起始日期"),
            ),
            models.CheckConstraint(
                condition=Q(amount_wan__isnull=True) | Q(amount_wan__gte=0),
                name="casestep_amount_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "step", "done_on"], name="casestep_of_case"),
            models.Index(fields=["zone", "step", "done_on"], name="casestep_done"),
            models.Index(fields=["zone", "-done_on", "-id"], name="casestep_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_step_display()}"
