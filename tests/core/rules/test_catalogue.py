"""The fact catalogue as it is delivered, and what a catalogue refuses."""

from decimal import Decimal

import pytest

from jingkai.core.rules import catalogue
from jingkai.core.rules.catalogue import BadCatalogue, FactType, Item, PeriodKind, UnknownItem
from jingkai.core.rules.feel.nodes import Name, Path
from jingkai.core.rules.feel.parsing import parse_expression
from jingkai.core.rules.policies.references import PERIOD_NAMES, known

NATIONAL = catalogue.national()


def test_the_catalogue_covers_what_the_national_policies_ask_for():
    assert len(NATIONAL) >= 60
    assert {
        "营业收入",
        "研发费用",
        "从业人员",
        "资产总额",
        "成立日期",
        "信用等级",
    } <= NATIONAL.names


@pytest.mark.parametrize("item", list(NATIONAL), ids=lambda item: item.name)
def test_every_item_can_be_named_by_a_rule(item):
    text = f"上年.{item.name}" if item.by_year else item.name

    node = parse_expression(text, known=known(NATIONAL))

    assert node == (Path(Name("上年"), item.name) if item.by_year else Name(item.name))


@pytest.mark.parametrize("item", list(NATIONAL), ids=lambda item: item.name)
def test_every_number_has_a_unit_and_bounds_and_nothing_else_has(item):
    is_number = item.type is FactType.NUMBER

    assert bool(item.unit) == is_number
    assert (item.minimum is not None and item.maximum is not None) == is_number
    assert item.code.isidentifier()
    assert item.name not in PERIOD_NAMES
    assert item.supplier


def test_an_item_is_found_by_name_and_by_code():
    item = NATIONAL.item("研发费用")

    assert NATIONAL.item("rd_expense") is item
    assert (item.unit, item.period_kind, item.decimals) == ("万元", PeriodKind.YEAR, 6)
    assert item.maximum == Decimal(100_000_000)
    assert item.confidential
    assert not item.personal


def test_an_unknown_item_names_the_nearest():
    with pytest.raises(UnknownItem, match="没有“研发经费”，是否指“研发费用”"):
        NATIONAL.item("研发经费")
    with pytest.raises(UnknownItem, match=r"没有“月亮”$"):
        NATIONAL.item("月亮")


@pytest.mark.parametrize(("code", "name"), [("a", "乙"), ("b", "甲")])
def test_no_two_items_share_a_name_or_a_code(code, name):
    first = Item(code="a", name="甲", type=FactType.STRING)
    second = Item(code=code, name=name, type=FactType.STRING)

    with pytest.raises(BadCatalogue, match="重复"):
        catalogue.Catalogue([first, second])
