"""What stands around a list, in a browser: views, search, export, own fields, jobs, the phone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_view_is_saved_opened_and_removed(log_in):
    officer = log_in("investment")
    page = officer.open("visits/?direction=outbound&sort=-people")
    page.locator("summary", has_text="视图").click()
    page.get_by_role("button", name="另存为视图").click()
    page.fill("#view-name", "外出人多的")
    page.locator("#save-view").get_by_role("button", name="保存").click()

    tab = page.get_by_role("link", name="外出人多的")
    expect(tab).to_be_visible()
    assert officer.barriers() == []
    officer.open("visits/")
    tab.click()
    expect(page.locator("tbody tr").first).to_contain_text("外出")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("人数")

    page.locator("summary", has_text="视图").click()
    page.get_by_role("button", name="删除视图").click()
    page.locator("#confirmation button[value=yes]").click()
    expect(tab).to_have_count(0)
    assert officer.troubles == []


def test_the_box_above_every_page_finds_while_one_types_and_all_on_its_page(log_in):
    officer = log_in("investment")
    page = officer.open("")
    box = page.locator(".jk-topbar input[type=search]")
    box.press_sequentially("示范")

    quick = page.locator(".jk-quick-list")
    expect(quick.locator("a").first).to_be_visible()
    assert officer.barriers() == []
    box.press("Enter")
    expect(page.locator(".jk-found").first).to_be_visible()
    assert officer.barriers() == []

    page.locator(".jk-found a", has_text="查看全部").first.click()
    expect(page.locator("tbody tr").first).to_be_visible()
    assert officer.troubles == []


def test_an_official_file_is_chosen_and_downloaded(log_in):
    officer = log_in("investment")
    page = officer.open("visits/?direction=inbound")
    page.locator("summary", has_text="导出").click()
    page.locator("a[href*='export/options/']").click()
    assert officer.barriers() == []

    page.get_by_label("原样（Excel）").check()
    content = officer.download(page.get_by_role("button", name="下载"))

    assert content.startswith(b"PK")
    assert officer.troubles == []


def test_a_field_of_the_zone_is_made_and_stands_in_the_form(log_in):
    administrator = log_in("admin")
    page = administrator.open("fields/negotiations/")
    assert administrator.barriers() == []
    page.get_by_role("link", name="添加字段").click()
    assert administrator.barriers() == []
    page.get_by_label(re.compile("字段名称")).fill("随行翻译")

    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("link", name="随行翻译")).to_be_visible()
    assert administrator.troubles == []
    officer = log_in("investment")
    form = officer.open("negotiations/new/")
    expect(form.get_by_label(re.compile("随行翻译"))).to_be_visible()
    assert officer.troubles == []


def test_work_in_the_background_has_a_page(log_in):
    officer = log_in("investment")
    page = officer.open("visits/")
    page.locator("[data-select-all]").check()
    page.get_by_role("button", name="改为全部符合条件的记录").click()
    page.fill("[name=place]", "园区会客厅")
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确认执行").click()
    expect(page.get_by_role("button", name="撤销这次批量操作")).to_be_visible()

    page = officer.open("jobs/")

    assert officer.barriers() == []
    assert officer.troubles == []
    if page.locator("tbody a").count():
        page.locator("tbody a").first.click()
        assert officer.barriers() == []


def test_on_a_phone_a_row_is_a_card_that_is_ticked_sorted_and_opened(log_in):
    officer = log_in("investment", width=390)
    page = officer.open("visits/")
    card = page.locator("tbody tr").nth(1)

    assert (
        page.locator("tbody tr td")
        .nth(2)
        .evaluate("cell => getComputedStyle(cell, '::before').content")
        == '"日期"'
    )
    assert card.bounding_box()["width"] <= 390
    card.locator("input").check()
    expect(page.locator("[data-selection]")).to_be_visible()
    assert officer.barriers() == []
    page.get_by_role("link", name="人数").click()
    page.wait_for_url("**sort=-people*")
    assert not officer.overflows()

    page.locator("tbody tr a").first.click()
    page.wait_for_url("**/visits/*/")
    assert officer.troubles == []


def test_a_filter_that_is_changed_by_keyboard_keeps_the_focus(log_in):
    officer = log_in("land")
    page = officer.open("idle/")
    page.locator("[name=outcome]").focus()

    page.keyboard.press("ArrowDown")

    page.wait_for_url("**outcome=*")
    expect(page.locator("[name=outcome]")).to_be_focused()
    assert officer.troubles == []


def test_a_list_leads_to_its_last_page_and_back(log_in):
    officer = log_in("investment")
    page = officer.open("visits/?sort=code")
    first = page.locator("tbody a").first.inner_text()

    page.get_by_role("link", name="末页").click()
    expect(page.get_by_role("link", name="末页")).to_have_count(0)
    page.get_by_role("link", name="首页").click()

    expect(page.locator("tbody a").first).to_have_text(first)
    assert officer.troubles == []


def test_a_token_is_shown_once_used_and_revoked(log_in, address):
    officer = log_in("investment")
    page = officer.open("tokens/")
    page.get_by_label(re.compile("用途")).fill("取数程序")
    page.get_by_role("button", name="创建令牌").click()
    secret = page.get_by_label("访问令牌", exact=True).input_value()
    assert officer.barriers() == []

    path = f"{address}/api/z/gangcheng/registers/visits?limit=1"
    headers = {"Authorization": f"Bearer {secret}"}
    program = page.context.browser.new_context().request
    before = program.get(path, headers=headers).status
    officer.open("tokens/")
    page.locator("tr", has_text="取数程序").get_by_role("button", name="吊销").click()
    page.locator("#confirmation button[value=yes]").click()
    expect(page.locator("tr", has_text="取数程序")).to_contain_text("已吊销")

    assert (before, program.get(path, headers=headers).status) == (200, 401)
    assert officer.troubles == []
