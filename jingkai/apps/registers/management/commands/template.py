"""`jingkai template KIND OUT`: the empty workbook that the import reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingkai.apps.registers import queries, workbooks


class Command(BaseCommand):
    """Writes a register's template."""

    help = "生成台账导入模板 / Write a register's import template"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("kind", help="台账 / register, e.g. visits")
        parser.add_argument("out", type=Path, help=".xlsx")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file."""
        register = queries.find(options["kind"])
        if register is None:
            kinds = ", ".join(queries.registers())
            raise CommandError(f"没有台账 / no register {options['kind']!r}: {kinds}")
        options["out"].write_bytes(workbooks.template(register))
        self.stderr.write(f"{options['out']}")
