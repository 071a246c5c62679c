"""The forms of a project's page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import User
from jingkai.core.lifecycle import StallKind

from . import queries
from .models import Evidence, Project, Stage, Status
from .register import LIGHTS

STALLS = {
    StallKind.SIGNED_NOT_SETTLED: _("签约未落地"),
    StallKind.SUPPLIED_NOT_STARTED: _("供地未开工"),
    StallKind.STARTED_NOT_COMPLETED: _("开工未竣工"),
    StallKind.COMPLETED_NOT_PRODUCING: _("竣工未投产"),
    StallKind.PRODUCING_NOT_AT_CAPACITY: _("投产未达产"),
    StallKind.AT_CAPACITY_NOT_AT_TARGET: _("达产未达效"),
}


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _sentence(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=200, help_text=hint)


ACCEPTED = ".pdf,.ofd,.jpg,.jpeg,.png,.webp,.heic,.tif,.docx,.xlsx,.pptx,.mp4"


class MoveForm(forms.Form):
    """A step to a stage."""

    to = forms.ChoiceField(label=_("进入阶段"))
    on = _day(_("日期"))
    reason = _sentence(_("说明"), hint=_("退回到较早阶段时必填"))
    force_reason = _sentence(_("强制理由"), hint=_("缺少材料仍要通过时填写，将随项目一直显示"))

    def __init__(self, *args: Any, project: Project, may_force: bool, **kwargs: Any) -> None:
        """Offer every stage but the present one."""
        super().__init__(*args, **kwargs)
        others = [(s.value, s.label) for s in Stage if s != project.stage]
        self.fields["to"].choices = others  # type: ignore[attr-defined]
        if not may_force:
            del self.fields["force_reason"]

    def clean_to(self) -> Stage:
        """Return the stage."""
        return Stage(self.cleaned_data["to"])


class StatusForm(forms.Form):
    """How the project fares, and why."""

    status = forms.ChoiceField(label=_("状态"), choices=Status.choices)
    on = _day(_("起始日期"))
    reason = _sentence(_("原因"), required=True)

    def clean_status(self) -> Status:
        """Return the status."""
        return Status(self.cleaned_data["status"])


class EvidenceForm(forms.Form):
    """A new piece of evidence."""

    kind = forms.ChoiceField(label=_("材料种类"), choices=Evidence.Kind.choices)
    title = forms.CharField(label=_("材料名称"), max_length=120)
    document_no = forms.CharField(label=_("文号"), max_length=80, required=False)
    dated_on = _day(_("材料日期"), required=False)
    file = forms.FileField(
        label=_("附件"),
        required=False,
        max_length=200,
        help_text=_("PDF、OFD、图片、Word、Excel、PPT、MP4，20 MB 以内"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_kind(self) -> Evidence.Kind:
        """Return the kind."""
        return Evidence.Kind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """Ask a photograph for its day: undated, it proves nothing."""
        values = super().clean() or {}
        is_photo = values.get("kind") in queries.PHOTOS
        if is_photo and not values.get("dated_on"):
            self.add_error("dated_on", _("照片须填写拍摄日期，否则不计入关口"))
        return values


class OfficerForm(forms.Form):
    """Whom to assign, from which day."""

    officer = forms.ModelChoiceField(label=_("服务专员"), queryset=User.objects.none())
    on = _day(_("起始日期"))
    note = forms.CharField(
        label=_("交接说明"), max_length=400, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, project: Project, today: date, **kwargs: Any) -> None:
        """Offer the people of the zone; a hand-over needs a note."""
        super().__init__(*args, **kwargs)
        people = queries.people(project.zone, on=today)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]
        self.fields["note"].required = queries.service_officer(project) is not None


class BoardForm(forms.Form):
    """What the board shows."""

    officer = forms.ModelChoiceField(
        label=_("服务专员"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("全部专员"),
    )
    light = forms.ChoiceField(
        label=_("红黄绿灯"), required=False, choices=[("", _("全部灯色")), *LIGHTS]
    )
    status = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("未流失")), *Status.choices]
    )
    stalled = forms.ChoiceField(label=_("六未"), required=False)
    lacking = forms.ChoiceField(label=_("下一关口"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer the zone's people, the 六未, and what the gates ask for."""
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]
        stalls = [(kind.value, label) for kind, label in STALLS.items()]
        self.fields["stalled"].choices = [("", _("不限")), *stalls]  # type: ignore[attr-defined]
        self.fields["lacking"].choices = [  # type: ignore[attr-defined]
            ("", _("不限")),
            (queries.READY, _("材料已齐，可推进")),
            *((code, _("缺少：%(what)s") % {"what": name}) for code, name in _requirements()),
        ]


def _requirements() -> list[tuple[str, str]]:
    return [(code, queries.label_of(code)) for code in queries.requirement_codes()]
