"""`jingkai indicators`: every figure of a zone's year, with what one needs to believe it."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.reporting import queries
from jingkai.web import clock


class Command(BaseCommand):
    """Prints the figures."""

    help = (
        "列出园区年度全部指标 / List every figure of a zone's year: value, definition, period,\n"
        "records, freshness, completeness, year on year, target.\n"
        "--json: counts are numbers; decimals are texts, exact to the last digit;\n"
        "shares (1 = 100 %) have share, numerator and denominator; null is 无数据 / not on record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the zone, the year and the day."""
        parser.add_argument("--zone", required=True, help="园区代码 / code of the zone")
        parser.add_argument("--year", required=True, type=int, help="年度 / year")
        parser.add_argument("--as-of", type=date.fromisoformat, help="数据截至 / last day, ISO")
        parser.add_argument("--code", help="只看一个指标 / one figure only")
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print one row a figure, or one JSON document."""
        zone = accounts.zone(options["zone"])
        if zone is None:
            raise CommandError(
                f"没有园区 {options['zone']}；jingkai roles 列出已有园区"
                f" / no zone {options['zone']}; jingkai roles lists the zones in use"
            )
        period = _period(options["year"], options["as_of"])
        codes = None if options["code"] is None else [options["code"]]
        with scope.zones(*(found.pk for found in accounts.zones_below(zone))):
            try:
                standings = queries.readings(period, codes)
            except queries.UnknownIndicator as unknown:
                known = "、".join(found.code for found in queries.indicators())
                raise CommandError(
                    f"没有指标 {unknown}；可用 / no figure {unknown}; known: {known}"
                ) from None
        if options["json"]:
            found = queries.told.everything(zone, options["year"], period, standings.values())
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for line in queries.told.lines(standings.values()):
            self.stdout.write(line)


def _period(year: int, as_of: date | None) -> Any:
    try:
        return queries.to_date(year, min(as_of or clock.today(), clock.today()))
    except ValueError:
        raise CommandError(f"年度 {year} 无效 / {year} is not a year") from None
