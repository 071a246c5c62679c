"""The parent's side of the child that reads a foreign file: started, asked, outlived."""

import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from ..sandbox import wire
from ..sandbox.refusals import Reason, Refusal

MODULE = "jingkai.apps.registers.sandbox.child"
PATIENCE = 60  # seconds for one answer; the child's processor time is limited besides
PIECE = 1 << 16


class Child:
    """A process that answers about one file, and may die of it."""

    def __init__(self, path: Path, name: str, scratch: Path, encoding: str = "") -> None:
        """Start it with nothing of our surroundings but where the modules are."""
        asked = [str(path.resolve()), name, str(scratch), encoding]
        self._process = subprocess.Popen(
            [sys.executable, "-m", MODULE, *asked],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "PYTHONUTF8": "1",
                "OPENBLAS_NUM_THREADS": "1",  # each thread would take its share of address space
            },
        )
        self._in = cast("IO[bytes]", self._process.stdin)
        self._out = cast("IO[bytes]", self._process.stdout)
        self._ready = select.poll()
        self._ready.register(self._out, select.POLLIN)
        self._said = bytearray()
        self.scratch = scratch

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request."""
        try:
            self._in.write(wire.line(request))
            self._in.flush()
        except BrokenPipeError:
            raise self._death() from None

    def answer(self) -> dict[str, Any]:
        """
        Return its next message.

        :raises Refusal: when it refuses the file, or dies, or says nothing for too long
        """
        line = self._line()
        try:
            found = cast("dict[str, Any]", wire.message(line))
            refused = found.get("refused")
            refusal = Refusal(Reason(refused[0]), **refused[1]) if refused else None
        except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
            raise Refusal(Reason.DAMAGED, what="") from None
        if refusal:
            raise refusal
        return found

    def _line(self) -> bytes:
        looked_at = 0
        while (end := self._said.find(b"\n", looked_at)) < 0:
            looked_at = len(self._said)
            self._said += self._piece()
            if len(self._said) > wire.MOST_LINE:
                raise Refusal(Reason.EXHAUSTED)
        line = bytes(self._said[:end])
        del self._said[: end + 1]
        return line

    def _piece(self) -> bytes:
        if not self._ready.poll(PATIENCE * 1_000):
            raise Refusal(Reason.EXHAUSTED)
        piece = os.read(self._out.fileno(), PIECE)
        if not piece:
            raise self._death()
        return piece

    def _death(self) -> Refusal:
        """Return why it is dead: killed or aborted by a limit, or broken by the file."""
        code = self._process.wait(PATIENCE)
        return Refusal(Reason.EXHAUSTED) if code < 0 else Refusal(Reason.DAMAGED, what="")

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):
            self._in.close()
        self._out.close()
