"""Reads for the page of the trail: who acted, what is called how, when it was last verified."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.chain import Fault
from jingkai.apps.registers import queries as registers

CHANGES_SHOWN = 50
VERIFIED = "integrity.trail.verified"

_KINDS: dict[str, Promise] = {
    "zone": gettext_lazy("园区"),
    "department": gettext_lazy("部门"),
    "user": gettext_lazy("人员"),
    "periods": gettext_lazy("期间数据"),
    "trail": gettext_lazy("操作留痕"),
    "comments": gettext_lazy("评论"),
    "follow-ups": gettext_lazy("跟进"),
    "hand-overs": gettext_lazy("工作移交"),
    "map-publication": gettext_lazy("招商地图"),
    "notice-preference": gettext_lazy("提醒设置"),
    "fields": gettext_lazy("台账字段"),
    "holiday-notices": gettext_lazy("节假日安排通知"),
    "files": gettext_lazy("文件"),
    "idle-authority": gettext_lazy("主管部门信息"),
    "idle-case-papers": gettext_lazy("案件文书"),
    "idle-case-suspensions": gettext_lazy("期限中止"),
    "idle-readings": gettext_lazy("法务复核意见"),
    "idle-warnings": gettext_lazy("预警时点"),
    "inefficiency-standards": gettext_lazy("低效用地认定标准"),
    "job": gettext_lazy("后台作业"),
    "stock-targets": gettext_lazy("增存挂钩目标"),
    "token": gettext_lazy("访问令牌"),
}
# By the verb's last word; %(kind)s is the name of the register or of the kind of record.
_ACTS: dict[str, Promise] = {
    "created": gettext_lazy("登记%(kind)s"),
    "added": gettext_lazy("补充%(kind)s"),
    "attached": gettext_lazy("上传文件：%(kind)s"),
    "changed": gettext_lazy("修改%(kind)s"),
    "deleted": gettext_lazy("删除%(kind)s"),
    "bulk-previewed": gettext_lazy("预览批量操作：%(kind)s"),
    "bulk-changed": gettext_lazy("批量修改%(kind)s"),
    "bulk-deleted": gettext_lazy("批量删除%(kind)s"),
    "bulk-done": gettext_lazy("批量办理：%(kind)s"),
    "bulk-undone": gettext_lazy("撤销批量操作：%(kind)s"),
    "grid-changed": gettext_lazy("以表格编辑%(kind)s"),
    "checked": gettext_lazy("校验待导入的%(kind)s"),
    "imported": gettext_lazy("导入%(kind)s"),
    "discarded": gettext_lazy("清理无人确认的导入：%(kind)s"),
    "exported": gettext_lazy("导出%(kind)s"),
    "revealed": gettext_lazy("查看个人信息：%(kind)s"),
    "moved": gettext_lazy("推进阶段：%(kind)s"),
    "status-changed": gettext_lazy("变更状态：%(kind)s"),
    "frozen": gettext_lazy("封存%(kind)s"),
    "ended": gettext_lazy("终止%(kind)s"),
    "verified": gettext_lazy("验证%(kind)s"),
    "assigned": gettext_lazy("指派：%(kind)s"),
    "handed-over": gettext_lazy("移交：%(kind)s"),
    "acknowledged": gettext_lazy("确认接手：%(kind)s"),
}
# Verbs about something else than the record that they name.
_SENTENCES: dict[str, Promise] = {
    "accounts.user.logged_in": gettext_lazy("登录系统"),
    "accounts.password.changed": gettext_lazy("修改登录密码"),
    "accounts.user.created": gettext_lazy("开通登录账号"),
    "accounts.token.issued": gettext_lazy("创建访问令牌"),
    "accounts.token.revoked": gettext_lazy("吊销访问令牌"),
    "accounts.token.used": gettext_lazy("以访问令牌调用接口"),
    "accounts.membership.created": gettext_lazy("授予人员角色"),
    "accounts.membership.ended": gettext_lazy("终止人员角色"),
    "investment.lead.assigned": gettext_lazy("分派招商线索"),
    "investment.lead.lost": gettext_lazy("标记线索流失"),
    "investment.lead.revived": gettext_lazy("唤醒流失线索"),
    "investment.promises.tracked": gettext_lazy("按协议建立履约承诺"),
    "investment.card.put-in-force": gettext_lazy("启用成熟度评分卡"),
    "registers.field-added": gettext_lazy("添加台账字段"),
    "registers.field-changed": gettext_lazy("修改台账字段"),
    "registers.field-retired": gettext_lazy("停用台账字段"),
    "registers.field-restored": gettext_lazy("恢复台账字段"),
    "registers.rule-added": gettext_lazy("添加字段规则"),
    "registers.rule-removed": gettext_lazy("撤销字段规则"),
    "registers.secrecy-set": gettext_lazy("设置字段密级"),
    "projects.project.moved": gettext_lazy("推进项目阶段"),
    "projects.project.status-changed": gettext_lazy("变更项目状态"),
    "projects.evidence.added": gettext_lazy("登记项目佐证材料"),
    "projects.evidence.attached": gettext_lazy("上传佐证材料附件"),
    "projects.officer.assigned": gettext_lazy("指派服务专员"),
    "projects.officer.handed-over": gettext_lazy("移交服务专员工作"),
    "registers.work.handed-over": gettext_lazy("移交人员的全部工作"),
    "registers.work.acknowledged": gettext_lazy("签收移交的工作"),
    "notes.comment.added": gettext_lazy("发表评论"),
    "notes.comment.changed": gettext_lazy("修改评论"),
    "notes.comment.withdrawn": gettext_lazy("撤回评论"),
    "notes.follow-up.planned": gettext_lazy("安排跟进"),
    "notes.follow-up.done": gettext_lazy("办结跟进"),
    "notes.bookmark.added": gettext_lazy("收藏记录"),
    "notes.bookmark.removed": gettext_lazy("取消收藏"),
    "projects.officer.acknowledged": gettext_lazy("服务专员确认接手"),
    "atlas.map.published": gettext_lazy("公开招商地图或变更公开内容"),
    "atlas.map.withdrawn": gettext_lazy("撤下招商地图"),
    "calendar.notice.entered": gettext_lazy("录入节假日安排通知"),
    "calendar.notice.confirmed": gettext_lazy("核对节假日安排通知"),
    "calendar.notice.withdrawn": gettext_lazy("撤回节假日安排通知"),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of the last verification of a zone's chain."""

    at: datetime
    by: str
    ok: bool
    events: int
    sequence: int | None  # of the first bad row
    fault: str


def sentence(verb: str, kind: str) -> str:
    """Return what was done, in words; a verb that nobody named stands as it is."""
    if verb in _SENTENCES:
        return str(_SENTENCES[verb])
    kind_name = kind_label(kind)
    act = _ACTS.get(verb.rsplit(".", 1)[-1])
    if act:
        return str(act) % {"kind": kind_name}
    words = registers.verb_words(verb)
    return _("%(act)s：%(kind)s") % {"act": words, "kind": kind_name} if words else verb


def kind_label(kind: str) -> str:
    """Return the name of the register, or of the kind of record."""
    register = registers.find(kind)
    return str(register.name if register else _KINDS.get(kind, kind))


def names(logins: Iterable[str]) -> dict[str, str]:
    """Return a name for each log-in: the person's, or the log-in of one who is gone."""
    found = accounts.names(logins)
    return found | {accounts.SYSTEM: _("系统")} if accounts.SYSTEM in found else found


def people(zone_code: str) -> list[tuple[str, str]]:
    """Return those who acted in the zone, as log-in and name."""
    return list(names(trail.actors(zone_code)).items())


def acts(zone_code: str) -> list[tuple[str, str]]:
    """Return what was done in the zone, as verb and words, by words."""
    found = trail.verbs(zone_code)
    return sorted(((verb, sentence(verb, kind)) for verb, kind in found), key=lambda act: act[1])


def changes(event: Any, *, after: int = 0) -> QuerySet[Any]:
    """Return the next CHANGES_SHOWN of the event's changes behind that id."""
    return trail.changes(event).filter(pk__gt=after)[:CHANGES_SHOWN]


def last_verification(zone_code: str) -> Verification | None:
    """Return how the last verification of the zone's chain went, None if there was none."""
    asked = trail.Filters(verb=VERIFIED)
    event = trail.events(zone_code, asked).first()
    if event is None:
        return None
    bad = event.details.get("first_bad") or {}
    fault = trail.FAULT_LABELS[Fault(bad["fault"])] if bad else ""
    return Verification(
        at=event.at,
        by=event.actor_label or names([event.actor])[event.actor],
        ok=event.details.get("ok", False),
        events=event.details.get("events", 0),
        sequence=bad.get("sequence"),
        fault=str(fault),
    )
