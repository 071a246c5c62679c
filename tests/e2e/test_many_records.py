"""Many records at once, and two people at one: ticked rows, a pasted block, a merge."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const told = { clipboardData: data, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
}"""


def cell(page, row, label):
    headings = page.locator(".jk-sheet thead th").all_inner_texts()
    place = next(n for n, heading in enumerate(headings) if heading.startswith(label))
    return page.locator(".jk-sheet tbody tr").nth(row).locator("th, td").nth(place)


def test_ticked_leads_get_their_day_after_a_preview_and_give_it_back(log_in):
    officer = log_in("investment")
    page = officer.open("leads/")
    for row in (3, 4):
        page.locator("tbody .jk-check input").nth(row).check()
    page.get_by_role("button", name="批量处理所选").click()
    page.fill("[name=next_follow_up_on]", "2025-02-03")
    expect(page.locator("[name=set-next_follow_up_on]")).to_be_checked()
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("这是预览，尚未变更任何记录")).to_be_visible()
    assert officer.barriers() == []

    page.get_by_role("button", name="确认执行").click()

    expect(page.get_by_role("button", name="撤销这次批量操作")).to_be_visible()
    page.get_by_role("button", name="撤销这次批量操作").click()
    page.locator("#confirmation button[value=yes]").click()
    expect(page.get_by_text("已撤销，记录恢复到执行之前")).to_be_visible()
    assert officer.troubles == []


def test_a_block_from_excel_is_pasted_checked_mended_and_saved(log_in):
    officer = log_in("investment")
    page = officer.open("visits/grid/?sort=code")
    cell(page, 0, "人数").click()
    page.evaluate(PASTE, "41\n很多\n")
    expect(cell(page, 1, "人数")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="第 2 行 人数")).to_be_visible()
    assert officer.barriers() == []

    page.keyboard.press("ArrowDown")
    page.keyboard.type("42")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "人数")).not_to_have_attribute("aria-invalid", "true")
    cell(page, 0, "事由").click()
    page.evaluate(PASTE, '"第一行\n第二行"')
    page.keyboard.press("Control+s")

    expect(page.locator("[data-grid-status]")).to_have_text("")
    expect(cell(page, 0, "人数")).to_have_text("41")
    expect(cell(page, 1, "人数")).to_have_text("42")
    assert "第一行\n第二行" in cell(page, 0, "事由").text_content()
    assert officer.troubles == []


def test_the_grid_takes_back_what_was_typed_and_knows_its_keys(log_in):
    page = log_in("investment").open("visits/grid/?sort=code")
    before = cell(page, 2, "人数").inner_text()
    cell(page, 2, "人数").click()

    page.keyboard.press("F2")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    assert cell(page, 2, "人数").inner_text() == before
    page.keyboard.press("Delete")
    assert cell(page, 2, "人数").inner_text() == ""
    page.keyboard.press("Control+z")

    expect(cell(page, 2, "人数")).to_have_text(before)
    expect(page.get_by_role("button", name="保存")).to_be_disabled()


def test_two_people_at_one_visit_merge_what_they_wrote(log_in):
    first, second = log_in("investment"), log_in("investment2")
    mine, theirs = first.open("visits/3/edit/"), second.open("visits/3/edit/")
    theirs.fill("[name=people]", "21")
    theirs.fill("[name=purpose]", "他们的事由")
    theirs.get_by_role("button", name="保存").click()
    theirs.wait_for_url("**/visits/3/")

    mine.fill("[name=purpose]", "我的事由")
    mine.fill("[name=delegation]", "我的团组（示范）")
    mine.get_by_role("button", name="保存").click()
    expect(mine.get_by_role("heading", name="合并修改")).to_be_visible()
    assert first.barriers() == []
    mine.get_by_label("事由 您填写的 我的事由").check()
    mine.get_by_role("button", name="保存合并结果").click()

    mine.wait_for_url("**/visits/3/")
    for text in ("21", "我的事由", "我的团组（示范）"):
        expect(mine.locator(".jk-terms")).to_contain_text(text)
