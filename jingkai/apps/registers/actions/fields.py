"""A zone makes a register its own: fields of its own, rules on fields, stricter secrecy."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from .. import fitting
from ..declaration import Effect, Register, Secrecy
from ..fitting import Asked, OwnField
from ..kinds import Choice, Exact, Refused, Whole, Yes, bare
from ..kinds.custom import Type, code, is_code, kind_of
from ..models import ColumnSecrecy, CustomField, FieldRule, Fitting

MOST_FIELDS = 50
MOST_RULES = 50
MOST_OPTIONS = 100


@transaction.atomic
def add_field(
    *,
    register: Register,
    zone: Zone,
    of: Type,
    said: OwnField,
    by: str,
    at: datetime,
    places: int = 2,
) -> CustomField:
    """
    Add a field to the register and return it.

    :raises Refused: when there are too many, the name is taken, or a choice has nothing to choose
    """
    made = _held(register, zone)
    whole = fitting.fit(register, zone)
    if not register.is_editable:
        raise Refused(_("这本台账的记录不能修改，因此不能增加字段"))
    if sum(is_code(column.name) for column in whole.columns) >= MOST_FIELDS:
        raise Refused(_("每本台账最多 %(most)s 个自定义字段") % {"most": MOST_FIELDS})
    made.numbered += 1
    name = code(made.numbered, of, places)
    said = _checked(whole, name, said)
    field = CustomField.everywhere.create(
        zone=zone, kind=register.kind, code=name, added_at=at, added_by=by, **_stored(said)
    )
    _renew(made)
    _note(field, _Did(verb="field-added", by=by, at=at, after=_stored(said)))
    return field


@transaction.atomic
def change_field(
    *, register: Register, field: CustomField, said: OwnField, by: str, at: datetime
) -> None:
    """
    Change what a field is called and asks; its type and its values stay.

    :raises Refused: as ``add_field``
    """
    made = _held(register, field.zone)
    said = _checked(fitting.fit(register, field.zone), field.code, said)
    before = {name: getattr(field, name) for name in _stored(said)}
    after = {name: value for name, value in _stored(said).items() if before[name] != value}
    if not after:
        return
    for name, value in after.items():
        setattr(field, name, value)
    field.save(update_fields=list(after))
    _renew(made)
    _note(
        field,
        _Did(
            verb="field-changed",
            by=by,
            at=at,
            before={name: before[name] for name in after},
            after=after,
        ),
    )


@transaction.atomic
def retire_field(*, register: Register, field: CustomField, by: str, at: datetime) -> None:
    """Take a field out of use; its values and their history stay, and it can come back."""
    made = _held(register, field.zone)
    field.retired_at, field.retired_by = at, by
    field.save(update_fields=["retired_at", "retired_by"])
    _renew(made)
    _note(field, _Did(verb="field-retired", by=by, at=at))


@transaction.atomic
def restore_field(*, register: Register, field: CustomField, by: str, at: datetime) -> None:
    """
    Take a retired field into use again.

    :raises Refused: when its name has been given to another column meanwhile
    """
    made = _held(register, field.zone)
    _refuse_taken(fitting.fit(register, field.zone), field.code, [field.label, field.label_en])
    field.retired_at, field.retired_by = None, ""
    field.save(update_fields=["retired_at", "retired_by"])
    _renew(made)
    _note(field, _Did(verb="field-restored", by=by, at=at))


@transaction.atomic
def add_rule(*, register: Register, zone: Zone, asked: Asked, by: str, at: datetime) -> FieldRule:
    """
    Ask something of a column from now on; records that there are may stay as they are.

    :raises Refused: when the column can't do without, or the condition is none
    """
    made = _held(register, zone)
    whole = fitting.fit(register, zone)
    if FieldRule.everywhere.filter(zone=zone, kind=register.kind).count() >= MOST_RULES:
        raise Refused(_("每本台账最多 %(most)s 条规则") % {"most": MOST_RULES})
    _refuse_impossible(register, whole, asked)
    rule = FieldRule.everywhere.create(
        zone=zone, kind=register.kind, added_at=at, added_by=by, **_plain(asked)
    )
    label = str(whole.by_name[asked.column].label)
    _renew(made)
    did = _Did(verb="rule-added", by=by, at=at, after=_plain(asked))
    _tell(zone, register.kind, f"rule-{rule.pk}", label, did)
    return rule


@transaction.atomic
def remove_rule(*, register: Register, rule: FieldRule, by: str, at: datetime) -> None:
    """Ask it no longer."""
    made = _held(register, rule.zone)
    column = fitting.fit(register, rule.zone).recorded.get(rule.column)
    before = {name: getattr(rule, name) for name in ("column", "effect", "when", "among")}
    label = str(column.label if column else rule.column)
    did = _Did(verb="rule-removed", by=by, at=at, before=before)
    _tell(rule.zone, rule.kind, f"rule-{rule.pk}", label, did)
    rule.delete()
    _renew(made)


@transaction.atomic
def set_secrecy(
    *, register: Register, zone: Zone, column: str, secrecy: Secrecy, by: str, at: datetime
) -> None:
    """
    Keep a column stricter than the product does; what the product says is the least.

    :raises Refused: when the column is not one of the zone's own, or laxer than the product's
    """
    made = _held(register, zone)
    whole = fitting.fit(register, zone)
    found = whole.by_name.get(column)
    declared = next((c.secrecy for c in register.columns if c.name == column), Secrecy.OPEN)
    if found is None or not fitting.may_tighten(register, column):
        raise Refused(_("只能为自定义字段和原本涉密的字段设置密级"), "column")
    if list(Secrecy).index(secrecy) < list(Secrecy).index(declared):
        raise Refused(_("不能低于产品规定的密级"), "secrecy")
    if secrecy is Secrecy.PERSONAL and isinstance(bare(found.kind), Choice | Exact | Whole | Yes):
        raise Refused(_("个人信息只能是文字或日期字段"), "secrecy")
    rows = ColumnSecrecy.everywhere.filter(zone=zone, kind=register.kind, column=column)
    before = rows.values_list("secrecy", flat=True).first()
    rows.delete()
    if secrecy is not declared:
        ColumnSecrecy.everywhere.create(
            zone=zone, kind=register.kind, column=column, secrecy=secrecy
        )
    _renew(made)
    was, now = {"secrecy": before or declared.value}, {"secrecy": secrecy.value}
    did = _Did(verb="secrecy-set", by=by, at=at, before=was, after=now)
    _tell(zone, register.kind, column, str(found.label), did)


def _held(register: Register, zone: Zone) -> Fitting:
    """Return the zone's make of the register, locked until it is changed."""
    made, _new = Fitting.everywhere.select_for_update(of=("self",)).get_or_create(
        zone=zone, kind=register.kind, defaults={"stamp": uuid.uuid4().hex}
    )
    return made


def _renew(made: Fitting) -> None:
    """Give it another stamp, last of all: what is fitted before is fitted under the old one."""
    made.stamp = uuid.uuid4().hex
    made.save(update_fields=["stamp", "numbered"])


def _checked(whole: Register, name: str, said: OwnField) -> OwnField:
    """Return what is said of the field, trimmed, or refuse it."""
    kind = kind_of(name)
    label = " ".join(said.label.split())
    if not label:
        raise Refused(_("请填写字段名称"), "label")
    label_en = " ".join(said.label_en.split())
    _refuse_taken(whole, name, [label, label_en])
    options = tuple(dict.fromkeys(word for one in said.options if (word := one.strip())))
    if isinstance(kind, Choice) and not 1 <= len(options) <= MOST_OPTIONS:
        raise Refused(_("选择项应为 1 至 %(most)s 个") % {"most": MOST_OPTIONS}, "options")
    return replace(
        said,
        label=label,
        label_en=label_en,
        options=options if isinstance(kind, Choice) else (),
        unit=said.unit.strip() if kind.align == "is-numeric" else "",
        is_searchable=said.is_searchable and kind.filter == "text",
    )


def _refuse_taken(whole: Register, name: str, labels: list[str]) -> None:
    """Refuse the name of another column, in either language: a heading means one column."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            taken = {str(c.label) for c in whole.bound if c.name != name}
        for label in labels:
            if label and label in taken | {column.name for column in whole.bound}:
                message = _("本台账已有“%(label)s”列，请换一个名称")
                raise Refused(message % {"label": label}, "label")


def _refuse_impossible(register: Register, whole: Register, asked: Asked) -> None:
    column = whole.by_name.get(asked.column)
    if column is None or not column.typed or column.name == register.key:
        raise Refused(_("请选择一个可填写的字段"), "column")
    if column.required and asked.effect is not Effect.READ_ONLY:
        raise Refused(_("“%(column)s”本来就必填，不能放宽") % {"column": column.label}, "column")
    when = whole.by_name.get(asked.when)
    if not asked.when and not asked.among:
        return
    if when is None or not when.held or not isinstance(when.kind, Choice) or when is column:
        raise Refused(_("条件应是另一个选择项字段"), "when")
    codes = {str(code) for code, _label in when.kind.choices}
    if not asked.among or not set(asked.among) <= codes:
        raise Refused(_("请至少选择一个条件取值"), "among")


def _stored(said: OwnField) -> dict[str, Any]:
    return asdict(said) | {"options": list(said.options)}


def _plain(asked: Asked) -> dict[str, Any]:
    return asdict(asked) | {"effect": asked.effect.value, "among": list(asked.among)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Did:
    """What was done to a field, a rule or a secrecy, as its event says."""

    verb: str
    by: str
    at: datetime
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def _note(field: CustomField, did: _Did) -> None:
    _tell(field.zone, field.kind, field.code, field.label, did)


def _tell(zone: Zone, kind: str, pk: str, label: str, did: _Did) -> None:
    """Leave in the trail what the zone made of the register."""
    is_change = did.before is not None or did.after is not None
    changed = [audit.Changed("fields", pk, label, did.before, did.after)] if is_change else []
    audit.record(
        verb=f"registers.{did.verb}",
        actor=did.by,
        target_kind="fields",
        target_id=pk,
        target_label=label,
        zone_code=zone.code,
        at=did.at,
        details={"register": kind},
        changes=changed,
    )
