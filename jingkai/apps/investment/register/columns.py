"""Columns and conditions that several registers of the area share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.declaration import Column

READ, EDIT = Permission.READ_INVESTMENT, Permission.EDIT_INVESTMENT

INVESTOR = Column("investor", label=_("客商编号"), listed=False)
INVESTOR_NAME = Column("investor__name", label=_("客商"))
LEAD = Column("lead", label=_("线索编号"), listed=False)
LEAD_NAME = Column("lead__name", label=_("线索"))
OFFICER = Column("officer", listed=False)
OFFICER_NAME = Column("officer__name", label=_("经办人姓名"))
CLASSIFICATION = Column("classification", listed=False)
SOURCE = Column("source", listed=False)


def both_or_neither(first: str, second: str) -> Any:
    """Return the check that a row has both values or none of them."""
    return lambda row: (row[first] is None) == (row[second] is None)


def in_order(first: str, second: str) -> Any:
    """Return the check that the first value does not exceed the second, where both are known."""
    return lambda row: row[first] is None or row[second] is None or row[first] <= row[second]
