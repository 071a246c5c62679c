"""Traps that were measured elsewhere, held shut in the code itself."""

import ast

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from tests.architecture import tree

# Apps whose tables have versions, and the functions that update a table without any.
VERSIONED = ("registers", "investment", "projects", "reporting")
WITHOUT_VERSION = {
    "bulk.apply_batch": "rows of a batch",
    "bulk._keep_outcome": "rows of a batch",
    "imports.choose_absent": "rows of an import",
    "imports._rehearse": "rows of an import",
    "bulk._keep_steps": "rows of a batch",
    "importing._close": "rows of an import",
    "importing._keep_steps": "rows of an import",
    "staging._looked": "an import",
    "beside._tell": "rows of an import",
}
# What names the columns that every write puts: `writing.model_fields` has the version among them.
NAMING = "model_fields"
OUTWARD = {
    "aiohttp",
    "django.core.mail",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
}
MAY = {
    # The server looks whether its own port is free.
    ("jingkai/config/management/commands/serve.py", "socket"),
    # Mail goes to the one server that the settings name, and nowhere without it.
    ("jingkai/apps/notices/actions/letters.py", "django.core.mail"),
    ("jingkai/apps/notices/actions/letters.py", "smtplib"),
}


def test_no_update_passes_a_records_version():
    silent = {
        f"{path.stem}.{function.name}": tree.name(path)
        for app in VERSIONED
        for path in tree.python_files(tree.APPS / app)
        for function in tree.functions(path)
        if any(_passes_versions(call, function) for call in ast.walk(function))
    }

    assert silent.keys() - WITHOUT_VERSION.keys() == set(), silent
    assert WITHOUT_VERSION.keys() - silent.keys() == set()


def _passes_versions(call, function):
    """Whether the call writes rows, and their version is not among what it writes."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update":
        names = {keyword.arg for keyword in call.keywords}
        return bool(names) and "version" not in names
    if call.func.attr == "bulk_update":
        parts = list(ast.walk(function))
        named = {part.value for part in parts if isinstance(part, ast.Constant)}
        named |= {part.attr for part in parts if isinstance(part, ast.Attribute)}
        return not named & {"version", NAMING}
    return False


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_product_calls_nobody():
    outward = {
        (tree.name(path), name)
        for path in tree.python_files(tree.PACKAGE)
        for name in imported(path)
        if name in OUTWARD
    }

    assert outward - MAY == set()


@pytest.mark.parametrize(
    "path", [*settings.JOBS.values(), *(path for path, _seconds in settings.PERIODIC.values())]
)
def test_everything_that_is_done_later_can_be_found(path):
    assert callable(import_string(path))
