"""`jingkai match POLICIES ENTERPRISES FOLDER`: what every policy says to every enterprise."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jingkai.core.rules import catalogue
from jingkai.core.rules.checking.publishing import publishable
from jingkai.core.rules.columnar import engines, tables
from jingkai.core.rules.columnar.delivering import Delivery, Said, Shape
from jingkai.core.rules.columnar.engines import Engine, NoEngine
from jingkai.core.rules.columnar.plans import plan, schemas
from jingkai.core.rules.columnar.plans.plan import Plan
from jingkai.core.rules.columnar.plans.values import Schema
from jingkai.core.rules.columnar.results import Tally
from jingkai.core.rules.columnar.running import OtherRun, Run
from jingkai.core.rules.columnar.steps import sql as sql_writing
from jingkai.core.rules.columnar.steps.sql import Dialect
from jingkai.core.rules.columnar.tables import BadTable
from jingkai.core.rules.policies import files
from jingkai.core.rules.policies.model import BadPolicy, Policy
from jingkai.web import clock


class Command(BaseCommand):
    """Matches a table of enterprises with a folder of policies, chunk by chunk."""

    help = "批量匹配政策与企业 / Match policies (DMN) with enterprises (Parquet, CSV, JSON lines)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument(
            "policies", type=Path, help="政策目录，每项一个 .dmn / a folder of .dmn"
        )
        parser.add_argument(
            "enterprises", type=Path, nargs="?", help="企业表 / .parquet, .csv, .jsonl"
        )
        parser.add_argument("folder", type=Path, nargs="?", help="结果目录 / where the results go")
        parser.add_argument("--on", type=date.fromisoformat, help="评估日 / the day (today)")
        parser.add_argument(
            "--id", default="", help="企业代码列 / the column of the enterprise's id"
        )
        parser.add_argument(
            "--shape",
            choices=[str(one) for one in Shape],
            default=str(Shape.PAIRS),
            help="逐对或位图 / a row a pair, or bitmaps",
        )
        parser.add_argument(
            "--outcomes",
            default=",".join(Said),
            help="写出哪些结果 / which outcomes are written: " + ",".join(Said),
        )
        parser.add_argument("--resume", action="store_true", help="接着上次 / go on where it was")
        parser.add_argument(
            "--without-refused",
            action="store_true",
            help="略过不能按列计算的政策 / leave out policies that can't run over columns",
        )
        _add_engines(parser)

    def handle(self, **options: Any) -> None:
        """Match, and print what it comes to."""
        on = options["on"] or timezone.localtime(clock.now()).date()
        schema = schemas.schema(catalogue.national(), on=on)
        planned = self._plan(options, schema)
        if options["print_sql"]:
            self._print_sql(planned, Dialect(options["print_sql"]))
            return
        if not options["enterprises"] or not options["folder"]:
            raise CommandError("请给出企业表和结果目录 / name the enterprises and the folder.")
        self._report(planned, self._match(planned, schema, options))

    def _match(self, planned: Plan, schema: Schema, options: dict[str, Any]) -> Tally:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        try:
            source = tables.opened(
                options["enterprises"],
                schema,
                planned.columns,
                scratch=folder,
                id_column=options["id"],
            )
            if source.missing:
                missing = "、".join(source.missing)
                self.stderr.write(f"企业表缺少这些列，按缺失处理 / absent: {missing}")
            if source.id_column is None:
                self.stderr.write("企业表没有代码列，以行号为代码，可用 --id 指定 / by number")
            run = Run(plan=planned, source=source, delivery=_delivery(options))
            with engines.opened(
                Engine(options["engine"]),
                planned,
                scratch=folder,
                database=options["database"],
                master=options["master"],
            ) as engine:
                return run.match(engine, resume=options["resume"], progress=self._progress)
        except (BadTable, OtherRun, NoEngine) as reason:
            raise CommandError(str(reason)) from None

    def _print_sql(self, planned: Plan, dialect: Dialect) -> None:
        for number, policy in enumerate(planned.policies):
            over = policy.amount.over if policy.amount else 1
            named = json.dumps([policy.code, policy.version], ensure_ascii=False)  # on one line
            self.stdout.write(f"-- v{number} a{number}/{over}: {named}")
        for query in sql_writing.queries(planned, dialect):
            self.stdout.write(f"{query};")

    def _plan(self, options: dict[str, Any], schema: Schema) -> Plan:
        try:
            policies, versions = files.policies(options["policies"])
        except BadPolicy as reason:
            raise CommandError(str(reason)) from None
        self._name_drafts(policies)
        planned = plan.plan(policies, schema, versions=versions)
        for refused in planned.refused:
            at = refused.reason.at.start + 1
            self.stderr.write(f"{refused.code} {refused.where}，第 {at} 个字符：{refused.reason}")
        if planned.refused and not options["without_refused"]:
            raise CommandError(
                f"有 {len(planned.refused)} 项政策不能按列计算；"
                "请修改，或加 --without-refused 略过。"
            )
        if not planned.policies:
            raise CommandError("没有可以匹配的政策 / no policy to match.")
        return planned

    def _name_drafts(self, policies: list[Policy]) -> None:
        """Say which policies nobody has confirmed: they may be tried, never paid by."""
        facts = catalogue.national()
        drafts = [one.header.code for one in policies if not publishable(one, facts)]
        if drafts:
            self.stderr.write(
                f"{len(drafts)} 项是草稿，只供试算，不得据以兑付 / drafts, to be tried only: "
                + "、".join(drafts)
            )

    def _progress(self, done: int, chunks: int) -> None:
        end = "\n" if done == chunks else ""
        self.stderr.write(f"\r{done}/{chunks} ({100 * done // chunks} %)", ending=end)

    def _report(self, planned: Plan, tally: Tally) -> None:
        lines = (
            ("企业 / enterprises", tally.enterprises),
            ("政策 / policies", len(planned.policies)),
            ("符合 / eligible", tally.eligible),
            ("差一项 / near miss", tally.near),
            ("缺事实 / unknown", tally.unknown),
            ("人工审核 / manual review", tally.manual),
        )
        for name, number in lines:
            self.stdout.write(f"{name}: {number:,}")
        self.stdout.write(f"金额 / amount: {tally.granted_fen / 100:,.2f} 元")
        self.stdout.write(f"校验和 / checksum: {tally.fingerprint:016x}")


def _add_engines(parser: CommandParser) -> None:
    parser.add_argument(
        "--engine",
        choices=[str(one) for one in Engine],
        default=str(Engine.NUMPY),
        help="计算引擎，结果相同 / what computes; all say the same",
    )
    parser.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="--engine postgresql 的数据库 / postgresql://…",
    )
    parser.add_argument(
        "--master",
        default="local[*]",
        metavar="URL",
        help="--engine spark 的主节点，结果目录须各节点可见 / the folder must be shared",
    )
    parser.add_argument(
        "--print-sql",
        choices=[str(one) for one in Dialect],
        help="只打印 SQL（v=结果代码，a=金额分数的分子）/ print the SQL, match nothing",
    )


def _delivery(options: dict[str, Any]) -> Delivery:
    try:
        outcomes = tuple(Said(one) for one in options["outcomes"].split(","))
    except ValueError as reason:
        raise CommandError(f"--outcomes: {reason}") from None
    return Delivery(folder=options["folder"], shape=Shape(options["shape"]), outcomes=outcomes)
