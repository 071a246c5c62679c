"""`jingkai files check [--discard]`: whether the disk and the records agree on every file."""

import json
import sys
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jingkai.apps.files import actions, disk, queries
from jingkai.web import clock

# How grave a finding is: a lost or altered file is a failure, a left-over only takes space.
_WORDS = {
    "unused": "未被任何记录使用 / attached to no record",
    "lost": "磁盘上不存在 / missing on the disk",
    "altered": "内容与摘要不符 / content differs from its digest",
    "unknown": "没有记录知道它 / known to no record",
}
_GRAVE = {"lost", "altered"}


@dataclass(frozen=True, slots=True)
class _Line:
    problem: str
    path: str
    zone: str
    name: str


class Command(BaseCommand):
    """Checks evidence files; exits with 1 where one is lost or altered."""

    help = "核对附件：孤儿文件、缺失、篡改 / Check evidence files: orphans, lost, altered"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what to do with what is found."""
        parser.add_argument("what", choices=["check"], help="核对 / check")
        parser.add_argument(
            "--discard",
            action="store_true",
            help="删除无人使用的文件 / delete what is unused or unknown",
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print every finding, and discard what nothing uses where asked to."""
        found = list(queries.findings())
        lines = [_told(finding) for finding in found]
        if options["json"]:
            self.stdout.write(json.dumps([_plain(line) for line in lines], ensure_ascii=False))
        else:
            for line in lines:
                self.stdout.write(f"{_WORDS[line.problem]}: {line.path} {line.zone} {line.name}")
            self.stderr.write(f"{len(found)} 处 / findings")
        if options["discard"]:
            for finding in found:
                _discard(finding)
        if any(finding.problem in _GRAVE for finding in found):
            sys.exit(1)


def _told(finding: queries.Finding) -> _Line:
    file = finding.file
    zone, name = (file.zone.code, file.name) if file else ("", "")
    return _Line(finding.problem, finding.path, zone, name)


def _plain(line: _Line) -> dict[str, str]:
    return {name: getattr(line, name) for name in _Line.__slots__}


def _discard(finding: queries.Finding) -> None:
    if finding.problem == "unused" and finding.file is not None:
        actions.discard(file=finding.file, by="system", at=clock.now())
    elif finding.problem == "unknown":
        (disk.root() / finding.path).unlink(missing_ok=True)
