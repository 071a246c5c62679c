"""`jingkai import KIND FILE --zone CODE`: a workbook into a register, all or nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.registers import actions, fitting, jobs, queries
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.models import State
from jingkai.web import clock

OPERATOR = "system"


class Command(BaseCommand):
    """Imports a workbook as the page does: check, then all or nothing."""

    help = "导入台账工作簿（全部成功或全部不写）/ Import a register's workbook, all or nothing"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("kind", help="台账 / register, e.g. visits")
        parser.add_argument("file", type=Path, help="xlsx、xls、csv")
        parser.add_argument("--zone", required=True, help="园区代码 / zone code")
        parser.add_argument("--dry-run", action="store_true", help="只校验 / check only")
        parser.add_argument(
            "--mapping", type=Path, help="列对应关系 JSON / how the columns are read, JSON"
        )
        parser.add_argument("--report", type=Path, help="结果 JSON / write the outcome here")
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the file; without errors and without --dry-run, import it."""
        register = queries.find(options["kind"])
        zone = accounts.zone(options["zone"])
        if register is None:
            kinds = ", ".join(queries.registers())
            raise CommandError(f"没有台账 / no register {options['kind']!r}: {kinds}")
        if zone is None:
            raise CommandError(f"没有园区 / no zone {options['zone']!r}")
        with scope.zones(zone.pk):
            report = self._import(fitting.fit(register, zone, unmasked=True), zone, options)
        self._tell(report, options)
        if report["errors"]:
            raise CommandError("有错误，未导入任何数据 / errors, nothing was imported")

    def _import(self, register: Any, zone: Any, options: dict[str, Any]) -> dict[str, Any]:
        now = clock.now()
        try:
            run, was_imported = jobs.receive(
                register=register,
                zone=zone,
                content=options["file"].read_bytes(),
                file_name=options["file"].name,
                reading=_reading(options["mapping"]),
                by=OPERATOR,
                at=now,
            )
            if was_imported:
                nothing = {"created": 0, "updated": 0, "unchanged": run.report["rows"]}
                return run.report | nothing | {"imported": True, "same_as": run.pk}
            run = jobs.check(register=register, run=run, by=OPERATOR, at=now)
            if run.state == State.UNMAPPED:
                run = actions.recheck_workbook(run=run, by=OPERATOR, at=now)
                run = jobs.check(register=register, run=run, by=OPERATOR, at=now)
            if run.state == State.READY and not options["dry_run"]:
                run = actions.import_workbook(register=register, run=run, by=OPERATOR, at=now)
        except (OSError, ValueError, actions.Outdated) as reason:
            raise CommandError(f"{options['file']}: {reason}") from reason
        return {**run.report, "imported": run.imported_at is not None}

    def _tell(self, report: dict[str, Any], options: dict[str, Any]) -> None:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        if options["report"]:
            options["report"].write_text(text)
        if options["json"]:
            self.stdout.write(text)
            return
        for error in report["errors"]:
            place = f"{error['sheet']} {error['row']} {error['column']}"
            self.stderr.write(f"{place}: {error['value']!r} {error['rule']}")
        counts = ("rows", "created", "updated", "unchanged")
        self.stdout.write(" ".join(f"{name}={report[name]}" for name in counts))


def _reading(path: Path | None) -> Reading | None:
    """Return how the file says that the workbook is read; without one, as it was read last."""
    return Reading.of(json.loads(path.read_text())) if path else None
