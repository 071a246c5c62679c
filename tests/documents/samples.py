"""A report with everything in it: 12 figures in its text, 3 tables, 3 charts, 8 footnotes."""

from datetime import UTC, date, datetime
from decimal import Decimal

from jingkai.documents.model import (
    Align,
    Bullets,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Document,
    Figure,
    Footnote,
    Language,
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    Text,
)

GENERATED_AT = datetime(2025, 1, 6, 2, 30, tzinfo=UTC)
BASE_URL = "https://jingkai.example.cn"

_INDICATORS = (
    ("signed.count", "新签约项目数", "New projects signed", "37", 37, "个"),
    ("signed.investment", "协议投资额", "Agreed investment", "1,284,600.5", "1284600.5", "万元"),
    ("started.count", "开工项目数", "Projects started", "21", 21, "个"),
    ("started.rate", "签约项目开工率", "Signed projects started", "56.8%", "56.8", "%"),
    ("paid.investment", "到位资金", "Investment paid in", "386,210.25", "386210.25", "万元"),
    ("visits.count", "来访批次", "Delegations received", "412", 412, "批"),
    ("idle.parcels", "闲置土地宗数", "Idle parcels", "9", 9, "宗"),
    ("idle.area", "闲置土地面积", "Area of idle parcels", "1,036.4", "1036.4", "亩"),
    ("revived.area", "盘活面积", "Area brought back to use", "618.75", "618.75", "亩"),
    ("requests.closed", "诉求按期办结率", "Requests closed in time", "98.2%", "98.2", "%"),
    ("policy.paid", "惠企资金兑现", "Subsidies paid", "8,642.37", "8642.37", "万元"),
    ("hazard.open", "未整改重大隐患", "Major hazards still open", "—", None, "处"),
)


def figure(at: int, *, english: bool = False) -> Figure:
    """Return the indicator at that place; the first eight carry a definition."""
    code, chinese, name, text, value, unit = _INDICATORS[at]
    definition = (
        f"{name}: counted from the records of the register, as of 31 December 2024."
        if english
        else f"{chinese}：依据台账记录逐条统计，截至2024年12月31日；不含意向项目和已终止项目。"
    )
    return Figure(
        code=code,
        name=name if english else chinese,
        text=text,
        value=Decimal(value) if isinstance(value, str) else value,
        unit=unit,
        url=f"/figures/{code}?year=2024&as_of=2024-12-31",
        footnote=Footnote(text=definition) if at < 8 else None,
    )


def _cell(code: str, value: int | str | None) -> Figure | None:
    if value is None:
        return None
    number = Decimal(value)
    return Figure(code=code, text=f"{number:,}", value=number, url=f"/figures/{code}")


def _number(heading: str, weight: int = 2) -> Column:
    return Column(heading=heading, align=Align.RIGHT, kind=ColumnKind.NUMBER, weight=weight)


def _indicator_table() -> Table:
    rows = (
        Row((Text(str(at + 1)), Text(one[1]), figure(at), Text(one[5]), Text("市经济开发区考核")))
        for at, one in enumerate(_INDICATORS)
    )
    return Table(
        caption="主要指标完成情况",
        columns=(
            Column(heading="序号", align=Align.CENTER),
            Column(heading="指标名称", weight=3),
            _number("完成值"),
            Column(heading="单位", align=Align.CENTER),
            Column(heading="依据", weight=3),
        ),
        rows=(*rows, Row((Text("13"), Text("=1+1 不是公式"), None, Text("个"), Text("备注")))),
    )


def _industry_table() -> Table:
    industries = ["新材料", "高端装备", "新能源", "电子信息", "生物医药", "现代物流"]
    more = ["节能环保", "食品加工", "汽车零部件", "精细化工", "纺织服装", "建筑材料", "科技服务"]
    names = [*industries, *more]
    rows = [
        Row(
            (
                Text(name),
                _cell(f"signed.count/{at}", at + 1),
                _cell(f"signed.investment/{at}", f"{(at + 3) * 12345.5:.2f}"),
                _cell(f"started.count/{at}", at // 2 if at != 4 else None),
            )
        )
        for at, name in enumerate(names)
    ]
    total = Row(
        (
            Text("合计", strong=True),
            _cell("signed.count/all", 91),
            _cell("signed.investment/all", "1444423.50"),
            _cell("started.count/all", 34),
        ),
        is_total=True,
    )
    return Table(
        caption="签约项目分产业情况",
        unit_note="单位：个、万元",
        columns=(
            Column(heading="产业", weight=3),
            _number("签约项目"),
            _number("协议投资", 3),
            _number("开工项目"),
        ),
        rows=(*rows, total),
    )


def _parcel_table() -> Table:
    return Table(
        caption="闲置土地处置清单",
        unit_note="单位：亩",
        columns=(
            Column(heading="宗地", weight=2),
            _number("面积", 1),
            Column(heading="认定日期", align=Align.CENTER, kind=ColumnKind.DATE, weight=2),
            Column(heading="处置方式与进展", weight=5),
        ),
        rows=(
            Row(
                (
                    Text("钢城-2019-07"),
                    _cell("parcel/1", "120.35"),
                    Text("2024-03-15"),
                    Text("协商收回，补偿协议已送达，待土地储备中心付款后办理注销登记。"),
                )
            ),
            Row((Text("钢城-2020-11"), _cell("parcel/2", "86"), None, Text("限期开工"))),
        ),
    )


def _charts() -> tuple[Chart, Chart, Chart]:
    months = tuple(f"{month}月" for month in range(1, 13))
    signed = (1, 2, 4, 3, 5, 2, 3, 4, None, 6, 3, 4)
    return (
        Chart(
            kind=ChartKind.BAR,
            caption="近三年招商引资成效",
            categories=("2022年", "2023年", "2024年"),
            series=(Series("签约", (25, 31, 37)), Series("开工", (14, 18, 21))),
            unit="个",
        ),
        Chart(
            kind=ChartKind.LINE,
            caption="2024年各月签约项目",
            categories=months,
            series=(Series("签约", signed),),
            unit="个",
        ),
        Chart(
            kind=ChartKind.FUNNEL,
            caption="招商线索转化",
            categories=("线索", "接触", "洽谈", "签约", "开工"),
            series=(Series("项目", (412, 208, 96, 37, 21)),),
            unit="个",
        ),
    )


def chinese() -> Document:
    """Return the whole report in Chinese."""
    bars, months, funnel = _charts()
    return Document(
        title="钢城经济开发区2024年度工作答卷",
        subtitle="（演示数据）",
        issuer="钢城经济开发区管理委员会",
        addressee="市人民政府",
        number="钢开管〔2025〕5号",
        dated_on=date(2025, 1, 6),
        generated_at=GENERATED_AT,
        base_url=BASE_URL,
        watermark="演示数据",
        meta={"zone": "钢城经济开发区", "year": "2024", "prepared_by": "张某某"},
        foot=("数据截至：2024年12月31日", "审计链首：sm3 9f2c…77aa"),
        sections=(
            Section(blocks=(Paragraph((Text("2024年，开发区全年工作情况如下。"),)),)),
            _investment_section(bars),
            _signing_section(),
            Section(heading="开工情况", level=2, blocks=(months, funnel)),
            _land_section(),
            Section(heading="处置措施", level=2),
            Section(heading="服务企业", level=3, blocks=(_services(),)),
        ),
    )


def _signing_section() -> Section:
    visits = Paragraph((Text("全年来访"), figure(5), Text("批次。")))
    blocks = (visits, _indicator_table(), _industry_table())
    return Section(heading="签约情况", level=2, blocks=blocks)


def _land_section() -> Section:
    sentence = (
        *(Text("闲置土地"), figure(6), Text("宗、"), figure(7)),
        *(Text("亩，盘活"), figure(8), Text("亩。")),
    )
    return Section(heading="盘活存量土地", blocks=(Paragraph(sentence), _parcel_table()))


def _investment_section(bars: Chart) -> Section:
    return Section(
        heading="招商引资",
        blocks=(
            Paragraph(
                (
                    Text("全年新签约项目", strong=True),
                    figure(0),
                    Text("个，协议投资额"),
                    figure(1),
                    Text("万元；开工项目"),
                    figure(2),
                    Text("个，开工率"),
                    figure(3),
                    Text("，到位资金"),
                    figure(4),
                    Text("万元。新签约项目数"),
                    figure(0),
                    Text("个为历年最高。"),
                )
            ),
            bars,
        ),
    )


def _services() -> Bullets:
    return Bullets(
        (
            (Text("诉求按期办结率"), figure(9), Text("。")),
            (Text("惠企资金兑现"), figure(10), Text("万元。")),
            (Text("未整改重大隐患"), figure(11), Text("处（未登记）。")),
        )
    )


def english() -> Document:
    """Return a shorter report in English."""
    numbers = [figure(at, english=True) for at in range(12)]
    return Document(
        title="Annual Report 2024 of the Gangcheng Economic Development Zone",
        subtitle="(demonstration data)",
        issuer="Administrative Committee of the Zone",
        dated_on=date(2025, 1, 6),
        generated_at=GENERATED_AT,
        language=Language.ENGLISH,
        base_url=BASE_URL,
        meta={"zone": "Gangcheng", "year": "2024"},
        foot=("Data as of 31 December 2024",),
        sections=(
            Section(heading="Investment", blocks=(_english_sentence(numbers),)),
            Section(heading="All indicators", level=2, blocks=_english_blocks(numbers)),
        ),
    )


def _english_sentence(numbers: list[Figure]) -> Paragraph:
    runs = (
        *(Text("In 2024 the zone signed "), numbers[0]),
        *(Text(" projects with an agreed investment of "), numbers[1]),
        *(Text(" (10,000 yuan), of which "), numbers[2]),
        *(Text(" were started. Delegations received: "), numbers[5], Text(".")),
    )
    return Paragraph(runs)


def _english_blocks(numbers: list[Figure]) -> tuple[Table, Chart]:
    table = Table(
        caption="Indicators",
        columns=(Column(heading="Indicator", weight=3), _number("Value")),
        rows=tuple(Row((Text(one.name), one)) for one in numbers),
    )
    chart = Chart(
        kind=ChartKind.PIE,
        caption="Projects by industry",
        categories=("New materials", "Equipment", "Energy", "Logistics"),
        series=(Series("Projects", (14, 11, 8, 4)),),
    )
    return table, chart
