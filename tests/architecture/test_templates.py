"""Templates: each is used, and none carries what the content security policy forbids."""

import re

from tests.architecture import tree

BY_DJANGO = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "registration/login.html",
}
TAG = re.compile(r"{[%{#].*?[%}#]}")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son[a-z]+=\"|javascript:"
)


def templates():
    return {
        path.as_posix().rpartition("/templates/")[2]: path
        for path in tree.PACKAGE.rglob("templates/**/*.html")
    }


def calls(name):
    """Return how code may name a template: in full, or a component by its own name."""
    names = {name}
    if name.startswith("components/"):
        names.add(name.removeprefix("components/").removesuffix(".html"))
    return {f"{quote}{each}{end}" for each in names for quote in "\"'" for end in "\"'#"}


def test_no_template_is_unused():
    sources = [path.read_text() for path in tree.python_files(tree.PACKAGE)]
    sources += [path.read_text() for path in templates().values()]
    everything = "\n".join(sources)

    unused = [
        name
        for name in templates()
        if name not in BY_DJANGO and not any(call in everything for call in calls(name))
    ]

    assert unused == []


def test_no_template_has_inline_code_or_style():
    inline = [
        name for name, path in templates().items() if INLINE.search(TAG.sub("", path.read_text()))
    ]

    assert inline == []
