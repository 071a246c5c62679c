"""
A match from beginning to end: chunk after chunk, with what is done kept, so that it can resume.

``run.json`` says what is matched with what; a chunk's tally is written after its file, so a chunk
with a tally is done. A run that was stopped goes on where it was, if nothing else has changed.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from .chunks import Chunk
from .delivering import Delivery
from .index import engine as numpy_engine
from .plans.plan import Plan
from .results import Outcome, Tally
from .tables import Source

Progress = Callable[[int, int], None]


class OtherRun(ValueError):
    """The folder holds what another match has left; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A plan, a table of enterprises, and where the results go."""

    plan: Plan
    source: Source
    delivery: Delivery

    def match(
        self, engine: Callable[[Chunk], Outcome], *, resume: bool, progress: Progress
    ) -> Tally:
        """
        Match all enterprises and return what it comes to.

        :raises OtherRun: if the folder holds another run, or this one without ``resume``
        """
        self._begin(resume=resume)
        total = Tally()
        for number in range(self.source.chunks()):
            done = self._tally(number)
            if done is None:
                done = self._one(engine, number)
            total.join(done)
            progress(number + 1, self.source.chunks())
        (self.delivery.folder / "total.json").write_text(_text(total), encoding="utf-8")
        return total

    def _one(self, engine: Callable[[Chunk], Outcome], number: int) -> Tally:
        outcome = engine(self.source.chunk(number))
        self.delivery.write(outcome, self.plan, number)
        tally = Tally()
        tally.add(outcome)
        path = self._path(number)
        part = path.with_suffix(".part")
        part.write_text(_text(tally), encoding="utf-8")
        part.replace(path)
        return tally

    def _begin(self, *, resume: bool) -> None:
        said = self._description()
        path = self.delivery.folder / "run.json"
        if path.exists():
            if path.read_text(encoding="utf-8") != said:
                raise OtherRun(
                    f"{self.delivery.folder} 中是另一次匹配的结果（政策、数据或日期不同），"
                    "请换一个目录。"
                )
            if not resume:
                raise OtherRun(
                    f"{self.delivery.folder} 中已有这次匹配的结果；"
                    "继续请加 --resume，重做请换一个目录。"
                )
        path.write_text(said, encoding="utf-8")

    def _description(self) -> str:
        stat = self.source.path.stat()
        policies = [[one.code, one.version] for one in self.plan.policies]
        found = {
            "on": self.plan.on.isoformat(),
            "policies": policies,
            "plan": sha256(repr(self.plan.policies).encode()).hexdigest(),
            "rows": self.source.rows,
            "bytes": stat.st_size,
            "columns": dict(self.source.columns),
            "shape": str(self.delivery.shape),
            "outcomes": [str(one) for one in self.delivery.outcomes],
        }
        return json.dumps(found, ensure_ascii=False, indent=1)

    def _tally(self, number: int) -> Tally | None:
        path = self._path(number)
        if not path.exists():
            return None
        return Tally(**json.loads(path.read_text(encoding="utf-8")))

    def _path(self, number: int) -> Path:
        return self.delivery.folder / f"tally-{number:06}.json"


def over_numpy(plan: Plan) -> Callable[[Chunk], Outcome]:
    """Return the default engine for a plan, compiled once."""
    index = numpy_engine.compiled(plan)
    return lambda chunk: numpy_engine.match(index, chunk)


def _text(tally: Tally) -> str:
    return json.dumps(asdict(tally))
