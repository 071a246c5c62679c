"""
What the index holds: the text of each record, and how far it has followed the trail.

Beside ``Entry`` stand the tokens of its text, which the ORM does not know: on SQLite the FTS5
table ``search_text`` with the entry's id as rowid, on PostgreSQL the column ``tokens``.
"""

import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord

SHIFT = 40
_KINDS = (1 << 22) - 1


def base(kind: str) -> int:
    """Return where the entries of a kind begin."""
    return (zlib.crc32(kind.encode()) & _KINDS) << SHIFT


class Entry(ZoneRecord):
    """One record as it is looked up; its id is the kind's ``base`` and the record's own id."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    text = models.TextField()

    class Meta(ZoneRecord.Meta):
        verbose_name = _("检索条目")
        verbose_name_plural = _("检索条目")

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Mark(ZoneRecord):
    """
    How far a zone's index has come.

    ``sequence`` is the last event followed to its end, ``change`` the last change of the next one.
    ``make`` says which texts are indexed, and ``left`` which kinds are still to be built: from
    which record on.
    """

    sequence = models.PositiveBigIntegerField(default=0)
    change = models.PositiveBigIntegerField(default=0)
    make = models.CharField(max_length=64, blank=True)
    left = models.JSONField(default=dict)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("检索进度")
        verbose_name_plural = _("检索进度")
        constraints = [models.UniqueConstraint(fields=["zone"], name="mark_once_a_zone")]

    def __str__(self) -> str:
        return f"{self.zone_id}#{self.sequence}"
