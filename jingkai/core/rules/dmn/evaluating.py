"""
Decisions, knowledge models and decision services, computed from the facts handed in.

An :class:`Evaluation` is a model with facts: what it has computed once, it keeps. A value that
cannot be had is null, and the notes of the result say where and why. Raised are only
:class:`DmnError` (no such decision, requirements in a circle) and
:class:`~jingkai.core.rules.feel.bounds.TooMuchWork`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeVar

from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.scopes import Value, Work
from jingkai.core.rules.feel.temporal import DateTime

from .computing import Notes
from .graph import Facts, Graph
from .items import Types
from .model import Decision, DecisionService, KnowledgeModel, Model, Named
from .trees import DmnError, Fault

Found = TypeVar("Found", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A value of FEEL; ``notes`` say where and why something was null."""

    value: Value
    notes: tuple[Fault, ...] = ()


def evaluate_decision(
    model: Model,
    name: str,
    inputs: Mapping[str, Value],
    *,
    now: DateTime | None = None,
    random: Random | None = None,
) -> Result:
    """
    Return the value of one decision.

    :raises DmnError: if there is no such decision, or its requirements form a circle
    :raises TooMuchWork: if it takes more steps than an evaluation may
    """
    return Evaluation(model, inputs, now=now, random=random).decision(name)


def evaluate_service(
    model: Model,
    name: str,
    inputs: Mapping[str, Value],
    *,
    now: DateTime | None = None,
    random: Random | None = None,
) -> dict[str, Result]:
    """
    Return the value of each output decision of a service, which sees ``inputs`` by name.

    :raises DmnError: if there is no such service, or its requirements form a circle
    :raises TooMuchWork: if it takes more steps than an evaluation may
    """
    return Evaluation(model, inputs, now=now, random=random).service(name)


def evaluate_knowledge(
    model: Model,
    name: str,
    arguments: Mapping[str, Value],
    *,
    now: DateTime | None = None,
    random: Random | None = None,
) -> Result:
    """
    Return what a business knowledge model gives for arguments by name.

    :raises DmnError: if there is no such knowledge model
    :raises TooMuchWork: if it takes more steps than an evaluation may
    """
    return Evaluation(model, arguments, now=now, random=random).knowledge(name)


class Evaluation:
    """A model with its facts; the values of decisions are computed once."""

    def __init__(
        self,
        model: Model,
        inputs: Mapping[str, Value],
        *,
        now: DateTime | None = None,
        random: Random | None = None,
    ) -> None:
        """
        Take the facts.

        :param inputs: FEEL values by the names of inputs; an input of an imported model is
            found as ``{namespace}name`` too
        :param now: what ``now()`` and ``today()`` say; without it they are null
        """
        self._model = model
        self._inputs = inputs
        self._notes = Notes()
        self._work = Work(now=now, random=random, trace=[])
        self._types: dict[str, Types] = {}
        self._graph = Graph(self._work, self._notes, self._types)
        self._facts = Facts(inputs)

    def with_facts(self, inputs: Mapping[str, Value]) -> "Evaluation":
        """Return an evaluation of other facts; the types of the model are not read again."""
        other = Evaluation(self._model, inputs, now=self._work.now, random=self._work.random)
        other._types.update(self._types)
        return other

    def decision(self, name: str) -> Result:
        """
        Return the value of a decision.

        :raises DmnError: if there is no such decision, or its requirements form a circle
        """
        element = self._named(name, Decision, "决策")
        return self._result(lambda: self._graph.value(self._model, element, self._facts))

    def knowledge(self, name: str) -> Result:
        """
        Return what a business knowledge model gives for those of the facts that it takes.

        :raises DmnError: if there is no such knowledge model
        """
        element = self._named(name, KnowledgeModel, "业务知识模型")
        return self._result(lambda: self._graph.called(self._model, element, self._inputs))

    def service(self, name: str) -> dict[str, Result]:
        """
        Return the value of each output decision of a service.

        :raises DmnError: if there is no such service, or its requirements form a circle
        """
        service = self._named(name, DecisionService, "决策服务")
        facts = self._graph.taken(self._model, service, self._inputs)
        return {
            element.name: self._result(partial(self._graph.value, home, element, facts))
            for home, element in self._graph.outputs(self._model, service)
        }

    def _named(self, name: str, kind: type[Found], called: str) -> Found:
        known = [each for each in self._model.elements if isinstance(each, kind)]
        found = next((each for each in known if each.name == name), None)
        if found is None:
            names = "、".join(each.name for each in known) or "没有"
            raise DmnError(
                Fault(0, self._model.name, f"没有名为“{name}”的{called}；现有：{names}。")
            )
        return found

    def _result(self, compute: Callable[[], Value]) -> Result:
        before = len(self._notes.found)
        try:
            value = compute()
        except RecursionError:
            raise TooMuchWork("计算的嵌套过深，已停止。请检查函数是否无尽地调用自己。") from None
        return Result(value=value, notes=tuple(self._notes.found[before:]))
