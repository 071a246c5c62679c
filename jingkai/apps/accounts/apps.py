from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "jingkai.apps.accounts"
    label = "accounts"
    verbose_name = _("园区与人员")

    def ready(self) -> None:
        """Refuse to start while a page has no declared access rule; warn where a wall is open."""
        from .checks import (  # noqa: PLC0415 - needs loaded models
            every_view_declares_its_access,
            the_database_user_obeys_the_wall,
        )

        checks.register(every_view_declares_its_access, checks.Tags.urls)
        checks.register(the_database_user_obeys_the_wall, checks.Tags.database)
