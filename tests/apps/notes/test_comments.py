"""What people say about a record."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User
from jingkai.apps.audit.models import Event
from jingkai.apps.notes import presentation, queries
from jingkai.apps.notes.models import Comment
from jingkai.apps.notices.models import Notice

pytestmark = pytest.mark.django_db


def page(log_in, person, address):
    return log_in(person).get(address).content.decode()


def test_a_comment_stands_on_the_page_and_leaves_one_event(officer, say, log_in, at_visit):
    say(officer, "请尽快回访")

    assert "请尽快回访" in page(log_in, officer, at_visit())
    [event] = Event.objects.filter(verb__startswith="notes.")
    assert event.changes.get().after == {"text": "请尽快回访"}


def test_who_is_named_is_told_and_led_to_the_record(
    zone, officer, colleague, say, log_in, at_visit
):
    say(officer, f"@{colleague.name} 请看一下")

    [notice] = Notice.everywhere.filter(kind="mention")
    workbench = page(log_in, colleague, f"/z/{zone.code}/")
    answer = log_in(colleague).get(f"/z/{zone.code}/notices/{notice.pk}/")
    assert notice.to == colleague.username
    assert "考察团（示范）" in workbench
    assert answer.url == at_visit() + "#notes"


def test_who_may_not_read_the_record_can_not_be_named(officer, liaison, stranger, say):
    say(officer, f"@{liaison.name} @{liaison.username} @{stranger.username} 请看")

    assert not Notice.everywhere.exists()
    assert Comment.everywhere.get().mentions == []


def test_only_those_who_may_read_it_are_offered(officer, colleague, liaison, log_in, at_visit):
    answer = log_in(officer).get(at_visit("readers/"), {"q": "safe"}).json()
    nobody = log_in(officer).get(at_visit("readers/"), {"q": liaison.username}).json()

    assert [person["username"] for person in answer["people"]] == [colleague.username]
    assert nobody == {"people": []}


def test_words_are_escaped_and_nothing_leads_out_of_the_product(officer, say, log_in, at_visit):
    say(officer, "<script>alert(1)</script> https://evil.example/z/home/x javascript:alert(1)")

    shown = page(log_in, officer, at_visit())
    assert "<script>alert(1)" not in shown
    assert 'href="https://evil' not in shown
    assert 'href="/z/home/x' not in shown
    assert 'href="javascript' not in shown


def test_an_address_of_the_product_can_be_followed():
    shown = presentation.words("见 /z/home/visits/1/ 。", {})

    assert '<a href="/z/home/visits/1/">/z/home/visits/1/</a>' in shown


def test_the_author_alone_changes_a_comment_and_the_trail_keeps_what_stood(
    officer, colleague, say, log_in, at_visit
):
    say(officer, "旧的话")
    place = at_visit(f"comments/{Comment.everywhere.get().pk}/edit/")

    log_in(colleague).post(place, {"text": "篡改"})
    log_in(officer).post(place, {"text": "新的话"})

    held = Comment.everywhere.get()
    assert (held.text, held.edited_at is None) == ("新的话", False)
    [event] = Event.objects.filter(verb="notes.comment.changed")
    assert event.changes.get().before == {"text": "旧的话"}
    assert "修改过" in page(log_in, officer, at_visit())


def test_who_was_told_is_not_told_again_when_the_comment_changes(
    officer, colleague, say, log_in, at_visit
):
    say(officer, f"@{colleague.name} 你好")
    place = at_visit(f"comments/{Comment.everywhere.get().pk}/edit/")

    log_in(officer).post(place, {"text": f"@{colleague.name} 您好"})

    assert Notice.everywhere.count() == 1


def test_a_withdrawn_comment_keeps_its_place_and_loses_its_words(officer, say, log_in, at_visit):
    say(officer, "说错了")

    log_in(officer).post(at_visit(f"comments/{Comment.everywhere.get().pk}/withdraw/"))

    shown = page(log_in, officer, at_visit())
    assert "说错了" not in shown
    assert "已撤回" in shown
    [event] = Event.objects.filter(verb="notes.comment.withdrawn")
    assert event.changes.get().before == {"text": "说错了"}


@pytest.mark.parametrize(
    ("text", "is_kept"), [("", False), ("  ", False), ("字" * 2000, True), ("字" * 2001, False)]
)
def test_a_comment_says_something_and_not_too_much(officer, say, text, is_kept):
    say(officer, text)

    assert Comment.everywhere.exists() is is_kept


def test_who_may_not_read_and_who_is_elsewhere_can_not_comment(
    zone, liaison, stranger, log_in, at_visit
):
    answers = [
        log_in(liaison).post(at_visit("comments/"), {"text": "x"}).status_code,
        log_in(stranger).post(at_visit("comments/"), {"text": "x"}).status_code,
        log_in(stranger).post(at_visit("comments/", "neighbour"), {"text": "x"}).status_code,
    ]

    assert answers == [403, 404, 404]
    assert not Comment.everywhere.exists()


def test_a_deleted_record_takes_its_comments_along_and_the_trail_keeps_them(
    officer, colleague, say, log_in, at_visit
):
    say(officer, f"@{colleague.name} 记在留痕里")

    log_in(officer).post(at_visit("delete/"), {"reason": "重复登记"})

    assert not Comment.everywhere.exists()
    assert not Notice.everywhere.exists()
    [event] = Event.objects.filter(verb="notes.comment.added")
    assert "记在留痕里" in event.changes.get().after["text"]


def test_the_database_keeps_no_comment_without_words(officer, say):
    say(officer, "话")

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.everywhere.update(text="")


def test_of_two_names_the_longer_one_is_meant_and_a_shared_name_means_nobody():
    people = [
        User(username="wang", name="王明"),
        User(username="wang-yang", name="王明阳"),
        User(username="li-1", name="李丽"),
        User(username="li-2", name="李丽"),
    ]

    assert queries.named("@王明阳 请看", people) == ["wang-yang"]
    assert queries.named("@王明 @王明阳", people) == ["wang", "wang-yang"]
    assert queries.named("@李丽", people) == []
    assert queries.named("@li-2", people) == ["li-2"]


@given(st.text(max_size=200), st.sampled_from(["a<b", "@x", "&amp;", "王明"]))
def test_any_text_shows_as_itself_and_carries_no_markup_of_its_own(text, name):
    shown = presentation.words(text + "@" + name, {name: name})

    plain = shown.replace("<br>", "\n").replace('<span class="jk-mention">', "")
    plain = plain.replace("</span>", "")
    if "/z/" not in text:
        assert plain == escape(text + "@" + name)
