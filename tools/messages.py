"""
Collect the texts of code and templates into the English catalogue: `make messages`.

Chinese is the source language, so a msgid is the Chinese text and only English has a catalogue.
Works without gettext's own tools. What is written is stable: sorted, files without line numbers,
no dates; a text that is no longer used leaves the catalogue.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

from jingkai.config import catalogues

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "jingkai"
ENGLISH = catalogues.LOCALE / "en" / "LC_MESSAGES" / "django.po"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: jingkai\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
# Name of the function: (positions of the texts, position of the context).
FUNCTIONS = {
    "_": ((0,), None),
    "gettext": ((0,), None),
    "gettext_lazy": ((0,), None),
    "gettext_noop": ((0,), None),
    "ngettext": ((0, 1), None),
    "ngettext_lazy": ((0, 1), None),
    "pgettext": ((1,), 0),
    "pgettext_lazy": ((1,), 0),
    "npgettext": ((1, 2), 0),
    "npgettext_lazy": ((1, 2), 0),
}
LITERAL = r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'"
MARKED = re.compile(rf"\b_\(\s*(?:{LITERAL})\s*\)")
TRANSLATE = re.compile(rf"trans(?:late)?\s+(?:{LITERAL})")
CONTEXT = re.compile(rf"\bcontext\s+(?:{LITERAL})")
BLOCK = re.compile(r"blocktrans(?:late)?\b")
END_BLOCK = re.compile(r"endblocktrans(?:late)?\b")


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate: singular and, where it counts something, plural."""

    ids: tuple[str, ...]
    context: str | None
    file: str


class NotALiteral(Exception):
    """A translating function has something, or a name, that can't be collected."""


def used() -> list[Message]:
    """
    Return every text of the product that is marked for translation.

    :raises NotALiteral: naming file and line
    """
    found: list[Message] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        found.extend(in_python(path.read_text(), path.relative_to(ROOT).as_posix()))
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        found.extend(in_template(path.read_text(), path.relative_to(ROOT).as_posix()))
    return found


def in_python(source: str, file: str) -> Iterator[Message]:
    """Yield the texts marked in one Python file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            _require_a_known_name(node, file)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in FUNCTIONS:
            continue
        positions, context = FUNCTIONS[node.func.id]
        where = f"{file}:{node.lineno}"
        ids = tuple(_literal(node, position, where) for position in positions)
        yield Message(ids, None if context is None else _literal(node, context, where), file)


def _require_a_known_name(node: ast.ImportFrom, file: str) -> None:
    """Refuse a translating function under a name whose texts nobody would collect."""
    for name in node.names if node.module == "django.utils.translation" else ():
        if name.name in FUNCTIONS and (name.asname or name.name) not in FUNCTIONS:
            raise NotALiteral(f"{file}:{node.lineno}: {name.asname} is not collected")


def in_template(source: str, file: str) -> Iterator[Message]:
    """Yield the texts marked in one Django template."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        for match in MARKED.finditer(token.contents):
            yield Message((_doubled(match),), None, file)
        if token.token_type is not TokenType.BLOCK:
            continue
        context = CONTEXT.search(token.contents)
        told = _quoted(context) if context else None
        if text := TRANSLATE.match(token.contents):
            yield Message((_doubled(text),), told, file)
        elif BLOCK.match(token.contents):
            yield Message(_block(token, tokens), told, file)


def write(messages: list[Message], path: Path = ENGLISH) -> Catalog:
    """Write the catalogue of the messages, keeping the translations that it has."""
    old = read(path)
    new = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in messages:
        ids = message.ids if len(message.ids) > 1 else message.ids[0]
        before = old.get(message.ids[0], message.context)
        string = before.string if before and not before.fuzzy else ""
        new.add(ids, string, locations=[(message.file, 0)], context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, new, width=99, omit_header=True, sort_output=True, include_lineno=False)
    return new


def read(path: Path = ENGLISH) -> Catalog:
    """Return the catalogue as it is, or an empty one."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts that have no translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and (not message.string or (message.pluralizable and not all(message.string)))
    ]


def _literal(call: ast.Call, position: int, where: str) -> str:
    argument = call.args[position] if position < len(call.args) else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise NotALiteral(f"{where}: only a plain literal can be translated")


def _quoted(match: re.Match[str]) -> str:
    """Return the text between the quotes, which escape only themselves and the backslash."""
    text = next(group for group in match.groups() if group is not None)
    return re.sub(r"\\(.)", r"\1", text)


def _doubled(match: re.Match[str]) -> str:
    """Return the quoted text as Django looks it up: in a template % is no placeholder."""
    return _quoted(match).replace("%", "%%")


def _block(opening: Token, tokens: Iterator[Token]) -> tuple[str, ...]:
    """Return the text, or singular and plural, of a {% blocktranslate %} as Django looks it up."""
    forms = [""]
    for token in tokens:
        if token.token_type is TokenType.BLOCK and END_BLOCK.match(token.contents):
            break
        if token.token_type is TokenType.BLOCK and token.contents.strip() == "plural":
            forms.append("")
        elif token.token_type is TokenType.TEXT:
            forms[-1] += token.contents.replace("%", "%%")
        elif token.token_type is TokenType.VAR:
            forms[-1] += f"%({token.contents.strip()})s"
    trimmed = "trimmed" in opening.split_contents()
    return tuple(trim_whitespace(form) if trimmed else form for form in forms)


def main() -> int:
    """Write and compile the catalogue; name what it lacks."""
    try:
        catalogue = write(used())
    except NotALiteral as reason:
        print(reason, file=sys.stderr)
        return 1
    catalogues.compile_outdated()
    lacking = missing(catalogue)
    print(f"{ENGLISH.relative_to(ROOT)}: {len(catalogue)} texts, {len(lacking)} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
