"""The investment officer's workbook: named errors, mended, imported, imported again."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIRST_ROW = 4  # of the template; above it stand title, advice and headings
CLEAN = {
    "日期": "2024-12-30",
    "方向": "来访",
    "团组名称": "海州商会考察团（示范）",
    "人数": 6,
    "数据来源": "接待方案（示范）",
}
PLANTED = {
    5: {"方向": "路过"},
    6: {"日期": "十二月底"},
    7: {"团组名称": None},
    8: {"编号": "E2E-04"},
    9: {"客商编号": "KS-不存在"},
}


def workbook(template, planted, title=""):
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    headings = [str(cell.value).rstrip("*") for cell in sheet[FIRST_ROW - 1]]
    for number in range(FIRST_ROW, 11):
        row = {"编号": f"E2E-{number:02}", **CLEAN, **planted.get(number, {})}
        for column, heading in enumerate(headings, 1):
            sheet.cell(number, column, row.get(heading))
    book.properties.title = title  # two files of one second would be the same file
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(officer, content):
    page = officer.open("visits/import/")
    file = {"name": "十二月来访.xlsx", "mimeType": "application/zip", "buffer": content}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并校验").click()
    page.wait_for_url(re.compile(r"/import/\d+/"))
    return page


def test_a_workbook_with_errors_is_refused_mended_and_imported_once(log_in):
    officer = log_in("investment")
    page = officer.open("visits/import/")
    template = officer.download(page.get_by_role("link", name="下载模板"))

    page = upload(officer, workbook(template, PLANTED))

    named = page.locator("#problems tbody th").all_inner_texts()
    assert sorted(int(row) for row in named) == sorted(PLANTED)
    problems = officer.download(page.get_by_role("link", name="下载问题清单"))
    listed = openpyxl.load_workbook(io.BytesIO(problems)).worksheets[0]
    rows = {cell.value for row in listed.iter_rows() for cell in row}
    assert set(PLANTED) <= rows
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)

    clean = workbook(template, {})
    page = upload(officer, clean)
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("新增 7 条")).to_be_visible()
    page = officer.open("visits/?q=E2E-")
    expect(page.locator("tbody tr")).to_have_count(7)

    page = upload(officer, clean)
    expect(page.get_by_text("这个文件已经导入过")).to_be_visible()

    page = upload(officer, workbook(template, {}, title="再次整理"))
    expect(page.get_by_text("与台账完全一致，无需导入")).to_be_visible()
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    assert officer.troubles == []
