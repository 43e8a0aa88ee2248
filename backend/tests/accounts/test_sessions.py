"""R-41 to R-43 and R-30: how long a session lives, who ends it, and the proof asked again."""

from typing import Any

import pytest
from django.forms import model_to_dict

from plano.accounts import actions, faces, sessions
from plano.accounts.models import Session
from plano.accounts.session_store import SessionStore
from plano.kernel.errors import Forbidden
from plano.kernel.ids import uuid7
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD, make_user
from tests.fixtures import Api

pytestmark = pytest.mark.django_db


def test_r041_a_session_ends_after_two_idle_hours(moved: Any) -> None:
    _, device = signed_in("alice")
    moved.forward(minutes=119)
    assert device.get("/me").status_code == 200
    moved.forward(minutes=119)
    assert device.get("/me").status_code == 200

    moved.forward(minutes=121)

    assert device.get("/me").status_code == 401


def test_r041_a_session_ends_after_a_day_in_any_case(moved: Any) -> None:
    _, device = signed_in("alice")
    for _ in range(23):
        moved.forward(hours=1)
        assert device.get("/me").status_code == 200

    moved.forward(hours=1, seconds=1)

    assert device.get("/me").status_code == 401


def test_r041_an_administrator_has_less_time(moved: Any) -> None:
    _, device = signed_in("chef", is_admin=True)
    moved.forward(minutes=31)
    assert device.get("/me").status_code == 401

    assert (
        device.request("POST", "/session", {"identifier": "chef", "password": PASSWORD}, csrf=False).status_code == 201
    )
    for _ in range(24):
        moved.forward(minutes=29)
        assert device.get("/me").status_code == 200
    moved.forward(minutes=29)
    assert device.get("/me").status_code == 401


def test_r041_open_sockets_are_told_that_the_session_is_over(moved: Any) -> None:
    _, _device = signed_in("alice")
    session = Session.objects.get()
    assert sessions.live_ids([session.id]) == {session.id}

    moved.forward(hours=3)

    assert sessions.live_ids([session.id]) == set()


def test_activity_is_written_once_a_minute_at_most(moved: Any, django_assert_num_queries: Any) -> None:
    _, device = signed_in("alice")
    seen = Session.objects.get().last_seen_at

    with django_assert_num_queries(0):  # the session comes by a statement that the ORM does not count
        device.get("/me")
    assert Session.objects.get().last_seen_at == seen

    moved.forward(seconds=61)
    device.get("/me")
    assert Session.objects.get().last_seen_at > seen


def test_r042_signing_out_tells_the_sockets_of_this_session(frames_of: Any) -> None:
    user, device = signed_in("alice")
    session = Session.objects.get().id

    device.delete("/session")

    (frame,) = frames_of(user.id, "accounts.session_ended")
    assert frame["data"] == {"session_id": str(session)}


def test_r042_disabling_ends_everything(frames_of: Any) -> None:
    user, device = signed_in("alice")
    password = device.post("/me/application-passwords", {"name": "Agenda"}).data["password"]

    actions.disable_user(user=user)

    assert device.get("/me").status_code == 401
    assert len(frames_of(user.id, "accounts.session_ended")) == 1
    assert Browser().sign_in("alice").status_code == 401
    with pytest.raises(Exception, match="wrong_credentials"):
        actions.authenticate_dav(identifier="alice", password=password, network="192.0.2.1")


def test_r042_a_disabled_account_has_no_live_session_even_if_a_row_is_left() -> None:
    user, device = signed_in("alice")
    user.is_active = False
    user.save()

    assert device.get("/me").status_code == 401


def test_r042_above_fifty_sessions_one_word_ends_all(frames_of: Any) -> None:
    user = make_user("alice")
    for _ in range(51):
        Api(user)

    actions.disable_user(user=user)

    assert [f["data"] for f in frames_of(user.id, "accounts.session_ended")] == [{"session_id": None}]


def test_r043_people_see_and_end_their_sessions() -> None:
    _, device = signed_in("alice")
    phone = Browser(**{"User-Agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"})
    phone.sign_in("alice")

    items = device.get("/me/sessions").data["items"]

    assert [(item["device"], item["current"]) for item in items] == [("Firefox, Android", False), ("", True)]
    assert device.delete(f"/me/sessions/{items[0]['id']}").status_code == 204
    assert phone.get("/me").status_code == 401
    assert device.get("/me").status_code == 200


def test_r043_nobody_ends_the_session_of_somebody_else() -> None:
    _, device = signed_in("alice")
    signed_in("bruno")
    theirs = Session.objects.get(user__identifier="bruno").id

    answers = [device.delete(f"/me/sessions/{id_}") for id_ in (theirs, uuid7())]

    assert [a.status_code for a in answers] == [404, 404]
    assert Session.objects.filter(id=theirs).exists()


def test_r030_after_ten_minutes_what_matters_asks_for_the_password(moved: Any) -> None:
    _, device = signed_in("alice")
    moved.forward(minutes=11)

    for path, body in (
        ("/me/application-passwords", {"name": "Agenda"}),
        ("/me/email", {"email": "autre@example.test"}),
    ):
        answer = device.post(path, body)
        assert (answer.status_code, answer.data["code"]) == (403, "recent_proof_required")

    assert device.post("/session/proof", {"password": PASSWORD}).status_code == 204
    assert device.post("/me/application-passwords", {"name": "Agenda"}).status_code == 201


def test_r030_a_wrong_password_proves_nothing(moved: Any) -> None:
    _, device = signed_in("alice")
    moved.forward(minutes=11)

    answer = device.post("/session/proof", {"password": "not it"})

    assert (answer.status_code, answer.data["errors"]) == (400, {"password": "wrong_password"})
    assert device.post("/me/application-passwords", {"name": "Agenda"}).status_code == 403


def test_r040_a_proof_gives_a_new_key() -> None:
    _, device = signed_in("alice")
    before = device.cookie("plano_session")

    device.post("/session/proof", {"password": PASSWORD})

    thief = Browser()
    thief.client.cookies["plano_session"] = before
    assert device.cookie("plano_session") != before
    assert (thief.get("/me").status_code, device.get("/me").status_code) == (401, 200)


def test_r031_a_new_device_is_told_by_mail(outbox: Any, committed: Any) -> None:
    make_user("alice", password=PASSWORD)
    device = Browser()
    with committed():
        device.sign_in("alice")
        device.sign_in("alice")
    assert outbox() == []

    with committed():
        Browser(**{"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}).sign_in("alice")

    (mail,) = outbox()
    assert "Firefox, Windows" in mail.get_content()


def test_djangos_own_sign_in_works_too() -> None:
    user = make_user("alice")
    device = Browser()

    device.client.force_login(user)

    assert device.get("/me").data["identifier"] == "alice"


def test_r030_any_feature_may_ask_for_a_recent_proof(moved: Any, rf: Any) -> None:
    user = make_user("alice")
    session, key = sessions.new_session(user=user, device="")
    request = rf.get("/", REMOTE_ADDR="192.0.2.1")
    request.session = SessionStore(key)
    request.user = user
    request.session.load()
    faces.require_recent_proof(request)

    moved.forward(minutes=11)

    with pytest.raises(Forbidden, match="recent_proof_required"):
        faces.require_recent_proof(request)
    assert session.user == user


def test_the_statement_and_the_orm_read_the_same_session() -> None:
    user = make_user("alice", language="en", is_admin=True)
    row, key = sessions.new_session(user=user, device="Firefox")
    Session.objects.filter(id=row.id).update(payload={"account": [1, "é"]})

    found = sessions.live_session(key)

    stored = Session.objects.select_related("user").get(id=row.id)
    assert found is not None
    assert model_to_dict(found) == model_to_dict(stored)
    assert found.user is not None
    assert stored.user is not None
    assert model_to_dict(found.user) == model_to_dict(stored.user)
    assert found.payload == {"account": [1, "é"]}
