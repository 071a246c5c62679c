"""
Run the conformance kit of DMN (github.com/dmn-tck/tck): `make tck`.

The kit's folder is DMN_TCK, or shared/data/dmn-tck beside the repository. A case passes when
all its results are as expected: numbers within 1e-8, an error is null. As an engine that says
null to everything passes much of the kit, cases with a value to find are counted apart.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from jingkai.core.rules.dmn import evaluating, reading, trees
from jingkai.core.rules.dmn.evaluating import Evaluation
from jingkai.core.rules.dmn.model import Model
from jingkai.core.rules.dmn.trees import Element
from jingkai.core.rules.feel import operators, temporal
from jingkai.core.rules.feel.scopes import Value
from tools.environment import ROOT

KIT = Path(os.environ.get("DMN_TCK") or ROOT.parent / "shared" / "data" / "dmn-tck")
TOLERANCE = Decimal("1e-8")
# A moment for now() and today(), which cases only ask whether they exist.
NOW = temporal.parse_date_time("2026-03-01T09:30:00+08:00")

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one case gave; ``difference`` is empty where it passed."""

    family: str
    case: str
    is_null: bool  # only null is expected
    difference: str = ""

    @property
    def name(self) -> str:
        """The family and the case, as lists of failures name it."""
        return f"{self.family}/{self.case}"


def run(kit: Path = KIT, only: str = "") -> Iterator[Outcome]:
    """Yield the outcome of every case, by family; ``only`` picks families by a part of a name."""
    for folder in sorted(path for path in kit.glob("*/*") if path.is_dir()):
        if only in folder.name:
            files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.dmn"))}
            models = reading.read_together(files)
            for tests in sorted(folder.glob("*.xml")):
                yield from _cases(folder.name, trees.tree(tests.read_bytes()), models)


def _cases(family: str, tests: Element, models: dict[str, Model]) -> Iterator[Outcome]:
    name = _text(tests, "modelName").strip()
    for case in _inside(tests, "testCase"):
        expected = [_value(_inside(node, "expected")) for node in _inside(case, "resultNode")]
        try:
            difference = _difference(case, models[name], expected)
        except Exception as reason:  # noqa: BLE001 - an error of the engine fails its case alone
            difference = f"{type(reason).__name__}: {reason}"
        yield Outcome(
            family=family,
            case=case.get("id"),
            is_null=all(value is None for value in expected),
            difference=difference,
        )


def _difference(case: Element, model: Model, expected: list[Value]) -> str:
    inputs = {_input_name(node): _value([node]) for node in _inside(case, "inputNode")}
    for node, value in zip(_inside(case, "resultNode"), expected, strict=True):
        name = node.get("name")
        found = _result(case, node, model, inputs)
        if not matches(found.value, value):
            notes = "".join(f"\n        {note}" for note in found.notes[:3])
            return f"{name}: expected {shown(value)}, got {shown(found.value)}{notes}"
    return ""


def _input_name(node: Element) -> str:
    namespace = node.get("namespace")
    return f"{{{namespace}}}{node.get('name')}" if namespace else node.get("name")


def _result(
    case: Element, node: Element, model: Model, inputs: dict[str, Value]
) -> evaluating.Result:
    evaluation = Evaluation(model, inputs, now=NOW)
    name = case.get("invocableName")
    match case.get("type"):
        case "decisionService":
            return evaluation.service(name)[node.get("name")]
        case "bkm":
            return evaluation.knowledge(name)
        case _:
            return evaluation.decision(node.get("name"))


def _inside(element: Element, name: str) -> list[Element]:
    return [child for child in element.elements if child.name == name]


def _text(element: Element, name: str) -> str:
    return next((child.text for child in _inside(element, name)), "")


def _value(holders: Iterable[Element]) -> Value:
    """Return the value inside an element: a value, a list, or the components of a context."""
    holder = next(iter(holders), None)
    if holder is None:
        return None
    components = _inside(holder, "component")
    if components:
        return {component.get("name"): _value([component]) for component in components}
    for child in holder.elements:
        if child.name == "list":
            return [_value([item]) for item in _inside(child, "item")]
        if child.name == "value":
            return _simple(child)
    return None


def _simple(element: Element) -> Value:
    text, kind = element.text, element.get(_XSI + "type").rpartition(":")[2]
    if element.get(_XSI + "nil") == "true":
        return None
    match kind:
        case "boolean":
            return text.strip() in {"true", "1"}
        case "decimal" | "double" | "float" | "integer" | "int" | "long":
            return Decimal(text.strip())
        case "date" | "time" | "dateTime" | "duration":
            return temporal.parse_at(text.strip())
        case _:
            return text


def matches(found: Value, expected: Value) -> bool:
    """Return whether a value is the one that the kit expects."""
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(found - expected) <= TOLERANCE
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(matches, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(
            matches(found[name], value) for name, value in expected.items()
        )
    if type(found) is not type(expected):
        return False
    return found == expected or operators.equal(found, expected) is True


def shown(value: Value) -> str:
    """Return a value on one short line."""
    text = repr(value)
    return text if len(text) <= 150 else text[:149] + "…"


def report(outcomes: list[Outcome], seconds: float, *, verbose: bool) -> str:
    """Return the scores, then the failures by family."""
    valued = [outcome for outcome in outcomes if not outcome.is_null]
    failed = [outcome for outcome in outcomes if outcome.difference]
    lines = [
        f"passed {_share(outcomes)} of all cases",
        f"passed {_share(valued)} of the cases with a value to find",
        f"families {len({outcome.family for outcome in outcomes})}, {seconds:.1f} s",
    ]
    totals = Counter(outcome.family for outcome in outcomes)
    for family, count in sorted(Counter(outcome.family for outcome in failed).items()):
        lines.append(f"  {count:4} of {totals[family]:4} failed  {family}")
        if verbose:
            lines += [
                f"      {outcome.case}: {outcome.difference}"
                for outcome in failed
                if outcome.family == family
            ]
    return "\n".join(lines)


def _share(outcomes: list[Outcome]) -> str:
    passed = sum(not outcome.difference for outcome in outcomes)
    share = 100 * passed / len(outcomes) if outcomes else 0
    return f"{passed} of {len(outcomes)} ({share:.2f} %)"


def main() -> int:
    """Print the scores; return 2 where there is no kit to run."""
    parser = argparse.ArgumentParser(description="Run the conformance kit of DMN.")
    parser.add_argument("--family", default="", help="only families with this in their name")
    parser.add_argument("--verbose", action="store_true", help="each failure, and why")
    options = parser.parse_args()
    if not KIT.is_dir():
        print(f"No kit in {KIT}; set DMN_TCK to a clone's TestCases folder.", file=sys.stderr)
        return 2
    started = time.monotonic()
    outcomes = list(run(only=options.family))
    seconds = time.monotonic() - started
    print(report(outcomes, seconds, verbose=options.verbose or bool(options.family)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
