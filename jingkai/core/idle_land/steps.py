"""
What a step of the procedure is: by whom, after which, within which limit, on which article.

What the zone drafts and what the authority decides are told apart by ``Actor`` (第四条).
"""

from dataclasses import dataclass
from enum import StrEnum

from jingkai.core.calendar import Limit

from .documents import PaperKind
from .results import Disposal
from .statutes import Article, Topic


class StepCode(StrEnum):
    """A step of a case."""

    SUSPICION = "suspicion"  # 发现涉嫌闲置
    INQUIRY = "inquiry"  # 调查通知
    ANSWER = "answer"  # 使用权人答复
    INVESTIGATION = "investigation"  # 调查核实
    DETERMINATION = "determination"  # 认定
    PUBLICATION = "publication"  # 公开
    REGISTRATION = "registration"  # 录入监测监管系统备案
    FINANCE_COPY = "finance_copy"  # 抄送金融监管部门
    PLAN = "plan"  # 拟订处置方案
    MORTGAGEE_NOTICE = "mortgagee_notice"  # 书面通知抵押权人
    PLAN_APPROVAL = "plan_approval"  # 方案报批
    AGREEMENT = "agreement"  # 签订补充协议
    HEARING_NOTICE = "hearing_notice"  # 听证告知
    HEARING = "hearing"  # 举行听证, or not asked for in time
    FEE_APPROVAL = "fee_approval"
    FEE_DECISION = "fee_decision"
    FEE_PAYMENT = "fee_payment"
    RECOVERY_APPROVAL = "recovery_approval"
    RECOVERY_DECISION = "recovery_decision"
    MORTGAGEE_COPY = "mortgagee_copy"  # 抄送抵押权人
    DEREGISTRATION = "deregistration"  # 注销登记、交回证书
    RECONSIDERATION = "reconsideration"  # 行政复议
    SUIT = "suit"  # 行政诉讼
    REMINDER = "reminder"  # 催告
    COURT = "court"  # 申请人民法院强制执行
    CANCELLATION = "cancellation"  # 直接公告注销
    PERFORMANCE = "performance"  # 履行完毕
    CLOSING = "closing"  # 撤销公开信息、更新备案


class Actor(StrEnum):
    """Who does the step; the zone itself only keeps the ledger and drafts (第四条)."""

    AUTHORITY = "authority"  # 市、县自然资源主管部门
    GOVERNMENT = "government"  # 本级人民政府
    APPROVING_GOVERNMENT = "approving_government"  # 有批准权的人民政府
    HOLDER = "holder"
    COURT = "court"


class Starts(StrEnum):
    """With which day of a step a clock starts."""

    DONE = "done"
    SERVED = "served"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """
    Within how long after a step another must be done.

    ``is_waiting``: the step may only be done once the time is over, not before it is.
    ``article.is_draft`` marks what no verified source says.
    """

    code: str
    limit: Limit
    since: StepCode
    starts: Starts
    article: Article
    is_waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    A step, on which article, and what must be done before it.

    ``after`` are needed all, ``any_of`` one at least. ``disposals``: on which way of disposal it
    lies, None: on every one. ``needs_document``: the authority's own document makes it one.
    ``needs_approval``: who drafts is not who approves.
    """

    code: StepCode
    topic: Topic
    actor: Actor
    after: tuple[StepCode, ...] = ()
    any_of: tuple[StepCode, ...] = ()
    disposals: frozenset[Disposal] | None = None
    clocks: tuple[Clock, ...] = ()
    paper: PaperKind | None = None
    needs_document: bool = False
    needs_approval: bool = False
    is_conditional: bool = False  # done only where the case gives occasion
