"""Every page of the product: no error, no breach of the content policy, no barrier."""

import pytest

from tests.environment import rounds

pytestmark = pytest.mark.browser

# The longest words on the narrowest page; in `make soak` every other look too.
_VIEWS = [(390, "en-US", "en"), (390, "zh-CN", "zh-hans"), (1440, "en-US", "en")]
VIEWS = rounds(_VIEWS[:1], _VIEWS)
EVERYBODY = ["services", "admin", "liaison", "land", "planning"]
# One page of each kind that the navigation does not lead to.
INNER = {
    "a record": "visits/1/",
    "a form": "visits/new/",
    "an import": "visits/import/",
    "a project": "projects/25/page/",
    "a step": "projects/25/move/",
    "a figure": "figures/signed_and_started/?year=2024",
    "a figure of a month": "figures/visits/?year=2024&month=5",
    "a lead": "leads/20/",
    "a signing": "signings/20/",
}


def test_every_page_opens_without_trouble_fits_and_is_accessible(log_in):
    leader = log_in("leader")

    found = {}
    for path in [*leader.pages(), *INNER.values()]:
        leader.open(path)
        found[path] = leader.barriers() + ["too wide"] * leader.overflows()

    assert {path: faults for path, faults in found.items() if faults} == {}
    assert leader.troubles == []


@pytest.mark.parametrize(
    ("width", "language", "code"), VIEWS, ids=["en-phone", "phone", "en"][: len(VIEWS)]
)
def test_every_page_fits_a_phone_and_speaks_english(log_in, width, language, code):
    leader = log_in("leader", width=width, language=language)

    wide = []
    for path in [*leader.pages(), *INNER.values()]:
        page = leader.open(path)
        assert page.locator("html").get_attribute("lang") == code
        if leader.overflows():
            wide.append(path)

    assert wide == []
    assert leader.troubles == []


def test_an_import_with_errors_is_accessible(log_in):
    officer = log_in("investment")
    page = officer.open("visits/import/")
    table = "编号,日期,方向,团组名称\nX-1,昨天,路过,\n".encode()

    page.set_input_files("[name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="上传并校验").click()
    page.wait_for_url("**/import/*/")

    assert officer.barriers() == []
    assert officer.troubles == []


@pytest.mark.parametrize("path", ["dashboard/", "visits/", "projects/25/page/"])
def test_the_dark_look_is_accessible(log_in, path):
    leader = log_in("leader", theme="dark")

    page = leader.open(path)

    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert leader.barriers() == []


@pytest.mark.parametrize("username", rounds(EVERYBODY[:1], EVERYBODY))
def test_what_each_role_is_led_to_opens(log_in, username):
    person = log_in(username)

    for path in person.pages():
        person.open(path)

    assert person.troubles == []
