import gettext
import os

from jingkai.config import catalogues

SOURCE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "企业"
msgstr "Enterprise"
"""


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(tmp_path):
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)

    first = catalogues.compile_outdated(tmp_path)
    second = catalogues.compile_outdated(tmp_path)
    os.utime(source, (2**33, 2**33))
    third = catalogues.compile_outdated(tmp_path)

    assert (len(first), len(second), len(third)) == (1, 0, 1)
    with first[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("企业") == "Enterprise"
