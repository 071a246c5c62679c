"""The words of the procedure as choices: values from the core, labels as the measure writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingkai.core import calendar
from jingkai.core.idle_land import Option as OptionCode
from jingkai.core.idle_land import results
from jingkai.core.idle_land.documents import PaperKind as PaperCode
from jingkai.core.idle_land.procedure import StepCode


class Outcome(models.TextChoices):
    """Whether the parcel is idle land by 第二条; 是 and 可以认定 are kept apart."""

    IDLE = results.Outcome.IDLE.value, _("是闲置土地")
    MAY_BE_IDLE = results.Outcome.MAY_BE_IDLE.value, _("可以认定为闲置土地")
    NOT_IDLE = results.Outcome.NOT_IDLE.value, _("不构成闲置")
    UNKNOWN = results.Outcome.UNKNOWN.value, _("缺少事实，不能判定")


class Track(models.TextChoices):
    """Which of the two definitions applies."""

    NEVER_STARTED = results.Track.NEVER_STARTED.value, _("未动工开发")
    SUSPENDED = results.Track.SUSPENDED.value, _("已动工、中止开发建设")


class Attribution(models.TextChoices):
    """To whom the idleness is put down."""

    HOLDER = results.Attribution.HOLDER.value, _("企业原因")
    GOVERNMENT = results.Attribution.GOVERNMENT.value, _("政府原因或不可抗力")
    PRELIMINARY_WORKS = results.Attribution.PRELIMINARY_WORKS.value, _("动工开发必需的前期工作")


class Disposal(models.TextChoices):
    """What the measure provides for."""

    EXCEPTED = results.Disposal.EXCEPTED.value, _("不予征缴、收回")
    OPTIONS = results.Disposal.OPTIONS.value, _("协商选择处置方式")
    FEE = results.Disposal.FEE.value, _("征缴土地闲置费")
    RECOVERY = results.Disposal.RECOVERY.value, _("具备无偿收回事由")


class Step(models.TextChoices):
    """A step of a case, in the order of the procedure."""

    SUSPICION = StepCode.SUSPICION.value, _("发现涉嫌闲置")
    INQUIRY = StepCode.INQUIRY.value, _("送达《闲置土地调查通知书》")
    ANSWER = StepCode.ANSWER.value, _("使用权人提交说明材料")
    INVESTIGATION = StepCode.INVESTIGATION.value, _("调查核实")
    DETERMINATION = StepCode.DETERMINATION.value, _("下达《闲置土地认定书》")
    PUBLICATION = StepCode.PUBLICATION.value, _("向社会公开")
    REGISTRATION = StepCode.REGISTRATION.value, _("录入动态监测监管系统")
    FINANCE_COPY = StepCode.FINANCE_COPY.value, _("抄送金融监管等部门")
    PLAN = StepCode.PLAN.value, _("拟订处置方案")
    MORTGAGEE_NOTICE = StepCode.MORTGAGEE_NOTICE.value, _("书面通知抵押权人")
    PLAN_APPROVAL = StepCode.PLAN_APPROVAL.value, _("本级政府批准处置方案")
    AGREEMENT = StepCode.AGREEMENT.value, _("签订补充协议")
    HEARING_NOTICE = StepCode.HEARING_NOTICE.value, _("送达听证告知书")
    HEARING = StepCode.HEARING.value, _("听证（或逾期未申请）")
    FEE_APPROVAL = StepCode.FEE_APPROVAL.value, _("本级政府批准征缴闲置费")
    FEE_DECISION = StepCode.FEE_DECISION.value, _("下达《征缴土地闲置费决定书》")
    FEE_PAYMENT = StepCode.FEE_PAYMENT.value, _("缴纳土地闲置费")
    RECOVERY_APPROVAL = StepCode.RECOVERY_APPROVAL.value, _("有批准权的政府批准收回")
    RECOVERY_DECISION = (
        StepCode.RECOVERY_DECISION.value,
        _("下达《收回国有建设用地使用权决定书》"),
    )
    MORTGAGEE_COPY = StepCode.MORTGAGEE_COPY.value, _("收回决定抄送抵押权人")
    DEREGISTRATION = StepCode.DEREGISTRATION.value, _("办理注销登记、交回证书")
    RECONSIDERATION = StepCode.RECONSIDERATION.value, _("申请行政复议")
    SUIT = StepCode.SUIT.value, _("提起行政诉讼")
    REMINDER = StepCode.REMINDER.value, _("催告")
    COURT = StepCode.COURT.value, _("申请人民法院强制执行")
    CANCELLATION = StepCode.CANCELLATION.value, _("公告注销登记")
    PERFORMANCE = StepCode.PERFORMANCE.value, _("履行完毕")
    CLOSING = StepCode.CLOSING.value, _("撤下公开信息、更新备案并结案")


class Option(models.TextChoices):
    """The ways of disposal by agreement (第十二条第一款)."""

    EXTENSION = OptionCode.EXTENSION.value, _("延长动工开发期限")
    NEW_CONDITIONS = OptionCode.NEW_CONDITIONS.value, _("调整土地用途、规划条件")
    TEMPORARY_USE = OptionCode.TEMPORARY_USE.value, _("政府安排临时使用")
    PAID_RECOVERY = OptionCode.PAID_RECOVERY.value, _("协议有偿收回")
    SWAP = OptionCode.SWAP.value, _("置换土地")
    OTHER = OptionCode.OTHER.value, _("地方规定的其他方式")


class PaperKind(models.TextChoices):
    """A document of the procedure."""

    INQUIRY_NOTICE = PaperCode.INQUIRY_NOTICE.value, _("闲置土地调查通知书")
    DETERMINATION = PaperCode.DETERMINATION.value, _("闲置土地认定书")
    PUBLICATION = PaperCode.PUBLICATION.value, _("闲置土地信息公示")
    HEARING_NOTICE = PaperCode.HEARING_NOTICE.value, _("听证告知书")
    FEE_DECISION = PaperCode.FEE_DECISION.value, _("征缴土地闲置费决定书")
    RECOVERY_DECISION = PaperCode.RECOVERY_DECISION.value, _("收回国有建设用地使用权决定书")
    PLAN = PaperCode.PLAN.value, _("闲置土地处置方案")
    MORTGAGEE_NOTICE = PaperCode.MORTGAGEE_NOTICE.value, _("抵押权人告知书")
    REMINDER = PaperCode.REMINDER.value, _("履行义务催告书")
    EXTENSION_AGREEMENT = PaperCode.EXTENSION_AGREEMENT.value, _("补充协议（延长动工开发期限）")


class Clock(models.TextChoices):
    """A limit of the procedure; the values are the codes of ``procedure.Clock``."""

    INQUIRY = "inquiry", _("开展调查核实的期限")
    ANSWER = "answer", _("使用权人提交材料的期限")
    HEARING_REQUEST = "hearing_request", _("申请听证的期限")
    FEE_PAYMENT = "fee_payment", _("缴纳土地闲置费的期限")
    DEREGISTRATION = "deregistration", _("办理注销登记的期限")
    RECONSIDERATION = "reconsideration", _("申请行政复议的期限")
    SUIT = "suit", _("提起行政诉讼的期限")
    REMINDER = "reminder", _("催告后的履行期限")
    REMEDIES = "remedies", _("复议、诉讼期限届满")
    COURT = "court", _("申请强制执行的期限")


class Pause(models.TextChoices):
    """Why a limit is not counted for a while."""

    HEARING = calendar.Cause.HEARING.value, _("听证")
    INSPECTION = calendar.Cause.INSPECTION.value, _("检验")
    TESTING = calendar.Cause.TESTING.value, _("检测")
    APPRAISAL = calendar.Cause.APPRAISAL.value, _("鉴定、评估")
    EXPERT_REVIEW = calendar.Cause.EXPERT_REVIEW.value, _("专家评审")
    OTHER = calendar.Cause.OTHER.value, pgettext_lazy("中止事由", "其他")


class Result(models.TextChoices):
    """How a case ended."""

    NOT_IDLE = "not_idle", _("经核查不构成闲置")
    BY_OPTION = "by_option", _("按约定方式处置完毕")
    FEE_PAID = "fee_paid", _("已缴纳土地闲置费")
    RECOVERED = "recovered", _("已收回土地使用权")
    STARTED = "started", _("已动工开发")
    OTHER = "other", pgettext_lazy("结案方式", "其他")
