"""`jingkai match`: from policies in DMN and a table to what is in store for whom."""

from io import StringIO

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from tests.core.rules.test_policy_reading import MODEL

REFUSED = MODEL.replace('code="P1"', 'code="P2"').replace(
    "研发占比 &gt;= 0.03", 'matches(行业代码, "3.")'
)


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "rd.dmn").write_text(MODEL, encoding="utf-8")
    return folder


@pytest.fixture
def enterprises(tmp_path):
    path = tmp_path / "enterprises.csv"
    path.write_text(
        "uscc,上年.研发费用,上年.营业收入,上年.从业人员,信用等级\n"
        "甲,30,1000,50,A\n乙,29.999999,1000,50,A\n丙,,1000,50,A\n丁,20,1000,50,D\n",
        encoding="utf-8",
    )
    return path


def match(*words, **options):
    out, notes = StringIO(), StringIO()
    call_command("match", *map(str, words), stdout=out, stderr=notes, **options)
    return out.getvalue(), notes.getvalue()


def test_a_policy_in_dmn_is_matched_with_a_table(policies, enterprises, tmp_path):
    said, notes = match(policies, enterprises, tmp_path / "out", "--on", "2024-12-31")

    assert "人工审核 / manual review: 1" in said
    assert "缺事实 / unknown: 1" in said
    assert "校验和 / checksum: " in said
    assert "1/1 (100 %)" in notes
    assert "草稿" not in notes
    assert "以行号为代码" not in notes
    pairs = pl.read_parquet(tmp_path / "out" / "pairs-000000.parquet")
    assert pairs.select("enterprise", "policy", "outcome").rows() == [
        ("甲", "P1", "manual_review"),
        ("丙", "P1", "unknown"),
    ]
    assert [len(one) for one in pairs["rule_version"]] == [12, 12]


def test_a_policy_that_nobody_confirmed_is_called_a_draft(policies, enterprises, tmp_path):
    draft = MODEL.replace('mark="verified"', 'mark="unverified"')
    (policies / "rd.dmn").write_text(draft, encoding="utf-8")

    _said, notes = match(policies, enterprises, tmp_path / "out", "--on=2024-12-31")

    assert "1 项是草稿，只供试算，不得据以兑付 / drafts, to be tried only: P1" in notes


def test_rows_without_a_code_are_said_to_go_by_number(policies, enterprises, tmp_path):
    enterprises.write_text(enterprises.read_text("utf-8").replace("uscc", "名称"), "utf-8")

    _said, notes = match(policies, enterprises, tmp_path / "out", "--on=2024-12-31")

    assert "以行号为代码" in notes


def test_only_the_outcomes_that_are_asked_for_are_written(policies, enterprises, tmp_path):
    match(policies, enterprises, tmp_path / "out", "--on=2024-12-31", "--outcomes=unknown")

    pairs = pl.read_parquet(tmp_path / "out" / "pairs-000000.parquet")
    assert pairs["enterprise"].to_list() == ["丙"]


def test_a_policy_that_can_not_run_over_columns_is_named_with_its_place(
    policies, enterprises, tmp_path
):
    (policies / "matches.dmn").write_text(REFUSED, encoding="utf-8")
    words = (policies, enterprises, tmp_path / "out", "--on=2024-12-31")

    with pytest.raises(CommandError, match="1 项政策不能按列计算"):
        match(*words)
    said, notes = match(*words, "--without-refused")

    assert "P2 条件“研发投入达标”，第 1 个字符：函数“matches”不能按列计算" in notes
    assert "政策 / policies: 1" in said


def test_two_policies_of_one_code_are_refused(policies, enterprises, tmp_path):
    (policies / "again.dmn").write_text(MODEL, encoding="utf-8")

    with pytest.raises(CommandError, match="政策代码 P1 重复"):
        match(policies, enterprises, tmp_path / "out")


def test_what_is_no_policy_is_refused_with_its_file(policies, enterprises, tmp_path):
    (policies / "rd.dmn").write_text("<no/>", encoding="utf-8")

    with pytest.raises(CommandError, match=r"rd\.dmn"):
        match(policies, enterprises, tmp_path / "out")


def test_a_folder_without_policies_is_refused(enterprises, tmp_path):
    (tmp_path / "none").mkdir()

    with pytest.raises(CommandError, match=r"没有 \.dmn 文件"):
        match(tmp_path / "none", enterprises, tmp_path / "out")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_every_engine_leaves_the_same_behind(policies, enterprises, tmp_path, engine):
    words = (policies, enterprises)
    ours, _ = match(*words, tmp_path / "ours", "--on=2024-12-31")
    theirs, _ = match(*words, tmp_path / "theirs", "--on=2024-12-31", f"--engine={engine}")

    assert theirs == ours
    pairs = [
        pl.read_parquet(tmp_path / one / "pairs-000000.parquet") for one in ("ours", "theirs")
    ]
    assert pairs[0].equals(pairs[1])


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "clickhouse", "trino"])
def test_the_rules_are_printed_as_sql_without_any_enterprise(policies, dialect):
    said, _ = match(policies, "--on=2024-12-31", "--print-sql", dialect)

    assert said.startswith("-- v0 a0/")
    assert "SELECT" in said
    assert "v0" in said.partition("SELECT")[2]


def test_without_a_table_there_is_nothing_to_match(policies):
    with pytest.raises(CommandError, match="请给出企业表和结果目录"):
        match(policies, "--on=2024-12-31")


def test_a_database_that_can_not_be_reached_is_said_so(policies, enterprises, tmp_path):
    words = (policies, enterprises, tmp_path / "out", "--on=2024-12-31", "--engine=postgresql")

    with pytest.raises(CommandError, match="请核对 --database"):
        match(*words, "--database=postgresql:///nowhere?host=/nonexistent")
