"""Forms of people: a new person, a further role, a password."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from . import queries
from .models import Department, User
from .roles import ROLE_LABELS, Role

USUAL_DAYS, MOST_DAYS = 90, 366
_CHOICES = [(role.value, ROLE_LABELS[role]) for role in Role]


class RoleForm(forms.Form):
    """A role from a day on."""

    role = forms.ChoiceField(label=_("角色"), choices=_CHOICES)
    department: "forms.ModelChoiceField[Department]" = forms.ModelChoiceField(
        label=_("部门"), queryset=None, required=False, empty_label="—"
    )
    since = forms.DateField(
        label=_("起始日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the departments of the zone in scope."""
        super().__init__(*arguments, **options)
        department: Any = self.fields["department"]
        department.queryset = queries.departments()

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class TokenForm(forms.Form):
    """What a token is for, whether it writes, and until when it is good."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如“数据中台每日取数”"))
    until = forms.DateField(
        label=_("截止日期（不含）"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("最长一年"),
    )
    may_write = forms.BooleanField(label=_("可以登记和修改（不选则只读）"), required=False)

    def __init__(self, data: Any = None, *, on: date) -> None:
        """Propose some months; keep the day on which it is made."""
        super().__init__(data, initial={"until": on + timedelta(days=USUAL_DAYS)})
        self.on = on

    def clean_until(self) -> date:
        """Refuse a day that is past, or further than a year ahead."""
        until: date = self.cleaned_data["until"]
        if not self.on < until <= self.on + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("应在明天至一年之内"))
        return until


class DepartmentForm(forms.Form):
    """A department of the committee, or one of the government that the zone works with."""

    code = forms.SlugField(label=_("部门代码"), max_length=20)
    name = forms.CharField(label=_("部门名称"), max_length=60)
    is_external = forms.BooleanField(label=_("协作部门（不属于管委会）"), required=False)

    def clean_code(self) -> str:
        """Refuse a code that the zone has given."""
        code: str = self.cleaned_data["code"]
        if Department.objects.filter(code=code).exists():
            raise forms.ValidationError(_("部门代码已被使用"))
        return code


class PersonForm(RoleForm):
    """A person who does not log in yet, with their first role."""

    username = forms.SlugField(
        label=_("登录名"), max_length=60, help_text=_("字母、数字、短横线或下划线，登记后不再更改")
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    password = forms.CharField(
        label=_("初始密码"),
        widget=forms.PasswordInput,
        help_text=_("至少 10 位"),
    )

    field_order = ("username", "name", "role", "department", "since", "password")

    def clean_username(self) -> str:
        """Refuse a log-in that somebody has."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("登录名已被使用"))
        return username

    def clean_password(self) -> str:
        """Refuse a password that is short or common."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


class ResetForm(forms.Form):
    """A new password for somebody, who is to change it after logging in."""

    future = forms.CharField(
        label=_("新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位，不能是常见密码"),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        """Keep whose password it is."""
        super().__init__(data)
        self.user = user

    def clean_future(self) -> str:
        """Refuse a password that is short or common."""
        future: str = self.cleaned_data["future"]
        password_validation.validate_password(future, self.user)
        return future


class PasswordForm(ResetForm):
    """A new password for oneself, proved by the old."""

    present = forms.CharField(
        label=_("现在的密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    field_order = ("present", "future")

    def clean_present(self) -> str:
        """Refuse a wrong present password."""
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError(_("现在的密码不对"))
        return present
