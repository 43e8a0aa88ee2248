"""What every test may ask for."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils.crypto import get_random_string

from plano.accounts import sessions
from plano.accounts.models import User
from plano.accounts.options import cookie_name
from plano.platform.live.models import Frame
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace

__all__ = ["make_user", "make_workspace"]


class Api:
    """The JSON API as one person sees it, through Django's whole stack, CSRF included."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user
        self.client = Client(enforce_csrf_checks=True)
        self.token = get_random_string(32)
        self.client.cookies["plano_csrf"] = self.token
        if user is not None:
            _, key = sessions.new_session(user=user, device="test")
            self.client.cookies[cookie_name("plano_session")] = key

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`path` begins after `/api/v1`. Extra headers by name: `If_Match='"3"'`. The answer has `.data`."""
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.client.generic(
            method,
            f"/api/v1{path}",
            data="" if body is None else json.dumps(body, default=str),
            content_type="application/json",
            headers={"X-CSRF-Token": self.token, **extra},
        )
        is_json = "json" in response.get("Content-Type", "")
        response.data = json.loads(response.content) if is_json and response.content else None  # type: ignore[attr-defined]
        return response

    def get(self, path: str, **headers: str) -> Any:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.request("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.request("PUT", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.request("PATCH", path, {} if body is None else body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.request("DELETE", path, **headers)


@pytest.fixture
def client_for(db: None) -> Callable[[User | None], Api]:
    """`client_for(user)`: the API with a live session; `client_for(None)`: nobody."""
    return Api


@pytest.fixture
def frames_of(db: None) -> Callable[..., list[dict[str, Any]]]:
    """`frames_of(scope_id, kind=None)`: the frames of a scope in order, payloads parsed."""

    def read(scope_id: UUID, kind: str | None = None) -> list[dict[str, Any]]:
        rows = Frame.objects.filter(scope_id=scope_id).order_by("seq")
        return [
            {"seq": row.seq, "kind": row.kind, "op": row.op, "data": json.loads(row.payload)}
            for row in rows
            if kind in (None, row.kind)
        ]

    return read
