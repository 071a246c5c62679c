"""
Worked examples: enterprises with the verdict that somebody worked out from the policy's text.

A policy's ``.toml`` holds the facts of an enterprise under ``[facts]``; each ``[[example]]`` says
what is otherwise (``facts``), what is not on record (``without``), and what must come out. A fact
is named as a rule names it; ``近三年.研发费用`` is a list, newest first.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jingkai.core.rules.policies.explaining import Explanation, Line
from jingkai.core.rules.policies.facts import Fact, Facts, Key, Plain
from jingkai.core.rules.policies.gaps import Gap
from jingkai.core.rules.policies.references import SPANS, YEARS_BACK
from jingkai.core.rules.policies.statuses import Status, Verdict

from .delivered import EXAMPLES, content

YEAR_NAMES = {back: name for name, back in YEARS_BACK.items()}
SOURCE = "示例"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What comes out.

    ``unmet`` are the conditions, by name, that a refusal lacks, ``gap`` one of the steps that
    would change it; ``missing`` the facts for want of which the verdict is unknown.
    ``amount_yuan`` is None where no amount can be told.
    """

    verdict: Verdict
    near_miss: bool = False
    unmet: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    amount_yuan: Decimal | None = None
    gap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One enterprise on one day; ``changed`` and ``without`` are against the usual facts."""

    title: str
    on: date
    usual: Mapping[str, Plain]
    changed: Mapping[str, Plain]
    without: tuple[str, ...]
    expected: Outcome

    @property
    def facts(self) -> Facts:
        """Return the facts, of the years before the day of the example."""
        known = {**self.usual, **self.changed}
        return Facts(
            {
                _key(name, self.on): Fact(value=value, source=SOURCE)
                for name, value in known.items()
                if name not in self.without
            }
        )


def examples(code: str) -> tuple[Example, ...]:
    """
    Return the worked examples of a policy, in the order of the file.

    :raises NotDelivered: if there is no such policy
    """
    text = content(code, EXAMPLES).decode()
    written = tomllib.loads(text, parse_float=Decimal)
    return tuple(_example(one, written) for one in written["example"])


def outcome(explanation: Explanation, gap: str = "") -> Outcome:
    """Return what an explanation says; the ``gap`` only if it is among those it names."""
    lines = tuple(explanation.lines)
    verdict = explanation.verdict
    gaps = {said for line in lines for one in line.gaps if (said := step(one))}
    grant = explanation.grant
    fen = None if grant is None else grant.amount_fen
    return Outcome(
        verdict=verdict,
        near_miss=explanation.is_near_miss,
        unmet=frozenset(_unmet(lines) if verdict is Verdict.NOT_ELIGIBLE else ()),
        missing=frozenset(_missing(lines) if verdict is Verdict.UNKNOWN else ()),
        amount_yuan=None if fen is None else Decimal(fen) / 100,
        gap=gap if gap in gaps else "、".join(sorted(gaps)) if gap else "",
    )


def step(gap: Gap) -> str:
    """Return one step as the examples write it: ``上年.研发费用 差 1 万元``."""
    size = f"{gap.difference.normalize():f} {gap.unit}"
    if gap.reading is None:
        return f"再过 {size}"
    is_over = isinstance(gap.current, Decimal) and gap.needed < gap.current  # type: ignore[operator]
    return f"{gap.reading.reference} {'超出' if is_over else '差'} {size}"


def _unmet(lines: Sequence[Line]) -> Iterator[str]:
    return (line.condition.name for line in lines if line.wanted is not None)


def _missing(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line.status is Status.UNKNOWN:
            yield from (str(reading.reference) for reading in line.missing)


def _example(one: Mapping[str, Any], written: Mapping[str, Any]) -> Example:
    amount = one.get("amount")
    return Example(
        title=one["title"],
        on=one.get("on", written["on"]),
        usual=_single(written["facts"]),
        changed=_single(one.get("facts", {})),
        without=tuple(one.get("without", ())),
        expected=Outcome(
            verdict=Verdict(one["verdict"]),
            near_miss=one.get("near_miss", False),
            unmet=frozenset(one.get("unmet", ())),
            missing=frozenset(one.get("missing", ())),
            amount_yuan=None if amount is None else Decimal(amount),
            gap=one.get("gap", ""),
        ),
    )


def _single(facts: Mapping[str, Any]) -> dict[str, Plain]:
    """Return the facts with lists of years taken apart."""
    found: dict[str, Plain] = {}
    for name, value in facts.items():
        period, _, item = name.rpartition(".")
        if period in SPANS:
            for back, one in zip(SPANS[period], value, strict=True):
                found[f"{YEAR_NAMES[back]}.{item}"] = one
        else:
            found[name] = value
    return found


def _key(name: str, on: date) -> Key:
    period, _, item = name.rpartition(".")
    return item, on.year - YEARS_BACK[period] if period else None
