"""Land that lies idle put back to use: refused, chosen, led step by step, and told in figures."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import FIGURE

pytestmark = pytest.mark.browser

PARCEL = "D1 街区 2 号地"  # 可以认定为闲置: started, then suspended; without a case
MEASURE = "合作经营"
STEPS = 5


def reused_mu(officer):
    shown = officer.open("figures/reused_land/").locator(".jk-stat-value").first
    return Decimal(FIGURE.search(shown.inner_text())[0].replace(",", ""))


def record(page, document):
    """Record the step that is due."""
    page.get_by_role("link", name="登记", exact=True).first.click()
    page.fill("[name=document]", document)
    page.get_by_role("button", name="登记步骤").click()
    page.wait_for_url("**/page/")


def test_a_parcel_from_the_list_of_suspicion_is_put_back_to_use_and_the_figure_opens_to_it(log_in):
    officer = log_in("land")
    before = reused_mu(officer)
    page = officer.open("idle/")
    page.get_by_label("宗地或使用权人").fill(PARCEL)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=PARCEL).first.click()
    page.get_by_role("link", name="比较处置方式").click()
    refused = page.locator("#transfer")
    expect(refused).to_contain_text("城市房地产管理法第三十九条")
    assert officer.barriers() == []

    page.get_by_role("row", name=MEASURE).get_by_role("link", name="选择").click()
    page.fill("[name=area_m2]", "20000")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name=f"{MEASURE} · {PARCEL}").wait_for()
    assert officer.barriers() == []
    for number in range(1, STEPS + 1):
        record(page, f"示范协议〔2024〕{number}号")
    page.get_by_role("link", name="办结处置").click()
    page.fill("[name=document]", "示范投产证明1号")
    page.get_by_role("button", name="办结处置").click()
    expect(page.get_by_role("heading", name="盘活结果")).to_be_visible()

    assert reused_mu(officer) == before + 30
    page.locator("#parts").get_by_role("link", name=MEASURE).click()
    expect(page.get_by_text("处置方式：合作经营").first).to_be_visible()
    expect(page.get_by_role("cell", name=PARCEL)).to_be_visible()
    assert officer.barriers() == []
    assert officer.troubles == []
