"""Every form that writes carries the key that makes sending it twice harmless."""

import re

from tests.architecture import tree

FORM = re.compile(r"<form\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", re.DOTALL | re.IGNORECASE)
POSTS = re.compile(r"""method=["']?post|hx-(post|put|patch|delete)=""", re.IGNORECASE)
KEY = ("{% form_key %}", "form_key()")
# The log-in has nobody yet whom a key could belong to; the gallery's forms lead nowhere.
WITHOUT = ("registration/login.html", "gallery/")


def forms():
    for path in (*tree.PACKAGE.rglob("templates/**/*.html"), *tree.python_files(tree.PACKAGE)):
        text = path.read_text()
        if any(part in path.as_posix() for part in WITHOUT):
            continue
        for found in FORM.finditer(text):
            yield path, found, text


def test_there_are_forms():
    assert sum(bool(POSTS.search(found.group())) for _path, found, _text in forms()) > 10


def test_every_form_that_posts_has_a_key():
    without = [
        f"{tree.name(path)}: {found.group()[:80]}"
        for path, found, text in forms()
        if POSTS.search(found.group())
        and not any(key in _inside(found, text, path.suffix) for key in KEY)
    ]

    assert without == []


def _inside(found, text, suffix):
    """Return what stands between a form's tag and its end; in Python, the rest of the function."""
    end = text.find("\ndef " if suffix == ".py" else "</form>", found.end())
    return text[found.end() : end if end >= 0 else None]
