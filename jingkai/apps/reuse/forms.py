"""The forms of the area's pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone

from . import queries
from .models import Disposal, InefficiencyCriterion, Proof

MOST = 13  # digits of an area or a limit, its places included


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _line(label: Any, *, required: bool = False, length: int = 120, hint: Any = "") -> Any:
    return forms.CharField(label=label, required=required, max_length=length, help_text=hint)


def _area(label: Any, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, decimal_places=2, max_digits=MOST, help_text=hint
    )


class _Peopled(forms.Form):
    """A form that names an officer of the zone."""

    officer = forms.ModelChoiceField(
        label=_("经办人"), queryset=User.objects.none(), required=False, empty_label=_("未指定")
    )

    def __init__(self, *args: Any, zone: Zone, today: date, **kwargs: Any) -> None:
        """Offer the people of the zone."""
        super().__init__(*args, **kwargs)
        people = accounts.people_of(zone, on=today)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class StepForm(_Peopled):
    """One step: planned, or done."""

    step = forms.ChoiceField(label=_("步骤"))
    planned_on = _day(_("计划日期"), required=False)
    done_on = _day(_("完成日期"), required=False)
    document = _line(_("文号或合同号"), hint=_("需要文件的步骤完成时必填"))
    note = _line(_("说明"), length=400)

    field_order = ("step", "planned_on", "done_on", "document", "officer", "note")

    def __init__(self, *args: Any, disposal: Disposal, **kwargs: Any) -> None:
        """Offer the steps that are not done."""
        super().__init__(*args, **kwargs)
        done = {row.step for row in disposal.steps.all() if row.done_on is not None}
        offered = [
            (step.code.value, queries.step_label(step.code))
            for step in queries.route(disposal).steps
            if step.code not in done
        ]
        self.fields["step"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a day: without one there is nothing to record."""
        values = super().clean() or {}
        if not values.get("planned_on") and not values.get("done_on"):
            self.add_error("planned_on", _("请填写计划日期或完成日期"))
        return values


class ChangeForm(_Peopled):
    """What was agreed of an open disposal."""

    project_name = _line(_("承接项目"))
    investor_name = _line(_("受让、承租或合作方"))
    area_m2 = _area(_("处置面积（平方米）"))
    decided_on = _day(_("决定日期"), required=False)
    basis_document = _line(_("决定文号"))
    agreed_from_on = _day(_("约定起始日期"), required=False)
    agreed_until_on = _day(_("约定截止日期（不含）"), required=False)
    due_on = _day(_("计划完成日期"), required=False)
    note = _line(_("备注"), length=400)


class FinishForm(forms.Form):
    """That the land or plant is in use again, on what proof."""

    on = _day(_("完成日期"))
    proof = forms.ChoiceField(label=_("盘活佐证"))
    document = _line(_("佐证文号或合同号"), required=True)
    reused_area_m2 = _area(_("盘活面积（平方米）"), hint=_("不填则为处置面积"))

    def __init__(self, *args: Any, disposal: Disposal, **kwargs: Any) -> None:
        """Offer what ends the measure."""
        super().__init__(*args, **kwargs)
        proofs = [Proof(one.value) for one in queries.route(disposal).proofs]
        offered = [(proof.value, proof.label) for proof in proofs]
        self.fields["proof"].choices = offered  # type: ignore[attr-defined]

    def clean_proof(self) -> Proof:
        """Return the proof."""
        return Proof(self.cleaned_data["proof"])


class WithdrawForm(forms.Form):
    """Why a disposal is given up."""

    reason = _line(_("撤销原因"), required=True, length=200)


class ConfirmForm(forms.Form):
    """By which document a criterion stands, and its limit."""

    value = forms.DecimalField(label=_("界限值"), decimal_places=4, max_digits=MOST)
    basis = _line(_("依据"), required=True, length=200, hint=_("写明文件名称、文号与条款"))

    def __init__(self, *args: Any, criterion: InefficiencyCriterion, **kwargs: Any) -> None:
        """Show what the draft says."""
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = f"{criterion.get_fact_display()} · " + str(
            criterion.get_operator_display()
        )
