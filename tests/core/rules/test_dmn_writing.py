"""What is written is DMN 1.5, and reading it gives the model again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.rules.dmn import namespaces, reading, trees, writing
from jingkai.core.rules.dmn.trees import DmnError, Element
from tests.core.rules.dmn_models import decision, fact, knowledge, model, table, text, xml
from tools import tck

KIT = sorted(tck.KIT.glob("*/*")) if tck.KIT.is_dir() else []


@pytest.mark.skipif(not KIT, reason=f"no conformance kit in {tck.KIT}")
def test_every_model_of_the_kit_survives_being_written_and_read():
    written = 0
    for folder in KIT:
        files = {path.name: path.read_bytes() for path in folder.glob("*.dmn")}
        for name, found in reading.read_together(files).items():
            content = writing.write(found)
            again = reading.read(content, imported=found.imported)

            assert again == found, name
            assert writing.write(again) == content, name
            written += 1

    assert written >= 138


@pytest.mark.parametrize("uri", namespaces.VERSIONS)
def test_every_version_is_written_as_1_5(uri):
    found = reading.read(xml(fact("a") + decision("b", "a", needs="~a"), uri=uri))

    content = writing.write(found)

    assert namespaces.MODEL.encode() in content
    assert reading.read(content) == found
    assert reading.read(content).version == "1.5"


def test_what_other_tools_wrote_is_kept():
    body = (
        '<extensionElements><o:a xmlns:o="urn:other" o:b="1 &lt; 2">文<o:c/>字</o:a>'
        "</extensionElements>"
        '<decision id="d" name="d" o:mark="x" xmlns:o="urn:other">'
        "<description>两\n行</description>"
        '<variable name="d"/></decision>'
        '<textAnnotation id="t"><text>注</text></textAnnotation>'
    )
    found = model(body)

    again = reading.read(writing.write(found))

    assert again == found
    assert found.extensions[0].children == ("文", Element("{urn:other}c"), "字")
    assert found.decisions()[0].attributes == (("{urn:other}mark", "x"),)
    assert found.decisions()[0].description == "两\n行"
    assert found.others[0].name == "textAnnotation"


def test_elements_without_a_namespace_stay_without_one():
    found = model('<extensionElements><a xmlns=""><b/></a></extensionElements>' + fact("x"))

    again = reading.read(writing.write(found))

    assert again == found
    assert found.extensions[0].tag == "a"


def test_a_namespace_without_a_prefix_gets_one():
    found = model('<extensionElements><a xmlns="urn:q"/></extensionElements>')

    assert reading.read(writing.write(found)) == found


def test_all_parts_of_a_table_are_written():
    written = table("COLLECT SUM", ["x"], ["o=1, 2|0"], [["< 5", "1"], ["-", "2"]])
    written = written.replace("</output>", '</output><annotation name="依据"/>').replace(
        "</rule>", "<annotationEntry><text>第三条</text></annotationEntry></rule>"
    )
    found = model(fact("x"), decision("表", written, needs="~x"))

    again = reading.read(writing.write(found))

    assert again == found
    assert again.decisions()[0].logic.rules[0].annotations == ("第三条",)
    assert again.decisions()[0].logic.annotations == ("依据",)


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t\r"),
        max_size=40,
    )
)
def test_any_text_survives(content):
    found = model(knowledge("f", "x", "x"), decision("a", text("1")))
    label = trees.serialize(
        Element(
            namespaces.MODEL_TAG + "definitions",
            (("name", "m"), ("namespace", "n"), ("label", content)),
            (Element(namespaces.MODEL_TAG + "description", (), (content,) if content else ()),),
        ),
        found.prefixes,
    )

    again = reading.read(label)

    assert again.label == content
    assert again.description == content


def test_a_character_that_xml_cannot_hold_is_refused():
    found = reading.read(xml(""))
    bad = Element(namespaces.MODEL_TAG + "definitions", (), ("\x00",))

    with pytest.raises(DmnError, match=r"U\+0000"):
        trees.serialize(Element(namespaces.MODEL_TAG + "definitions", (), (bad,)), found.prefixes)
