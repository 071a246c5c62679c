"""`jingkai feel EXPRESSION`: the value and type of a FEEL expression, or what is wrong with it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jingkai.core.rules.feel import interpreting, literals, parsing, temporal, types
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.errors import FeelSyntaxError, marked
from jingkai.core.rules.feel.problems import Problem
from jingkai.core.rules.feel.scopes import Scope, Value, Work
from jingkai.web import clock


class Command(BaseCommand):
    """Computes an expression."""

    help = "计算一个 FEEL 表达式 / Compute a FEEL expression: its value, its type, what is wrong"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("expression", nargs="?", help="表达式 / expression")
        parser.add_argument("--facts", type=Path, help="事实的 JSON 文件 / facts, a JSON file")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="名称=值",
            help="一项事实，值写作 FEEL / one fact, its value in FEEL: --set '等级=\"A\"'",
        )
        parser.add_argument(
            "--tests", help="决策表单元格，与 --value 同用 / a cell of a table, with --value"
        )
        parser.add_argument("--value", help="要检验的值，写作 FEEL / the value that is tested")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the value and its type; on stderr why something in it is null."""
        is_test = options["tests"] is not None
        if is_test == (options["expression"] is not None) or is_test != bool(options["value"]):
            raise CommandError(
                "请写一个表达式，或者 --tests 与 --value / "
                "give an expression, or --tests with --value"
            )
        try:
            self._answer(options, self._facts(options))
        except FeelSyntaxError as reason:
            raise CommandError(reason.rendering()) from None
        except TooMuchWork as reason:
            raise CommandError(str(reason)) from None

    def _answer(self, options: dict[str, Any], facts: dict[str, Value]) -> None:
        trace: list[Problem] = []
        if options["tests"] is None:
            text = options["expression"]
            value = interpreting.compute(text, facts, now=_now(), trace=trace)
        else:
            text = options["tests"]
            tests = parsing.parse_unary_tests(text, known=interpreting.known_from(facts))
            scope = Scope(facts, work=Work(now=_now(), trace=trace))
            value = interpreting.evaluate_tests(tests, _value(options["value"], "--value"), scope)
        for problem in trace:
            self.stderr.write(marked(text, problem.at, problem.message))
        self.stdout.write(f"值 / value: {literals.text_of(value)}")
        self.stdout.write(f"类型 / type: {types.type_of(value)}")

    def _facts(self, options: dict[str, Any]) -> dict[str, Value]:
        facts = _from_file(options["facts"]) if options["facts"] else {}
        for pair in options["set"]:
            name, equals, text = pair.partition("=")
            if not (name.strip() and equals):
                raise CommandError(f"--set {pair}：请写成 名称=值 / write NAME=VALUE")
            facts[name.strip()] = _value(text, f"--set {name}")
        return facts


def _from_file(path: Path) -> dict[str, Value]:
    try:
        facts = literals.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise CommandError(f"{path}: 读不了 / can't be read: {reason}") from None
    except literals.NotJson as reason:
        raise CommandError(f"{path}: {reason}") from None
    if not isinstance(facts, dict):
        raise CommandError(f'{path}: 事实应为 {{"名称": 值, …}} / facts are an object')
    return facts


def _value(text: str, where: str) -> Value:
    """Compute a value that stands alone; a name in it is a text that lacks its quotes."""
    trace: list[Problem] = []
    value = interpreting.compute(text, {}, now=_now(), trace=trace)
    if trace:
        shown = marked(text, trace[0].at, trace[0].message)
        raise CommandError(f"{where}：{shown}\n文本请加双引号 / quote a text: '\"A\"'")
    return value


def _now() -> temporal.DateTime | None:
    return temporal.parse_date_time(timezone.localtime(clock.now()).isoformat())
