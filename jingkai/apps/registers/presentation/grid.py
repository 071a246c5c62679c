"""The grid: a page of rows as texts that can be typed over, and what is wrong with them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .. import checking
from ..actions import Problem
from ..declaration import BoundColumn, Register
from ..kinds import Choice, Person, Yes
from ..models import Record


def grid_columns(register: Register) -> list[BoundColumn]:
    """Return the columns that the grid has: those that are typed and seen as they are."""
    return [column for column in register.typed if not column.is_masked]


def cell_text(column: BoundColumn, record: Record) -> str:
    """Return what stands in the cell; typed back, or pasted from Excel, it means the same."""
    value = checking.stored(record, column.name)
    if value is None:
        return ""
    if column.is_reference:
        return str(getattr(value, column.kind.key))  # type: ignore[attr-defined]
    if isinstance(column.kind, Choice):
        return column.kind.shown(value)
    return column.kind.text(value)


def grid_data(register: Register, records: Iterable[Record], links: dict[str, str]) -> Any:
    """Return what the page's script draws: columns, rows, addresses and words."""
    columns = grid_columns(register)
    return {
        "columns": [_column(register, column) for column in columns],
        "rows": [grid_row(columns, record) for record in records],
        "links": links,
        "words": _words(),
    }


def grid_row(columns: Iterable[BoundColumn], record: Record) -> dict[str, Any]:
    """Return one row as the script has it."""
    return {
        "pk": record.pk,
        "version": record.version,
        "cells": [cell_text(column, record) for column in columns],
    }


def grid_problems(register: Register, problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return what is wrong, each at its row and column; a conflict brings the row as it stands."""
    columns = grid_columns(register)
    return [
        {
            "place": problem.place,
            "column": problem.column,
            "message": problem.message,
            "current": grid_row(columns, problem.current) if problem.current else None,
        }
        for problem in problems
    ]


def _column(register: Register, column: BoundColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": str(column.label),
        "hint": str(column.hint),
        "align": column.kind.align,
        "required": column.required,
        "isKey": column.name == register.key,
        "options": _options(column),
    }


def _options(column: BoundColumn) -> list[str]:
    match column.kind:
        case Choice(choices=choices):
            return [str(label) for _code, label in choices]
        case Yes():
            return [_("是"), _("否")]
        case Person():
            return []
    return []


def _words() -> dict[str, str]:
    return {
        "edited": _("已改 {count} 行，尚未保存"),
        "clean": _("没有未保存的修改"),
        "place": _("第 {row} 行 {label}"),
        "wrong": _("{count} 处有问题，改好后才能保存"),
        "saved": _("已保存 {count} 行"),
        "failed": _("没有连上服务器，修改仍保留在本页，请稍后再试"),
        "conflict": _("他人已更新此行"),
        "mine": _("保留我的"),
        "theirs": _("用他人的"),
        "fixedKey": _("编号登记后不能修改"),
        "tooMany": _("粘贴的列超出表格右侧，多出的部分没有粘贴"),
        "newRow": _("新行"),
    }
