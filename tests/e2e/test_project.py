"""A project from 拟开工 to 开工: refused, documented, moved; and what the auditor sees of it."""

import base64

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CODE = "XM-2024-14"  # signed in 2024, at 拟开工, served by 王专员
NAME = "中澜高强钢精密压延项目（示范）"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg"
    "=="
)
PICTURE = {"name": "照片.png", "mimeType": "image/png", "buffer": PIXEL}


def add(page, *, kind, title, on):
    page.get_by_role("link", name="登记材料").click()
    page.select_option("[name=kind]", label=kind)
    page.fill("[name=title]", title)
    page.fill("[name=dated_on]", on)
    page.set_input_files("[name=file]", PICTURE)
    page.get_by_role("button", name="登记佐证材料").click()
    page.wait_for_url("**/page/")


def move(page):
    page.get_by_role("link", name="推进阶段").click()
    page.get_by_role("button", name="推进阶段").click()


def started_and_to_start(officer):
    officer.open("dashboard/")
    return officer.figure("signed_and_started"), officer.figure("signed_to_start")


def test_a_project_starts_when_its_papers_are_there_and_the_figures_follow(log_in):
    officer = log_in("services")
    before = started_and_to_start(officer)
    page = officer.open("board/")
    page.get_by_label("拟开工").locator("article", has_text=CODE).get_by_role("link").click()
    gate = page.locator("section", has_text="进入“开工”的关口")
    assert "施工许可证" in gate.inner_text()

    move(page)
    refusal = page.get_by_role("alert").inner_text()
    assert "施工许可证" in refusal
    officer.open("board/")
    page.get_by_label("拟开工").locator("article", has_text=CODE).get_by_role("link").click()
    add(page, kind="施工许可证", title="建筑工程施工许可证（示范）", on="2024-12-20")
    add(page, kind="开工现场照片", title="桩机进场（示范）", on="2024-12-28")
    expect(page.get_by_text("材料已齐，可以推进。")).to_be_visible()
    move(page)
    page.wait_for_url("**/page/")

    assert page.locator(".jk-steps [aria-current=step]").inner_text().startswith("4")
    assert started_and_to_start(officer) == (before[0] + 1, before[1] - 1)


def test_the_auditor_sees_the_step_verifies_the_chain_and_can_change_nothing(log_in):
    auditor = log_in("auditor")

    page = auditor.open("trail/")
    steps = page.locator("tbody tr", has_text="推进项目阶段").filter(has_text=NAME)
    steps.get_by_role("link").first.click()
    expect(page.get_by_role("columnheader", name="变更前")).to_be_visible()
    expect(page.locator("main")).to_contain_text("拟开工")
    page = auditor.open("trail/")
    page.get_by_role("button", name="立即验证").click()
    expect(page.get_by_text("上次验证：完整")).to_be_visible()
    assert auditor.troubles == []


# What changes no record: saved views, what one says beside a record, one's own reminders, and
# looking at personal data with a reason, which the trail keeps.
ONES_OWN = (
    "/trail/verify/",
    "/views/",
    "/comments/",
    "/follow-ups/",
    "/bookmark/",
    "/seen/",
    "/reveal/",
)


def test_no_page_offers_the_auditor_to_change_anything(log_in):
    auditor = log_in("auditor")
    offered = []
    for path in [*auditor.pages(), "projects/25/page/", "visits/1/", "leads/20/", "signings/20/"]:
        page = auditor.open(path)
        forms = page.locator("main form[method=post]").all()
        targets = {form.get_attribute("action") or path for form in forms}
        offered += sorted(target for target in targets if not target.endswith(ONES_OWN))
        links = page.locator(
            "main a:is([href$='/new/'], [href$='/edit/'], [href$='/import/'], [href*='/move/'])"
        )
        offered += [link.get_attribute("href") for link in links.all()]

    assert offered == []
    assert auditor.troubles == []
