"""`jingkai explain POLICIES ENTERPRISES CODE`: why policies say to one what they say."""

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jingkai.core.rules import catalogue
from jingkai.core.rules.checking.publishing import publishable
from jingkai.core.rules.columnar import single, tables
from jingkai.core.rules.columnar.plans import schemas
from jingkai.core.rules.columnar.single import NoSuchEnterprise
from jingkai.core.rules.columnar.tables import BadTable
from jingkai.core.rules.policies import files, telling
from jingkai.core.rules.policies.explaining import Explanation, explain_all
from jingkai.core.rules.policies.facts import Facts
from jingkai.core.rules.policies.model import BadPolicy, Policy
from jingkai.web import clock


class Command(BaseCommand):
    """Explains to a policy officer what the policies say to one enterprise of a table."""

    help = "说明各项政策对一家企业的预审结论 / Explain what policies say to one enterprise"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("policies", type=Path, help="政策目录或文件 / .dmn, or a folder")
        parser.add_argument("enterprises", type=Path, help="企业表 / .parquet, .csv, .jsonl")
        parser.add_argument("code", help="企业代码；没有代码列时为行号 / its code, or row number")
        parser.add_argument(
            "--policy",
            action="append",
            default=[],
            metavar="CODE",
            help="详细说明这项政策，可重复；省略则每项一行 / in full; a line each without",
        )
        parser.add_argument("--on", type=date.fromisoformat, help="评估日 / the day (today)")
        parser.add_argument("--id", default="", help="企业代码列 / the column of the code")

    def handle(self, **options: Any) -> None:
        """Explain."""
        on = options["on"] or timezone.localtime(clock.now()).date()
        try:
            policies, _versions = files.policies(options["policies"])
            facts = _facts(options, on)
        except (BadPolicy, BadTable, NoSuchEnterprise) as reason:
            raise CommandError(str(reason)) from None
        if options["policy"]:
            self._tell(_chosen(policies, options["policy"]), facts, on)
        else:
            self._list(policies, facts, on)

    def _tell(self, policies: Iterable[Policy], facts: Facts, on: date) -> None:
        known = catalogue.national()
        for policy, found in _explained(policies, facts, on):
            self.stdout.write(found.as_text())
            if not publishable(policy, known):
                self.stdout.write("这项政策是草稿，只供试算，不得据以兑付。")
            self.stdout.write("")

    def _list(self, policies: Iterable[Policy], facts: Facts, on: date) -> None:
        for policy, found in _explained(policies, facts, on):
            near = "，仅差一项" if found.is_near_miss else ""
            said = f"{telling.VERDICTS[found.verdict]}{near}"
            self.stdout.write(f"{policy.header.code}  {policy.header.title}  {said}")


def _facts(options: dict[str, Any], on: date) -> Facts:
    schema = schemas.schema(catalogue.national(), on=on)
    with tempfile.TemporaryDirectory(prefix="jingkai-") as scratch:
        source = tables.opened(
            options["enterprises"],
            schema,
            list(schema.columns.values()),
            scratch=Path(scratch),
            id_column=options["id"],
        )
        name = options["enterprises"].name
        return single.facts_of(source, options["code"], schema, told=name)


def _chosen(policies: Iterable[Policy], codes: list[str]) -> list[Policy]:
    by_code = {policy.header.code: policy for policy in policies}
    absent = [code for code in codes if code not in by_code]
    if absent:
        raise CommandError(f"没有这些政策 / no such policy: {'、'.join(absent)}")
    return [by_code[code] for code in codes]


def _explained(
    policies: Iterable[Policy], facts: Facts, on: date
) -> "zip[tuple[Policy, Explanation]]":
    policies = list(policies)
    return zip(policies, explain_all(policies, facts, on=on), strict=True)
