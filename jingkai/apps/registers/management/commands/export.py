"""`jingkai export KIND OUT --zone CODE`: a register as a workbook, CSV or spatial file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.registers import exports, filters, fitting, queries, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.kinds import Refused


class Command(BaseCommand):
    """Exports a register."""

    help = "导出台账为表格或空间数据 / Export a register as a table or a spatial file"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("kind", help="台账 / register, e.g. visits")
        parser.add_argument(
            "out", type=Path, help=".xlsx, .csv, .gpkg, .zip (Shapefile), .geojson, .kml"
        )
        parser.add_argument("--zone", required=True, help="园区代码 / zone code")
        parser.add_argument(
            "--query",
            default="",
            help="列表地址中 ? 后的部分 / filters and columns, as a list's URL",
        )
        parser.add_argument(
            "--official", action="store_true", help="上报表版式 / in the shape officials file"
        )

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
            endings = "、".join(f".{ending}" for ending in exports.TYPES)
            raise CommandError(f"文件名应以这些结尾 / end the name in one of: {endings}")
        with scope.zones(zone.pk):
            register = fitting.fit(register, zone, unmasked=True)
            content = self._content(register, QueryDict(options["query"]), suffix, options)
        options["out"].write_bytes(content)
        self.stderr.write(f"{options['out']}")

    def _content(
        self, register: Register, data: QueryDict, suffix: str, options: dict[str, Any]
    ) -> bytes:
        asked = filters.read(register, data)
        chosen = queries.chosen_columns(register, data)
        if asked.errors or chosen.gone:
            raise CommandError("; ".join([*asked.errors, *chosen.gone]))
        rows = asked.apply(queries.rows_of(register))
        if options["official"]:
            paper = workbooks.Paper(title=str(register.name))
            return exports.official(chosen.columns, rows, paper)
        try:
            return exports.write(register, rows, suffix, chosen.columns if chosen.is_own else None)
        except Refused as reason:
            raise CommandError(str(reason)) from None
