"""
The words of each document, item by item as its article lists them; documents stay Chinese.

``{name}`` is a fact; a fact that is not on record is written as 【待补：…】.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jingkai.core.idle_land.documents import PaperKind

_LAND = (
    "宗地代码：{parcel_code}；坐落：{location}；面积：{area_m2}；规划用途：{use}；"
    "使用权类型：{right}；合同（划拨决定书）编号：{contract_number}。"
)
_HOLDER = "名称：{holder_name}；地址：{holder_address}。"
_DURATION = "自{start_on}起{situation}，截至{as_of}共{counted_days}天。"
_FACTS = "该宗地" + _DURATION + "依据：{grounds}。"
_COUNTED = "该宗地" + _DURATION + "依据：{grounds}；{counted}。"
_REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内向{reconsideration_organ}申请行政复议，"
    "或者自收到本决定书之日起六个月内向{court_name}提起行政诉讼。"
)
_AUTHORITY = "作出决定的机关：{authority_name}；决定日期：{decided_on}。"
_EVIDENCE = "证据：{evidence}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """
    A document: its title, to whom, how it opens and ends, and each item with its heading.

    ``signatories``: who signs an agreement; any other document is the authority's own.
    """

    title: str
    opening: str
    items: Mapping[str, tuple[str, str]]
    ending: str = ""
    signatories: tuple[str, ...] = ()
    addressee: str = "{holder_name}"


_OTHER = ("其他事项", "{other}")

WORDINGS: Mapping[PaperKind, Wording] = {
    PaperKind.INQUIRY_NOTICE: Wording(
        title="闲置土地调查通知书",
        opening="经初步核查，你单位使用的下列国有建设用地涉嫌构成闲置土地。根据《闲置土地处置办法》"
        "第五条、第六条的规定，现予调查核实，有关事项通知如下。",
        items={
            "holder": ("国有建设用地使用权人", _HOLDER),
            "land": ("涉嫌闲置土地的基本情况", _LAND),
            "suspicion": ("涉嫌闲置土地的事实和依据", _FACTS),
            "inquiry": (
                "调查的主要内容及提交材料的期限",
                "请就下列事项作出书面说明并提供证明材料：{inquiry_subjects}。"
                "请自接到本通知书之日起{answer_days}日内，按照要求提供土地开发利用情况、"
                "闲置原因以及相关说明等材料。",
            ),
            "rights": (
                "权利和义务",
                "你单位有权陈述、申辩和提供证据；属于政府、政府有关部门的行为造成动工开发延迟的，"
                "应当提供说明材料并提请审核。你单位应当如实反映情况，配合调查，不得拒绝、阻挠。"
                "调查机关：{authority_name}；联系方式：{authority_contact}。",
            ),
            "other": ("其他需要调查的事项", "{other}"),
        },
        ending="特此通知。",
    ),
    PaperKind.DETERMINATION: Wording(
        title="闲置土地认定书",
        opening="根据《闲置土地处置办法》第九条、第十条的规定，经调查核实，现对下列国有建设用地"
        "作出认定。",
        items={
            "holder": ("国有建设用地使用权人", _HOLDER),
            "land": ("闲置土地的基本情况", _LAND),
            "facts": ("认定土地闲置的事实和依据", _FACTS + _EVIDENCE),
            "conclusion": ("闲置原因及认定结论", "闲置原因：{cause}。认定结论：{outcome}。"),
            "other": ("其他需要说明的事项", "{other}"),
        },
        ending="特此认定。",
    ),
    PaperKind.PUBLICATION: Wording(
        title="闲置土地信息公示",
        opening="根据《闲置土地处置办法》第十一条的规定，现将下列闲置土地信息向社会公开。"
        "闲置土地处置完毕后撤销本公开信息。",
        items={
            "location": ("位置", "{location}。"),
            "holder": ("国有建设用地使用权人", "{holder_name}。"),
            "duration": ("闲置时间", _DURATION),
            "cause": ("闲置原因", "{published_cause}。"),
        },
        addressee="",
    ),
    PaperKind.HEARING_NOTICE: Wording(
        title="听证告知书",
        opening="根据《闲置土地处置办法》第十五条的规定，现将拟作出的决定及你单位享有的权利告知如下。",
        items={
            "holder": ("国有建设用地使用权人", _HOLDER),
            "decision": (
                "拟作出的决定及其事实和依据",
                "拟作出的决定：{disposal}。" + _LAND + _COUNTED,
            ),
            "right": (
                "申请听证的权利",
                "你单位有申请听证的权利。要求听证的，请自收到本告知书之日起{request_days}内以书面形式向"
                "{authority_name}（{authority_contact}）提出；逾期未提出的，视为放弃听证权利。",
            ),
        },
        ending="特此告知。",
    ),
    PaperKind.FEE_DECISION: Wording(
        title="征缴土地闲置费决定书",
        opening="你单位使用的国有建设用地未动工开发满一年。根据《闲置土地处置办法》第十四条第一项、"
        "第十六条的规定，经本级人民政府批准，现作出如下决定。",
        items={
            "holder": ("国有建设用地使用权人", _HOLDER),
            "facts": (
                "违反法律、法规或者规章的事实和证据",
                _LAND + _COUNTED + _EVIDENCE + "《闲置土地认定书》文号：{determination_number}；"
                "《听证告知书》文号：{hearing_notice_number}。",
            ),
            "kind": (
                "决定的种类和依据",
                "征缴土地闲置费{fee_wan}，为土地出让或者划拨价款{price_wan}的{fee_share}，"
                "不得列入生产成本。批准文号：{approval_number}。",
            ),
            "performance": (
                "决定的履行方式和期限",
                "请自本决定书送达之日起{payment_days}日内缴纳。缴纳方式：{payment_way}。",
            ),
            "remedies": ("申请行政复议或者提起行政诉讼的途径和期限", _REMEDIES),
            "authority": ("作出决定的行政机关和日期", _AUTHORITY),
            "other": _OTHER,
        },
    ),
    PaperKind.RECOVERY_DECISION: Wording(
        title="收回国有建设用地使用权决定书",
        opening="你单位使用的国有建设用地未动工开发满两年。根据《闲置土地处置办法》第十四条第二项、"
        "第十六条的规定，经有批准权的人民政府批准，现作出如下决定。",
        items={
            "holder": ("国有建设用地使用权人", _HOLDER),
            "facts": (
                "违反法律、法规或者规章的事实和证据",
                _LAND + _COUNTED + _EVIDENCE + "《闲置土地认定书》文号：{determination_number}；"
                "《听证告知书》文号：{hearing_notice_number}。",
            ),
            "kind": (
                "决定的种类和依据",
                "依据{recovery_article}，无偿收回上述国有建设用地使用权。批准文号：{approval_number}。",
            ),
            "performance": (
                "决定的履行方式和期限",
                "请自本决定书送达之日起{deregistration_days}日内，到登记机构办理国有建设用地使用权"
                "注销登记，交回不动产权证书（{certificate_number}）。",
            ),
            "remedies": ("申请行政复议或者提起行政诉讼的途径和期限", _REMEDIES),
            "authority": ("作出决定的行政机关和日期", _AUTHORITY),
            "other": _OTHER,
        },
    ),
    PaperKind.PLAN: Wording(
        title="闲置土地处置方案",
        opening="根据《闲置土地处置办法》第十二条、第十三条的规定，经与国有建设用地使用权人协商，"
        "拟订处置方案如下，报请批准。",
        items={
            "land": ("闲置土地的基本情况", "使用权人" + _HOLDER + _LAND),
            "cause": ("闲置原因", "{cause}。依据：{grounds}。"),
            "option": ("拟采取的处置方式及其条件", "{option}。{option_terms}。"),
            "registration": ("备案情况", "土地市场动态监测监管系统备案号：{monitoring_number}。"),
            "mortgage": ("抵押情况", "{is_mortgaged}。"),
        },
        addressee="{government}",
        ending="妥否，请批示。",
    ),
    PaperKind.MORTGAGEE_NOTICE: Wording(
        title="闲置土地处置抵押权人告知书",
        opening="下列设有抵押权的国有建设用地已认定为闲置土地。根据《闲置土地处置办法》第十三条的规定，"
        "现将拟订的处置方案书面告知。",
        items={
            "mortgagee": ("抵押权人", "{mortgagee_name}。"),
            "land": ("设有抵押权的闲置土地", "使用权人：{holder_name}。" + _LAND),
            "plan": ("拟订的处置方案", "{option}。{option_terms}。"),
        },
        addressee="{mortgagee_name}",
        ending="如有意见，请及时书面提出。",
    ),
    PaperKind.REMINDER: Wording(
        title="履行义务催告书",
        opening="你单位逾期未履行下列决定确定的义务。根据《中华人民共和国行政强制法》第五十四条的规定，"
        "现予催告。",
        items={
            "holder": ("义务人", _HOLDER),
            "decision": ("未履行的决定", "{decision_number}，于{served_on}送达。"),
            "duty": (
                "履行义务的期限和方式",
                "{duty}。请自收到本催告书之日起{reminder_days}日内履行；逾期仍不履行的，"
                "将依法申请人民法院强制执行。",
            ),
            "rights": (
                "陈述和申辩的权利",
                "收到本催告书后，你单位有权向{authority_name}进行陈述和申辩。",
            ),
        },
    ),
    PaperKind.EXTENSION_AGREEMENT: Wording(
        title="补充协议（延长动工开发期限）",
        opening="经协商，双方根据《闲置土地处置办法》第十二条第一款第一项的规定，就延长动工开发期限"
        "订立本补充协议。",
        items={
            "parties": (
                "协议双方",
                "甲方：{authority_name}；乙方：{holder_name}，地址：{holder_address}。",
            ),
            "land": ("宗地及原合同", _LAND),
            "start": (
                "重新约定的动工开发期限",
                "重新约定的动工开发日期为{new_start_on}。延长动工开发期限自补充协议约定的动工开发日期起"
                "最长不得超过一年；动工开发时间按照新约定的时间重新起算。",
            ),
            "completion": ("重新约定的竣工期限", "乙方应于{new_completion_on}前竣工。"),
            "default": ("违约责任", "{default_terms}。"),
            "approval": ("处置方案的批准", "处置方案批准文号：{approval_number}。"),
        },
        addressee="",
        ending="本补充协议为原合同的组成部分，自双方签字盖章之日起生效。",
        signatories=(
            "甲方（盖章）：{authority_name}",
            "乙方（盖章）：{holder_name}",
        ),
    ),
}
