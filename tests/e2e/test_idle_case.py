"""Idle land from suspicion to disposal, by clicking: what the law refuses, and how it goes on."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class Officer:
    """Somebody at the page of one case, who records, approves and looks for barriers."""

    def __init__(self, visitor, address=""):
        self.visitor = visitor
        self.page = visitor.page
        self.address = address

    def open_case(self, parcel, opened_on):
        self.visitor.open(f"idle/?case=none&q={parcel}")
        self.page.get_by_role("link", name=parcel, exact=True).click()
        self.page.get_by_role("link", name="立案").click()
        self.fill(opened_on=opened_on, ground="日常巡查")
        self.submit()
        self.page.wait_for_url("**/idle/cases/*/")
        self.address = self.page.url.removeprefix(self.visitor.address)

    def step(self, name):
        return self.page.locator(".jk-idle-steps > li").filter(
            has=self.page.locator("strong", has_text=name)
        )

    def start(self, name, act="登记"):
        link = self.step(name).get_by_role("link", name=f"{act} {name}")
        if link.count() == 0:  # elsewhere, or another person has acted meanwhile
            self.visitor.open(self.address)
        link.click()

    def record(self, name, **values):
        self.start(name)
        self.fill(**values)
        self.submit()
        expect(self.step(name)).to_contain_text("已办理")

    def draft(self, name, **values):
        self.start(name)
        self.fill(**values)
        self.submit()
        expect(self.step(name)).to_contain_text("待审核")

    def approve(self, name, number, **values):
        self.start(name, "审核")
        self.fill(document_number=number, **values)
        self.submit()
        expect(self.step(name)).to_contain_text(number)

    def refused(self):
        expect(self.page.locator("main form .jk-alert").first).to_be_visible()
        return "\n".join(self.page.locator("main form .jk-alert").all_inner_texts())

    def fill(self, **values):
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            if name == "option":
                field.select_option(value)
            else:
                field.fill(value)

    def submit(self):
        self.page.locator("main form .btn-primary").click()


@pytest.fixture
def officer(log_in):
    return Officer(log_in("land"))


@pytest.fixture
def checker(log_in):
    """Return who approves, for the case of an officer."""
    visitor = log_in("planning")
    return lambda address: Officer(visitor, address)


def investigated(officer):
    number = {"document_number": "示自然资调〔2024〕31号"}
    officer.record(
        "送达《闲置土地调查通知书》", done_on="2024-09-10", served_on="2024-09-11", **number
    )
    officer.record("调查核实", done_on="2024-10-14", note="现场勘测，无施工")


def test_a_fee_is_heard_approved_and_decided_by_two(officer, checker):
    officer.open_case("F3 街区 6 号地", "2024-09-09")
    investigated(officer)
    officer.draft("下达《闲置土地认定书》", done_on="2024-10-21")
    assert officer.step("下达《闲置土地认定书》").get_by_role("link", name="审核").count() == 0
    second = checker(officer.address)
    second.approve("下达《闲置土地认定书》", "示自然资认〔2024〕31号", served_on="2024-10-22")
    number = {"document_number": "示自然资听〔2024〕31号", "served_on": "2024-10-25"}
    officer.record("送达听证告知书", done_on="2024-10-24", **number)

    officer.start("听证（或逾期未申请）")
    officer.fill(done_on="2024-10-30")
    officer.submit()
    assert "须待期限届满（2024-11-01）之后（《自然资源听证规定》（待核实））" in officer.refused()
    officer.record("听证（或逾期未申请）", done_on="2024-11-04", note="逾期未申请")
    officer.draft("本级政府批准征缴闲置费", done_on="2024-11-11")
    second.approve("本级政府批准征缴闲置费", "示政复〔2024〕31号")
    officer.start("下达《征缴土地闲置费决定书》")
    officer.fill(done_on="2024-11-18", amount_wan="400")
    officer.submit()
    assert "百分之二十，即 484.8 万元" in officer.refused()
    officer.fill(amount_wan="484.8")
    officer.submit()
    second.approve(
        "下达《征缴土地闲置费决定书》", "示自然资费〔2024〕31号", served_on="2024-12-20"
    )

    officer.visitor.open(officer.address)
    due = officer.page.locator(".jk-alert", has_text="缴纳土地闲置费的期限")
    assert "2025-01-20" in due.inner_text()
    assert officer.visitor.barriers() == []
    assert second.visitor.troubles == []


def test_an_option_waits_for_the_registration_and_an_extension_for_no_year_more(officer, checker):
    officer.open_case("C6 街区 4 号地", "2024-09-02")
    investigated(officer)
    officer.draft("下达《闲置土地认定书》", done_on="2024-10-21")
    second = checker(officer.address)
    second.approve("下达《闲置土地认定书》", "示自然资认〔2024〕32号")
    assert "征缴" not in second.page.locator(".jk-idle-steps").inner_text()

    officer.visitor.open(officer.address + "steps/plan/")
    officer.fill(option="extension", from_on="2025-03-01", until_on="2026-06-01")
    assert officer.visitor.barriers() == []
    officer.submit()
    refusal = officer.refused()
    assert "请先录入系统备案（《闲置土地处置办法》第二十五条）" in refusal
    assert "至迟为 2026-03-01（《闲置土地处置办法》第十二条第一款第一项）" in refusal
    assert officer.visitor.barriers() == []
    officer.record(
        "录入动态监测监管系统", done_on="2024-10-23", document_number="示监〔2024〕32号"
    )
    days = {"from_on": "2025-03-01", "until_on": "2026-03-01"}
    officer.record("拟订处置方案", done_on="2024-11-04", option="extension", **days)

    assert "须先办理：“书面通知抵押权人”" in officer.step("本级政府批准处置方案").inner_text()
    officer.record("书面通知抵押权人", done_on="2024-11-06")
    officer.draft("本级政府批准处置方案", done_on="2024-11-18")
    second.approve("本级政府批准处置方案", "示政复〔2024〕32号")
    officer.record("签订补充协议", done_on="2024-12-02", document_number="示自然资补〔2024〕32号")
    officer.record("履行完毕", done_on="2024-12-20")
    officer.page.get_by_role("link", name="宗地档案").click()
    expect(officer.page.get_by_text("已处置", exact=True)).to_be_visible()
