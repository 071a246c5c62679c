import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import identifiers
from jingkai.core.identifiers import ALPHABET, NotACreditCode, Problem

GENUINE = "91110000600037341L"
BODIES = st.text(ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("text", [GENUINE, "91350100M000100Y43"])
def test_a_genuine_code_is_a_code(text):
    code = identifiers.check_credit_code(text)

    assert str(code) == text
    assert code.organisation_agrees


def test_a_code_tells_its_parts():
    code = identifiers.check_credit_code(GENUINE)

    assert (code.authority, code.region, code.organisation) == ("9", "110000", "600037341")


def test_full_width_small_letters_and_spaces_are_narrowed():
    assert str(identifiers.check_credit_code(" ９1110000 600037341l ")) == GENUINE


@pytest.mark.parametrize(
    ("text", "problem", "expected", "says"),
    [
        (GENUINE[:-1], Problem.LENGTH, None, "17位"),
        (GENUINE + "1", Problem.LENGTH, None, "19位"),
        ("", Problem.LENGTH, None, "0位"),
        ("9111O000600037341L", Problem.ALPHABET, None, "第5位不能是“O”"),
        (GENUINE[:-1] + "Z", Problem.ALPHABET, None, "第18位不能是“Z”"),
        (GENUINE[:-1] + "K", Problem.CHECK, "L", "应为L，现为K"),
    ],
)
def test_a_wrong_code_is_refused_with_the_exact_reason(text, problem, expected, says):
    with pytest.raises(NotACreditCode, match=says) as refused:
        identifiers.check_credit_code(text)

    assert refused.value.problem is problem
    assert refused.value.expected == expected


def test_another_organisation_check_is_a_warning_and_no_refusal():
    text = identifiers.credit_code("91110000600037342")

    assert not identifiers.check_credit_code(text).organisation_agrees


@given(BODIES)
def test_a_completed_code_is_always_right(body):
    assert str(identifiers.check_credit_code(identifiers.credit_code(body))).startswith(body)


@given(BODIES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_character_changed_is_always_found(body, place, character):
    code = identifiers.credit_code(body)
    typed = code[:place] + character + code[place + 1 :]

    if typed == code:
        assert str(identifiers.check_credit_code(typed)) == code
    else:
        with pytest.raises(NotACreditCode):
            identifiers.check_credit_code(typed)


def test_only_seventeen_characters_are_completed():
    with pytest.raises(NotACreditCode, match="17位，现为3位"):
        identifiers.credit_code("911")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("泰山精工有限公司", "泰山精工 有限责任公司"),
        ("泰山精工股份有限公司", "泰山精工有限公司"),
        ("山东（济南）精工有限公司", "山东(济南)精工有限公司"),
        ("ＡＢＣ精工有限公司", "abc 精工公司"),
        ("泰山·精工", "泰山精工"),
    ],
)
def test_two_spellings_of_a_firm_meet(one, other):
    assert identifiers.name_key(one) == identifiers.name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("泰山精工有限公司", "泰山重工有限公司"), ("泰山集团有限公司", "泰山有限公司")],
)
def test_two_firms_stay_apart(one, other):
    assert identifiers.name_key(one) != identifiers.name_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("山东省济南市钢城区泰山精工有限公司", "泰山精工"),
        ("山东泰山精工有限公司", "泰山精工"),
        ("北京市泰山精工有限公司", "泰山精工"),
        ("泰山精工有限公司", "泰山精工"),
        ("新疆维吾尔自治区泰山精工", "泰山精工"),
        ("济南市", "济南市"),  # nothing would be left
    ],
)
def test_the_region_is_left_off_when_asked(name, key):
    assert identifiers.name_key(name, without_region=True) == key


def test_a_name_that_is_all_legal_form_keeps_it():
    assert identifiers.name_key("有限公司") == "有限公司"
    assert identifiers.name_key("公司") == "公司"


@given(st.text())
def test_the_key_of_a_key_is_the_key(name):
    key = identifiers.name_key(name)

    assert identifiers.name_key(key) == key
