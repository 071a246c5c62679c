"""Files from other people: what is read, what is refused, and where a fault is said to be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.rules.dmn import namespaces, reading, trees
from jingkai.core.rules.dmn.boxed import DecisionTable, HitPolicy, Literal
from jingkai.core.rules.dmn.trees import DmnError
from jingkai.core.rules.feel import nodes
from tests.core.rules.dmn_models import decision, fact, knowledge, model, table, text, xml

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE definitions [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="&b;" namespace="n"/>"""
OUTSIDE = """<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<d xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">&x;</d>"""


def refused(content: bytes) -> str:
    with pytest.raises(DmnError) as caught:
        reading.read(content)
    return str(caught.value)


@pytest.mark.parametrize("uri", namespaces.VERSIONS)
def test_every_version_is_read_as_if_it_were_written_in_1_5(uri):
    found = reading.read(xml(fact("收入", "number") + decision("翻倍", "收入 * 2"), uri=uri))

    assert found.version == namespaces.VERSIONS[uri]
    assert [element.name for element in found.elements] == ["收入", "翻倍"]
    assert isinstance(found.decisions()[0].logic, Literal)


def test_version_1_1_wrote_types_with_a_prefix():
    content = (
        '<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" name="m"'
        ' xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:own="urn:own"'
        ' namespace="urn:own">'
        '<itemDefinition name="t"><typeRef>feel:string</typeRef></itemDefinition>'
        '<inputData name="a"><variable name="a" typeRef="own:t"/></inputData></definitions>'
    )

    found = reading.read(content.encode())

    assert found.items[0].type == "string"
    assert found.elements[0].variable.type == "t"


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE])
def test_a_document_type_is_refused_before_it_may_declare_anything(content):
    assert "文档类型声明" in refused(content.encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是完整的 XML"),
        (b"<a", "不是完整的 XML"),
        (b"<a>&nothing;</a>", "不是完整的 XML"),
        (b"\x00\x01\x02", "不是完整的 XML"),
        (b"<definitions/>", "不是 DMN 模型"),
        (b'<x xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>', "不是 DMN 模型"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/29990101/MODEL/"/>', "不是 DMN 模型"),
        (b"<?xml version='1.0' encoding='gbk'?><a>\xff\xff</a>", "gbk"),
        ('<?xml version="1.0" encoding="gb2312"?><a/>'.encode("utf-16"), "XML"),
    ],
)
def test_what_is_no_model_is_refused_with_a_reason(content, said):
    assert said in refused(content)


def test_the_line_of_broken_xml_is_named():
    assert "第 3 行" in refused(b"<a>\n<b>\n</a>")


def test_ten_thousand_levels_are_refused_at_once():
    started = time.monotonic()

    message = refused(xml("<context><contextEntry>" * 5_000))

    assert f"嵌套超过 {trees.DEEPEST} 层" in message
    assert time.monotonic() - started < 1


def test_the_deepest_nesting_that_is_allowed_is_read():
    inside = "<list>" * (trees.DEEPEST - 4) + text("1") + "</list>" * (trees.DEEPEST - 4)

    found = reading.read(xml(decision("深", inside)))

    assert found.faults == ()


def test_too_many_elements_are_refused(monkeypatch):
    monkeypatch.setattr(trees, "MOST_ELEMENTS", 10)

    assert "超过 10 个元素" in refused(xml(fact("a") * 5))
    assert reading.read(xml(fact("a") * 4)).name == "测试"


def test_a_file_too_large_is_refused_unread(monkeypatch):
    content = xml(fact("a"))
    monkeypatch.setattr(trees, "LARGEST_BYTES", len(content) - 1)

    assert "请拆成几个模型" in refused(content)


def test_a_chinese_encoding_of_several_bytes_is_read():
    content = xml(fact("企业收入")).decode().replace("UTF-8", "GB18030").encode("gb18030")

    assert reading.read(content).elements[0].name == "企业收入"


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_with_a_reason(content):
    assert refused(content)


@given(st.text(max_size=60))
def test_random_text_for_an_expression_is_a_fault_or_a_node(content):
    safe = "".join(c for c in content if c.isprintable())

    found = reading.read(xml(decision("a", text(safe)))).decisions()[0].logic

    assert (found.feel.node is not None) + (found.feel.fault is not None) <= 1


def test_a_broken_text_names_its_line_and_element_and_leaves_the_others_readable():
    found = model(decision("坏", "1 +"), decision("好", "1 + 1"))

    (fault,) = found.faults
    assert fault.line == 3
    assert "decision 坏" in fault.element
    assert found.decisions()[0].logic.feel.node is None
    assert isinstance(found.decisions()[1].logic.feel.node, nodes.Arithmetic)


def test_the_line_of_a_fault_counts_lines_inside_the_text():
    found = model(decision("坏", "1 +\n2 +\n"))

    assert "第 5 行" in str(found.faults[0])


def test_ten_thousand_brackets_are_a_fault_of_the_text():
    found = model(decision("深", "(" * 10_000))

    assert len(found.faults) == 1


def test_names_with_spaces_and_signs_are_read_by_what_is_required():
    found = model(
        fact("研发 费用"), fact("a-b"), decision("和", "研发 费用 + a-b", needs="~研发␣费用 ~a-b")
    )

    assert found.faults[0].sentence.startswith("引用的元素 #研发␣费用 不存在")

    found = model(
        fact("研发 费用").replace('id="研发 费用"', 'id="x"'),
        fact("a-b"),
        decision("和", "研发 费用 + a-b", needs="~x ~a-b"),
    )

    assert found.faults == ()
    assert found.decisions()[0].logic.feel.node == nodes.Arithmetic(
        nodes.Sign.ADD, nodes.Name("研发 费用"), nodes.Name("a-b")
    )


def test_a_key_with_a_space_in_one_text_is_a_name_after_a_dot_in_another():
    found = model(decision("甲", "{first name: 1}"), decision("乙", "甲.first name", needs="甲"))

    assert found.decisions()[1].logic.feel.node == nodes.Path(nodes.Name("甲"), "first name")


def test_a_rule_that_lacks_a_cell_is_a_fault_with_its_number():
    found = model(decision("表", table("UNIQUE", ["1", "2"], ["o"], [["-", "-", "1"], ["-"]])))

    (fault,) = found.faults
    assert "rule 2" in fault.element
    assert "有 1 个条件、0 个结果" in fault.sentence


def test_an_unknown_hit_policy_is_a_fault_that_names_the_known_ones():
    found = model(decision("表", table("BEST", ["1"], ["o"], [["-", "1"]])))

    assert "UNIQUE、ANY、PRIORITY" in found.faults[0].sentence
    assert isinstance(found.decisions()[0].logic, DecisionTable)
    assert found.decisions()[0].logic.hit_policy is HitPolicy.UNIQUE


def test_other_languages_than_feel_are_said_and_not_read():
    body = decision("a", "<literalExpression expressionLanguage='urn:js'><text>1+</text>"
                    "</literalExpression>")  # fmt: skip

    found = model(body)

    assert "urn:js" in found.faults[0].sentence
    assert found.decisions()[0].logic.feel.node is None


def test_an_identity_that_is_there_twice_is_a_fault():
    assert "重复" in model(fact("a"), decision("a", "1")).faults[0].sentence


def test_files_are_read_after_those_they_import():
    kind = namespaces.MODEL
    files = {
        "甲": xml(
            f'<import name="乙" namespace="urn:b" importType="{kind}"/>'
            + decision("a", "乙.f(1)").replace(
                "<literalExpression>",
                '<knowledgeRequirement><requiredKnowledge href="urn:b#f"/></knowledgeRequirement>'
                "<literalExpression>",
            )
        ),
        "乙": xml(knowledge("f", "x", "x + 1"), namespace="urn:b"),
    }

    found = reading.read_together(files)

    assert list(found) == ["甲", "乙"]
    assert found["甲"].faults == ()
    assert found["甲"].imported["urn:b"] == found["乙"]


def test_an_import_that_is_not_given_is_a_fault():
    found = model(f'<import name="乙" namespace="urn:b" importType="{namespaces.MODEL}"/>')

    assert "urn:b" in found.faults[0].sentence


def test_imports_in_a_circle_are_refused():
    kind = namespaces.MODEL
    files = {
        "甲": xml(f'<import name="乙" namespace="urn:b" importType="{kind}"/>', namespace="urn:a"),
        "乙": xml(f'<import name="甲" namespace="urn:a" importType="{kind}"/>', namespace="urn:b"),
    }

    with pytest.raises(DmnError, match="成环"):
        reading.read_together(files)


def test_two_files_of_one_namespace_are_refused():
    with pytest.raises(DmnError, match="命名空间相同"):
        reading.read_together({"甲": xml(""), "乙": xml("")})
