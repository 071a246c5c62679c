"""`jingkai urls`: every URL pattern with its name, methods and declared access."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jingkai.apps.accounts.checks import Route, routes


class Command(BaseCommand):
    """Prints the URL table."""

    help = "列出全部网址、方法与访问规则 / List every URL with its methods and access rule"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print one row a URL pattern."""
        rows = [_row(route) for route in routes()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(
                f"{row['path']:60} {row['methods']:14} {row['access']:20} {row['name']}"
            )


def _row(route: Route) -> dict[str, str]:
    methods = ",".join(sorted(route.rule.methods)) if route.rule else ""
    return {
        "path": f"/{route.path}",
        "name": route.name,
        "methods": methods,
        "access": str(route.rule or "undeclared"),
    }
