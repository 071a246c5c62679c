"""What is said of a table: the rows as in the sheet, a witness, what to do."""

import random
from importlib import resources

import pytest

from jingkai.core.rules.dmn import reading
from jingkai.core.rules.dmn.analysis import analysing
from jingkai.core.rules.dmn.analysis.findings import Weight
from tests.core.rules.dmn_models import decision, fact, knowledge, model, table, text

ORDER = '"A", "B", "C"'


def sentences(policy, columns, rows, *, output="o", types=None):
    """Return what is said of a table over ``name:type`` columns."""
    names = [column.partition(":")[0] for column in columns]
    facts = [fact(*column.split(":")) for column in columns]
    needs = " ".join(f"~{name}" for name in names)
    xml = table(policy, names, [output], rows)
    found = model(types or "", *facts, decision("表", xml, needs=needs))
    return [str(each) for _, each in analysing.of_model(found)]


def test_a_gap_is_told_as_the_row_that_is_missing_with_an_example():
    rows = [["< 100", "-", "1"], [">= 100", '"A", "B"', "2"]]

    (said,) = sentences("UNIQUE", ["收入:number", "等级:string"], rows)

    assert said == (
        '警告：没有一行命中：“收入” >= 100，“等级” not("A", "B")'
        '（例如 收入 = 100，等级 = "其他"）。请补上这样一行，或在输出列写默认结果。'
    )


def test_a_table_with_a_default_has_no_gaps():
    assert sentences("UNIQUE", ["x:number"], [["< 1", "1"]], output="o=|0") == []


def test_a_list_that_may_stay_empty_is_only_a_hint():
    (said,) = sentences("COLLECT", ["x:number"], [["< 1", "1"]])

    assert said.startswith("提示：没有一行命中：“x” >= 1（例如 x = 1）")


def test_numbers_between_whole_ones_are_only_a_hint():
    (said,) = sentences("FIRST", ["x:number"], [["<= 9", "1"], [">= 10", "2"]])

    assert said.startswith("提示：没有一行命中：“x” (9..10)")
    assert "只会是整数" in said


def test_days_have_nothing_between_one_and_the_next():
    rows = [['<= date("2024-02-28")', "1"], ['>= date("2024-02-29")', "2"]]

    assert sentences("UNIQUE", ["日期:date"], rows) == []


@pytest.mark.parametrize(
    ("allowed", "is_open"), [('"A", "B"', False), ('"A", "B", "C"', True), ('not("D")', True)]
)
def test_a_gap_lies_inside_the_allowed_values_of_a_type(allowed, is_open):
    item = (
        '<itemDefinition name="等级"><typeRef>string</typeRef>'
        f"<allowedValues><text>{allowed}</text></allowedValues></itemDefinition>"
    )

    found = sentences("UNIQUE", ["x:等级"], [['"A"', "1"], ['"B"', "2"]], types=item)

    assert bool(found) is is_open


def test_a_missing_fact_needs_a_row_only_where_a_column_asks_for_it():
    silent = sentences("FIRST", ["x:boolean"], [["true", "1"], ["false", "2"]])
    rows = [["true", "-", "1"], ["null", "true", "2"]]
    asking = sentences("FIRST", ["x:boolean", "y:boolean"], rows)

    assert silent == []
    assert any("“x” false" in each for each in asking)
    assert any("x = null" in each for each in asking)


def test_a_cell_that_holds_for_a_missing_fact_is_told_with_the_cell_that_does_not():
    rows = [['not("D")', "1"], ['"D"', "2"]]

    (said,) = sentences("UNIQUE", ["等级:string"], rows)

    assert said == (
        "提示：“等级”没有记录（null）时，第 1 行的条件也成立。"
        '如果没有记录不应通过，请排除 null，例如第 1 行写作“not("D", null)”。'
    )


def test_rows_that_overlap_are_told_by_their_numbers_and_a_witness():
    rows = [["<= 100", "1"], ["[100..200)", "2"], [">= 200", "3"]]

    (said,) = sentences("UNIQUE", ["收入:number"], rows)

    assert said.startswith("错误：第 1、2 行同时命中：“收入” 100（例如 收入 = 100）。")


def test_any_warns_of_results_that_it_cannot_compare():
    (said,) = sentences("ANY", ["x:number"], [["-", "x"], ["< 9", "x + 0"]])

    assert said.startswith("警告：第 1、2 行同时命中而结果可能不同")


def test_a_contradictory_cell_is_told_with_its_column_and_text():
    found = sentences("COLLECT", ["x:number"], [["-", "1"], ["[10..5]", "2"], ['"A"', "3"]])

    assert "警告：第 2 行永远不会命中：“x”没有一个允许的值满足“[10..5]”。" in found[0]
    assert "第 3 行" in found[1]


def test_columns_over_the_same_input_are_taken_together():
    found = sentences("COLLECT", ["x:number"], [["< 1", "1"], [">= 1", "2"]])
    xml = table("FIRST", ["x", "x"], ["o"], [["> 5", "< 3", "1"], ["-", "-", "2"]])
    twice = model(fact("x", "number"), decision("表", xml, needs="~x"))

    assert found == []
    assert [str(each) for _, each in analysing.of_model(twice)] == [
        "警告：第 1 行永远不会命中：“x”没有一个允许的值满足“> 5”和“< 3”。"
        "请改正这一格，或删去这一行。"
    ]


def test_a_masked_row_names_the_rows_that_hide_it_together():
    rows = [["< 5", "1"], ["> 20", "9"], [">= 5", "2"], ["[3..8]", "3"]]

    (said,) = sentences("FIRST", ["x:number"], rows)

    assert said.startswith("警告：第 4 行永远不起作用：凡是它命中的，第 1、3 行已先命中")


def test_a_hidden_row_below_a_priority_is_told():
    rows = [["< 5", '"B"'], ["< 9", '"A"'], [">= 9", '"B"']]

    found = sentences("PRIORITY", ["x:number"], rows, output=f"o={ORDER}")

    assert found == [
        "警告：第 1 行永远不起作用：凡是它命中的，第 2 行也命中并且更优先。"
        "请核对结果的优先次序、改窄那几行，或删去它。"
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["< 5", "1"], ["[5..9]", "1"], ["> 9", "2"]], "只有“x”不同；合成一行时写作“<= 9”。"),
        ([["< 5", "1"], ["> 9", "1"], ["[5..9]", "2"]], None),
        ([["< 5", "1"], ["[5..9]", "1.0"], ["> 9", "2"]], "第 1、2 行可以合并"),
        ([["< 5", "x"], ["[5..9]", "x * 1"], ["> 9", "2"]], None),
    ],
)
def test_rows_that_touch_and_give_the_same_could_be_one(rows, said):
    found = sentences("UNIQUE", ["x:number"], rows)

    assert [each for each in found if "合并" in each] == found
    assert bool(found) is (said is not None)
    assert said is None or said in found[0]


def test_a_cell_over_other_facts_is_left_out_and_said_so():
    rows = [["< 5", "-", "1"], ["? > y", "-", "2"], ["[0..3]", "-", "3"]]

    found = sentences("UNIQUE", ["x:number", "y:number"], rows)

    assert found[0].startswith("错误：第 1、3 行同时命中")
    assert found[1:] == [
        "提示：第 2 行在“x”列的条件不是与固定值的简单比较，检查时不判断这几行："
        "与它们有关的空缺、重叠没有列出。"
    ]


def test_a_list_and_a_moment_are_not_judged():
    rows = [['"A"', "1"], ["-", "2"]]
    item = (
        '<itemDefinition name="多选" isCollection="true"><typeRef>string</typeRef>'
        "</itemDefinition>"
    )

    listed = sentences("UNIQUE", ["x:多选"], rows, types=item)
    moment = sentences("UNIQUE", ["x:time"], [['< time("08:00:00")', "1"]])

    assert len(listed) == len(moment) == 1
    assert all(each.startswith("提示：第 1 行在“x”列") for each in (*listed, *moment))


def test_a_table_inside_a_context_knows_the_types_of_its_entries():
    entry = '<contextEntry><variable name="x" typeRef="boolean"/>{}</contextEntry>'
    literal = "<literalExpression><text>true</text></literalExpression>"
    inner = table("UNIQUE", ["x"], ["o"], [["true", "1"]])
    whole = f"<context>{entry.format(literal)}<contextEntry>{inner}</contextEntry></context>"

    ((element, found),) = analysing.of_model(model(decision("外", whole)))

    assert element == "外"
    assert "“x” false" in found.sentence


def test_a_table_inside_a_knowledge_model_knows_the_types_of_its_parameters():
    inner = table("UNIQUE", ["x"], ["o"], [["true", "1"]])

    ((element, found),) = analysing.of_model(model(knowledge("档次", "x:boolean", inner)))

    assert element == "档次"
    assert "“x” false" in found.sentence


def test_a_table_inside_a_loop_takes_the_kind_of_its_input_from_its_cells():
    inner = table("UNIQUE", ["x"], ["o"], [["< 5", "1"]])
    loop = f'<for iteratorVariable="x"><in>{text("xs")}</in><return>{inner}</return></for>'
    whole = model(fact("x", "boolean"), fact("xs"), decision("逐项", loop, needs="~x ~xs"))

    ((_, found),) = analysing.of_model(whole)

    assert "“x” >= 5" in found.sentence


def test_allowed_values_that_are_no_fixed_ones_are_said_to_be_left_out():
    xml = table("UNIQUE", ["x"], ["o"], [["-", "1"]]).replace(
        "</inputExpression>", "</inputExpression><inputValues><text>? > y</text></inputValues>"
    )
    whole = model(fact("x", "number"), fact("y"), decision("表", xml, needs="~x ~y"))

    ((_, found),) = analysing.of_model(whole)

    assert str(found).startswith("提示：“x”允许的值不是与固定值的简单比较")


def test_many_rows_are_counted_instead_of_listed():
    (said,) = sentences("UNIQUE", ["x:number"], [["-", str(number)] for number in range(12)])

    assert "第 1、2、3、4、5、6、7、8 等 12 行同时命中：任何输入" in said


def test_more_findings_than_anybody_reads_are_cut_short():
    rows = [["-", "1"], *([str(number), "2"] for number in range(30))]

    found = sentences("UNIQUE", ["x:number"], rows)

    assert len(found) == analysing.MOST_TOLD + 1
    assert "还有更多重叠没有列出" in found[-1]


@pytest.mark.parametrize(
    "rows",
    [
        [[f"> {number}", "1"] for number in range(1001)],
        [[", ".join(map(str, range(20_001))), "1"]],
    ],
)
def test_a_table_too_large_to_look_through_says_so_at_once(rows):
    (said,) = sentences("UNIQUE", ["x:number"], rows)

    assert said.startswith("提示：表太大")


def test_a_table_too_tangled_to_look_through_says_so():
    dice = random.Random(7)
    rows = []
    for _ in range(256):
        asked = {at: dice.choice(["< 5", ">= 5"]) for at in dice.sample(range(60), 3)}
        rows.append([*(asked.get(at, "-") for at in range(60)), "1"])

    found = sentences("FIRST", [f"x{at}:number" for at in range(60)], rows)

    assert any("没有查清空缺" in each for each in found)
    assert all(each.startswith("提示") for each in found)


def test_a_table_that_cannot_be_read_is_left_to_the_reader():
    assert sentences("UNIQUE", ["x:number"], [["1 +", "1"]]) == []
    assert sentences("UNIQUE", ["x:number"], []) == []


def test_faults_come_first_and_hints_last():
    rows = [["< 5", "-", "1"], ["< 3", "-", "2"], ["[10..5]", "-", "3"], ["? > y", "-", "4"]]

    found = sentences("UNIQUE", ["x:number", "y:number"], rows)

    assert [each[:2] for each in found] == ["错误", "警告", "提示"]


def test_the_tables_of_the_policies_that_ship_have_neither_faults_nor_warnings():
    shipped = resources.files("jingkai.core.rules.library")
    models = [reading.read(e.read_bytes()) for e in shipped.iterdir() if e.name.endswith(".dmn")]

    found = [(model.name, str(each)) for model in models for _, each in analysing.of_model(model)]

    assert [each for each in found if not each[1].startswith(Weight.HINT)] == []
