"""A browser at the JSON API: keeps cookies, echoes the CSRF cookie, says where it comes from."""

import json
from typing import Any

from django.test import Client

from plano.accounts.models import User
from tests.factories.people import PASSWORD, make_user


class Browser:
    """One device with its own cookies; `address` is the peer that the server sees."""

    def __init__(self, address: str = "192.0.2.10", **headers: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = address
        self.headers = headers

    def request(self, method: str, path: str, body: Any = None, *, csrf: bool = True, **headers: str) -> Any:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if csrf and self.cookie("plano_csrf"):
            sent["X-CSRF-Token"] = self.cookie("plano_csrf")
        raw = isinstance(body, bytes)
        response = self.client.generic(
            method,
            f"/api/v1{path}",
            data=body if raw else ("" if body is None else json.dumps(body, default=str)),
            content_type="image/png" if raw else "application/json",
            headers=sent,
            REMOTE_ADDR=self.address,
        )
        for name in [name for name, morsel in self.client.cookies.items() if morsel["max-age"] == 0]:
            del self.client.cookies[name]  # as browsers do; Django's test client keeps them
        is_json = "json" in response.get("Content-Type", "")
        response.data = json.loads(response.content) if is_json and response.content else None  # type: ignore[attr-defined]
        return response

    def get(self, path: str, **headers: str) -> Any:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.request("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.request("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.request("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.request("DELETE", path, **headers)

    def cookie(self, name: str) -> str:
        found = self.client.cookies.get(name)
        return found.value if found else ""

    def sign_in(self, identifier: str, password: str = PASSWORD, **headers: str) -> Any:
        return self.post("/session", {"identifier": identifier, "password": password}, **headers)


def signed_in(identifier: str = "alice", **fields: Any) -> tuple[User, Browser]:
    """A new person with a password, signed in on a browser of their own."""
    user = make_user(identifier, password=fields.pop("password", PASSWORD), **fields)
    device = Browser()
    assert device.sign_in(identifier, fields.get("password", PASSWORD)).status_code == 201
    return user, device
