from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "jingkai.config"
    label = "config"
