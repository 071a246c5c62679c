"""`jingkai audit verify|head|export`: the trail's proof, outside the pages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jingkai.apps.audit import queries
from jingkai.apps.audit.chain import Head, NotAHead, Verdict

PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    """Verifies, prints the heads of, and exports the trail."""

    help = (
        "验证、导出操作留痕链，打印链头 / Verify and export the audit trail, print its heads.\n"
        "jingkai audit head > heads.txt; jingkai audit verify --against heads.txt"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the three subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify|head|export")
        verify = verbs.add_parser("verify", help="验证操作留痕链 / Verify the audit chain")
        verify.add_argument(
            "--against",
            action="append",
            default=[],
            metavar="HEAD",
            help="库外留存的链头，或每行一个链头的文件；可重复"
            " / a head kept outside, or a file with one a line; may be repeated",
        )
        head = verbs.add_parser("head", help="打印链头 / Print the heads of the chains")
        export = verbs.add_parser("export", help="导出为 JSON Lines / Export as JSON Lines")
        export.add_argument("out", metavar="OUT", help="文件，- 为标准输出 / a file, - for stdout")
        for verb in (verify, head, export):
            verb.add_argument("--zone", metavar="CODE", help="只限一个园区 / one zone alone")
            verb.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the subcommand says."""
        zone = options["zone"]
        if zone and zone not in queries.zone_codes():
            raise CommandError(_("没有园区 %(zone)s 的操作留痕") % {"zone": zone})
        getattr(self, f"_{options['verb']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        heads = list(_heads(options["against"]))
        verdict = queries.verify(options["zone"], against=heads, progress=self._progress)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(verdict), ensure_ascii=False))
        flaw = verdict.first_bad
        if flaw:
            message = _("操作留痕被改动：链 %(zone)s 第 %(sequence)s 条：%(fault)s")
            fault = queries.FAULT_LABELS[flaw.fault]
            found = {"zone": flaw.zone_code, "sequence": flaw.sequence, "fault": fault}
            raise CommandError(message % found)
        if not options["json"]:
            seen = {"events": f"{verdict.events:,}", "changes": f"{verdict.changes:,}"}
            self.stdout.write(
                _("操作留痕完整：%(events)s 条留痕，%(changes)s 项记录变更，均与封存时一致") % seen
            )

    def _head(self, options: dict[str, Any]) -> None:
        heads = [queries.head(options["zone"])] if options["zone"] else queries.heads()
        for head in heads:
            self.stdout.write(json.dumps(_head_json(head)) if options["json"] else str(head))

    def _export(self, options: dict[str, Any]) -> None:
        lines = queries.export(options["zone"])
        if options["out"] == "-":
            self._write(lines, self.stdout)
            return
        with Path(options["out"]).open("w", encoding="utf-8", newline="\n") as file:
            count = self._write(lines, file)
        if options["json"]:
            self.stdout.write(json.dumps({"file": options["out"], "events": count}))

    def _write(self, lines: Iterator[str], out: Any) -> int:
        count = 0
        for count, line in enumerate(lines, start=1):
            out.write(f"{line}\n")
            if count % PROGRESS_EVERY == 0:
                self._progress(count, None)
        return count

    def _progress(self, done: int, total: int | None) -> None:
        self.stderr.write(f"{done:,}" if total is None else f"{done:,} / {total:,}")


def _heads(given: list[str]) -> Iterator[Head]:
    """Yield the heads given as such or in files."""
    for text in given:
        path = Path(text)
        lines = path.read_text().split() if path.is_file() else [text]
        for line in lines:
            try:
                yield Head.parse(line)
            except NotAHead as reason:
                raise CommandError(str(reason)) from reason


def _as_json(verdict: Verdict) -> dict[str, Any]:
    flaw = verdict.first_bad
    found = None
    if flaw:
        found = {"zone": flaw.zone_code, "sequence": flaw.sequence, "fault": flaw.fault}
    return {
        "ok": verdict.ok,
        "events": verdict.events,
        "changes": verdict.changes,
        "first_bad": found,
    }


def _head_json(head: Head) -> dict[str, Any]:
    at = head.at.isoformat() if head.at else None
    return {
        "zone": head.zone_code,
        "sequence": head.sequence,
        "hash": head.hash,
        "at": at,
        "head": str(head),
    }
