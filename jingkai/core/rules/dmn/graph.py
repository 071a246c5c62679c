"""
The requirements graph, computed: what an element needs comes first, once.

Requirements are followed without recursion, so a chain may be of any length; a circle is found
before anything on it is computed.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from jingkai.core.rules.feel.functions import Function
from jingkai.core.rules.feel.problems import NoValue
from jingkai.core.rules.feel.scopes import Scope, Value, Work
from jingkai.core.rules.feel.types import FunctionOf

from .boxed import FunctionKind, Variable
from .computing import Computing, Notes
from .items import Types
from .model import (
    Decision,
    DecisionService,
    InputData,
    KnowledgeModel,
    Model,
    Named,
    required,
)
from .trees import DmnError, Fault

_Key = tuple[str, str]  # the namespace of a model and the name of an element


class Facts:
    """What one computation starts from, and the values that it has reached."""

    def __init__(self, inputs: Mapping[str, Value]) -> None:
        """Take inputs by name, or by ``{namespace}name``."""
        self._inputs = inputs
        self.values: dict[_Key, Value] = {}

    def given(self, model: Model, name: str) -> Value:
        """Return what was handed in for an element; null where nothing was."""
        qualified = f"{{{model.namespace}}}{name}"
        return self._inputs.get(qualified, self._inputs.get(name))


class Graph:
    """Computes elements of models; shares one budget of work and one list of notes."""

    def __init__(self, work: Work, notes: Notes, types: dict[str, Types]) -> None:
        """Take what all computations share; ``types`` are kept by the namespace of a model."""
        self._root = Scope(work=work)
        self._notes = notes
        self._types = types
        self._models: dict[str, Computing] = {}
        self._active: list[_Key] = []

    def value(self, model: Model, element: Named, facts: Facts) -> Value:
        """
        Return the value of a decision or an input, after all that it needs.

        :raises DmnError: if the requirements form a circle
        """
        for home, each in order(model, element, facts):
            self._notes.element.append(each.name)
            try:
                facts.values[_key(home, each)] = self._computed(home, each, facts)
            finally:
                self._notes.element.pop()
        return facts.values[_key(model, element)]

    def called(
        self, model: Model, element: KnowledgeModel, arguments: Mapping[str, Value]
    ) -> Value:
        """Return what a knowledge model gives for arguments by name; null where it refuses."""
        function = self._knowledge(model, element)
        names = {parameter.name for parameter in function.parameters}
        named = {name: value for name, value in arguments.items() if name in names}
        try:
            return function.call_named(named, self._root.work)
        except NoValue as reason:
            self._notes.add(element.line, str(reason))
            return None

    def taken(self, model: Model, service: DecisionService, inputs: Mapping[str, Value]) -> Facts:
        """Return the facts of a service: its input decisions are handed in, never computed."""
        facts = Facts(inputs)
        for home, element in _members(model, service.input_decisions):
            given = facts.given(home, element.name)
            variable = _variable(element)
            fitted = self._of(home).fitted(given, variable.type, self._root, element.line)
            facts.values[_key(home, element)] = fitted
        return facts

    def outputs(self, model: Model, service: DecisionService) -> list[tuple[Model, Named]]:
        """Return the output decisions of a service, each with its model."""
        return _members(model, service.outputs)

    def _of(self, model: Model) -> Computing:
        """Return what computes the expressions of a model."""
        name = model.namespace
        if name not in self._models:
            types = self._types.setdefault(name, self._types.get(name) or Types(model))
            self._models[name] = Computing(types=types, notes=self._notes)
        return self._models[name]

    def _computed(self, model: Model, element: Named, facts: Facts) -> Value:
        computing = self._of(model)
        if isinstance(element, Decision) and element.logic is not None:
            scope = self._scope(model, element, facts)
            value = computing.value(element.logic, scope)
        else:
            value = facts.given(model, element.name)
        return computing.fitted(value, _variable(element).type, self._root, element.line)

    def _scope(self, model: Model, element: Named, facts: Facts) -> Scope:
        """Return the names that the logic of an element may use."""
        values: dict[str, Value] = {}
        models: dict[str, dict[str, Value]] = {}
        for _, home, needed in required(model, element):
            value = self._needed(home, needed, facts)
            prefix = "" if home is model else model.name_of(home.namespace)
            if prefix:
                models.setdefault(prefix, {})[needed.name] = value
            else:
                values[needed.name] = value
        return self._root.child({**values, **models})

    def _needed(self, model: Model, element: Named, facts: Facts) -> Value:
        if isinstance(element, KnowledgeModel):
            return self._knowledge(model, element)
        if isinstance(element, DecisionService):
            return self._service(model, element)
        return facts.values.get(_key(model, element))

    def _knowledge(self, model: Model, element: KnowledgeModel) -> Function:
        """Return a knowledge model as a function that knows itself and what it requires."""
        computing, logic = self._of(model), element.logic
        kind = FunctionKind.FEEL if logic is None else logic.kind
        parameters = () if logic is None else logic.parameters
        names = [parameter.name for parameter in parameters]

        @cache
        def around() -> Scope:
            return self._scope(model, element, Facts({})).child({element.name: function})

        def body(*arguments: Value) -> Value:
            if kind is not FunctionKind.FEEL:
                raise NoValue(f"{element.name} 用 {kind} 写成；外部代码不会执行。")
            inner = around().child(dict(zip(names, arguments, strict=True)))
            found = computing.value(logic and logic.body, inner)
            return self._returned(computing, element, found, inner)

        function = computing.callable(
            parameters,
            body,
            name=element.name,
            scope=self._root,
            result=_result_type(computing.types, element),
        )
        return function

    def _returned(
        self, computing: Computing, element: KnowledgeModel, value: Value, scope: Scope
    ) -> Value:
        of = _result_type(computing.types, element)
        return computing.fitted(value, of, scope, element.line)

    def _service(self, model: Model, service: DecisionService) -> Function:
        """Return a decision service as a function of its inputs, then its input decisions."""
        members = _members(model, (*service.inputs, *service.input_decisions))
        parameters = [_variable(element) for _, element in members]
        key = _key(model, service)

        def body(*arguments: Value) -> Value:
            if key in self._active:
                raise NoValue(f"决策服务 {service.name} 调用了自己，请拆开其中的循环。")
            facts = Facts({})
            for (home, element), argument in zip(members, arguments, strict=True):
                facts.values[_key(home, element)] = argument
            self._active.append(key)
            try:
                return self._outputs(model, service, facts)
            except DmnError as reason:
                raise NoValue(reason.fault.sentence) from None
            finally:
                self._active.pop()

        return self._of(model).callable(
            parameters, body, name=service.name, scope=self._root, result=service.variable.type
        )

    def _outputs(self, model: Model, service: DecisionService, facts: Facts) -> Value:
        found = {
            element.name: self.value(home, element, facts)
            for home, element in self.outputs(model, service)
        }
        value = next(iter(found.values())) if len(found) == 1 else found
        of = service.variable.type
        return self._of(model).fitted(value, of, self._root, service.line)


def _key(model: Model, element: Named) -> _Key:
    return model.namespace, element.name


def _variable(element: Named) -> Variable:
    if isinstance(element, Decision | InputData):
        return element.variable
    return Variable(name=element.name)


def _members(model: Model, hrefs: Iterable[str]) -> list[tuple[Model, Named]]:
    return [found for href in hrefs if (found := model.at(href)) is not None]


def _result_type(types: Types, element: KnowledgeModel) -> str:
    """Return the type of what it returns; its variable may be typed as the function instead."""
    name = element.variable.type
    return "" if isinstance(types.type(name), FunctionOf) else name


def order(model: Model, element: Named, facts: Facts) -> list[tuple[Model, Named]]:
    """
    Return the element and all it needs that has no value yet, each after what it needs.

    :raises DmnError: if the requirements form a circle
    """
    order: list[tuple[Model, Named]] = []
    done: set[_Key] = set(facts.values)
    above: dict[_Key, Named] = {}
    waiting: list[tuple[Model, Named, bool]] = [(model, element, False)]
    while waiting:
        home, each, is_after = waiting.pop()
        key = _key(home, each)
        if is_after:
            del above[key]
            done.add(key)
            if isinstance(each, Decision | InputData):
                order.append((home, each))
        elif key in above:
            raise DmnError(_circle([*above.values()], each))
        elif key not in done:
            above[key] = each
            waiting.append((home, each, True))
            waiting += [(m, e, False) for _, m, e in required(home, each) if e is not each]
    return order


def _circle(above: list[Named], again: Named) -> Fault:
    if again not in above:
        message = f"有两个元素都叫“{again.name}”，分不清指哪一个。请改其中一个的名称。"
        return Fault(again.line, again.name, message)
    names = [each.name for each in above[above.index(again) :]]
    shown = " → ".join([*names, again.name])
    return Fault(again.line, again.name, f"需求关系成环：{shown}。请删去其中一条需求。")
