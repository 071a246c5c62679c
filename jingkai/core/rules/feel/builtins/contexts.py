"""Functions on contexts (DMN 1.5, table 84); they return new contexts."""

from collections.abc import Sequence

from ..problems import NoValue
from ..scopes import Value
from .signatures import table

Context = dict[str, Value]


def get_value(context: Context, key: str) -> Value:
    """Return the value of the entry."""
    if key not in context:
        raise NoValue(f"上下文中没有 {key}。")
    return context[key]


def get_entries(context: Context) -> list[Value]:
    """Return each entry as a context of ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in context.items()]


def from_entries(entries: list[Value]) -> Context:
    """Return the context with these entries, each of which has ``key`` and ``value``."""
    context: Context = {}
    for entry in entries:
        key, value = _entry(entry)
        if key in context:
            raise NoValue(f"键 {key} 出现了两次。")
        context[key] = value
    return context


def put(context: Context, key: str, value: Value) -> Context:
    """Return the context with the entry added or replaced."""
    return {**context, key: value}


def put_deep(context: Context, keys: list[Value], value: Value) -> Context:
    """Return the context with the entry at the path of keys added or replaced."""
    if not keys:
        raise NoValue("键的列表是空的。")
    return _put_at(context, keys, value)


def merge(contexts: list[Value]) -> Context:
    """Return one context with the entries of all; a later one wins."""
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise NoValue("context merge 的列表中有不是上下文的值。")
        merged |= context
    return merged


def _entry(entry: Value) -> tuple[str, Value]:
    if not isinstance(entry, dict) or "value" not in entry:
        raise NoValue("每一项都要有 key 和 value。")
    key = entry.get("key")
    if not isinstance(key, str):
        raise NoValue("每一项的 key 都必须是文本。")
    return key, entry["value"]


def _put_at(context: Value, keys: Sequence[Value], value: Value) -> Context:
    key, *rest = keys
    if not isinstance(context, dict) or not isinstance(key, str):
        raise NoValue("键的路径走不通：每个键必须是文本，途中的值必须是上下文。")
    return {**context, key: _put_at(context.get(key), rest, value) if rest else value}


FUNCTIONS = table(
    ("get value(m: context, key: string) -> Any", get_value),
    ("get entries(m: context) -> list", get_entries),
    ("context(entries: list) -> context", from_entries),
    ("context put(context: context, key: string, value: Any?) -> context", put),
    ("context put(context: context, keys: list, value: Any?) -> context", put_deep),
    ("context merge(contexts: list) -> context", merge),
)
