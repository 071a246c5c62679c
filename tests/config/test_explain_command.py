"""`jingkai explain`: a policy officer reads why an enterprise is refused."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.core.rules.test_policy_reading import MODEL

HEADINGS = "uscc,上年.研发费用,上年.营业收入,上年.从业人员,信用等级"


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "rd.dmn").write_text(MODEL, encoding="utf-8")
    return folder


@pytest.fixture
def enterprises(tmp_path):
    path = tmp_path / "企业.csv"
    rows = "甲,30,1000,50,A\n乙,29.99,1000,50,A\n丙,,1000,50,A\n"
    path.write_text(f"{HEADINGS}\n{rows}", encoding="utf-8")
    return path


def explain(*words):
    out = StringIO()
    call_command("explain", *map(str, words), "--on=2024-12-31", stdout=out)
    return out.getvalue()


def test_each_policy_takes_a_line(policies, enterprises):
    said = explain(policies, enterprises, "乙")

    assert said.splitlines() == ["P1  研发补助  预审：不符合条件"]


def test_a_refusal_names_value_source_and_what_would_change_it(policies, enterprises):
    said = explain(policies, enterprises, "乙", "--policy=P1")

    assert "预审：不符合条件（评估日 2024-12-31）" in said
    assert "2023年研发费用：29.99 万元，来源 企业.csv“上年.研发费用”列" in said
    assert "需为 30 万元，差 0.01 万元" in said


def test_what_is_not_on_record_is_asked_for(policies, enterprises):
    said = explain(policies, enterprises, "丙", "--policy=P1")

    assert "资料不全" in said
    assert "缺少2023年研发费用" in said


def test_a_draft_says_so(policies, enterprises):
    draft = MODEL.replace('mark="verified"', 'mark="unverified"')
    (policies / "rd.dmn").write_text(draft, encoding="utf-8")

    assert "草稿，只供试算" in explain(policies, enterprises, "乙", "--policy=P1")


def test_a_table_without_codes_is_asked_by_row(policies, enterprises):
    enterprises.write_text(enterprises.read_text("utf-8").replace("uscc", "名称"), "utf-8")

    assert "预审：不符合条件" in explain(policies, enterprises, "2")


@pytest.mark.parametrize(
    ("words", "message"),
    [(("丁",), "没有代码为“丁”的企业"), (("甲", "--policy=P9"), "没有这些政策.*P9")],
)
def test_what_is_not_there_is_named(policies, enterprises, words, message):
    with pytest.raises(CommandError, match=message):
        explain(policies, enterprises, *words)


def test_a_file_that_is_no_policy_is_named(tmp_path, enterprises):
    (tmp_path / "empty").mkdir()

    with pytest.raises(CommandError, match=r"没有 \.dmn 文件"):
        explain(tmp_path / "empty", enterprises, "甲")
