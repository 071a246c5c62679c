"""The forms of idle land: a case, its steps, suspensions and papers; what the zone settles."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import User
from jingkai.core.idle_land import procedure
from jingkai.core.idle_land.procedure import StepCode

from .models import Authority
from .models.choices import Attribution, Clock, Disposal, Option, Outcome, Pause, Result

_ENDINGS = (Result.NOT_IDLE, Result.STARTED, Result.OTHER)
_WITH_MONEY = {StepCode.FEE_DECISION, StepCode.FEE_PAYMENT}
_WITH_OPTION = {StepCode.PLAN, StepCode.AGREEMENT}
_SERVED = {
    clock.since
    for step in procedure.STEPS.values()
    for clock in step.clocks
    if clock.starts is procedure.Starts.SERVED
}


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _line(
    label: Any, *, required: bool = False, hint: Any = "", most: int = 200
) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


class OpenForm(forms.Form):
    """A new case."""

    opened_on = _day(_("发现涉嫌闲置日期"), hint=_("自发现之日起三十日内应送达调查通知书"))
    ground = _line(_("线索来源"), hint=_("巡查、举报、系统判定等"))
    officer = forms.ModelChoiceField(
        label=_("经办人"), queryset=User.objects.none(), required=False, empty_label=_("未指定")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer the zone's people."""
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class DescriptionForm(forms.Form):
    """What of a case may be told anew."""

    officer = forms.ModelChoiceField(
        label=_("经办人"), queryset=User.objects.none(), required=False, empty_label=_("未指定")
    )
    is_mortgaged = forms.NullBooleanField(
        label=_("设有抵押权"),
        required=False,
        widget=forms.Select(choices=[("", _("未查明")), ("true", _("有")), ("false", _("无"))]),
    )
    hoarding_on = _day(_("认定恶意囤地炒地日期"), required=False)
    hoarding_document = _line(
        _("囤地炒地认定文号"),
        hint=_("认定后不受理新的用地申请，不办理转让、出租、抵押和变更登记"),
        most=80,
    )
    note = _line(_("备注"), most=300)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer the zone's people."""
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for both day and number of a finding that somebody hoards land."""
        values = super().clean() or {}
        if bool(values.get("hoarding_on")) != bool(values.get("hoarding_document")):
            self.add_error("hoarding_document", _("认定恶意囤地炒地须同时填写日期和文号"))
        return values


class StepForm(forms.Form):
    """A step of one kind: only what such a step brings is asked."""

    done_on = _day(_("办理日期"))
    document_number = _line(_("文号"), most=80)
    served_on = _day(_("送达日期"), required=False, hint=_("期限自送达之日起算"))
    option = forms.ChoiceField(
        label=_("处置方式"), required=False, choices=[("", _("请选择")), *Option.choices]
    )
    from_on = _day(
        _("起始日期"),
        required=False,
        hint=_("延长动工期限：补充协议约定的动工开发日期；临时使用：安排使用之日"),
    )
    until_on = _day(
        _("截止日期"),
        required=False,
        hint=_("延长动工期限：延长至哪一天；临时使用：使用到哪一天（不含）"),
    )
    amount_wan = forms.DecimalField(
        label=_("金额（万元）"), required=False, min_value=0, max_digits=16, decimal_places=6
    )
    note = forms.CharField(
        label=_("说明"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    force_reason = _line(
        _("强制理由"),
        required=True,
        hint=_("前置步骤确已办理而未登记时填写；将一直显示。法律不允许的不能强制"),
    )

    def __init__(self, *args: Any, code: StepCode, may_force: bool, **kwargs: Any) -> None:
        """Ask for what a step of the code brings."""
        super().__init__(*args, **kwargs)
        for name in _unasked(procedure.STEPS[code], may_force=may_force):
            del self.fields[name]
        step = procedure.STEPS[code]
        if step.needs_document and not step.needs_approval:
            self.fields["document_number"].required = True
        if "document_number" in self.fields:
            self.fields["document_number"].help_text = _number_hint(step)


class ApprovalForm(forms.Form):
    """The approval of a step that another person drafted."""

    document_number = _line(_("正式文书文号"), required=True, most=80)
    served_on = _day(_("送达日期"), required=False, hint=_("期限自送达之日起算"))


class ServiceForm(forms.Form):
    """The day on which a document was served."""

    served_on = _day(_("送达日期"))


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = _line(_("理由"), required=True)


class EndingForm(forms.Form):
    """How a case ends that comes to no disposal."""

    result = forms.ChoiceField(
        label=_("结案方式"), choices=[(each.value, each.label) for each in _ENDINGS]
    )
    on = _day(_("结案日期"))
    reason = _line(_("理由"), required=True)

    def clean_result(self) -> Result:
        """Return the result."""
        return Result(self.cleaned_data["result"])


class SuspensionForm(forms.Form):
    """Days on which a clock does not run."""

    clock = forms.ChoiceField(label=_("期限"), choices=Clock.choices)
    cause = forms.ChoiceField(label=_("事由"), choices=Pause.choices)
    from_on = _day(_("起始日期"))
    until_on = _day(_("恢复计时日期"), required=False, hint=_("未恢复的留空"))
    told_on = _day(_("书面告知日期"), required=False)
    document = _line(_("文书"), most=120)

    def __init__(self, *args: Any, clocks: Iterable[str], **kwargs: Any) -> None:
        """Offer the clocks that run."""
        super().__init__(*args, **kwargs)
        offered = [(code, str(Clock(code).label)) for code in dict.fromkeys(clocks)]
        self.fields["clock"].choices = offered  # type: ignore[attr-defined]

    def clean_clock(self) -> Clock:
        """Return the clock."""
        return Clock(self.cleaned_data["clock"])

    def clean_cause(self) -> Pause:
        """Return the cause."""
        return Pause(self.cleaned_data["cause"])


class ResumeForm(forms.Form):
    """The day from which a clock runs again."""

    until_on = _day(_("恢复计时日期"))
    told_on = _day(_("书面告知日期"), required=False, hint=_("中止计时须书面告知当事人"))


class PaperForm(forms.Form):
    """
    What the records do not say and a document needs; what they say is not retyped.

    Texts that are made of several records may be worded anew.
    """

    def __init__(
        self,
        *args: Any,
        names: Mapping[str, Any],
        recorded: Mapping[str, str | None],
        given: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """Ask for each fact that the document speaks of."""
        super().__init__(*args, **kwargs)
        for name, label in sorted(names.items(), key=lambda item: bool(recorded.get(item[0]))):
            found = recorded.get(name)
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=1_000,
                initial=given.get(name) or found or "",
                help_text=_hint_of(name, found),
                widget=forms.Textarea(attrs={"rows": 2}) if name in _WORDED else forms.TextInput(),
            )


class FilingForm(forms.Form):
    """The number under which a paper was issued."""

    document_number = _line(_("正式文号"), required=True, most=80)


class AuthorityForm(forms.ModelForm):
    """Who decides in the zone's county."""

    class Meta:
        model = Authority
        fields = (
            *("name", "contact", "government", "approving_government"),
            *("reconsideration_organ", "court", "payment_way"),
        )


class WarningForm(forms.Form):
    """When the zone is warned."""

    months = _line(
        _("提醒时点（距动工日期的月数）"),
        required=True,
        hint=_("用逗号分隔，动工日期之前为负数；例如 -3, 0, 6, 11, 12, 18, 23, 24"),
    )
    soon_days = forms.IntegerField(label=_("临近天数"), min_value=1, max_value=365)

    def clean_months(self) -> list[int]:
        """Return the months as numbers."""
        parts = self.cleaned_data["months"].replace("，", ",").split(",")
        try:
            return [int(part) for part in parts if part.strip()]
        except ValueError:
            raise forms.ValidationError(_("应为用逗号分隔的整数")) from None


class ReadingForm(forms.Form):
    """A lawyer's reading instead of the computed one."""

    on = _day(_("自何日起采用"))
    counted_from_on = _day(_("起算日期"), required=False)
    holder_days = forms.IntegerField(
        label=_("计入使用权人的天数"), required=False, min_value=0, max_value=20_000
    )
    reason = forms.CharField(
        label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class StatusFilter(forms.Form):
    """What the page of statuses shows."""

    outcome = forms.ChoiceField(label=_("判定"), required=False)
    disposal = forms.ChoiceField(label=_("法定处置"), required=False)
    cause = forms.ChoiceField(label=_("原因归属"), required=False)
    due = forms.ChoiceField(
        label=_("下一期限"),
        required=False,
        choices=[
            ("", _("不限")),
            ("30", _("30 天内")),
            ("90", _("90 天内")),
            ("180", _("180 天内")),
        ],
    )
    case = forms.ChoiceField(
        label=_("立案"),
        required=False,
        choices=[("", _("不限")), ("none", _("应立案未立案")), ("open", _("有未结案件"))],
    )
    q = _line(_("宗地或使用权人"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the engine can say."""
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("outcome", Outcome.choices),
            ("disposal", Disposal.choices),
            ("cause", Attribution.choices),
        ):
            self.fields[name].choices = [("", _("不限")), *choices]  # type: ignore[attr-defined]


class BoardFilter(forms.Form):
    """Whose cases the board shows."""

    officer = forms.ModelChoiceField(
        label=_("经办人"), queryset=User.objects.none(), required=False, empty_label=_("全部人员")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer the zone's people."""
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


_WORDED = {"grounds", "evidence", "inquiry_subjects", "option_terms", "default_terms", "other"}
_UNVERIFIED = {"request_days"}
REWORDED = _WORDED | _UNVERIFIED  # asked for though the records say something


def _hint_of(name: str, found: str | None) -> Any:
    if name in _UNVERIFIED:
        return _("期限依据待核实，请法务确认后再签发")
    return "" if found else _("登记中没有，请补充；留空则写作【待补】")


def _unasked(step: procedure.Step, *, may_force: bool) -> list[str]:
    """Return the fields that such a step does not bring."""
    code, found = step.code, []
    if not step.needs_document and code is not StepCode.HEARING:
        found.append("document_number")
    if code not in _SERVED:
        found.append("served_on")
    if code not in _WITH_OPTION:
        found += ["option", "from_on", "until_on"]
    if code not in _WITH_MONEY:
        found.append("amount_wan")
    if not may_force:
        found.append("force_reason")
    return found


def _number_hint(step: procedure.Step) -> Any:
    if step.code is StepCode.HEARING:
        return _("听证笔录编号；使用权人逾期未申请听证的留空")
    if step.code is StepCode.REGISTRATION:
        return _("监测监管系统备案号")
    if step.needs_approval:
        return _("可在审核时填写；没有主管部门或政府的文号，该步骤不生效")
    return _("主管部门正式文书的文号")
