"""Any part of a text is found by its pairs of characters, in whatever script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.search import bigrams

TEXTS = st.text(alphabet="装备制造业园区ABab12-/（）()，。 \u3000é Ａ１𠮷", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＬＦ－２０２４", "lf-2024"), ("LF-1", "lf-1"), ("①", "1"), ("Straße", "STRASSE")],
)
def test_width_and_case_make_no_difference(one: str, other: str) -> None:
    assert bigrams.normal(one) == bigrams.normal(other)


def test_traditional_characters_are_left_as_they_are() -> None:
    assert bigrams.normal("園區") == "園區"


def test_a_query_is_its_words_each_once() -> None:
    assert bigrams.words(" 装备\u3000制造  装备 ") == ["装备", "制造"]


@given(texts=st.lists(TEXTS, max_size=3), word=TEXTS)
def test_a_text_that_holds_a_word_has_every_token_of_it(texts: list[str], word: str) -> None:
    text = bigrams.together(texts)
    held = bigrams.tokens(1, text)

    for asked in bigrams.words(word):
        tokens = bigrams.asked(1, asked)
        has_all = all(any(one.startswith(token) for one in held) for token in tokens)
        if asked in text:
            assert has_all
        elif len(asked) <= 2:
            assert not has_all


@given(text=TEXTS)
def test_no_token_of_one_zone_is_the_beginning_of_one_of_another(text: str) -> None:
    ours, theirs = bigrams.tokens(1, text), bigrams.tokens(0x1F, text)

    assert not any(one.startswith(other) for one in ours for other in theirs)


@given(text=TEXTS)
def test_a_token_is_letters_and_digits_alone(text: str) -> None:
    assert all(token.isascii() and token.isalnum() for token in bigrams.tokens(7, text))
