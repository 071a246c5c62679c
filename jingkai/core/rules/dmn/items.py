"""The named types of a model, and whether a value is one of them (DMN 1.5, 7.3.2 and 10.3.2.9)."""

from collections.abc import Iterator, Mapping

from jingkai.core.rules.feel import interpreting, nodes
from jingkai.core.rules.feel.coercing import coerced
from jingkai.core.rules.feel.functions import Function
from jingkai.core.rules.feel.problems import NoValue
from jingkai.core.rules.feel.scopes import Scope, Value
from jingkai.core.rules.feel.types import ANY, BY_NAME, ContextOf, FeelType, FunctionOf, ListOf

from .boxed import Tests
from .model import ItemDefinition, Model


class Types:
    """The item definitions of a model and of those it imports, as types of FEEL."""

    def __init__(self, model: Model) -> None:
        """Read the definitions of the model."""
        self._items = {item.name: item for item in model.items}
        self._imported = {
            found.name: Types(model.imported[found.namespace])
            for found in model.imports
            if found.namespace in model.imported
        }
        self._done: dict[str, FeelType] = {}
        self._doing: set[str] = set()
        self.named: Mapping[str, FeelType] = dict(self._named())

    def _named(self) -> Iterator[tuple[str, FeelType]]:
        for name in self._items:
            yield name, self._of_name(name)
        for prefix, inner in self._imported.items():
            for name, of in inner.named.items():
                yield (f"{prefix}.{name}" if prefix else name), of

    def type(self, name: str) -> FeelType | None:
        """Return the type of that name; no name is ``Any``, an unknown one is None."""
        return self.named.get(name) or BY_NAME.get(name) if name else ANY

    def fit(self, value: Value, name: str, scope: Scope) -> Value:
        """
        Return the value as one of the type: a single value stands for a list of it, and back.

        :raises NoValue: if it is none, or breaks the allowed values of the type
        """
        if not name or value is None:
            return value
        of = self.type(name)
        if of is None:
            raise NoValue(f"类型 {name} 没有定义，请添加该 itemDefinition 或改正类型名。")
        fitted = coerced(value, _as_far_as_known(of, value))
        self._check(fitted, name, scope)
        return fitted

    def allowed(self, name: str, above: frozenset[str] = frozenset()) -> Tests | None:
        """Return the allowed values of a named type, also through other names for it."""
        home, item = self.find(name)
        if item is None or name in above:
            return None
        if item.allowed is not None or item.components:
            return item.allowed
        return home.allowed(item.type, above | {name})

    def component(self, name: str, component: str) -> Tests | None:
        """Return the allowed values of a component of a named type."""
        home, item = self.find(name)
        inside = item.components if item else ()
        found = next((each for each in inside if each.name == component), None)
        if found is None:
            return None
        return found.allowed or home.allowed(found.type)

    def find(self, name: str) -> "tuple[Types, ItemDefinition | None]":
        """Return a definition, and the types of the model that holds it."""
        if name in self._items:
            return self, self._items[name]
        for prefix, inner in self._imported.items():
            if not prefix or name.startswith(prefix + "."):
                home, item = inner.find(name[len(prefix) + 1 :] if prefix else name)
                if item is not None:
                    return home, item
        return self, None

    def _of_item(self, item: ItemDefinition) -> FeelType:
        if item.function is not None:
            parameters = tuple(self._of_name(each.type) for each in item.function.parameters)
            inner: FeelType = FunctionOf(parameters, self._of_name(item.function.result))
        elif item.components:
            inner = ContextOf(
                frozenset((each.name, self._of_item(each)) for each in item.components)
            )
        else:
            inner = self._of_name(item.type)
        return ListOf(inner) if item.is_collection else inner

    def _of_name(self, name: str) -> FeelType:
        """Return what a name means; a type inside itself is ``Any`` there."""
        if name in self._done:
            return self._done[name]
        if name in self._doing:
            return ANY
        if name not in self._items:
            home, item = self.find(name)
            return BY_NAME.get(name, ANY) if item is None else home.named[item.name]
        self._doing.add(name)
        self._done[name] = self._of_item(self._items[name])
        self._doing.discard(name)
        return self._done[name]

    def _check(self, value: Value, name: str, scope: Scope) -> None:
        home, item = self.find(name)
        if item is not None:
            home.check(value, item, scope, frozenset({name}))

    def check(
        self, value: Value, item: ItemDefinition, scope: Scope, above: frozenset[str]
    ) -> None:
        """
        Check the allowed values and constraints of a definition, all the way down.

        :raises NoValue: if the value breaks one
        """
        if value is None:
            return
        inner = value if item.is_collection and isinstance(value, list) else [value]
        for each in inner:
            _check_tests(each, item.allowed, item.name, scope)
            if isinstance(each, dict):
                for component in item.components:
                    found = each.get(component.name)
                    self.check(found, component, scope, frozenset())
            if item.type and item.type not in above:
                home, base = self.find(item.type)
                if base is not None:
                    home.check(each, base, scope, above | {item.type})
        _check_tests(value, item.constraint, item.name, scope)


def _as_far_as_known(of: FeelType, value: Value) -> FeelType:
    """Return the type to ask for: what a function returns may not be known before it is called."""
    if isinstance(of, FunctionOf) and isinstance(value, Function) and value.result is None:
        return FunctionOf(of.parameters, ANY)
    return of


def _check_tests(value: Value, tests: Tests | None, name: str, scope: Scope) -> None:
    if tests is None or value is None:
        return
    node, text = tests.feel.node, tests.feel.text.strip()
    if not isinstance(node, nodes.UnaryTests):
        raise NoValue(f"类型 {name} 允许的值写错了，无法核对：{text}。")
    with scope.work.silence():
        passes = interpreting.evaluate_tests(node, value, scope)
    if passes is not True:
        raise NoValue(f"值不在类型 {name} 允许的范围内：{text}。")
