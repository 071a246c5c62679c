"""`jingkai dmn`: what an engineer sees of a decision model, on the command line."""

import json

import pytest

from jingkai import cli
from jingkai.core.rules.dmn import namespaces, reading
from tests.core.rules.dmn_models import decision, fact, knowledge, table, xml

OLD = "http://www.omg.org/spec/DMN/20180521/MODEL/"


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "政策.dmn"
    rules = [['"A"', "收入 * 0.01"], ["-", "0"]]
    path.write_bytes(
        xml(
            fact("收入", "number")
            + fact("等级", "string")
            + decision("奖励", table("FIRST", ["等级"], ["元"], rules), needs="~收入 ~等级")
            + decision("翻倍", "加倍(奖励)", of="number", needs="奖励", knows="加倍")
            + knowledge("加倍", "数:number", "数 * 2"),
            uri=OLD,
        )
    )
    return path


@pytest.fixture
def run(capsys):
    def called(*arguments):
        try:
            status = cli.main(["dmn", *map(str, arguments)])
        except SystemExit as stop:
            status = stop.code
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return called


def test_show_lists_what_is_in_a_model_and_what_needs_what(run, policy):
    status, out, _ = run("show", policy)

    assert status == 0
    assert "DMN 1.2" in out
    assert "奖励  决策表 / table FIRST × 2  ← 收入、等级" in out
    assert "翻倍  number  加倍(奖励)  ← 奖励、加倍" in out


def test_run_computes_every_decision_of_the_facts(run, policy, tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"收入": 500, "等级": "A"}), encoding="utf-8")

    status, out, err = run("run", policy, "--facts", facts)

    assert (status, err) == (0, "")
    assert out.splitlines() == ["奖励: 5.00", "翻倍: 10.00"]


def test_run_computes_one_decision_and_says_why_it_is_null(run, policy, tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text('{"等级": "A"}', encoding="utf-8")

    status, out, err = run("run", policy, "--facts", facts, "--name", "奖励")

    assert status == 0
    assert out == "奖励: null\n"
    assert "奖励" in err
    assert "null" in err


def test_run_computes_a_knowledge_model(run, policy, tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text('{"数": 4}', encoding="utf-8")

    assert run("run", policy, "--facts", facts, "--name", "加倍")[1] == "加倍: 8\n"


def test_check_is_silent_about_a_sound_model_and_fails_with_places_about_another(
    run, policy, tmp_path
):
    broken = tmp_path / "坏.dmn"
    broken.write_bytes(xml(decision("甲", "收人 + 1")))

    assert run("check", policy)[0] == 0
    status, out, err = run("check", broken)
    assert status == 1
    assert "第 3 行" in out
    assert "收人" in out
    assert "1 处错误" in err


def test_check_fails_where_rows_of_a_unique_table_overlap_and_only_warns_of_a_gap(run, tmp_path):
    path = tmp_path / "表.dmn"

    def checked(first):
        rows = [[first, "1"], ["[10..20]", "2"]]
        path.write_bytes(
            xml(
                fact("x", "number")
                + decision("档次", table("UNIQUE", ["x"], ["o"], rows), needs="~x")
            )
        )
        return run("check", path)

    assert checked("< 10")[0] == 0
    assert "警告：没有一行命中：“x” > 20" in checked("< 10")[1]
    status, out, err = checked("<= 10")
    assert status == 1
    assert "档次（文件第 3 行的决策表）：错误：第 1、2 行同时命中：“x” 10" in out
    assert "1 处错误" in err


def test_convert_writes_the_same_model_as_1_5(run, policy, tmp_path):
    out = tmp_path / "新.dmn"

    status, said, _ = run("convert", policy, "--out", out)

    assert status == 0
    assert "DMN 1.2 → 1.5" in said
    assert namespaces.MODEL.encode() in out.read_bytes()
    assert reading.read(out.read_bytes()) == reading.read(policy.read_bytes())


@pytest.mark.parametrize(
    ("content", "said"), [(b"<a/>", "不是 DMN 模型"), (b"<!DOCTYPE a><a/>", "DOCTYPE")]
)
def test_a_bad_file_fails_with_its_reason(run, tmp_path, content, said):
    path = tmp_path / "坏.dmn"
    path.write_bytes(content)

    status, _, err = run("show", path)

    assert status == 1
    assert said in err


def test_a_file_that_is_not_there_and_facts_that_are_no_json_fail_with_their_reason(
    run, policy, tmp_path
):
    facts = tmp_path / "facts.json"
    facts.write_text("{", encoding="utf-8")

    assert "读不了" in run("show", tmp_path / "无.dmn")[2]
    assert "JSON" in run("run", policy, "--facts", facts)[2]
    facts.write_text("[1]", encoding="utf-8")
    assert "an object" in run("run", policy, "--facts", facts)[2]
