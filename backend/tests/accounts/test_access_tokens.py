"""P1: what programs use the API with: shown once, within scopes, until a day, ended with what proved the person."""

from datetime import timedelta
from typing import Any

import pytest

from plano.accounts import access_tokens, actions
from plano.accounts.asgi import caller_of
from plano.accounts.models import AccessToken
from plano.config.api import api
from plano.kernel import clock
from plano.kernel.errors import Forbidden, Unauthenticated
from plano.platform.audit.models import Entry
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD
from tests.factories.workspaces import make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    access_tokens.forget_use()


def made(device: Browser, *scopes: str, **body: Any) -> tuple[dict[str, Any], str]:
    answer = device.post("/me/access-tokens", {"name": "Sonde", "scopes": scopes or ["chat:read"], **body})
    assert answer.status_code == 201, answer.data
    return answer.data["access_token"], answer.data["token"]


def program(token: str) -> Browser:
    return Browser(Authorization=f"Bearer {token}")


def test_it_is_shown_once_kept_as_a_hash_and_ends_in_ninety_days() -> None:
    _, device = signed_in("alice")
    row, token = made(device, "tasks:read", "chat:read")
    assert token.startswith("plano_pat_")
    assert len(token.removeprefix("plano_pat_")) * 6 >= 128
    assert token not in str(list(AccessToken.objects.values()))
    assert device.get("/me/access-tokens").data["items"] == [row]
    assert row["scopes"] == ["chat:read", "tasks:read"]
    assert AccessToken.objects.get().expires_at - clock.now() > timedelta(days=89)
    again = device.post("/me/access-tokens", {"id": row["id"], "name": "Sonde", "scopes": ["chat:read"]}).data
    assert (again["token"], AccessToken.objects.count()) == (None, 1)
    assert [entry.action for entry in Entry.objects.filter(action__startswith="access_token")] == [
        "access_token.created"
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"scopes": []},
        {"scopes": ["admin:write"]},
        {"scopes": ["chat"]},
        {"name": ""},
        {"expires_at": "2001-01-01T00:00:00Z"},
        {"expires_at": "2101-01-01T00:00:00Z"},
        {"expires_at": "2027-01-01T00:00:00"},
    ],
)
def test_scopes_are_known_and_ends_within_a_year(body: dict[str, Any]) -> None:
    _, device = signed_in("alice")
    answer = device.post("/me/access-tokens", {"name": "Sonde", "scopes": ["chat:read"], **body})
    assert answer.status_code == 400


def test_a_program_acts_as_its_person_within_its_scopes_without_cookies() -> None:
    alice, device = signed_in("alice")
    workspace = make_workspace(manager=alice)
    _, token = made(device, "chat:read", "chat:write", "profile:read")
    bot = program(token)
    assert bot.get("/me").data["identifier"] == "alice"
    [found] = bot.get("/workspaces").data["items"]
    assert found["id"] == str(workspace.id)
    [channel] = bot.get(f"/workspaces/{workspace.id}/channels").data["items"]
    posted = bot.post(f"/channels/{channel['id']}/messages", {"text": "Bonjour"})
    assert (posted.status_code, posted.data["author"]["id"]) == (201, str(alice.id))
    assert not bot.cookie("plano_session")
    for method, path in (
        ("GET", f"/workspaces/{workspace.id}/tasks"),
        ("GET", "/my/events"),
        ("GET", f"/workspaces/{workspace.id}/nodes"),
        ("GET", "/notifications"),
        ("PATCH", f"/channels/{channel['id']}"),
        ("POST", f"/channels/{channel['id']}/incoming-hooks"),
        ("PATCH", "/me"),
        ("GET", "/me/sessions"),
        ("POST", "/me/access-tokens"),
        ("POST", "/session/proof"),
        ("GET", "/search?q=bonjour"),
        ("GET", "/password-rules"),
        ("PATCH", f"/workspaces/{workspace.id}"),
    ):
        answer = bot.request(method, path, {})
        assert (answer.status_code, answer.data["code"]) == (403, "token_scope"), path
    assert device.get("/me/access-tokens").data["items"][0]["last_used_on"] == clock.now().date().isoformat()


def test_a_token_stands_alone_whatever_cookie_comes_with_it() -> None:
    _, device = signed_in("alice")
    for secret in ("plano_pat_wrong", "plano_pat_" + "x" * 5000):
        assert device.get("/me", Authorization=f"Bearer {secret}").status_code == 401
    assert device.get("/me", Authorization="Bearer other").status_code == 200


@pytest.mark.parametrize("end", ["revoked", "over", "disabled", "password", "reset"])
def test_it_ends_with_what_it_rests_on(end: str) -> None:
    alice, device = signed_in("alice")
    row, token = made(device, "profile:read")
    assert program(token).get("/me").status_code == 200
    match end:
        case "revoked":
            assert device.delete(f"/me/access-tokens/{row['id']}").status_code == 204
        case "over":
            AccessToken.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        case "disabled":
            actions.disable_user(actor=None, user=alice)
        case "password":
            change = {"current": PASSWORD, "new": "tulipe noire sur balcon"}
            assert device.post("/me/password", change).status_code in (200, 204)
        case _:
            actions.reset_password(user=alice)
    assert program(token).get("/me").status_code == 401


def test_somebody_else_neither_sees_nor_revokes_it() -> None:
    _, device = signed_in("alice")
    row, _ = made(device)
    _, other = signed_in("bruno")
    assert other.get("/me/access-tokens").data["items"] == []
    assert other.delete(f"/me/access-tokens/{row['id']}").status_code == 404
    assert other.post("/me/access-tokens", {"id": row["id"], "name": "x", "scopes": ["chat:read"]}).status_code == 409


def test_r030_it_asks_for_a_recent_proof() -> None:
    alice, device = signed_in("alice")
    alice.sessions.update(proved_at=clock.now() - timedelta(minutes=11))
    answer = device.post("/me/access-tokens", {"name": "Sonde", "scopes": ["chat:read"]})
    assert (answer.status_code, answer.data["code"]) == (403, "recent_proof_required")


def test_r138_a_program_that_never_stops_is_slowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_tokens, "PER_MINUTE", 5)
    _, device = signed_in("alice")
    _, token = made(device, "profile:read")
    bot = program(token)
    assert [bot.get("/me").status_code for _ in range(7)] == [200] * 5 + [429] * 2
    assert device.get("/me").status_code == 200


def test_the_document_of_the_api_names_the_scheme() -> None:
    schemes = api.get_openapi_schema(path_prefix="")["components"]["securitySchemes"]
    assert {"type": "http", "scheme": "bearer"} in schemes.values()


def test_the_plain_handlers_ask_the_same_of_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plano.accounts.asgi.close_old_connections", lambda: None)  # it would end the test's own
    alice, device = signed_in("alice")
    _, token = made(device, "documents:read")
    headers = [(b"authorization", f"Bearer {token}".encode())]
    scope = {"method": "GET", "path": "/api/v1/nodes/x/content", "headers": headers, "plano.policy": "documents.read"}
    assert caller_of(scope).user == alice
    assert caller_of(scope).lives()
    with pytest.raises(Forbidden):
        caller_of({**scope, "method": "PUT", "plano.policy": "documents.read_or_write"})
    with pytest.raises(Forbidden):
        caller_of({**scope, "plano.policy": "meeting.join"})
    AccessToken.objects.all().delete()
    with pytest.raises(Unauthenticated):
        caller_of(scope)
