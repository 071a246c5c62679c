from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReuseConfig(AppConfig):
    name = "jingkai.apps.reuse"
    label = "reuse"
    verbose_name = _("盘活")
