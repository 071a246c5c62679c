"""标准地承诺台账."""

from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.declaration import Column, Register
from jingkai.apps.registers.kinds import Choice, Exact
from jingkai.apps.registers.queries import Today

from .. import queries
from ..models import StandardObligation
from ..models.obligations import PromisedField
from .columns import EDIT, PARCEL, PARCEL_NAME, READ, SOURCE, by_today, together

_VALUE = Exact(places=PromisedField.places)

STANDARD_OBLIGATIONS = Register(
    kind="standard-obligations",
    name=_("标准地承诺台账"),
    model=StandardObligation,
    read=READ,
    edit=EDIT,
    icon="checklist",
    order="due_on",
    search=("code", "parcel__code", "parcel__name"),
    hint=_("能耗、排放、办公用地占比不高于约定值为兑现，其余不低于约定值为兑现"),
    columns=(
        Column("code"),
        PARCEL,
        PARCEL_NAME,
        Column("indicator"),
        Column("promised", kind=_VALUE, adds=False),
        Column("unit"),
        Column("due_on"),
        Column("checked_on"),
        Column("kept_value", kind=_VALUE, adds=False),
        Column(
            "standing",
            _("兑现情况"),
            Choice(choices=tuple(queries.Standing.choices)),
            expression=Today(lambda on: queries.standing_in_lists(on=on)),
        ),
        Column("basis", listed=False),
        SOURCE,
    ),
    rules=(
        together("kept_value", "checked_on", _("核查值与核查日期应同时填写")),
        *by_today("checked_on"),
    ),
)
