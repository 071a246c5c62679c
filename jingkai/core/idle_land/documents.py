"""What each document of the procedure must contain, article by article; not how it looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .statutes import Topic


class PaperKind(StrEnum):
    """A document of the procedure."""

    INQUIRY_NOTICE = "inquiry_notice"  # 《闲置土地调查通知书》
    DETERMINATION = "determination"  # 《闲置土地认定书》
    PUBLICATION = "publication"  # 公开信息
    HEARING_NOTICE = "hearing_notice"  # 听证告知书
    FEE_DECISION = "fee_decision"  # 《征缴土地闲置费决定书》
    RECOVERY_DECISION = "recovery_decision"  # 《收回国有建设用地使用权决定书》
    PLAN = "plan"  # 处置方案
    MORTGAGEE_NOTICE = "mortgagee_notice"  # 抵押权人通知
    REMINDER = "reminder"  # 催告书
    EXTENSION_AGREEMENT = "extension_agreement"  # 补充协议


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """
    An item that the document must hold: its article, the law's words, the facts it is made of.

    ``facts`` are names that the caller fills: a drafted item lacks those that are not on record.
    """

    code: str
    topic: Topic
    item: str = ""  # 第一项 …, empty where the article does not number it
    wording: str
    facts: tuple[str, ...] = ()
    is_required: bool = True


def lacking(kind: PaperKind, given: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    """
    Return the facts that each required item of the document still lacks, by the item's code.

    False and 0 are given; None and an empty text are not.
    """
    gaps = {
        content.code: tuple(name for name in content.facts if given.get(name) in {None, ""})
        for content in REQUIRED[kind]
        if content.is_required
    }
    return {code: names for code, names in gaps.items() if names}


_HOLDER = ("holder_name", "holder_address")
_LAND = ("parcel_code", "location", "area_m2", "use", "right", "contract_number")
_CLOCK = ("start_on", "situation", "counted_days")


def _content(
    topic: Topic, item: str, code: str, wording: str, facts: tuple[str, ...] = ()
) -> Content:
    is_required = code != "other"
    return Content(
        code=code, topic=topic, item=item, wording=wording, facts=facts, is_required=is_required
    )


def _inquiry() -> tuple[Content, ...]:
    topic = Topic.INQUIRY_NOTICE
    return (
        _content(topic, "第一项", "holder", "国有建设用地使用权人的姓名或者名称、地址", _HOLDER),
        _content(topic, "第二项", "land", "涉嫌闲置土地的基本情况", _LAND),
        _content(topic, "第三项", "suspicion", "涉嫌闲置土地的事实和依据", ("grounds", *_CLOCK)),
        _content(
            topic,
            "第四项",
            "inquiry",
            "调查的主要内容及提交材料的期限",
            ("inquiry_subjects", "answer_days"),
        ),
        _content(
            topic,
            "第五项",
            "rights",
            "国有建设用地使用权人的权利和义务",
            ("authority_name", "authority_contact"),
        ),
        _content(topic, "第六项", "other", "其他需要调查的事项"),
    )


def _determination() -> tuple[Content, ...]:
    topic = Topic.DETERMINATION_LETTER
    return (
        _content(topic, "第一项", "holder", "国有建设用地使用权人的姓名或者名称、地址", _HOLDER),
        _content(topic, "第二项", "land", "闲置土地的基本情况", _LAND),
        _content(
            topic,
            "第三项",
            "facts",
            "认定土地闲置的事实、依据",
            ("grounds", "evidence", *_CLOCK),
        ),
        _content(topic, "第四项", "conclusion", "闲置原因及认定结论", ("cause", "outcome")),
        _content(topic, "第五项", "other", "其他需要说明的事项"),
    )


def _decision(kind: tuple[str, ...], performance: tuple[str, ...]) -> tuple[Content, ...]:
    topic = Topic.DECISIONS
    return (
        _content(topic, "第一项", "holder", "国有建设用地使用权人的姓名或者名称、地址", _HOLDER),
        _content(
            topic,
            "第二项",
            "facts",
            "违反法律、法规或者规章的事实和证据",
            (
                *_LAND,
                "grounds",
                "counted",
                "evidence",
                "determination_number",
                "hearing_notice_number",
                *_CLOCK,
            ),
        ),
        _content(topic, "第三项", "kind", "决定的种类和依据", (*kind, "approval_number")),
        _content(topic, "第四项", "performance", "决定的履行方式和期限", performance),
        _content(
            topic,
            "第五项",
            "remedies",
            "申请行政复议或者提起行政诉讼的途径和期限",
            ("reconsideration_organ", "court_name"),
        ),
        _content(
            topic,
            "第六项",
            "authority",
            "作出决定的行政机关名称和作出决定的日期",
            ("authority_name", "decided_on"),
        ),
        _content(topic, "第七项", "other", "其他需要说明的事项"),
    )


def _publication() -> tuple[Content, ...]:
    topic = Topic.PUBLICATION
    return (
        _content(topic, "", "location", "闲置土地的位置", ("location",)),
        _content(topic, "", "holder", "国有建设用地使用权人名称", ("holder_name",)),
        _content(topic, "", "duration", "闲置时间", _CLOCK),
        Content(
            code="cause",
            topic=topic,
            wording="属于政府或者政府有关部门的行为导致土地闲置的，应当同时公开闲置原因",
            facts=("published_cause",),
            is_required=False,
        ),
    )


def _hearing() -> tuple[Content, ...]:
    topic = Topic.HEARING
    return (
        _content(topic, "", "holder", "国有建设用地使用权人", _HOLDER),
        _content(
            topic,
            "",
            "decision",
            "拟作出的决定及其事实和依据",
            ("disposal", "grounds", "counted", *_LAND, *_CLOCK),
        ),
        _content(
            topic,
            "",
            "right",
            "有申请听证的权利",
            ("request_days", "authority_name", "authority_contact"),
        ),
    )


def _plan() -> tuple[Content, ...]:
    return (
        _content(Topic.PLAN_APPROVAL, "", "land", "闲置土地的基本情况", (*_HOLDER, *_LAND)),
        _content(Topic.PLAN_APPROVAL, "", "cause", "闲置原因", ("cause", "grounds")),
        _content(
            Topic.OPTIONS, "", "option", "拟采取的处置方式及其条件", ("option", "option_terms")
        ),
        _content(Topic.REGISTRATION, "", "registration", "备案情况", ("monitoring_number",)),
        _content(Topic.MORTGAGEE_NOTICE, "", "mortgage", "抵押情况", ("is_mortgaged",)),
    )


def _mortgagee() -> tuple[Content, ...]:
    topic = Topic.MORTGAGEE_NOTICE
    return (
        _content(topic, "", "mortgagee", "相关抵押权人", ("mortgagee_name",)),
        _content(topic, "", "land", "设有抵押权的闲置土地", ("holder_name", *_LAND)),
        _content(topic, "", "plan", "拟订的闲置土地处置方案", ("option", "option_terms")),
    )


def _reminder() -> tuple[Content, ...]:
    topic = Topic.ENFORCEMENT
    return (
        _content(topic, "", "holder", "义务人", _HOLDER),
        _content(topic, "", "decision", "未履行的决定", ("decision_number", "served_on")),
        _content(topic, "", "duty", "履行义务的期限和方式", ("duty", "reminder_days")),
        _content(topic, "", "rights", "陈述和申辩的权利", ("authority_name",)),
    )


def _extension() -> tuple[Content, ...]:
    topic = Topic.EXTENSION
    return (
        _content(topic, "", "parties", "协议双方", ("authority_name", *_HOLDER)),
        _content(topic, "", "land", "宗地及原合同", _LAND),
        _content(topic, "", "start", "重新约定的动工开发期限", ("new_start_on",)),
        _content(topic, "", "completion", "重新约定的竣工期限", ("new_completion_on",)),
        _content(topic, "", "default", "违约责任", ("default_terms",)),
        _content(Topic.PLAN_APPROVAL, "", "approval", "处置方案的批准", ("approval_number",)),
    )


REQUIRED: Mapping[PaperKind, tuple[Content, ...]] = {
    PaperKind.INQUIRY_NOTICE: _inquiry(),
    PaperKind.DETERMINATION: _determination(),
    PaperKind.PUBLICATION: _publication(),
    PaperKind.HEARING_NOTICE: _hearing(),
    PaperKind.FEE_DECISION: _decision(
        ("fee_wan", "price_wan", "fee_share"), ("payment_days", "payment_way")
    ),
    PaperKind.RECOVERY_DECISION: _decision(
        ("recovery_article",), ("deregistration_days", "certificate_number")
    ),
    PaperKind.PLAN: _plan(),
    PaperKind.MORTGAGEE_NOTICE: _mortgagee(),
    PaperKind.REMINDER: _reminder(),
    PaperKind.EXTENSION_AGREEMENT: _extension(),
}
