"""Function <= 40 lines, file <= 400: a larger one is asking for a name."""

from tests.architecture import tree

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40


def test_no_file_is_longer_than_400_lines():
    long = {
        tree.name(path): lines
        for path in tree.python_files()
        if (lines := len(path.read_text().splitlines())) > LINES_OF_A_FILE
    }

    assert long == {}


def test_no_function_is_longer_than_40_lines():
    long = {
        f"{tree.name(path)}:{function.lineno} {function.name}": lines
        for path in tree.python_files()
        for function in tree.functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LINES_OF_A_FUNCTION
    }

    assert long == {}
