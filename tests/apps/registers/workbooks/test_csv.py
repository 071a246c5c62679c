"""Comma-separated files as Chinese offices write them."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.apps.registers import workbooks
from jingkai.apps.registers.sandbox.text import TextBook, unquoted
from tests.environment import rounds

TEXT = "编号,名称\r\nA-1,经开区\r\n"
ROWS = [(1, ["编号", "名称"]), (2, ["A-1", "经开区"])]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "GB18030", "UTF-16", "UTF-16 the other way"],
)
def test_every_encoding_of_an_office_is_read(content):
    (found,) = workbooks.read(content, "a.csv")

    assert found.rows == ROWS


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,\xff\0\n", b"\xef\xbb\xbf\xff"])
def test_what_is_no_text_is_refused_with_advice(content):
    with pytest.raises(workbooks.Unreadable, match="UTF-8"):
        workbooks.read(content, "a.csv")


def test_a_text_in_another_encoding_is_read_with_a_question():
    with workbooks.opened("a,café\n".encode("cp1252"), "a.csv") as book:
        (head,) = book.sheets
        rows = list(book.rows(head.name))

    assert rows == [(1, ["a", "café"])]
    assert "encoding_unknown" in head.about["notes"]


@pytest.mark.parametrize(("encoding", "text"), [("big5", "編號,經開區"), ("cp1252", "a,£é–")])
def test_the_encoding_that_a_person_says_is_taken(encoding, text):
    with workbooks.opened(text.encode(encoding), "a.csv", encoding) as book:
        (head,) = book.sheets
        rows = list(book.rows(head.name))

    assert rows == [(1, text.split(","))]
    assert "notes" not in head.about


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_out(separator):
    text = TEXT.replace(",", separator) + f'"x,;\t"{separator}'

    (found,) = workbooks.read(text.encode(), "a.csv")

    assert found.rows[:2] == ROWS


def test_separators_inside_quotes_do_not_count():
    text = '"一;二;三;四",b\n"五;六;七",d\n'

    (found,) = workbooks.read(text.encode(), "a.csv")

    assert found.rows[0] == (1, ["一;二;三;四", "b"])


def test_a_line_break_inside_quotes_makes_no_row():
    (found,) = workbooks.read(b'a,b\n\n"x\ny",1\nz,2\n', "a.csv")

    assert found.rows == [(1, ["a", "b"]), (3, ["x\ny", "1"]), (4, ["z", "2"])]


@pytest.mark.parametrize(
    "content",
    [
        b'a,b\n"x,1\ny,"2"\n',  # the rows between two quotes would stand in one cell
        b'a,b\n"x" y,1\n',
        b'a,b\n"x,1\ny,2\n',
    ],
)
def test_quotes_that_do_not_pair_are_refused_with_their_row(content):
    with pytest.raises(workbooks.Unreadable, match="第 2 行"):
        workbooks.read(content, "a.csv")


def test_a_quote_inside_a_text_is_a_letter():
    (found,) = workbooks.read('a,b\n5" 管,"6"" 管"\n'.encode(), "a.csv")

    assert found.rows[1] == (2, ['5" 管', '6" 管'])


@pytest.mark.parametrize("text", ["’s", "café|à Paris", "£20 – £30"])
def test_a_western_text_is_not_taken_for_rare_chinese_characters(text):
    with workbooks.opened(f"a,Lord{text} end\n".encode("cp1252"), "a.csv") as book:
        (head,) = book.sheets

    assert "encoding_unknown" in head.about["notes"]


def test_a_nul_stays_for_the_column_to_refuse():
    (found,) = workbooks.read(b"a,b\nx\0y,1\n", "a.csv")

    assert found.rows[1] == (2, ["x\0y", "1"])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a," * 400 + b"\n", "OK1"),
        (b"a\n" * 200_101, "A200101"),
        (b"a" * 1_000_001, "过长"),
        (b'"' + b"a\n" * 600_000, "过长"),
    ],
    ids=["too wide", "too long", "a long text", "a quote that never ends"],
)
def test_a_file_beyond_every_register_is_refused(content, what):
    with pytest.raises(workbooks.Unreadable, match=what):
        workbooks.read(content, "a.csv")


def test_a_text_longer_than_a_cell_of_excel_is_read():
    (found,) = workbooks.read(b"a" * 100_000, "a.csv")

    assert found.rows == [(1, ["a" * 100_000])]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("'=1+1", "=1+1"),
        ("''a", "'a"),
        ("'a", "'a"),
        ("'", "'"),
        ("'-1", "-1"),
        ("=1", "=1"),
        ('="001"', "001"),
    ],
)
def test_the_quote_that_export_adds_is_taken_off(written, read):
    assert unquoted(written) == read


@given(st.binary(max_size=300))
@settings(max_examples=rounds(200, 20_000))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content)

    try:
        rows = list(TextBook(path).rows("CSV"))
    except workbooks.refusals.Refusal:
        rows = []

    assert all(any(cells) for _number, cells in rows)
