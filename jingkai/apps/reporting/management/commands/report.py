"""`jingkai report year-end`: the 岁末答卷 as a file."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.reporting import queries
from jingkai.apps.reporting.queries.year_end import files, year_end
from jingkai.web import clock


class Command(BaseCommand):
    """Writes a report."""

    help = (
        "生成报告，如岁末答卷 / Write a report: year-end.\n"
        "文字、表格、图由指标推导 / text, tables and charts are derived from the figures."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the reports, of which there is one so far."""
        reports = parser.add_subparsers(dest="report", required=True, metavar="REPORT")
        found = reports.add_parser("year-end", help="岁末答卷 / year-end report")
        found.add_argument("--zone", required=True, help="园区代码 / code of the zone")
        found.add_argument("--year", required=True, type=int, help="年度 / year")
        found.add_argument(
            "--format", required=True, choices=sorted(files.WRITERS), help="格式 / format"
        )
        found.add_argument("--out", required=True, type=Path, help="输出文件 / file to write")
        found.add_argument("--as-of", type=date.fromisoformat, help="数据截至 / last day, ISO")
        found.add_argument(
            "--base-url",
            default="",
            help="系统网址，使文件中的数字可点开 / address of the product, so that figures open",
        )
        found.add_argument(
            "--language", default="zh-hans", choices=["zh-hans", "en"], help="语言 / language"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file and say so on stderr."""
        zone = accounts.zone(options["zone"])
        if zone is None:
            raise CommandError(
                f"没有园区 {options['zone']}；jingkai roles 列出已有园区"
                f" / no zone {options['zone']}; jingkai roles lists the zones in use"
            )
        try:
            period = queries.to_date(
                options["year"], min(options["as_of"] or clock.today(), clock.today())
            )
        except ValueError:
            raise CommandError(
                f"年度 {options['year']} 无效 / {options['year']} is not a year"
            ) from None
        zones = [found.pk for found in accounts.zones_below(zone)]
        with translation.override(options["language"]), scope.zones(*zones):
            document = year_end(
                zone=zone,
                year=options["year"],
                as_of=period.end,
                generated_at=clock.now(),
                base_url=options["base_url"].rstrip("/"),
            )
            content = files.write(document, options["format"])
        _write(options["out"], content)
        self.stderr.write(f"已写入 / written: {options['out']} ({len(content):,} bytes)")


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as reason:
        raise CommandError(f"不能写入 {out}：{reason.strerror} / cannot write {out}") from None
