"""What import-linter can't see: how the parts are called and what they load."""

import subprocess
import sys

import pytest

from tests.architecture import tree

LOADS_WITHOUT_DJANGO = """
import importlib, pkgutil, sys
for root in ("jingkai.core", "jingkai.documents"):
    package = importlib.import_module(root)
    for module in pkgutil.walk_packages(package.__path__, f"{root}."):
        importlib.import_module(module.name)
loaded = sorted(name for name in sys.modules if name.split(".")[0] == "django")
sys.exit(f"loaded: {loaded[:5]}" if loaded else 0)
"""
EVERYWHERE = {
    "actions",
    "api",
    "apps",
    "facts",
    "forms",
    "indicators",
    "jobs",
    "layers",
    "management",
    "migrations",
    "models",
    "presentation",
    "queries",
    "register",
    "templatetags",
    "urls",
    "views",
}
# A further name is a decision; it stands in the contracts of pyproject.toml too.
BESIDES = {
    "atlas": {"tiles"},
    "idle": {"papers"},
    "accounts": {"access", "checks", "middleware", "roles", "scope", "wall"},
    "audit": {"chain"},
    "files": {"content", "disk", "first_page", "scanning", "thumbnails"},
    "search": {"bigrams", "index"},
    "work": {"middleware"},
    "registers": {
        "checking",
        "declaration",
        "exports",
        "fields",
        "filters",
        "fitting",
        "imports",
        "indexing",
        "indicator",
        "kinds",
        "sandbox",
        "spatial",
        "workbooks",
        "writing",
    },
}
BANNED = {"base", "common", "helpers", "managers", "services", "signals", "util", "utils"}


def test_core_and_documents_load_without_django():
    done = subprocess.run(
        [sys.executable, "-c", LOADS_WITHOUT_DJANGO],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("app", tree.apps(), ids=lambda app: app.name)
def test_an_area_has_only_the_modules_that_every_area_may_have(app):
    allowed = EVERYWHERE | BESIDES.get(app.name, set())

    assert tree.modules(app) <= allowed


def test_nothing_is_called_utils_or_the_like():
    called = {
        tree.name(path)
        for path in tree.python_files()
        if {path.stem, path.parent.name} & BANNED and path.name != "__init__.py"
    }

    assert called == set()


def test_every_public_action_takes_keywords_only():
    positional = [
        f"{tree.name(path)}:{function.lineno} {function.name}"
        for app in tree.apps()
        for path in tree.of_module(app, "actions")
        for function in tree.public_functions(path)
        if function.args.args or function.args.posonlyargs or function.args.vararg
    ]

    assert positional == []


def test_no_module_hangs_itself_on_a_signal():
    hanging = [
        tree.name(path)
        for path in tree.python_files(tree.PACKAGE)
        if "db.models.signals" in path.read_text() or "@receiver" in path.read_text()
    ]

    assert hanging == []
