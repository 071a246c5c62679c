from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdleConfig(AppConfig):
    name = "jingkai.apps.idle"
    label = "idle"
    verbose_name = _("闲置土地处置")
