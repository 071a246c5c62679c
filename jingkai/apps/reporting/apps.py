from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "jingkai.apps.reporting"
    label = "reporting"
    verbose_name = _("驾驶舱与报告")
