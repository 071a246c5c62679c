import pytest

from jingkai.core import industries
from jingkai.core.industries import UnknownIndustry


@pytest.mark.parametrize(("level", "entries"), [(1, 20), (2, 97), (3, 473), (4, 1381), (5, 0)])
def test_the_standard_is_complete(level, entries):
    assert len(industries.of_level(level)) == entries


@pytest.mark.parametrize(
    ("code", "name", "level", "parent", "division"),
    [
        ("C", "制造业", 1, None, None),
        ("34", "通用设备制造业", 2, "C", "34"),
        ("348", "通用零部件制造", 3, "34", "34"),
        ("3484", "机械零部件加工", 4, "348", "34"),
        ("C3484", "机械零部件加工", 4, "348", "34"),
    ],
)
def test_an_industry_knows_its_place(code, name, level, parent, division):
    entry = industries.industry(code)

    assert (entry.name, entry.level, entry.parent) == (name, level, parent)
    assert (entry.section, entry.division) == ("C", division)


def test_every_entry_leads_to_its_section_and_its_names_are_trimmed():
    entries = [entry for level in (1, 2, 3, 4) for entry in industries.of_level(level)]

    assert {industries.section_of(entry.code).level for entry in entries} == {1}
    assert all(entry.name == entry.name.strip() for entry in entries)


@pytest.mark.parametrize("code", ["", "9999", "c", "A3484", "Z", "C99", "34840"])
def test_an_unknown_code_is_refused(code):
    with pytest.raises(UnknownIndustry, match="GB/T 4754-2017"):
        industries.industry(code)


def test_the_division_of_a_class_is_found_and_a_section_has_none():
    assert industries.division_of("3484").name == "通用设备制造业"
    with pytest.raises(UnknownIndustry, match="门类"):
        industries.division_of("C")
