"""Forms of people: a new person, a further role, a password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from .models import User
from .roles import ROLE_LABELS, Role

_CHOICES = [(role.value, ROLE_LABELS[role]) for role in Role]


class RoleForm(forms.Form):
    """A role from a day on."""

    role = forms.ChoiceField(label=_("角色"), choices=_CHOICES)
    since = forms.DateField(
        label=_("起始日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


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

    field_order = ("username", "name", "role", "since", "password")

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


class PasswordForm(forms.Form):
    """A new password for oneself, proved by the old."""

    present = forms.CharField(
        label=_("现在的密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    future = forms.CharField(
        label=_("新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位，不能是常见密码"),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        """Keep whose password it is."""
        super().__init__(data)
        self.user = user

    def clean_present(self) -> str:
        """Refuse a wrong present password."""
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError(_("现在的密码不对"))
        return present

    def clean_future(self) -> str:
        """Refuse a password that is short or common."""
        future: str = self.cleaned_data["future"]
        password_validation.validate_password(future, self.user)
        return future
