"""Zones, departments, people, and the base of every record that belongs to a zone."""

from collections.abc import Collection
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import scope
from .roles import ROLE_LABELS, Role


class Zone(models.Model):
    """An economic development zone, or the city or province that its zones are rolled up in."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        ZONE = "zone", _("园区")

    code = models.SlugField(_("园区代码"), max_length=20, unique=True)
    name = models.CharField(_("园区名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level, default=Level.ZONE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("上级")
    )
    county_code = models.CharField(_("行政区划代码"), max_length=6, blank=True)
    is_demonstration = models.BooleanField(_("示范园区"), default=False)

    class Meta:
        verbose_name = _("园区")
        verbose_name_plural = _("园区")
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="zone_is_not_its_own_parent")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """Return the name in the reader's language, the Chinese one where no other is known."""
        is_english = (get_language() or "").startswith("en")
        return self.name_en if is_english and self.name_en else self.name


Row = TypeVar("Row", bound=models.Model)


class ScopedManager(models.Manager[Row]):
    """Shows the records of the zones in scope; raises OutsideScope where none was entered."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Return the records of the zones in scope, less those that are sealed."""
        zone_ids = scope.current()
        rows = super().get_queryset()
        if len(zone_ids) == 1:
            rows = rows.filter(zone_id=next(iter(zone_ids)))
        else:
            rows = rows.filter(zone_id__in=zone_ids)
        model: Any = self.model
        return model.unsealed(rows) if scope.present_seal() else rows


class ZoneRecord(models.Model):
    """The base of every table whose rows belong to a zone."""

    zone = models.ForeignKey(Zone, models.PROTECT, verbose_name=_("园区"), related_name="+")

    # The plugin of the type checker declares a base manager by itself.
    everywhere: ClassVar[models.Manager[Self]] = models.Manager()  # type: ignore[no-redef]
    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "objects"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
        """Return those of the rows that the present seal leaves open: all, unless said else."""
        return rows


def beside_unsealed(
    rows: models.QuerySet[Row], *columns: str, kinds: Collection[str] | None = None
) -> models.QuerySet[Row]:
    """
    Return the rows that stand beside no record that the present seal hides.

    :param columns: those that hold the record's kind and id, or one that holds ``kind:id``
    :param kinds: the only kinds of record that the rows stand beside, where that is known
    """
    if scope.present_seal() is None:
        return rows
    found: models.QuerySet[Row] = import_string(settings.SEALED)(rows, *columns, kinds=kinds)
    return found


class Department(ZoneRecord):
    """A department of the committee, or one of the government that the zone works with."""

    code = models.CharField(_("部门代码"), max_length=20)
    name = models.CharField(_("部门名称"), max_length=60)
    is_external = models.BooleanField(_("协作部门"), default=False)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("部门")
        verbose_name_plural = _("部门")
        constraints = [
            models.UniqueConstraint(fields=["zone", "code"], name="department_code_once_a_zone")
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people with a password that is never kept in clear."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new person who can log in with the password."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    is_demonstration = models.BooleanField(_("示范账号"), default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username


class Membership(models.Model):
    """What a person is in a zone, from one day until another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="memberships")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门")
    )
    role = models.CharField(
        _("角色"), max_length=20, choices=[(role.value, ROLE_LABELS[role]) for role in Role]
    )
    valid_from = models.DateField(_("起始日期"))
    valid_until = models.DateField(_("截止日期（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "zone", "role", "valid_from"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.zone} · {ROLE_LABELS[Role(self.role)]}"


class AccessToken(models.Model):
    """
    What a program of a person shows instead of a password; only a digest of it is kept.

    It opens one zone and what the person may do there on the day, or only the reading of it. It
    is read before a zone is entered, as a membership is, so that it is no record of the zone.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="tokens")
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    tail = models.CharField(_("末四位"), max_length=4, editable=False)
    may_write = models.BooleanField(_("可以登记和修改"), default=False)
    made_at = models.DateTimeField(_("创建时间"))
    valid_until = models.DateField(_("截止日期（不含）"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    used_on = models.DateField(_("最近使用"), null=True, blank=True)

    class Meta:
        verbose_name = _("访问令牌")
        verbose_name_plural = _("访问令牌")

    def __str__(self) -> str:
        return f"{self.name} · …{self.tail}"
