"""
The words of the layout itself, in the language of the document.

They follow the document and not the reader's interface: a Chinese report stays Chinese when a
user of the English interface downloads it, so they are data here and not catalogue entries.
"""

from dataclasses import dataclass
from datetime import date

from .model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the writers say of their own accord."""

    table: str
    chart: str
    chart_data: str
    category: str
    definitions: str
    definition: str
    indicators: str
    serial: str
    indicator: str
    value: str
    shown: str
    unit: str
    code: str
    colon: str
    filed_by: str
    prepared_by: str
    telephone: str
    filed_on: str
    undated: str
    not_on_record: str = "—"


_WORDS = {
    Language.CHINESE: Words(
        table="表",
        chart="图",
        chart_data="图表数据",
        category="类别",
        definitions="口径",
        definition="口径",
        indicators="指标",
        serial="序号",
        indicator="指标名称",
        value="数值",
        shown="文中表述",
        unit="单位",
        code="指标代码",
        colon="：",
        filed_by="填报单位（盖章）",
        prepared_by="填报人",
        telephone="联系电话",
        filed_on="填报时间",
        undated="\u3000\u3000年\u3000月\u3000日",
    ),
    Language.ENGLISH: Words(
        table="Table ",
        chart="Chart ",
        chart_data="Data of the chart",
        category="Category",
        definitions="Definitions",
        definition="Definition",
        indicators="Indicators",
        serial="No.",
        indicator="Indicator",
        value="Value",
        shown="As stated",
        unit="Unit",
        code="Code",
        colon=": ",
        filed_by="Filed by (seal)",
        prepared_by="Prepared by",
        telephone="Telephone",
        filed_on="Filed on",
        undated="Date: ________",
    ),
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def words_in(language: Language) -> Words:
    """Return the layout's words in the language."""
    return _WORDS[language]


def dated(day: date | None, language: Language) -> str:
    """Return the day as a document writes it, in Arabic numerals (GB/T 9704-2012, 7.3.5.4)."""
    if day is None:
        return words_in(language).undated
    if language is Language.CHINESE:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
