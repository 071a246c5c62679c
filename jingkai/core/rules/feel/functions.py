"""Functions as FEEL values: defined in a text, given by a decision model, or built in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .problems import NoValue
from .scopes import ABSENT, Value, Work

if TYPE_CHECKING:
    from .types import FeelType


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """
    A formal parameter.

    ``fit`` returns the argument as the function takes it, or raises NoValue; an optional one
    that is left out is not handed over, so the body has a default for it.
    """

    name: str
    type: "FeelType | None" = None
    fit: Callable[[Value], Value] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to call a function; ``body`` takes the arguments in order, after the work."""

    parameters: tuple[Parameter, ...]
    body: Callable[..., Value]
    takes_work: bool = False
    variadic: bool = False  # any number of arguments, handed over as one list
    result: "FeelType | None" = None

    def takes(self, count: int) -> bool:
        """Return whether so many arguments in order can be meant for this form."""
        if self.variadic:
            return count > 0
        required = sum(not parameter.optional for parameter in self.parameters)
        return required <= count <= len(self.parameters)

    def call(self, arguments: Sequence[Value], work: Work) -> Value:
        """Return the function's value; ``ABSENT`` stands for an optional one left out."""
        given = [list(arguments)] if self.variadic else arguments
        fitted = [
            _fitted(parameter, argument)
            for parameter, argument in zip(self.parameters, given, strict=False)
        ]
        while fitted and fitted[-1] is ABSENT:
            fitted.pop()
        fitted = [None if argument is ABSENT else argument for argument in fitted]
        return self.body(work, *fitted) if self.takes_work else self.body(*fitted)

    @property
    def names(self) -> list[str]:
        """The names of the parameters."""
        return [parameter.name for parameter in self.parameters]

    def order(self, named: Mapping[str, Value]) -> list[Value] | None:
        """Return named arguments in order, or None if these names are not of this form."""
        required = {parameter.name for parameter in self.parameters if not parameter.optional}
        if not (required <= named.keys() <= set(self.names)):
            return None
        return [named.get(name, ABSENT) for name in self.names]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Function:
    """A value that can be called; one that the text defines has a single form."""

    forms: tuple[Form, ...]
    name: str = ""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the first form, for the type of the value."""
        return self.forms[0].parameters

    @property
    def result(self) -> "FeelType | None":
        """The type of what the first form returns, where it is known."""
        return self.forms[0].result

    def call(self, arguments: Sequence[Value], work: Work) -> Value:
        """
        Return the value for arguments in order.

        :raises NoValue: if the function has none for them
        """
        forms = [form for form in self.forms if form.takes(len(arguments))]
        if not forms:
            raise NoValue(
                f"函数{self.shown}不能用 {len(arguments)} 个参数调用，请写成 {self.usage}。"
            )
        if len(forms) == 1:
            return forms[0].call(arguments, work)
        return _first_that_fits([(form, arguments) for form in forms], work)

    def call_named(self, named: Mapping[str, Value], work: Work) -> Value:
        """
        Return the value for arguments by name.

        Where two forms have the same names, as ``before(point, range)`` and ``before(range,
        point)``, the one with the names in the order as written is meant.

        :raises NoValue: if the function has none for them
        """
        written = list(named)
        forms = sorted(self.forms, key=lambda form: form.names[: len(written)] != written)
        ordered = [(form, form.order(named)) for form in forms]
        fitting = [(form, order) for form, order in ordered if order is not None]
        if not fitting:
            names = "、".join(named)
            raise NoValue(f"函数{self.shown}不接受参数名 {names} 的组合，请写成 {self.usage}。")
        return _first_that_fits(fitting, work)

    @property
    def shown(self) -> str:
        """The name, as a sentence calls the function."""
        return f" {self.name} " if self.name else ""

    @property
    def usage(self) -> str:
        """Return how the function is written, for a message."""
        ways = dict.fromkeys(f"{self.name}({_shown(form)})" for form in self.forms)
        return " 或 ".join(ways)


def _shown(form: Form) -> str:
    names = ", ".join(parameter.name for parameter in form.parameters)
    return f"{names}, …" if form.variadic else names


class Misfit(NoValue):
    """An argument is not of the type the form takes; another form may take it."""


def _fitted(parameter: Parameter, argument: Value) -> Value:
    if argument is ABSENT or parameter.fit is None:
        return argument
    try:
        return parameter.fit(argument)
    except NoValue as reason:
        raise Misfit(f"参数 {parameter.name}：{reason}") from None


def _first_that_fits(calls: Sequence[tuple[Form, Sequence[Value]]], work: Work) -> Value:
    for form, arguments in calls[:-1]:
        try:
            return form.call(arguments, work)
        except Misfit:
            continue
    form, arguments = calls[-1]
    return form.call(arguments, work)
