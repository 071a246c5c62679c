"""
How built-in functions are declared: one line as the specification writes it, and a function.

``"floor(n: number, scale?: number) -> number"``: ``scale`` may be left out. A type followed by
``?`` lets null through, otherwise null is refused before the function sees it. ``list...``
takes any number of arguments as one list. After ``@`` the function gets the work first.
A line of the same name is another form of the same function.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from .. import types
from ..coercing import coerced
from ..functions import Form, Function, Parameter
from ..problems import NoValue
from ..scopes import Value

_LINE = re.compile(r"(@ )?([a-z ]+)\((.*)\)(?: -> (.+))?")
_PARAMETER = re.compile(r"([A-Za-z0-9 ]+?)(\?)?: ([A-Za-z ]+)(\?)?")


def table(*declared: tuple[str, Callable[..., Value]]) -> Mapping[str, Function]:
    """Return the functions by their name; lines of the same name are forms of one."""
    forms: dict[str, list[Form]] = {}
    for line, body in declared:
        name, form = _form(line, body)
        forms.setdefault(name, []).append(form)
    return {name: Function(name=name, forms=tuple(several)) for name, several in forms.items()}


def _form(line: str, body: Callable[..., Value]) -> tuple[str, Form]:
    work, name, inside, result = _parts(_LINE, line)
    form = Form(
        parameters=tuple(map(_parameter, inside.split(", "))) if inside else (),
        body=body,
        takes_work=bool(work),
        variadic=inside.endswith("..."),
        result=types.BY_NAME[result] if result else None,
    )
    return name, form


def _parameter(text: str) -> Parameter:
    if text.endswith("..."):
        return Parameter(name=text.removesuffix("..."))
    name, optional, type_name, nullable = _parts(_PARAMETER, text)
    to = types.BY_NAME[type_name]
    fit = coerced if nullable else _present
    return Parameter(name=name, type=to, fit=partial(fit, to=to), optional=bool(optional))


def _parts(expression: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = expression.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return tuple(part or "" for part in found.groups())


def _present(value: Value, *, to: types.FeelType) -> Value:
    if value is None:
        raise NoValue("是 null（没有记录），请先用 if … != null 判断。")
    return coerced(value, to)
