"""The table that a benchmark prints: what, target, measured, verdict, and what else was seen."""

from dataclasses import dataclass, field

WITHIN, MISSED, UNJUDGED = "ok", "MISSED", ""
HEADINGS = ("Measurement", "Target", "Measured", "Verdict", "Besides")
Line = tuple[str, str, str, str, str]


@dataclass(slots=True)
class Table:
    """Lines of measurements."""

    title: str
    lines: list[Line] = field(default_factory=list)

    def add(
        self,
        name: str,
        measured: float,
        unit: str,
        *,
        target: float | None = None,
        besides: str = "",
    ) -> None:
        """Append a measurement; ``target`` is the most that is allowed, None for information."""
        verdict = UNJUDGED if target is None else WITHIN if measured <= target else MISSED
        wanted = "" if target is None else f"<= {_plain(target)} {unit}"
        self.lines.append((name, wanted, f"{_plain(measured)} {unit}", verdict, besides))

    def show(self) -> None:
        """Print the table as Markdown."""
        print(f"\n### {self.title}\n")
        rule: Line = ("---", "---", "---:", "---", "---")
        for line in (HEADINGS, rule, *self.lines):
            print(f"| {' | '.join(line)} |", flush=True)


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.1f}"
