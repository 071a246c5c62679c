"""Every verb of the trail has words: nobody reads `criterion-confirmed` on a record's page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jingkai.apps.registers import queries
from tests.architecture import tree

VERB = re.compile(r"[a-z_]+(?:[.-][a-z_]+)*")
# Put together at run time, so that no call names them.
MADE = {"split", "merge", "split-undone", "merge-undone", "default-view-chosen", "revealed"}
Positions = dict[str, set[int]]


def test_every_verb_that_an_action_records_has_words():
    told = _told()

    assert len(told) > 80, "the calls that hand on a verb are no longer found"
    assert {verb for verb in told | MADE if not queries.verb_words(verb)} == set()


def test_a_verb_without_words_is_found(tmp_path):
    module = tmp_path / "actions.py"
    module.write_text('def _tell(verb): ...\n\n_tell("area.thing.never-heard")\n')

    assert [verb for verb in _verbs(module) if not queries.verb_words(verb)] == [
        "area.thing.never-heard"
    ]


def _told() -> set[str]:
    files = [
        path
        for path in tree.python_files(tree.APPS)
        if {"actions", "imports"} & {path.stem, *path.parts} or path.stem in {"grid", "writing"}
    ]
    return {verb for path in files for verb in _verbs(path)}


def _verbs(path: Path) -> Iterator[str]:
    """Yield the verbs that the file's calls name, by keyword or where ``verb`` is asked for."""
    module = ast.parse(path.read_text())
    positions = _positions(module) | {"record": {0}, "note": {1}}
    for call in ast.walk(module):
        if isinstance(call, ast.Call):
            for given in _given(call, positions):
                yield from _constants(given, module)


def _positions(module: ast.Module) -> Positions:
    """Return at which places the module's own functions ask for a verb."""
    found: Positions = {}
    for one in ast.walk(module):
        if isinstance(one, ast.FunctionDef):
            names = [each.arg for each in one.args.args]
            if "verb" in names:
                found.setdefault(one.name, set()).add(names.index("verb"))
    return found


def _given(call: ast.Call, positions: Positions) -> Iterator[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "verb")
    yield from (call.args[at] for at in positions.get(name, ()) if at < len(call.args))


def _constants(given: ast.expr, module: ast.Module) -> Iterator[str]:
    """Yield what the expression can be: a constant, either of two, what a name was set to."""
    match given:
        case ast.Constant(value=str(text)) if VERB.fullmatch(text):
            yield text
        case ast.IfExp():
            yield from (*_constants(given.body, module), *_constants(given.orelse, module))
        case ast.Name():
            for one in ast.walk(module):
                if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == given.id:
                    yield from _constants(one.value, module)
