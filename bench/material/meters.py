"""How long, how many queries, how much memory."""

import gc
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 30
_CLEAR = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")
_RESET_PEAK = "5"


@dataclass(slots=True, kw_only=True)
class Spent:
    """What one call has cost: on the clock, of the processor, and the process's peak memory."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    result: Any

    @property
    def cpu_ms(self) -> float:
        """Return the milliseconds of processor time."""
        return self.cpu_seconds * 1_000

    @property
    def besides(self) -> str:
        """Return what a table says beside the seconds of processor time."""
        return f"{self.seconds:.1f} s on the clock, peak {self.peak_mb:,.0f} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a call costs each time: on the clock, of this process's processor time, in queries."""

    ms: float
    cpu_ms: float
    queries: int

    @property
    def besides(self) -> str:
        """Return what a table says beside the processor time."""
        return f"{self.queries} queries, {self.ms:.1f} ms on the clock"


def pace(call: Callable[[], object], rounds: int = ROUNDS) -> Pace:
    """Return the medians of a call that has been made before."""
    call()
    times, cpu_times = [], []
    for _round in range(rounds):
        started, cpu_started = time.perf_counter(), time.process_time()
        call()
        times.append(time.perf_counter() - started)
        cpu_times.append(time.process_time() - cpu_started)
    return Pace(
        ms=statistics.median(times) * 1_000,
        cpu_ms=statistics.median(cpu_times) * 1_000,
        queries=_queries(call),
    )


def _queries(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def spent(call: Callable[[], Any]) -> Spent:
    """Return the cost of making the call once."""
    gc.collect()
    if _CLEAR.exists():
        _CLEAR.write_text(_RESET_PEAK)
    started, cpu_started = time.perf_counter(), time.process_time()
    result = call()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu_started
    return Spent(seconds=seconds, cpu_seconds=cpu, peak_mb=_peak_mb(), result=result)


def _peak_mb() -> float:
    """Return the highest resident memory; since it was reset on Linux, ever elsewhere."""
    if _STATUS.exists():
        lines = _STATUS.read_text().splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
