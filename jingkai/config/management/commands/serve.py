"""Serve the product: one process for pages, one for jobs, behind nothing or behind a proxy."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

STYLE = "vendor/tabler/css/tabler.min.css"
THREADS = min(8, 2 * (os.cpu_count() or 1))  # requests at once
WAITING = 256  # requests that may wait for a thread before further ones are not taken up
SECONDS_TO_STOP = 10  # granian once waited for ever on a worker that was still starting
SECONDS_BETWEEN_STARTS = 3.0  # of a worker that ends by itself


class Command(BaseCommand):
    help = "启动系统 / Serve the product: migrated, messages compiled, assets in place"

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="不启动后台作业，由 jingkai worker 与 tick 执行 / leave jobs to others",
        )

    def handle(self, *, host, port, no_worker, **options):
        del options
        if finders.find(STYLE) is None:
            raise CommandError(
                "缺少浏览器资源，请先运行 make run（或 python3 dev.py run）。"
                " / Browser assets are missing: run make run (or python3 dev.py run) first."
            )
        _check_is_free(host, port)
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
        self.stderr.write(f"http://{_shown(host)}:{port}/  (Ctrl+C 停止 / stops)")
        if no_worker:
            _server(host, port).serve()
            return
        with _worker():
            _server(host, port).serve()


@contextmanager
def _worker() -> Iterator[None]:
    """Keep a process beside the server that does jobs and what is due; it ends with the block."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(stop,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(SECONDS_TO_STOP)


def _keep(stop: threading.Event) -> None:
    """Start the worker, and again whenever it dies; it also ends by itself once we are gone."""
    command = [sys.executable, "-m", "jingkai.cli", "worker", "--tick"]
    while not stop.is_set():
        # A session of its own: Ctrl+C reaches it through us, once.
        with subprocess.Popen(
            [*command, "--parent", str(os.getpid())], start_new_session=True
        ) as process:
            while process.poll() is None and not stop.wait(0.2):
                pass
            process.terminate()
            try:
                process.wait(SECONDS_TO_STOP / 2)
            except subprocess.TimeoutExpired:  # it is writing: its job goes back with its lease
                process.kill()
        stop.wait(SECONDS_BETWEEN_STARTS)


def _check_is_free(host: str, port: int) -> None:
    """Say so before anything is migrated, if the address can't be listened on."""
    try:
        socket.create_server((host, port), family=_family(host)).close()
    except (OSError, OverflowError) as reason:
        raise CommandError(
            f"无法监听 {host}:{port}（{reason}），请用 --port 换一个端口。"
            " / Cannot listen there: choose another --port."
        ) from reason


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _server(host: str, port: int) -> MPServer:
    return MPServer(
        "jingkai.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=WAITING,
        workers_kill_timeout=SECONDS_TO_STOP,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
    )


def _shown(host: str) -> str:
    return "localhost" if host in {"0.0.0.0", "127.0.0.1", "::"} else host  # noqa: S104 - shown, not bound
