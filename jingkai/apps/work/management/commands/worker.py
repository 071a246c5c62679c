"""`jingkai worker`: does the jobs that wait; several may run at once."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from jingkai.apps.work import actions
from jingkai.web import clock

SECONDS_BETWEEN_LOOKS = 1.0

_log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Does one job after the other until it is told to stop; a job it holds goes back then."""

    help = "执行后台作业 / Do the jobs that wait, until stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--once", action="store_true", help="做完现有作业即退出 / stop when no job is left"
        )
        parser.add_argument(
            "--tick",
            action="store_true",
            help="同时执行定时任务 / also do what is due by the clock",
        )
        parser.add_argument(
            "--parent", type=int, help="该进程结束时随之停止 / stop when this process is gone"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until there is nothing left (--once) or a signal comes."""
        if options["once"]:
            while actions.run_next(at=clock.now()):
                pass
            if options["tick"]:
                actions.run_due(at=clock.now())
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        stopping = _stopping(stop, options["parent"])
        if options["tick"]:
            threading.Thread(target=repeat, args=(_tick, stopping, stop), daemon=True).start()
        repeat(lambda: actions.run_next(at=clock.now(), stopping=stopping), stopping, stop)


def repeat(work: Callable[[], object], stopping: Callable[[], bool], stop: Any) -> None:
    """Do the work again and again, at once while there is some, until it must stop."""
    while not stopping():
        try:
            close_old_connections()
            found = work()
        except DatabaseError:  # the database is away or busy: it comes back
            _log.exception("the database did not answer")
            connection.close()
            found = False
        if not found:
            stop.wait(SECONDS_BETWEEN_LOOKS)


def _tick() -> object:
    return actions.run_due(at=clock.now())


def _stopping(stop: threading.Event, parent: int | None) -> Callable[[], bool]:
    return lambda: stop.is_set() or (parent is not None and os.getppid() != parent)
