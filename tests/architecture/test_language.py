"""Chinese is the source language; the English catalogue is complete."""

import re

import pytest

from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def used():
    return messages.used()


def test_every_text_has_an_english_translation(used):
    catalogue = messages.read()

    lacking = {
        message.ids[0]
        for message in used
        if not (entry := catalogue.get(message.ids[0], message.context)) or not entry.string
    }

    assert sorted(lacking) == []


def test_no_translation_is_fuzzy_or_half_made():
    catalogue = messages.read()

    fuzzy = [entry.id for entry in catalogue if entry.id and entry.fuzzy]

    assert fuzzy == []
    assert messages.missing(catalogue) == []


def test_no_translation_is_of_a_text_that_is_gone(used):
    catalogue = messages.read()
    here = {(message.ids[0], message.context) for message in used}

    gone = [
        entry.id
        for entry in catalogue
        if entry.id
        and (entry.id if isinstance(entry.id, str) else entry.id[0], entry.context) not in here
    ]

    assert gone == []
    assert not catalogue.obsolete


def test_a_translation_has_the_placeholders_of_its_text():
    different = []
    for entry in messages.read():
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        strings = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        if entry.id and any(set(PLACEHOLDER.findall(s)) - wanted for s in strings):
            different.append(entry.id)

    assert different == []


def test_a_text_marked_in_python_is_found():
    source = '_("企业")\nngettext("%(n)s 个", "%(n)s 个", n)\npgettext("土地", "出让")'

    found = list(messages.in_python(source, "x.py"))

    assert [(m.ids, m.context) for m in found] == [
        (("企业",), None),
        (("%(n)s 个", "%(n)s 个"), None),
        (("出让",), "土地"),
    ]


def test_a_translating_function_under_another_name_is_refused():
    source = "from django.utils.translation import gettext as _now"

    with pytest.raises(messages.NotALiteral, match=r"x\.py:1.*_now"):
        list(messages.in_python(source, "x.py"))


def test_a_text_that_is_no_literal_is_refused():
    with pytest.raises(messages.NotALiteral, match=r"x\.py:1"):
        list(messages.in_python('_(f"{name} 企业")', "x.py"))


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ('{% translate "闲置土地" %}', ("闲置土地",)),
        ("{% trans '占 100%' %}", ("占 100%%",)),
        ('{% card title=_("项目") %}', ("项目",)),
        ('{{ _("签约") }}', ("签约",)),
        (
            "{% blocktranslate trimmed %}\n 共 {{ n }} 个，\n 占 5%\n{% endblocktranslate %}",
            ("共 %(n)s 个， 占 5%%",),
        ),
        (
            "{% blocktranslate count n=k %}一个{% plural %}{{ n }} 个{% endblocktranslate %}",
            ("一个", "%(n)s 个"),
        ),
    ],
)
def test_a_text_marked_in_a_template_is_found_as_django_looks_it_up(source, ids):
    found = list(messages.in_template(source, "x.html"))

    assert [message.ids for message in found] == [ids]


def test_the_catalogue_keeps_translations_and_drops_what_is_gone(tmp_path):
    path = tmp_path / "django.po"
    kept = messages.Message(("企业",), None, "a.py")
    messages.write([kept, messages.Message(("旧",), None, "a.py")], path)
    path.write_text(
        path.read_text().replace('msgid "企业"\nmsgstr ""', 'msgid "企业"\nmsgstr "Enterprise"')
    )

    messages.write([kept], path)
    first = path.read_text()
    messages.write([kept], path)

    assert 'msgstr "Enterprise"' in first
    assert "旧" not in first
    assert path.read_text() == first
