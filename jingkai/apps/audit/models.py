"""The trail: what was done, by whom, and what it changed. Rows are written once and stay."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import chain


class CanonicalJSONField(models.Field):
    """
    JSON kept as the very text that was hashed.

    jsonb would rewrite numbers and the order of keys, so that a hash could not be checked.
    """

    def get_internal_type(self) -> str:
        """Return the column's type: text."""
        return "TextField"

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        """Return the object or None; text that was tampered with comes as ``unreadable``."""
        try:
            found = None if value is None else json.loads(value)
        except ValueError:
            found = value
        return found if found is None or isinstance(found, dict) else {"unreadable": value}

    def get_prep_value(self, value: Any) -> Any:
        """Return the canonical text, also of None; an expression passes as it is."""
        return value if hasattr(value, "as_sql") else chain.canonical(value)


class Event(models.Model):
    """One thing that somebody did. Ids and labels are text: the trail outlives its records."""

    zone_code = models.CharField(_("留痕链"), max_length=64)
    sequence = models.PositiveBigIntegerField(_("链上序号"))
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("登录名"), max_length=150)
    actor_label = models.TextField(_("姓名"), blank=True)
    verb = models.CharField(_("操作代码"), max_length=100)
    target_kind = models.CharField(_("对象类型"), max_length=100)
    target_id = models.CharField(_("对象编号"), max_length=200)
    target_label = models.TextField(_("对象"), blank=True)
    reason = models.TextField(_("理由"), blank=True)
    request_id = models.CharField(_("请求编号"), max_length=64, blank=True)
    details = CanonicalJSONField(_("详情"))
    change_count = models.PositiveIntegerField(_("涉及记录数"))
    changes_digest = models.CharField(_("变更摘要值"), max_length=64, blank=True)
    algorithm = models.CharField(
        _("摘要算法"), max_length=10, choices=[(name, name) for name in chain.ALGORITHMS]
    )
    previous_hash = models.CharField(_("前一哈希"), max_length=64)
    hash = models.CharField(_("哈希"), max_length=64)

    class Meta:
        verbose_name = _("操作留痕")
        verbose_name_plural = _("操作留痕")
        constraints = [
            models.UniqueConstraint(fields=["zone_code", "sequence"], name="event_once_a_place"),
            models.CheckConstraint(
                condition=~models.Q(zone_code=""), name="event_belongs_to_a_chain"
            ),
        ]
        indexes = [
            models.Index(fields=["zone_code", "actor", "sequence"], name="event_by_actor"),
            models.Index(fields=["zone_code", "verb", "sequence"], name="event_by_verb"),
            models.Index(fields=["zone_code", "at"], name="event_by_time"),
            models.Index(fields=["target_kind", "target_id", "id"], name="event_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.zone_code}#{self.sequence} {self.verb}"


class Change(models.Model):
    """What an event did to one record; None before is a new record, None after a deleted one."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="changes", verbose_name=_("操作留痕")
    )
    kind = models.CharField(_("台账"), max_length=100)
    object_id = models.CharField(_("记录编号"), max_length=200)
    label = models.TextField(_("记录"), blank=True)
    before = CanonicalJSONField(_("变更前"))
    after = CanonicalJSONField(_("变更后"))

    class Meta:
        verbose_name = _("记录变更")
        verbose_name_plural = _("记录变更")
        indexes = [models.Index(fields=["kind", "object_id", "id"], name="change_by_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.label}"
