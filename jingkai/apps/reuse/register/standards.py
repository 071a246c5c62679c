"""The registers of inefficient land: standards, their criteria, what parcels yield; the stock."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.declaration import Column, Register, Row, Rule
from jingkai.apps.registers.kinds import custom

from .. import actions
from ..models import (
    Combination,
    InefficiencyCriterion,
    InefficiencyStandard,
    ParcelOutput,
    StockTarget,
)

READ, EDIT = Permission.READ_LAND, Permission.EDIT_LAND


def _add(*, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> InefficiencyCriterion:
    given = {name: value for name, value in values.items() if not custom.is_code(name)}
    return actions.add_criterion(zone=zone, values=given, by=by, at=at)


def _is_draft(row: Row) -> bool:
    return row["state"] != InefficiencyStandard.State.PUBLISHED


def _says_how_many(row: Row) -> bool:
    return (row["combination"] == Combination.AT_LEAST) is (row["at_least"] is not None)


def _panel(standard: InefficiencyStandard) -> dict[str, Any]:
    zone = standard.zone.code
    return {
        "standard": standard,
        "criteria": [
            (
                row,
                reverse("criterion-confirm", args=[zone, row.pk]),
                reverse("criterion-drop", args=[zone, row.pk]),
            )
            for row in standard.criteria.order_by("pk")
        ],
        "approval": Permission.APPROVE_LAND,
        "is_draft": standard.state == InefficiencyStandard.State.DRAFT,
        "add_url": f"{reverse('inefficiency-criteria-new', args=[zone])}?standard={standard.code}",
    }


INEFFICIENCY_STANDARDS = Register(
    kind="inefficiency-standards",
    name=_("低效用地标准"),
    model=InefficiencyStandard,
    read=READ,
    edit=EDIT,
    icon="ruler-measure",
    order="-effective_from",
    search=("code", "name", "document_number"),
    panels="reuse/_standard.html",
    panel_context=_panel,
    hint=_("草案由另一人审核发布后生效；已发布的标准不再修改，需要调整时另起新版本"),
    columns=(
        Column("code"),
        Column("name"),
        Column("document_number"),
        Column("effective_from"),
        Column("effective_to"),
        Column("combination"),
        Column("at_least"),
        Column("state", typed=False),
        Column("published_on", typed=False),
        Column("note", listed=False),
        Column("source", listed=False),
    ),
    rules=(
        Rule(_("已发布的标准不能修改，请另起草新版本"), ("name",), _is_draft),
        Rule(_("“至少几项”须填项数，其他方式不填"), ("at_least",), _says_how_many),
    ),
)

INEFFICIENCY_CRITERIA = Register(
    kind="inefficiency-criteria",
    name=_("低效用地条件"),
    model=InefficiencyCriterion,
    read=READ,
    edit=EDIT,
    icon="list-details",
    search=("code", "standard__name", "basis"),
    write=_add,
    columns=(
        Column("code"),
        Column("standard", listed=False),
        Column("standard__name", label=_("标准")),
        Column("fact"),
        Column("operator"),
        Column("value", adds=False),
        Column("basis"),
        Column("is_confirmed", typed=False),
        Column("source", listed=False),
    ),
)

PARCEL_OUTPUTS = Register(
    kind="parcel-outputs",
    name=_("地块产出台账"),
    model=ParcelOutput,
    read=READ,
    edit=EDIT,
    icon="chart-histogram",
    order="-year",
    search=("code", "parcel__name", "parcel__code"),
    hint=_("每宗地每年一行；数据来源写明税务、统计或企业填报"),
    columns=(
        Column("code"),
        Column("parcel", listed=False),
        Column("parcel__name", label=_("宗地")),
        Column("year", adds=False),
        Column("tax_wan"),
        Column("output_wan"),
        Column("is_hazardous"),
        Column("note", listed=False),
        Column("source"),
    ),
)

STOCK_TARGETS = Register(
    kind="stock-targets",
    name=_("存量处置目标"),
    model=StockTarget,
    read=READ,
    edit=EDIT,
    icon="target-arrow",
    order="-year",
    search=("code", "basis"),
    page="stock-target",
    hint=_("目标比例以上级当年文件为准；没有文件时先不确认"),
    columns=(
        Column("code"),
        Column("year", adds=False),
        Column("kind"),
        Column("base_on"),
        Column("target_percent", adds=False),
        Column("basis"),
        Column("is_confirmed"),
        Column("note", listed=False),
        Column("source", listed=False),
    ),
    rules=(
        Rule(
            _("确认目标须写明依据文件"),
            ("basis",),
            lambda row: not row["is_confirmed"] or bool(row["basis"]),
        ),
        Rule(
            _("基准日不能晚于目标年度"),
            ("base_on",),
            lambda row: (
                not row["base_on"] or not row["year"] or row["base_on"].year <= row["year"]
            ),
        ),
    ),
)
