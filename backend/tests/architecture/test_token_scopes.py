"""P1: each route asks one scope of an access token, or is closed to all of them; asked of every route there is."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from plano.accounts import access_tokens
from plano.accounts.models import AccessToken
from plano.accounts.scopes import SCOPES, needed
from plano.accounts.tokens import token_hash
from plano.config.middleware import policies_of_routes
from plano.config.routes import ASGI_ROUTES
from plano.kernel import clock
from tests.architecture.test_matrix import operations
from tests.factories.people import make_user

CLOSED = ("accounts.", "public", "share.", "approval.", "workspace.manage", "workspace.open", "chat.manage", "dav.")


def test_every_route_of_the_document_is_known_by_its_policy() -> None:
    known = {policy for _, policy in policies_of_routes().values()}
    assert known == {operation["x-policy"] for operation in operations().values()}
    assert len(policies_of_routes()) == len(operations())


def test_what_concerns_accounts_rights_and_strangers_is_closed_to_tokens() -> None:
    asked = {
        (method, route): needed(feature=feature, policy=policy, method=method, path=route.removeprefix("api/v1"))
        for (route, method), (feature, policy) in policies_of_routes().items()
    }
    assert set(asked.values()) <= {None, *SCOPES}
    for (route, method), (_, policy) in policies_of_routes().items():
        if policy.startswith(CLOSED) and policy != "accounts.acquaintance":
            assert asked[method, route] is None, route
        if method not in ("GET", "HEAD"):
            assert not (asked[method, route] or "").endswith(":read"), route
    for scope in SCOPES:
        assert scope in asked.values(), f"{scope} opens nothing"


@pytest.mark.django_db
def test_every_route_refuses_a_token_without_its_scope() -> None:
    """Every route, with a token that has every scope but the one that it asks."""
    user, secret = make_user(), "plano_pat_test"
    token = AccessToken.objects.create(
        user=user, name="x", token_hash=token_hash(secret), scopes=[], expires_at=clock.now() + timedelta(days=1)
    )
    client = Client()
    for (route, method), (feature, policy) in policies_of_routes().items():
        path = "/" + _filled(route)
        scope = needed(feature=feature, policy=policy, method=method, path=path.removeprefix("/api/v1"))
        AccessToken.objects.filter(id=token.id).update(scopes=[one for one in SCOPES if one != scope])
        access_tokens.forget_use()
        answer = client.generic(method, path, headers={"authorization": f"Bearer {secret}"})
        assert (answer.status_code, answer.json()["code"]) == (403, "token_scope"), (method, route)


def test_the_plain_handlers_open_files_and_nothing_else() -> None:
    for _, handler in ASGI_ROUTES:
        for method in handler.methods or ("GET",):
            scope = needed(feature="", policy=handler.policy, method=method, path="/")
            assert scope is None or scope.startswith("documents:"), handler.policy


def _filled(route: str) -> str:
    import re

    kinds = {"uuid": str(UUID(int=7)), "int": "1", "str": "x", "path": "x", "slug": "x"}
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: kinds.get(found[1] or "str", "x"), route)
