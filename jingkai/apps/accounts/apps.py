from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "jingkai.apps.accounts"
    label = "accounts"
    verbose_name = _("园区与人员")

    def ready(self) -> None:
        """Refuse to start while a page has no declared access rule."""
        from .checks import every_view_declares_its_access  # noqa: PLC0415 - needs loaded models

        checks.register(every_view_declares_its_access, checks.Tags.urls)
