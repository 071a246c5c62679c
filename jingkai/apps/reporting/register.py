"""The register of targets."""

from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import kinds
from jingkai.apps.registers.declaration import Column, Register, Rule

from . import queries
from .models import Target

_INDICATORS = kinds.Choice(
    choices=tuple((found.code, found.definition.name) for found in queries.indicators())
)

TARGETS = Register(
    kind="targets",
    name=_("目标任务"),
    model=Target,
    read=Permission.READ_FIGURES,
    edit=Permission.SET_TARGETS,
    icon="target",
    order="-year",
    search=("code", "basis", "note"),
    columns=(
        Column("code"),
        Column("year", kind=kinds.Whole(least=2000, most=2100), adds=False),
        Column("indicator", kind=_INDICATORS, required=True),
        Column(
            "value",
            hint=_("按指标的计量单位填写，例如签约项目填个数，投资额填万元"),
            adds=False,
        ),
        Column("basis"),
        Column("note", listed=False),
        Column("source", listed=False),
    ),
    rules=(Rule(_("目标值应大于 0"), ("value",), lambda row: row["value"] > 0),),
    hint=_("年度目标与驾驶舱、岁末答卷的完成率直接相连"),
)

REGISTERS = (TARGETS,)
