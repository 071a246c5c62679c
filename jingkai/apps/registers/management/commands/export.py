"""`jingkai export KIND OUT --zone CODE`: a register as a workbook or CSV."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.registers import exports, queries


class Command(BaseCommand):
    """Exports a register."""

    help = "导出台账为 xlsx 或 csv / Export a register as xlsx or csv"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("kind", help="台账 / register, e.g. visits")
        parser.add_argument("out", type=Path, help=".xlsx 或 / or .csv")
        parser.add_argument("--zone", required=True, help="园区代码 / zone code")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file."""
        register = queries.find(options["kind"])
        zone = accounts.zone(options["zone"])
        suffix = options["out"].suffix.lstrip(".").lower()
        if register is None:
            kinds = ", ".join(queries.registers())
            raise CommandError(f"没有台账 / no register {options['kind']!r}: {kinds}")
        if zone is None:
            raise CommandError(f"没有园区 / no zone {options['zone']!r}")
        if suffix not in exports.TYPES:
            raise CommandError("文件名应以 .xlsx 或 .csv 结尾 / end the name in .xlsx or .csv")
        with scope.zones(zone.pk):
            rows = queries.rows_of(register).order_by(register.order, "-pk")
            options["out"].write_bytes(exports.write(register, rows, suffix))
        self.stderr.write(f"{options['out']}")
