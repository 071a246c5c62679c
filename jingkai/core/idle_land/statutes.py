"""
《闲置土地处置办法》 by version: what each article says, and the numbers it sets.

Rules and numbers are those that the domain handbook verified article by article; where words of an
article are left out, …… stands for them. What no verified source says is marked as a draft that a
legal officer has to confirm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from jingkai.core import versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """
    A place in a legal document; ``is_draft`` until a legal officer confirmed it.

    ``quote`` are its words, …… for those left out; ``is_compared``: with a published text.
    """

    document: str
    number: str
    quote: str = ""
    is_draft: bool = False
    is_compared: bool = False


class Topic(StrEnum):
    """What an article settles: reasons name a topic, the statute of the day names its article."""

    NEVER_STARTED = "never_started"
    SUSPENDED = "suspended"
    AUTHORITY = "authority"
    INQUIRY = "inquiry"
    INQUIRY_NOTICE = "inquiry_notice"
    INVESTIGATION = "investigation"
    GOVERNMENT_CAUSE = "government_cause"
    FORCE_MAJEURE = "force_majeure"
    DETERMINATION = "determination"
    DETERMINATION_LETTER = "determination_letter"
    PUBLICATION = "publication"
    OPTIONS = "options"
    EXTENSION = "extension"
    NEW_CONDITIONS = "new_conditions"
    TEMPORARY_USE = "temporary_use"
    PAID_RECOVERY = "paid_recovery"
    SWAP = "swap"
    OTHER_OPTION = "other_option"
    RESTART = "restart"
    SUSPENDED_OPTIONS = "suspended_options"
    PLAN_APPROVAL = "plan_approval"
    MORTGAGEE_NOTICE = "mortgagee_notice"
    FEE = "fee"
    RECOVERY = "recovery"
    HEARING = "hearing"
    DECISIONS = "decisions"
    PAYMENT = "payment"
    REMEDIES = "remedies"
    ENFORCEMENT = "enforcement"
    REUSE = "reuse"
    SUPPLY_CONDITIONS = "supply_conditions"
    START_DAY = "start_day"
    REPORTING = "reporting"
    FREEZE = "freeze"
    REGISTRATION = "registration"
    FINANCE_COPY = "finance_copy"
    COMMENCEMENT = "commencement"
    INVESTMENT = "investment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers of a version; each stands in the article of the same topic."""

    idle_after_years: int  # 满一年
    recovery_after_years: int  # 满两年
    suspended_years: int  # 中止开发建设满一年
    min_developed_share: Fraction  # 不足三分之一
    min_invested_share: Fraction  # 不足百分之二十五
    fee_share: Fraction  # 百分之二十
    foundation_share: Fraction  # 其他项目，地基施工完成三分之一
    start_after_hand_over_years: int  # 以实际交付土地之日起一年为动工开发日期
    max_extension_years: int
    max_temporary_use_years: int
    inquiry_days: int
    answer_days: int
    payment_days: int
    deregistration_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A version of the measure, in force from a day until, not including, another."""

    name: str
    document_number: str
    effective_from: date
    effective_to: date | None = None
    thresholds: Thresholds
    articles: Mapping[Topic, Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLaw:
    """The article of a law that the measure leans on, as it was numbered in a period."""

    effective_from: date
    effective_to: date | None = None
    article: Article


def statute_on(on: date) -> Statute | None:
    """Return the version in force on the day, None before the first that is on record."""
    return next((each for each in STATUTES if versions.is_in_force(each, on=on)), None)


def land_law_on(on: date) -> Article:
    """Return the article of 土地管理法 on recovery by the number it bears on the day."""
    return versions.in_force(LAND_LAW, on=on).article


_MEASURE = "《闲置土地处置办法》"


def _article(number: str, quote: str) -> Article:
    return Article(document=_MEASURE, number=number, quote=quote)


_ARTICLES_2012 = {
    Topic.NEVER_STARTED: _article(
        "第二条第一款",
        "国有建设用地使用权人超过国有建设用地使用权有偿使用合同或者划拨决定书约定、规定的"
        "动工开发日期满一年未动工开发的国有建设用地",
    ),
    Topic.SUSPENDED: _article(
        "第二条第二款",
        "已动工开发但开发建设用地面积占应动工开发建设用地总面积不足三分之一或者已投资额占总投资额"
        "不足百分之二十五，中止开发建设满一年的国有建设用地，也可以认定为闲置土地",
    ),
    Topic.AUTHORITY: _article(
        "第四条", "市、县国土资源主管部门负责本行政区域内闲置土地的调查认定和处置工作的组织实施"
    ),
    Topic.INQUIRY: _article(
        "第五条", "应当在三十日内开展调查核实，向国有建设用地使用权人发出《闲置土地调查通知书》"
    ),
    Topic.INQUIRY_NOTICE: _article("第六条", "《闲置土地调查通知书》应当包括下列内容"),
    Topic.INVESTIGATION: _article("第七条", "履行闲置土地调查职责，可以采取下列措施"),
    Topic.GOVERNMENT_CAUSE: _article(
        "第八条第一款", "属于政府、政府有关部门的行为造成动工开发延迟的"
    ),
    Topic.FORCE_MAJEURE: _article(
        "第八条第二款", "因自然灾害等不可抗力导致土地闲置的，依照前款规定办理"
    ),
    Topic.DETERMINATION: _article(
        "第九条", "构成闲置土地的，……应当向国有建设用地使用权人下达《闲置土地认定书》"
    ),
    Topic.DETERMINATION_LETTER: _article("第十条", "《闲置土地认定书》应当载明下列事项"),
    Topic.PUBLICATION: _article(
        "第十一条",
        "通过门户网站等形式向社会公开闲置土地的位置、国有建设用地使用权人名称、闲置时间等信息",
    ),
    Topic.OPTIONS: _article("第十二条第一款", "与国有建设用地使用权人协商，选择下列方式处置"),
    Topic.EXTENSION: _article(
        "第十二条第一款第一项",
        "从补充协议约定的动工开发日期起，延长动工开发期限最长不得超过一年",
    ),
    Topic.NEW_CONDITIONS: _article("第十二条第一款第二项", "调整土地用途、规划条件"),
    Topic.TEMPORARY_USE: _article(
        "第十二条第一款第三项", "从安排临时使用之日起，临时使用期限最长不得超过两年"
    ),
    Topic.PAID_RECOVERY: _article("第十二条第一款第四项", "协议有偿收回国有建设用地使用权"),
    Topic.SWAP: _article(
        "第十二条第一款第五项",
        "对已缴清土地价款、落实项目资金，且因规划依法修改造成闲置的，可以为国有建设用地使用权人"
        "置换其它价值相当、用途相同的国有建设用地进行开发建设",
    ),
    Topic.OTHER_OPTION: _article("第十二条第一款第六项", "……根据实际情况规定其他处置方式"),
    Topic.RESTART: _article(
        "第十二条第二款", "除前款第四项规定外，动工开发时间按照新约定、规定的时间重新起算"
    ),
    Topic.SUSPENDED_OPTIONS: _article(
        "第十二条第三款", "符合本办法第二条第二款规定情形的闲置土地，依照本条规定的方式处置"
    ),
    Topic.PLAN_APPROVAL: _article(
        "第十三条第一款", "应当拟订闲置土地处置方案，报本级人民政府批准后实施"
    ),
    Topic.MORTGAGEE_NOTICE: _article(
        "第十三条第二款", "在拟订闲置土地处置方案时，应当书面通知相关抵押权人"
    ),
    Topic.FEE: _article(
        "第十四条第一项",
        "未动工开发满一年的，……按照土地出让或者划拨价款的百分之二十征缴土地闲置费",
    ),
    Topic.RECOVERY: _article(
        "第十四条第二项",
        "未动工开发满两年的，……报经有批准权的人民政府批准后，……无偿收回国有建设用地使用权",
    ),
    Topic.HEARING: _article("第十五条", "应当书面告知国有建设用地使用权人有申请听证的权利"),
    Topic.DECISIONS: _article(
        "第十六条", "《征缴土地闲置费决定书》和《收回国有建设用地使用权决定书》应当包括下列内容"
    ),
    Topic.PAYMENT: _article(
        "第十七条",
        "自《征缴土地闲置费决定书》送达之日起三十日内，按照规定缴纳土地闲置费；"
        "自《收回国有建设用地使用权决定书》送达之日起三十日内，……办理国有建设用地使用权注销登记",
    ),
    Topic.REMEDIES: _article("第十七条", "不服的，可以依法申请行政复议或者提起行政诉讼"),
    Topic.ENFORCEMENT: _article(
        "第十八条",
        "逾期不申请行政复议、不提起行政诉讼，也不履行相关义务的，……可以采取下列措施",
    ),
    Topic.REUSE: _article("第十九条", "对依法收回的闲置土地，……可以采取下列方式利用"),
    Topic.SUPPLY_CONDITIONS: _article(
        "第二十一条",
        "供应土地应当符合下列要求，防止因政府、政府有关部门的行为造成土地闲置",
    ),
    Topic.START_DAY: _article(
        "第二十二条第二款",
        "未约定、规定动工开发日期，或者约定、规定不明确的，以实际交付土地之日起一年为动工开发日期",
    ),
    Topic.REPORTING: _article("第二十三条", "及时……报告项目动工开发、开发进度、竣工等情况"),
    Topic.FREEZE: _article(
        "第二十四条",
        "恶意囤地、炒地的，依照本办法规定处理完毕前，……不得受理……新的用地申请，"
        "不得办理被认定为闲置土地的转让、出租、抵押和变更登记",
    ),
    Topic.REGISTRATION: _article(
        "第二十五条", "闲置土地未按照规定备案的，不得采取本办法第十二条规定的方式处置"
    ),
    Topic.FINANCE_COPY: _article(
        "第二十六条", "将国有建设用地使用权人闲置土地的信息抄送金融监管等部门"
    ),
    Topic.COMMENCEMENT: _article(
        "第三十条第一款",
        "依法取得施工许可证后，需挖深基坑的项目，基坑开挖完毕；使用桩基的项目，打入所有基础桩；"
        "其他项目，地基施工完成三分之一",
    ),
    Topic.INVESTMENT: _article(
        "第三十条第二款",
        "已投资额、总投资额均不含国有建设用地使用权出让价款、划拨价款和向国家缴纳的相关税费",
    ),
}

# The words of these were compared with reprints of the measure; what the others say is verified,
# their words are not.
_COMPARED = frozenset(
    {
        *(Topic.NEVER_STARTED, Topic.SUSPENDED, Topic.AUTHORITY, Topic.INQUIRY),
        *(Topic.INQUIRY_NOTICE, Topic.INVESTIGATION, Topic.GOVERNMENT_CAUSE),
        *(Topic.FORCE_MAJEURE, Topic.DETERMINATION, Topic.PUBLICATION, Topic.EXTENSION),
        *(Topic.NEW_CONDITIONS, Topic.TEMPORARY_USE, Topic.FEE, Topic.RECOVERY, Topic.PAYMENT),
        *(Topic.REMEDIES, Topic.ENFORCEMENT, Topic.REUSE, Topic.SUPPLY_CONDITIONS),
    }
)

STATUTES = (
    Statute(
        name=_MEASURE,
        document_number="国土资源部令第53号",
        effective_from=date(2012, 7, 1),
        thresholds=Thresholds(
            idle_after_years=1,
            recovery_after_years=2,
            suspended_years=1,
            min_developed_share=Fraction(1, 3),
            min_invested_share=Fraction(1, 4),
            fee_share=Fraction(1, 5),
            foundation_share=Fraction(1, 3),
            start_after_hand_over_years=1,
            max_extension_years=1,
            max_temporary_use_years=2,
            inquiry_days=30,
            answer_days=30,
            payment_days=30,
            deregistration_days=30,
        ),
        articles={
            topic: replace(article, is_compared=topic in _COMPARED)
            for topic, article in _ARTICLES_2012.items()
        },
    ),
)

# The measure cites 第三十七条; the amendment of 2019 made it 第三十八条.
LAND_LAW = (
    CitedLaw(
        effective_from=date(2012, 7, 1),
        effective_to=date(2020, 1, 1),
        article=Article(document="《中华人民共和国土地管理法》", number="第三十七条"),
    ),
    CitedLaw(
        effective_from=date(2020, 1, 1),
        article=Article(document="《中华人民共和国土地管理法》", number="第三十八条"),
    ),
)
REAL_ESTATE_LAW = Article(
    document="《中华人民共和国城市房地产管理法》",
    number="第二十六条",
    quote="可以征收相当于土地使用权出让金百分之二十以下的土地闲置费；……但是，因不可抗力或者政府、"
    "政府有关部门的行为或者动工开发必需的前期工作造成动工开发迟延的除外",
    is_compared=True,
)
HEARING_RULES = Article(document="《自然资源听证规定》", number="", is_draft=True)
RECONSIDERATION_LAW = Article(document="《中华人民共和国行政复议法》", number="第二十条")
LITIGATION_LAW = Article(document="《中华人民共和国行政诉讼法》", number="第四十六条")
COERCION_LAW = Article(document="《中华人民共和国行政强制法》", number="第五十三条")
REMINDER_LAW = Article(document="《中华人民共和国行政强制法》", number="第五十四条")
PAYMENT_RULE = Article(
    document="《中华人民共和国城镇国有土地使用权出让和转让暂行条例》", number="第十四条"
)
