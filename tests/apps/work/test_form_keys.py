"""A form that is sent twice takes effect once, and is answered the same both times."""

import json
import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from jingkai.apps.accounts import access, actions
from jingkai.apps.accounts.models import Department, Membership
from jingkai.apps.accounts.roles import Role
from jingkai.apps.work.actions import keys
from jingkai.apps.work.models import FormKey
from jingkai.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def _open(request):
    code = uuid.uuid4().hex[:12]
    name = request.POST.get("name", "")
    at = clock.now()
    actions.open_department(
        zone=request.zone, code=code, name=name, is_external=False, by="x", at=at
    )
    return code


@access.verb()
def opening(request):
    messages.success(request, "opened")
    return redirect(f"/departments/{_open(request)}/")


@access.verb()
def refusing(request):
    _open(request)
    return HttpResponse(status=int(request.POST["status"]))


@access.verb()
def failing(request):
    _open(request)
    raise ZeroDivisionError


@access.verb()
def asking_again(request):
    return HttpResponse(uuid.uuid4().hex)


@access.verb()
def partly(request):
    return HttpResponse(_open(request))


@access.verb()
def clashing(request):
    nobody = {"user_id": 10**6, "role": Role.GUEST, "valid_from": clock.today()}
    Membership.objects.create(zone=request.zone, **nobody)
    return redirect("/")


@access.api("POST")
def api(request):
    code = _open(request)
    return JsonResponse({"code": code, **json.loads(request.body)}, status=201)


urlpatterns = [
    path("z/<slug:zone>/opening/", opening),
    path("z/<slug:zone>/elsewhere/", opening),
    path("z/<slug:zone>/refusing/", refusing),
    path("z/<slug:zone>/failing/", failing),
    path("z/<slug:zone>/asking/", asking_again),
    path("z/<slug:zone>/partly/", partly),
    path("z/<slug:zone>/clashing/", clashing),
    path("z/<slug:zone>/api/", api),
    path("", include("jingkai.config.urls")),
]
KEY = "0123456789abcdef"


@pytest.fixture
def person(zone, hire):
    return hire(zone, Role.LEADER)


@pytest.fixture
def client(person, log_in):
    return log_in(person)


def send(client, address="opening", key=KEY, **fields):
    return client.post(f"/z/home/{address}/", {"form-key": key, "name": "A"} | fields)


def opened():
    return Department.everywhere.count()


def test_a_form_that_is_sent_twice_takes_effect_once_and_is_answered_the_same(client):
    first = send(client)
    second = send(client)

    assert (opened(), first.status_code) == (1, 302)
    assert (second.status_code, second["Location"]) == (302, first.url)
    assert second["Idempotent-Replay"] == "true"


def test_two_forms_take_effect_twice(client):
    send(client)
    send(client, key="another-key")

    assert opened() == 2


def test_without_a_key_nothing_is_kept(client):
    send(client, key="")
    send(client, key="")

    assert (opened(), FormKey.objects.count()) == (2, 0)


def test_another_content_under_the_same_key_is_refused_and_told(client):
    send(client)

    answer = send(client, name="B")

    assert (answer.status_code, opened()) == (422, 1)
    assert "已经提交过" in answer.content.decode()


def test_the_token_of_the_page_is_no_content(client):
    send(client, csrfmiddlewaretoken="a")
    answer = send(client, csrfmiddlewaretoken="b")

    assert (answer.status_code, opened()) == (302, 1)


def test_another_file_under_the_same_key_is_another_content(client):
    def sent(content):
        return send(client, file=SimpleUploadedFile("a.txt", content))

    first, same, other = sent(b"1"), sent(b"1"), sent(b"2")

    assert [first.status_code, same.status_code, other.status_code] == [302, 302, 422]


def test_a_key_is_of_one_person(client, zone, hire, log_in):
    send(client)
    send(log_in(hire(zone, Role.INVESTMENT)))

    assert opened() == 2


def test_a_key_is_of_one_address(client):
    send(client)
    send(client, "elsewhere")

    assert opened() == 2


@pytest.mark.parametrize(("status", "times"), [("200", 1), ("399", 1), ("400", 2), ("409", 2)])
def test_what_was_refused_may_be_sent_again(client, status, times):
    send(client, "refusing", status=status)
    send(client, "refusing", status=status)

    assert opened() == times


def test_what_failed_leaves_no_effect_and_may_be_sent_again(client):
    client.raise_request_exception = False

    first = send(client, "failing")
    again = send(client, "opening")

    assert (first.status_code, again.status_code, opened()) == (500, 302, 1)


def test_a_form_shown_again_with_its_errors_may_be_corrected(client):
    first = send(client, "asking", name="wrong")
    corrected = send(client, "asking", name="right")

    assert (first.status_code, corrected.status_code) == (200, 200)
    assert first.content != corrected.content


def test_a_part_of_a_page_is_answered_again(client):
    first = send(client, "partly")
    second = send(client, "partly")

    assert first.content == second.content
    assert opened() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_law_that_breaks_at_the_end_is_told(zone, hire, log_in):
    answer = send(log_in(hire(zone, Role.LEADER)), "clashing")

    assert (answer.status_code, Membership.objects.count()) == (409, 1)
    assert "未保存" in answer.content.decode()


@pytest.mark.parametrize("key", ["short", "x" * 65, "a b c d e f g", "键键键键键键键键"])
def test_a_key_of_another_shape_is_refused(client, key):
    answer = send(client, key=key)

    assert (answer.status_code, opened()) == (422, 0)


def test_a_program_gets_the_first_body_again(client):
    def sent(**body):
        return client.post(
            "/z/home/api/",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": KEY},
        )

    first, second, other = sent(a=1), sent(a=1), sent(a=2)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Content-Type"] == "application/json"
    assert (other.status_code, other.json()["error"]) == (422, "invalid")
    assert opened() == 1


def test_a_right_that_was_taken_away_holds_for_a_repetition(client, person, clock):
    send(client)
    person.memberships.update(valid_until=clock.date())

    assert send(client).status_code == 404


def test_keys_are_forgotten_after_a_week(client):
    now = timezone.now()
    for key, age in (("a-week-old", keys.KEPT), ("a-second-over", keys.KEPT)):
        send(client, key=key)
        late = timedelta(seconds=1 if key == "a-second-over" else -5)
        FormKey.objects.order_by("-id")[:1].get()
        FormKey.objects.filter(pk=FormKey.objects.latest("id").pk).update(at=now - age - late)

    assert keys.sweep(at=now) == 1
    assert FormKey.objects.count() == 1


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's memory")
@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_take_effect_once(zone, hire):
    person = hire(zone, Role.LEADER)
    gate = threading.Barrier(4)
    told = []

    def one():
        try:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            gate.wait()
            answer = send(client)
            told.append((answer.status_code, answer["Location"]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened() == 1
    assert len(told) == 4
    assert len(set(told)) == 1


def test_the_key_and_the_effect_are_one_transaction(client, monkeypatch):
    client.raise_request_exception = False

    def refuse(**_given):
        raise ZeroDivisionError

    monkeypatch.setattr(keys, "keep", refuse)
    answer = send(client)

    assert (answer.status_code, opened(), FormKey.objects.count()) == (500, 0, 0)
    assert not connection.needs_rollback


def test_reading_is_not_kept(client):
    client.get("/z/home/", {"form-key": KEY})

    with transaction.atomic():
        assert not FormKey.objects.exists()
