from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LandConfig(AppConfig):
    name = "jingkai.apps.land"
    label = "land"
    verbose_name = _("土地与厂房")
