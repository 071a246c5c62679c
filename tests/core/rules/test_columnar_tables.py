"""Tables of enterprises in, results out, and a match that was stopped."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from jingkai.core.rules.columnar import running, tables
from jingkai.core.rules.columnar.chunks import MISSING
from jingkai.core.rules.columnar.delivering import Delivery, Said, Shape
from jingkai.core.rules.columnar.plans import plan
from jingkai.core.rules.columnar.running import OtherRun, Run
from jingkai.core.rules.columnar.tables import BadTable
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    Condition,
    Header,
    Leaf,
    MoneyUnit,
    Policy,
)
from tests.core.rules.columnar_material import SCHEMA, feel

POLICY = Policy(
    header=Header(code="RD", title="研发补助"),
    conditions=(
        Condition(name="占比", test=feel("上年.研发费用 / 上年.营业收入 >= 0.03")),
        Condition(name="等级", test=feel('信用等级 in ("A", "B")')),
        Condition(name="年限", test=feel('成立日期 <= 评估日 - duration("P365D")')),
        Condition(name="经营", test=feel("not(经营异常名录)")),
    ),
    tree=All(tuple(map(Leaf, ("占比", "等级", "年限", "经营")))),
    amount=Amount(value=feel("上年.研发费用 * 0.1"), unit=MoneyUnit.WAN),
)
ENTERPRISES = {
    "统一社会信用代码": ["甲", "乙", "丙", "丁"],
    "上年.研发费用": [30.5, 29.999999, None, 90.0],
    "营业收入@2023": [1000.0, 1000.0, 1000.0, 3000.0],
    "credit_grade": ["A", "B", "A", "D"],
    "成立日期": [date(2020, 1, 1)] * 4,
    "经营异常名录": [False, False, False, True],
}


@pytest.fixture
def planned():
    return plan.plan([POLICY], SCHEMA, versions={"RD": "v7"})


def opened(planned, path, folder, **options):
    return tables.opened(path, SCHEMA, planned.columns, scratch=folder, **options)


def written(folder, name="enterprises.parquet", **columns):
    path = folder / name
    frame = pl.DataFrame({**ENTERPRISES, **columns})
    if name.endswith("csv"):
        frame.write_csv(path)
    elif name.endswith("jsonl"):
        frame.write_ndjson(path)
    else:
        frame.write_parquet(path)
    return path


def run(planned, path, folder, shape=Shape.PAIRS, *, resume=False, seen=None):
    folder.mkdir(exist_ok=True)
    made = Run(
        plan=planned,
        source=opened(planned, path, folder),
        delivery=Delivery(folder=folder, shape=shape),
    )
    steps = [] if seen is None else seen
    engine = running.over_numpy(planned)
    return made.match(engine, resume=resume, progress=lambda done, of: steps.append((done, of)))


@pytest.mark.parametrize("name", ["given.parquet", "given.csv", "given.jsonl"])
def test_each_kind_of_file_gives_the_same_pairs(planned, tmp_path, name):
    path = written(tmp_path, name)

    run(planned, path, tmp_path / "out")

    pairs = pl.read_parquet(tmp_path / "out" / "pairs-000000.parquet")
    assert pairs.select("enterprise", "policy", "outcome", "granted_fen").rows() == [
        ("甲", "RD", "eligible", 3_050_000),
        ("乙", "RD", "near_miss", None),
        ("丙", "RD", "unknown", None),
    ]
    assert set(pairs["rule_version"]) == {"v7"}
    assert pairs["facts"].n_unique() == 3


def test_the_facts_of_a_pair_have_a_fingerprint_that_only_these_facts_have(planned, tmp_path):
    first = written(tmp_path, "first.parquet")
    second = written(tmp_path, "second.parquet", credit_grade=["B", "B", "A", "D"])

    run(planned, first, tmp_path / "one")
    run(planned, second, tmp_path / "two")

    one, two = (
        pl.read_parquet(tmp_path / folder / "pairs-000000.parquet")["facts"].to_list()
        for folder in ("one", "two")
    )
    assert one[0] != two[0]
    assert one[1:] == two[1:]


def test_bitmaps_say_the_same_in_less(planned, tmp_path):
    run(planned, written(tmp_path), tmp_path / "out", Shape.BITMAPS)

    bits = pl.read_parquet(tmp_path / "out" / "bitmaps-000000.parquet")
    assert bits["enterprise"].to_list() == ["甲", "乙", "丙", "丁"]
    assert [bits[f"{said}_00"].to_list() for said in Said] == [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 0],
    ]


def test_a_stopped_match_goes_on_and_comes_to_the_same(planned, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "ROWS", 1)
    path, folder = written(tmp_path), tmp_path / "out"
    whole = run(planned, path, folder)
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    for gone in ("tally-000002.json", "pairs-000002.parquet", "total.json"):
        (folder / gone).unlink()

    seen = []
    again = run(planned, path, folder, resume=True, seen=seen)

    assert again == whole
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == files
    assert json.loads((folder / "total.json").read_text())["eligible"] == 1


def test_results_are_never_mixed_with_those_of_another_run(planned, tmp_path):
    path, folder = written(tmp_path), tmp_path / "out"
    run(planned, path, folder)

    with pytest.raises(OtherRun, match="--resume"):
        run(planned, path, folder)
    with pytest.raises(OtherRun, match="换一个目录"):
        run(
            planned, written(tmp_path, "more.parquet", credit_grade=["A"] * 4), folder, resume=True
        )


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("上年.研发费用", [1.0, 2.0, 0.0000001, 4.0], "第 3 行.*小数多于 6 位"),
        ("上年.研发费用", [1.0, 2e9, 3.0, 4.0], "第 2 行.*超出"),
        ("上年.研发费用", ["1", "二", None, "4"], "第 1 行.*不是数字"),
        ("成立日期", ["2024-01-01", "2024-02-30", None, "2024-01-01"], "第 2 行.*不是日期"),
        ("经营异常名录", ["是", "否", "也许", None], "第 3 行.*不是“是”或“否”"),
    ],
)
def test_a_value_that_is_none_is_refused_with_its_place(planned, tmp_path, column, values, said):
    path = written(tmp_path, **{column: values})

    with pytest.raises(BadTable, match=said):
        opened(planned, path, tmp_path).chunk(0)


@pytest.mark.parametrize(
    "values",
    [
        [30.5, 29.999999, None, 90.0],
        [Decimal("30.50"), Decimal("29.999999"), None, Decimal(90)],
        [30.5, 29.999999, float("nan"), 90.0],
    ],
)
def test_money_is_read_to_the_fen_whatever_the_table_keeps_it_as(planned, tmp_path, values):
    path = written(tmp_path, **{"上年.研发费用": values})

    chunk = opened(planned, path, tmp_path).chunk(0)

    assert chunk.numbers["rd_expense@1"].tolist() == [30_500_000, 29_999_999, MISSING, 90_000_000]


def test_a_column_that_the_table_lacks_is_on_record_for_nobody(planned, tmp_path):
    path = tmp_path / "few.parquet"
    pl.DataFrame({"credit_grade": ["A"]}).write_parquet(path)

    source = opened(planned, path, tmp_path)

    assert source.missing == (
        "registered_on",
        "operating_revenue@1",
        "rd_expense@1",
        "abnormal_list",
    )
    assert source.chunk(0).numbers["rd_expense@1"].tolist() == [MISSING]


@pytest.mark.parametrize(
    ("name", "said"),
    [("absent.parquet", "无法读取"), ("table.xlsx", "不认识"), ("other.parquet", "没有政策用到")],
)
def test_a_table_that_can_not_be_read_is_refused(planned, tmp_path, name, said):
    pl.DataFrame({"别的": [1]}).write_parquet(tmp_path / "other.parquet")

    with pytest.raises(BadTable, match=said):
        opened(planned, tmp_path / name, tmp_path)


def test_an_id_column_that_is_not_there_is_refused(planned, tmp_path):
    with pytest.raises(BadTable, match="--id"):
        opened(planned, written(tmp_path), tmp_path, id_column="编号")
