"""The code base as the tests of this folder see it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "jingkai"
APPS = PACKAGE / "apps"
FOLDERS = ("jingkai", "tools", "tests", "bench")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: Path) -> list[Path]:
    """Return our Python files below the folders (all of them by default), without migrations."""
    found = [ROOT / "dev.py", ROOT / "manage.py"] if not folders else []
    for folder in folders or [ROOT / name for name in FOLDERS]:
        found.extend(path for path in folder.rglob("*.py") if "migrations" not in path.parts)
    return sorted(found)


def text_files() -> Iterator[Path]:
    """Yield every file that we wrote and that a person reads."""
    suffixes = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".json", ".typ", ".po"}
    made = {".venv", ".tools", "vendor", "fonts", "var", "node_modules"}
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT)
        hidden = any(part.startswith(".") and part != ".ci" for part in relative.parts)
        if hidden or made & set(relative.parts) or not path.is_file():
            continue
        if path.suffix in suffixes or path.name in {"Makefile", "run"}:
            yield path


def functions(path: Path) -> Iterator[Function]:
    """Yield every function and method of the file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def public_functions(path: Path) -> Iterator[Function]:
    """Yield the functions of the module itself that others may call."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def name(path: Path) -> str:
    """Return the file's path as it is spoken of."""
    return path.relative_to(ROOT).as_posix()


def modules(app: Path) -> set[str]:
    """Return the names of the modules and packages directly inside an app."""
    files = {path.stem for path in app.glob("*.py")} - {"__init__"}
    return files | {path.parent.name for path in app.glob("*/__init__.py")}


def of_module(app: Path, module: str) -> list[Path]:
    """Return the files of one module of an app, be it a file or a package."""
    return [
        path for path in (app / f"{module}.py", *app.glob(f"{module}/**/*.py")) if path.exists()
    ]


def apps() -> list[Path]:
    return sorted(path.parent for path in APPS.glob("*/__init__.py"))
