"""The project names no machine, no workplace and no registry: it runs wherever it is laid."""

import re

from tests.architecture import tree

HOSTS = ("pypi", "npmjs", "pythonhosted", "npmmirror")
FOLDERS = ("work", "root", "home")
PLACES = re.compile(rf"\b({'|'.join(HOSTS)})\.(org|com)\b|(?<![\w.])/({'|'.join(FOLDERS)})/\w")


def test_no_file_names_a_place():
    named = {
        tree.name(path): match.group()
        for path in tree.text_files()
        if (match := PLACES.search(path.read_text()))
    }

    assert named == {}
