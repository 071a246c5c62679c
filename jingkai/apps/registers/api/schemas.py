"""What the API says of a register: its columns, its parameters, and their JSON schemas."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .. import kinds, queries
from ..declaration import BoundColumn, Register

MOST = 200
USUAL = 50
LONGEST = 200

_TYPES: dict[type[kinds.Kind], str] = {
    kinds.Kind: "text",
    kinds.LongText: "long_text",
    kinds.Choice: "choice",
    kinds.Yes: "yes",
    kinds.Day: "day",
    kinds.Whole: "whole",
    kinds.Exact: "decimal",
    kinds.CreditCode: "credit_code",
    kinds.Industry: "industry",
    kinds.Reference: "reference",
    kinds.Person: "person",
    kinds.Outline: "outline",
}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "yes": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "whole": {"type": "integer"},
    "decimal": {"type": ["string", "number"]},
}
CATALOGUE: dict[str, Any] = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"type": "object"}}},
    "required": ["items"],
}

REVEAL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "column": {"type": "string"},
        "reason": {"type": "string", "description": _("查看理由，必填，记入操作留痕")},
    },
    "required": ["column", "reason"],
    "additionalProperties": False,
}
REVEALED: dict[str, Any] = {
    "type": "object",
    "properties": {"column": {"type": "string"}, "value": {"type": ["string", "null"]}},
    "required": ["column", "value"],
}


def told(register: Register) -> dict[str, Any]:
    """Return the register and its columns as the API tells them."""
    return {
        "kind": register.kind,
        "name": str(register.name),
        "hint": str(register.hint),
        "key": register.key,
        "is_editable": register.is_editable,
        "columns": [_column(column) for column in register.bound],
    }


def type_of(kind: kinds.Kind) -> str:
    """Return the name of the kind; an area's own kind goes by the one it refines."""
    return next(_TYPES[base] for base in type(kind).__mro__ if base in _TYPES)


def names(register: Register) -> set[str]:
    """Return every parameter that the register's list understands."""
    return {parameter["name"] for parameter in parameters(register)}


def parameters(register: Register) -> list[dict[str, Any]]:
    """Return the parameters of the register's list, as OpenAPI describes them."""
    sortable = [column.name for column in register.bound if may_sort(column)]
    orders = [*sortable, *(f"-{name}" for name in sortable)]
    return [
        *(found for column in register.bound if column.filterable for found in _of(column)),
        parameter("q", {"type": "string", "maxLength": LONGEST}, _("搜索，多个词以空格分开")),
        parameter("sort", {"type": "string", "enum": orders}, _("排序，- 表示降序")),
        parameter("limit", _between(1, MOST, USUAL), _("每页条数")),
        parameter("cursor", {"type": "string"}, _("从哪里往下读：上一页 next 里的游标")),
    ]


def may_sort(column: BoundColumn) -> bool:
    """Whether a program may sort by the column: its cursor tells the value at the page's edge."""
    return column.sortable and not column.is_masked


def parameter_links(register: Register) -> list[dict[str, str]]:
    """Return the register's parameters as references to ``components``."""
    return [
        _link("parameters", f"{register.kind}.{found['name']}") for found in parameters(register)
    ]


def components() -> dict[str, dict[str, Any]]:
    """Return what the descriptions of all registers refer to, told once."""
    shapes: dict[str, Any] = {"problem": _problem()}
    named: dict[str, Any] = {}
    for register in queries.registers().values():
        shapes[f"{register.kind}.item"] = _item(register)
        shapes[f"{register.kind}.record"] = _record(register)
        for found in parameters(register):
            named[f"{register.kind}.{found['name']}"] = found
    return {"schemas": shapes, "parameters": named}


def parameter(name: str, schema: dict[str, Any], description: object) -> dict[str, Any]:
    """Return one optional parameter of a query string."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": description,
    }


def content(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON body of that schema."""
    return {"content": {"application/json": {"schema": schema}}}


def page(items: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one page of a list."""
    whole = {"type": "integer"}
    link = {"type": ["string", "null"], "description": _("下一页的地址，没有则为 null")}
    return _object({"items": _list(items), "count": whole, "limit": whole, "next": link})


def item(register: Register) -> dict[str, str]:
    """Return the schema of one record of a list."""
    return _link("schemas", f"{register.kind}.item")


def record(register: Register) -> dict[str, str]:
    """Return the schema of one record by itself."""
    return _link("schemas", f"{register.kind}.record")


def _item(register: Register) -> dict[str, Any]:
    values = {column.name: _schema(column, is_input=False) for column in register.bound}
    whole = {"type": "integer"}
    return _object({"pk": whole, "version": whole, "values": _object(values)})


def _record(register: Register) -> dict[str, Any]:
    found = _item(register)
    text, moment = {"type": "string"}, {"type": "string", "format": "date-time"}
    found["properties"] |= {"label": text, "recorded_at": moment, "recorded_by": text}
    found["properties"] |= {"changed_at": moment, "changed_by": text}
    return found


def creation(register: Register) -> dict[str, Any]:
    """Return the schema of a request that adds a record."""
    required = [column.name for column in register.typed if column.required]
    return _object({"values": _typed(register) | {"required": required}})


def change(register: Register) -> dict[str, Any]:
    """Return the schema of a request that changes a record."""
    version = {"type": "integer", "description": _("读取记录时的 version")}
    found = _object({"version": version, "values": _typed(register)})
    found["properties"]["reason"] = {"type": "string", "description": _("变更说明，记入操作留痕")}
    return found


def problems(*statuses: int) -> dict[int, dict[str, Any]]:
    """Return the answers that tell a problem."""
    told = content(_link("schemas", "problem"))
    return {status: {"description": _("未能完成")} | told for status in statuses}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    fields = {"type": "object", "additionalProperties": text}
    return _object({"error": text, "message": text, "fields": fields})


def _link(shelf: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{shelf}/{name}"}


def _column(column: BoundColumn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "label": str(column.label),
        "type": type_of(column.kind),
        "required": column.required,
        "typed": column.typed,
        "listed": column.listed,
        "hint": str(column.hint),
        "choices": _choices(column.kind),
    }
    if isinstance(column.kind, kinds.Exact):
        found["places"] = column.kind.places
    if isinstance(column.kind, kinds.Reference):
        found["refers_to"] = _register_of(column.kind)
    return found


def _choices(kind: kinds.Kind) -> list[dict[str, str]] | None:
    if not isinstance(kind, kinds.Choice):
        return None
    return [{"value": code, "label": str(label)} for code, label in kind.choices]


def _register_of(kind: kinds.Reference) -> str | None:
    known = queries.registers().values()
    return next((found.kind for found in known if found.model is kind.to), None)


def _of(column: BoundColumn) -> Iterator[dict[str, Any]]:
    """Yield the parameters that filter by the column, under the names that the page uses."""
    schema: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if column.kind.filter == "range":
        yield parameter(f"{column.name}__from", schema, column.label)
        yield parameter(f"{column.name}__to", schema, column.label)
    elif column.kind.filter == "outline":
        yield parameter(f"{column.name}__has", {"type": "string", "enum": ["1"]}, _("有图形"))
        window = _("与范围相交：西,南,东,北（经纬度）")
        yield parameter(f"{column.name}__within", schema, window)
    elif isinstance(column.kind, kinds.Choice):
        codes = [code for code, _label in column.kind.choices]
        yield parameter(column.name, _list({"type": "string", "enum": codes}), column.label)
    else:
        yield parameter(column.name, schema, column.label)
    yield parameter(f"{column.name}__empty", {"type": "string", "enum": ["1"]}, _("未登记"))


def _typed(register: Register) -> dict[str, Any]:
    found = {column.name: _schema(column, is_input=True) for column in register.typed}
    return {"type": "object", "properties": found, "additionalProperties": False}


def _schema(column: BoundColumn, *, is_input: bool) -> dict[str, Any]:
    kind = column.kind
    found = {"type": "string"} | _SCHEMAS.get(type_of(kind), {}) | {"title": column.label}
    if column.hint:
        found["description"] = column.hint
    if kind.max_length:
        found["maxLength"] = kind.max_length
    if isinstance(kind, kinds.Choice):
        found["enum"] = [code for code, _label in kind.choices]
    if isinstance(kind, kinds.Whole):
        found |= {"minimum": kind.least, "maximum": kind.most}
    return found if column.required and is_input else _or_null(found)


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    types = schema["type"]
    found = schema | {"type": [*(types if isinstance(types, list) else [types]), "null"]}
    return found | {"enum": [*schema["enum"], None]} if "enum" in schema else found


def _between(least: int, most: int, usual: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
