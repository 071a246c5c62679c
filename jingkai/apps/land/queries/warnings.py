"""What is doubtful about a record though it breaks no law of its register, with the source."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from jingkai.core.land import areas
from jingkai.web import figures

from ..models import Lease, Parcel, Plant, Supply, Use
from .contracts import latest_works, terms

# 城镇国有土地使用权出让和转让暂行条例 第十二条; uses that it does not name have 50 years.
MOST_TERM_YEARS = {Use.RESIDENTIAL: 70, Use.COMMERCIAL: 40}
OTHER_TERM_YEARS = 50
PAYMENT = timedelta(days=60)  # 暂行条例 第十四条; a contract may agree instalments


def of_parcel(parcel: Parcel, *, on: date) -> list[str]:
    """Return the doubts about a parcel whose contracts and works are read."""
    return [
        *_of_term(parcel),
        *_of_area(parcel),
        *_of_price(parcel, on),
        *_of_supply(parcel),
        *_of_works(parcel, on),
    ]


def of_lease(lease: Lease) -> list[str]:
    """Return the doubts about a lease."""
    found = []
    if lease.filed_on is None:
        found.append(_("尚未登记租赁备案（《城市房地产管理法》第五十四条）"))
    if lease.safety_agreement_on > lease.from_on:
        found.append(_("安全生产管理协议签订晚于起租，起租至签订期间没有协议"))
    term_until_on = lease.plant.parcel.term_until_on if lease.plant.parcel else None
    if term_until_on is not None and lease.until_on > term_until_on:
        found.append(
            _("租期超过土地使用期限（%(until)s 止），超出部分须先办理续期")
            % {"until": term_until_on}
        )
    return found


def of_plant(plant: Plant) -> list[str]:
    """Return the doubts about a plant whose halls are read."""
    halls = [hall.area_m2 for hall in plant.halls.all() if hall.area_m2 is not None]
    if plant.floor_area_m2 is not None and sum(halls) > plant.floor_area_m2:
        said = {"halls": figures.number(sum(halls)), "whole": figures.number(plant.floor_area_m2)}
        return [_("各单元面积合计 %(halls)s 平方米，大于建筑面积 %(whole)s 平方米") % said]
    return []


def most_term_years(use: str) -> int:
    """Return the longest term that the law allows for the use."""
    return (
        MOST_TERM_YEARS.get(Use(use), OTHER_TERM_YEARS) if use else max(MOST_TERM_YEARS.values())
    )


def _of_term(parcel: Parcel) -> Iterator[str]:
    most = most_term_years(parcel.use)
    if parcel.term_years is not None and parcel.term_years > most:
        said = {"years": parcel.term_years, "use": parcel.get_use_display(), "most": most}
        yield (
            _(
                "使用年限 %(years)s 年超过%(use)s最高年限 %(most)s 年"
                "（《城镇国有土地使用权出让和转让暂行条例》第十二条）"
            )
            % said
        )


def _of_area(parcel: Any) -> Iterator[str]:
    found = areas.compare(parcel.area_m2, parcel.computed_area_m2)
    if found.agrees is False and found.share is not None:
        yield _("图形面积与登记面积相差 %(difference)s%%，以登记面积为准，请核对图形或坐标系") % {
            "difference": f"{float(found.share * 100):+.1f}"
        }


def _of_price(parcel: Parcel, on: date) -> Iterator[str]:
    signed_on = terms(parcel).signed_on
    is_paid = parcel.price_paid_wan is not None and parcel.price_paid_wan == parcel.price_wan
    if parcel.price_wan is None or is_paid or signed_on is None or on <= signed_on + PAYMENT:
        return
    yield _(
        "合同签订已逾 60 日，登记的已缴价款未达应缴价款"
        "（《城镇国有土地使用权出让和转让暂行条例》第十四条；合同约定分期的除外）"
    )


def _of_supply(parcel: Parcel) -> Iterator[str]:
    signed_on = terms(parcel).signed_on
    if signed_on is not None and parcel.supply == Supply.APPROVED_UNSUPPLIED:
        yield (
            _("%(on)s 已签订出让合同或划拨决定书，供应与利用状态仍为“批而未供”，请核对")
            % {"on": signed_on}
        )


def _of_works(parcel: Parcel, on: date) -> Iterator[str]:
    agreed, works = terms(parcel), latest_works(parcel, on=on)
    if works is None:
        return
    pairs = (
        (works.invested_wan, agreed.total_investment_wan, _("已投资额大于合同总投资额")),
        (works.developed_area_m2, agreed.required_area_m2, _("已开发面积大于应开发面积")),
    )
    for part, whole, sentence in pairs:
        if part is not None and whole is not None and part > whole:
            yield _("%(what)s，请核对建设进度或合同（办法第三十条）") % {"what": sentence}
    if works.commenced_on and agreed.signed_on and works.commenced_on < agreed.signed_on:
        yield _("动工日期 %(works)s 早于合同签订日期 %(contract)s，请核对") % {
            "works": works.commenced_on,
            "contract": agreed.signed_on,
        }
