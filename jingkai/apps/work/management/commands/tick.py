"""`jingkai tick`: does what is due by the clock; several may run at once."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jingkai.apps.work import actions
from jingkai.web import clock

from .worker import repeat


class Command(BaseCommand):
    """Does what is due by the clock, once or until it is told to stop."""

    help = "执行定时任务 / Do what is due by the clock"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option."""
        parser.add_argument("--once", action="store_true", help="只执行一次 / once, for cron")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the names of what was done."""
        if options["once"]:
            self._tell()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        repeat(self._tell, stop.is_set, stop)

    def _tell(self) -> list[str]:
        done = actions.run_due(at=clock.now())
        for name in done:
            self.stdout.write(name)
        return done
