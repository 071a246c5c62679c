"""`jingkai dmn show|run|check|convert FILE …`: decision models of DMN 1.1 to 1.6."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingkai.core.rules.dmn import boxed, checking, reading, writing
from jingkai.core.rules.dmn.analysis import analysing
from jingkai.core.rules.dmn.analysis.findings import Weight
from jingkai.core.rules.dmn.evaluating import Evaluation, Result
from jingkai.core.rules.dmn.model import (
    Decision,
    DecisionService,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    Model,
    Named,
    required,
)
from jingkai.core.rules.dmn.trees import DmnError
from jingkai.core.rules.feel import literals, temporal
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.scopes import Value
from jingkai.web import clock

KINDS = {
    InputData: "输入 / input",
    Decision: "决策 / decision",
    KnowledgeModel: "业务知识模型 / knowledge model",
    DecisionService: "决策服务 / decision service",
}


class Command(BaseCommand):
    """Shows, computes, checks and converts decision models."""

    help = (
        "查看、计算、检查、转换 DMN 决策模型 / Show, compute, check and convert DMN models.\n"
        "第一个文件是模型，其余是它引用的模型 / the first file is the model, the others what\n"
        'it imports. 事实的日期写作 "@2026-03-01" / dates in facts are written "@2026-03-01".'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the four subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="show|run|check|convert")
        show = verbs.add_parser("show", help="列出内容 / What is in it")
        run = verbs.add_parser("run", help="计算决策 / Compute decisions")
        check = verbs.add_parser("check", help="列出错误 / What is wrong; exit status 1 if any")
        convert = verbs.add_parser("convert", help="写成 DMN 1.5 / Write as DMN 1.5")
        for verb in (show, run, check, convert):
            verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
        run.add_argument("--facts", type=Path, help="事实的 JSON 文件 / facts, a JSON file")
        run.add_argument(
            "--name",
            action="append",
            default=[],
            help="决策、服务或知识模型，可重复；省略则全部决策"
            " / a decision, service or knowledge model; may be repeated; all decisions without",
        )
        convert.add_argument(
            "--out", required=True, help="文件，- 为标准输出 / file, - for stdout"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the subcommand says."""
        try:
            model = _model(options["files"])
            getattr(self, f"_{options['verb']}")(model, options)
        except (DmnError, TooMuchWork) as reason:
            raise CommandError(str(reason)) from None

    def _show(self, model: Model, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{model.name}（DMN {model.version}，{model.namespace}）")
        for element in model.elements:
            kind = KINDS.get(type(element))
            if kind:
                self.stdout.write(f"{kind}  {element.name}{_told(model, element)}")
        for item in model.items:
            self.stdout.write(f"类型 / type  {item.name}{_shape(item)}")
        for fault in checking.faults(model):
            self.stderr.write(str(fault))

    def _run(self, model: Model, options: dict[str, Any]) -> None:
        evaluation = Evaluation(model, _facts(options["facts"]), now=_now())
        names = options["name"] or [decision.name for decision in model.decisions()]
        for name in names:
            for shown, result in _results(model, evaluation, name):
                for note in result.notes:
                    self.stderr.write(str(note))
                self.stdout.write(f"{shown}: {literals.text_of(result.value)}")

    def _check(self, model: Model, _options: dict[str, Any]) -> None:
        faults = checking.faults(model)
        found = list(analysing.of_model(model))
        for fault in faults:
            self.stdout.write(str(fault))
        for element, each in found:
            self.stdout.write(f"{element}（文件第 {each.line} 行的决策表）：{each}")
        count = len(faults) + sum(each.weight is Weight.FAULT for _, each in found)
        if count:
            raise CommandError(f"{count} 处错误 / faults: {count}")
        self.stdout.write(f"没有发现错误 / no faults: {len(model.elements)}")

    def _convert(self, model: Model, options: dict[str, Any]) -> None:
        xml = writing.write(model)
        if options["out"] == "-":
            sys.stdout.buffer.write(xml)
            return
        try:
            Path(options["out"]).write_bytes(xml)
        except OSError as reason:
            raise CommandError(f"写不了 / can't be written: {reason}") from None
        self.stdout.write(f"DMN {model.version} → 1.5: {options['out']}")


def _model(paths: list[Path]) -> Model:
    try:
        files = {str(path): path.read_bytes() for path in paths}
    except OSError as reason:
        raise CommandError(f"读不了 / can't be read: {reason}") from None
    return reading.read_together(files)[str(paths[0])]


def _facts(path: Path | None) -> dict[str, Value]:
    if path is None:
        return {}
    try:
        facts = literals.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise CommandError(f"{path}: 读不了 / can't be read: {reason}") from None
    except literals.NotJson as reason:
        raise CommandError(f"{path}: {reason}") from None
    if not isinstance(facts, dict):
        raise CommandError(f'{path}: 事实应为 {{"名称": 值, …}} / facts are an object')
    return facts


def _results(model: Model, evaluation: Evaluation, name: str) -> Iterator[tuple[str, Result]]:
    element = model.named(name)
    if isinstance(element, DecisionService):
        yield from evaluation.service(name).items()
    elif isinstance(element, KnowledgeModel):
        yield name, evaluation.knowledge(name)
    else:
        yield name, evaluation.decision(name)


def _told(model: Model, element: Named) -> str:
    """Return the type, the kind of logic and the requirements, as far as there are any."""
    of = element.variable.type if isinstance(element, InputData | Decision) else ""
    needs = "、".join(needed.name for _, _, needed in required(model, element))
    parts = [of, _logic(element), f"← {needs}" if needs else ""]
    return "".join(f"  {part}" for part in parts if part)


def _logic(element: Named) -> str:
    logic = element.logic if isinstance(element, Decision) else None
    match logic:
        case None:
            return ""
        case boxed.Literal(feel=feel):
            return " ".join(feel.text.split())
        case boxed.DecisionTable(hit_policy=policy, aggregation=how, rules=rules):
            code = " ".join(filter(None, [policy.value, how and how.value]))
            return f"决策表 / table {code} × {len(rules)}"
        case _:
            return type(logic).__name__


def _shape(item: ItemDefinition) -> str:
    parts = [item.type, "、".join(component.name for component in item.components)]
    parts += ["函数 / function" if item.function else "", "[]" if item.is_collection else ""]
    parts += [item.allowed.feel.text.strip() if item.allowed else ""]
    return "".join(f"  {part}" for part in parts if part)


def _now() -> temporal.DateTime | None:
    return temporal.parse_date_time(clock.now().isoformat())
