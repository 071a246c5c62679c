"""Roles of a zone's people and what each may do: one table that a page and a test can print."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that a person may be allowed to do in a zone."""

    READ_FIGURES = "figures.read"
    SET_TARGETS = "targets.set"
    FREEZE_PERIODS = "periods.freeze"
    READ_INVESTMENT = "investment.read"
    EDIT_INVESTMENT = "investment.edit"
    READ_PROJECTS = "projects.read"
    EDIT_PROJECTS = "projects.edit"
    MOVE_PROJECTS = "projects.move"
    FORCE_PROJECTS = "projects.force"
    ASSIGN_OFFICERS = "projects.assign"
    READ_LAND = "land.read"
    EDIT_LAND = "land.edit"
    HANDLE_IDLE_LAND = "land.handle-idle"
    APPROVE_LAND = "land.approve"
    PUBLISH_MAP = "map.publish"
    EDIT_CALENDAR = "calendar.edit"
    EXPORT = "registers.export"
    READ_PERSONAL = "registers.read-personal"
    READ_CONFIDENTIAL = "registers.read-confidential"
    READ_SENSITIVE = "registers.read-sensitive"
    CONFIGURE_REGISTERS = "registers.configure"
    READ_TRAIL = "trail.read"
    READ_ROLES = "roles.read"
    MANAGE_PEOPLE = "people.manage"
    HAND_OVER = "people.hand-over"


PERMISSION_LABELS: dict[Permission, Promise] = {
    Permission.READ_FIGURES: _("查看驾驶舱、指标与报告"),
    Permission.SET_TARGETS: _("设定目标任务"),
    Permission.FREEZE_PERIODS: _("封存期间数据"),
    Permission.READ_INVESTMENT: _("查看招商台账"),
    Permission.EDIT_INVESTMENT: _("登记、修改、导入招商台账"),
    Permission.READ_PROJECTS: _("查看项目"),
    Permission.EDIT_PROJECTS: _("登记、修改、导入项目"),
    Permission.MOVE_PROJECTS: _("推进项目阶段"),
    Permission.FORCE_PROJECTS: _("强制通过阶段关口"),
    Permission.ASSIGN_OFFICERS: _("指派与移交服务专员"),
    Permission.READ_LAND: _("查看土地与厂房"),
    Permission.EDIT_LAND: _("登记、修改、导入土地与厂房"),
    Permission.HANDLE_IDLE_LAND: _("办理闲置土地案件"),
    Permission.APPROVE_LAND: _("审核土地处置（经办人不得审核）"),
    Permission.PUBLISH_MAP: _("设置招商地图的公开内容"),
    Permission.EDIT_CALENDAR: _("录入节假日安排"),
    Permission.EXPORT: _("导出台账"),
    Permission.READ_PERSONAL: _("说明理由后查看个人信息"),
    Permission.READ_CONFIDENTIAL: _("查看商业秘密"),
    Permission.READ_SENSITIVE: _("查看、登记保密级别为“敏感”的记录"),
    Permission.CONFIGURE_REGISTERS: _("设置台账字段"),
    Permission.READ_TRAIL: _("查看操作留痕"),
    Permission.READ_ROLES: _("查看角色与权限"),
    Permission.MANAGE_PEOPLE: _("管理部门、人员与角色"),
    Permission.HAND_OVER: _("移交人员的全部工作"),
}


class Role(StrEnum):
    """What a person is in a zone."""

    LEADER = "leader"
    INVESTMENT = "investment"
    SERVICES = "services"
    LAND = "land"
    PLANNING = "planning"
    POLICY = "policy"
    FINANCE = "finance"
    SAFETY = "safety"
    DISCIPLINE = "discipline"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    LIAISON = "department_liaison"
    ENTERPRISE = "enterprise"
    GUEST = "guest"


ROLE_LABELS: dict[Role, Promise] = {
    Role.LEADER: _("管委会领导"),
    Role.INVESTMENT: _("招商专员"),
    Role.SERVICES: _("服务专员"),
    Role.LAND: _("土地管理"),
    Role.PLANNING: _("规划建设"),
    Role.POLICY: _("政策服务"),
    Role.FINANCE: _("财政金融"),
    Role.SAFETY: _("安全监管"),
    Role.DISCIPLINE: _("纪检监察"),
    Role.AUDITOR: _("审计"),
    Role.ADMINISTRATOR: _("系统管理员"),
    Role.LIAISON: _("部门联络员"),
    Role.ENTERPRISE: _("企业用户"),
    Role.GUEST: _("访客"),
}

_P = Permission
_READ = frozenset({_P.READ_FIGURES, _P.READ_INVESTMENT, _P.READ_PROJECTS, _P.READ_LAND})
_STAFF = _READ | {_P.EXPORT, _P.READ_ROLES}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEADER: _STAFF
    | {
        _P.READ_PERSONAL,
        _P.READ_CONFIDENTIAL,
        _P.READ_SENSITIVE,
        _P.CONFIGURE_REGISTERS,
        _P.SET_TARGETS,
        _P.FREEZE_PERIODS,
        _P.EDIT_INVESTMENT,
        _P.MOVE_PROJECTS,
        _P.FORCE_PROJECTS,
        _P.ASSIGN_OFFICERS,
        _P.HAND_OVER,
        _P.APPROVE_LAND,
        _P.PUBLISH_MAP,
    },
    Role.INVESTMENT: _STAFF
    | {
        _P.READ_PERSONAL,
        _P.READ_CONFIDENTIAL,
        _P.READ_SENSITIVE,
        _P.EDIT_INVESTMENT,
        _P.EDIT_PROJECTS,
        _P.MOVE_PROJECTS,
    },
    Role.SERVICES: _STAFF | {_P.READ_PERSONAL, _P.EDIT_PROJECTS, _P.MOVE_PROJECTS},
    Role.LAND: _STAFF
    | {
        _P.READ_PERSONAL,
        _P.READ_CONFIDENTIAL,
        _P.READ_SENSITIVE,
        _P.EDIT_LAND,
        _P.HANDLE_IDLE_LAND,
        _P.PUBLISH_MAP,
        _P.EDIT_CALENDAR,
    },
    Role.PLANNING: _STAFF | {_P.EDIT_PROJECTS, _P.EDIT_LAND, _P.APPROVE_LAND},
    Role.POLICY: _STAFF,
    Role.FINANCE: _STAFF | {_P.READ_CONFIDENTIAL},
    Role.SAFETY: _STAFF,
    # The trail tells what any record ever held, so that whoever reads it is cleared for them all.
    Role.DISCIPLINE: _STAFF
    | {_P.READ_TRAIL, _P.READ_PERSONAL, _P.READ_CONFIDENTIAL, _P.READ_SENSITIVE},
    Role.AUDITOR: _STAFF | {_P.READ_TRAIL, _P.READ_CONFIDENTIAL, _P.READ_SENSITIVE},
    # The three administrators are apart: this one keeps people and roles and reads no business.
    Role.ADMINISTRATOR: frozenset(
        {_P.MANAGE_PEOPLE, _P.HAND_OVER, _P.READ_ROLES, _P.CONFIGURE_REGISTERS, _P.EDIT_CALENDAR}
    ),
    Role.LIAISON: frozenset({_P.READ_FIGURES, _P.READ_PROJECTS, _P.READ_ROLES}),
    Role.ENTERPRISE: frozenset(),
    Role.GUEST: frozenset(),
}
