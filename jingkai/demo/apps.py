from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jingkai.demo"
    label = "demo"
