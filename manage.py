"""Django's own commands (`makemigrations`, `shell`, …); the product's are those of `jingkai`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingkai.config.settings")
    execute_from_command_line(sys.argv)
