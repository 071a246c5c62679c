"""The gallery's examples: each a small template, shown beside what it makes. Data is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django import forms
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from .components.status import badge, light
from .parts import (
    Chart,
    Chip,
    Entry,
    File,
    Heading,
    Link,
    Pages,
    Row,
    Series,
    Stat,
    Term,
)

EXAMPLES = {
    gettext_lazy("状态"): (
        "gallery/status.html",
        "gallery/progress.html",
        "gallery/people_and_files.html",
        "gallery/figures.html",
    ),
    gettext_lazy("数据"): (
        "gallery/stats.html",
        "gallery/terms.html",
        "gallery/timeline.html",
        "gallery/table.html",
        "gallery/table_frame.html",
        "gallery/charts.html",
        "gallery/kanban.html",
    ),
    gettext_lazy("容器与反馈"): (
        "gallery/cards.html",
        "gallery/alerts.html",
        "gallery/empty.html",
        "gallery/dialogs.html",
        "gallery/menus.html",
    ),
    gettext_lazy("导航"): (
        "gallery/header.html",
        "gallery/tabs.html",
        "gallery/filters_and_pages.html",
        "gallery/steps.html",
    ),
    gettext_lazy("表单"): ("gallery/forms.html", "gallery/field.html"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One component's use: its template and what that makes."""

    name: str
    source: str
    shown: SafeString


def sections(request: HttpRequest) -> list[tuple[str, list[Example]]]:
    """Return the examples by section, rendered."""
    context = _context()
    return [
        (str(title), [_example(name, context, request) for name in names])
        for title, names in EXAMPLES.items()
    ]


def _example(name: str, context: Mapping[str, object], request: HttpRequest) -> Example:
    template = get_template(name)
    source = template.template.source.strip()  # type: ignore[attr-defined]
    short = name.removeprefix("gallery/").removesuffix(".html")
    return Example(short, source, mark_safe(template.render(dict(context), request)))  # noqa: S308


class ProjectForm(forms.Form):
    """A form with every kind of field and state."""

    name = forms.CharField(label="项目名称", help_text="与投资协议一致")
    industry = forms.ChoiceField(
        label="主导产业",
        choices=[("", "—"), ("steel", "先进钢铁"), ("equipment", "高端装备")],
        required=False,
    )
    investment_wan = forms.DecimalField(label="总投资（万元）")
    signed_on = forms.DateField(
        label="签约日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label="协议类型",
        choices=[("formal", "正式投资协议"), ("framework", "框架协议")],
        widget=forms.RadioSelect,
    )
    is_key = forms.BooleanField(label="列入重点项目", required=False)
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 3}))


def _context() -> dict[str, object]:
    form = ProjectForm({"name": "示范轧辊生产线", "investment_wan": "一亿", "kind": "formal"})
    form.add_error(None, "还有 1 处需要改正，改正后再保存。")
    return {
        "form": form,
        "lone_form": ProjectForm(auto_id="lone-%s"),
        "years": [("2023", "2023"), ("2024", "2024")],
        "attained": Fraction(6, 14),
        "nearly": Fraction(9996, 10000),
        "passed": Fraction(163, 150),
        "amount": Decimal("1234.5"),
        "large_amount": Decimal(123456),
        "stats": _stats(),
        "terms": _terms(),
        "entries": _entries(),
        "headings": _headings(),
        "rows": _rows(),
        "total": ["合计", "", "", "8.62 亿元", ""],
        "charts": _charts(),
        "tabs": _tabs(),
        "chips": [
            Chip(label="产业", value="高端装备", url="#"),
            Chip(label="签约年份", value="2024", url="#"),
        ],
        "pages": Pages(first=51, last=100, total=1234, previous_url="#", next_url="#"),
        "uncounted": Pages(first=1, last=50, next_url="#"),
        "crumbs": [
            Link(label="首页", url="#"),
            Link(label="项目", url="#"),
            Link(label="示范轧辊生产线"),
        ],
        "step_labels": ["上传文件", "检查", "确认", "完成"],
    }


def _stats() -> list[Stat]:
    return [
        Stat(
            label="洽谈来访",
            value="163",
            unit="批次",
            url="#",
            delta=Fraction(1, 8),
            attainment=Fraction(163, 150),
            target="150",
            fresh="2024-12-30",
            icon="users",
        ),
        Stat(
            label="当年签约",
            value="14",
            unit="个",
            url="#",
            delta=Fraction(-1, 15),
            attainment=Fraction(14, 20),
            target="20",
            note="协议投资 28.6 亿元",
            icon="writing-sign",
        ),
        Stat(
            label="闲置土地", value="326", unit="亩", delta=Fraction(-1, 5), falling_is_good=True
        ),
        Stat(label="超期项目", value="3", unit="个", url="#", tone="red", icon="alert-octagon"),
        Stat(label="实际使用外资", value=None, note="来源：商务部门", icon="world"),
    ]


def _terms() -> list[Term]:
    return [
        Term(label="投资主体", value="示范重工集团有限公司（虚构）"),
        Term(label="总投资", value="3.2 亿元", note="其中固定资产投资 2.6 亿元"),
        Term(label="服务专员", value="李示范"),
        Term(label="施工许可", value=None),
    ]


def _entries() -> list[Entry]:
    return [
        Entry(
            on="2024-11-06",
            title="通过“开工”关口",
            by="王示范",
            tone="green",
            icon="check",
            text="施工许可与实体开工照片齐备。",
            files=(
                File(name="施工许可证.pdf", url="#", size="1.2 MB"),
                File(name="开工现场.jpg", url="#"),
            ),
        ),
        Entry(on="2024-09-30", title="临近承诺开工日", tone="amber", icon="alert-triangle"),
        Entry(
            on="2024-03-18",
            title="签订正式投资协议",
            by="赵示范",
            tone="blue",
            icon="writing-sign",
        ),
        Entry(on="2024-01-09", title="首次来访", text="一行五人考察标准厂房。"),
    ]


def _headings() -> list[Heading]:
    return [
        Heading(label="项目", url="#", sort="none"),
        Heading(label="主导产业"),
        Heading(label="签约日期", url="#", sort="descending"),
        Heading(label="总投资", url="#", sort="none", numeric=True),
        Heading(label="状态", hint="由日期与证据推导"),
    ]


def _rows() -> list[Row]:
    data = [
        ("示范轧辊生产线", "先进钢铁", "2024-03-18", "3.2 亿元", light("green")),
        ("示范精密锻造项目", "高端装备", "2024-02-27", "1.85 亿元", light("amber", "临近期限")),
        ("示范储能壳体项目", "新能源", "2024-02-02", "2.4 亿元", light("red", "超期 42 天")),
        ("示范再生材料项目", "循环经济", None, "1.17 亿元", badge("在谈", "grey")),
    ]
    return [
        Row(cells=cells, url="#", key=str(key), label=cells[0], tone="red" if key == 2 else "")
        for key, cells in enumerate(data)
    ]


INDUSTRIES = ("先进钢铁", "高端装备", "新能源", "循环经济")
QUARTERS = ("一季度", "上半年", "前三季度", "全年")


def _charts() -> list[Chart]:
    return [_bars(), _lines(), _stacks(), _flat_bars(), _funnel(), _ring()]


def _bars() -> Chart:
    return Chart(
        kind="bar",
        title="各产业签约项目",
        summary="先进钢铁 5 个，居首位。",
        unit="个",
        categories=INDUSTRIES,
        series=[Series(name="签约", values=[5, 4, 3, 2])],
        urls=["#steel", "#equipment", "#energy", "#recycling"],
        target=4,
    )


def _lines() -> Chart:
    return Chart(
        kind="line",
        title="到位资金",
        summary="逐季上升，全年数据尚未登记。",
        unit="亿元",
        categories=QUARTERS,
        series=[
            Series(name="2024", values=[1.8, 4.2, 7.6, None]),
            Series(name="2023", values=[1.5, 3.9, 6.1, 9.4]),
        ],
    )


def _stacks() -> Chart:
    return Chart(
        kind="stacked",
        title="项目状态",
        summary="已开工项目逐季增加。",
        unit="个",
        categories=QUARTERS,
        series=[
            Series(name="待开工", values=[3, 5, 7, 8]),
            Series(name="已开工", values=[1, 2, 4, 6]),
        ],
    )


def _flat_bars() -> Chart:
    return Chart(
        kind="bar-horizontal",
        title="产业投资额",
        summary="先进钢铁投资最多。",
        unit="亿元",
        categories=INDUSTRIES,
        series=[Series(name="总投资", values=[9.6, 8.2, 6.3, 4.5])],
    )


def _funnel() -> Chart:
    return Chart(
        kind="funnel",
        title="招商漏斗",
        summary="86 条线索，14 个签约，6 个当年开工。",
        unit="个",
        categories=("线索", "在谈", "签约", "开工"),
        series=[Series(name="数量", values=[86, 41, 14, 6])],
    )


def _ring() -> Chart:
    return Chart(
        kind="donut",
        title="资金来源",
        summary="内资占七成。",
        unit="亿元",
        categories=("内资", "外资", "自筹"),
        series=[Series(name="金额", values=[7.0, 1.2, 1.8])],
    )


def _tabs() -> list[Link]:
    return [
        Link(label="概况", url="#", active=True, icon="layout-dashboard"),
        Link(label="手续", url="#", count=12),
        Link(label="承诺", url="#", count=0),
        Link(label="留痕", url="#"),
    ]
