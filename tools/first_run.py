"""Bring the data folder up to date, fill an empty one with the demo zone, print the log-ins."""

import os

import django
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from jingkai.config import catalogues
from tools.environment import say


def main() -> None:
    """Compile the messages, migrate, and load the demonstration where there is no zone yet."""
    catalogues.compile_outdated()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingkai.config.settings")
    django.setup()
    say("database: migrate")
    call_command("migrate", verbosity=0, interactive=False)
    if not apps.get_model("accounts", "Zone").objects.exists():
        say("demo zone: loading")
        with transaction.atomic():  # all of it or none, so that a second start tries again
            call_command("demo")
    call_command("roles")


if __name__ == "__main__":
    main()
