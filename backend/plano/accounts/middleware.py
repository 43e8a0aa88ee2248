"""Who asks: one query for the session and its person; where from: declared proxies only (R-26)."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase

from plano.accounts import access_tokens, options, sessions
from plano.accounts.addresses import client_address
from plano.accounts.models import User
from plano.accounts.session_store import SessionStore

Handler = Callable[[HttpRequest], HttpResponseBase]


class SessionMiddleware:
    """Stands for Django's session and authentication middlewares. A request without a cookie asks nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.cookie = options.cookie_name("plano_session")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        secret = access_tokens.secret_in({"authorization": request.META.get("HTTP_AUTHORIZATION", "")})
        if secret is not None:
            return self._by_token(request, secret)
        given = request.COOKIES.get(self.cookie)
        store = SessionStore(given)
        request.session = store
        request.user = user_of(store)
        response = self.get_response(request)
        if store.modified and not store.is_empty():
            store.save()
        elif store.row is not None:
            sessions.touch(store.row)
        if store.accessed and store.session_key != given:
            _send_key(response, self.cookie, store.session_key)
        return response

    def _by_token(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """A program: no cookie is looked at, no session is there. `config.middleware.Scopes` asks what it may."""
        token = access_tokens.living(secret)
        request.session = SessionStore(None)
        request.user = AnonymousUser() if token is None else token.user
        request.access_token = token  # type: ignore[attr-defined]
        return self.get_response(request)


def user_of(store: SessionStore) -> User | AnonymousUser:
    """The person of a session, or nobody."""
    if store.session_key is not None:
        store.get("")  # loads
    if store.row is None or store.row.user is None:
        return AnonymousUser()
    return store.row.user


def address_of(request: HttpRequest) -> str:
    """The client's address; never what the client itself claims."""
    return client_address(
        peer=request.META.get("REMOTE_ADDR", ""),
        forwarded_for=request.META.get("HTTP_X_FORWARDED_FOR", ""),
        proxies=options.trusted_proxies(),
    )


def _send_key(response: HttpResponseBase, name: str, key: str | None) -> None:
    if key is None:
        response.set_cookie(name, "", max_age=0, path="/", secure=options.is_https(), httponly=True, samesite="Lax")
    else:
        response.set_cookie(name, key, path="/", secure=options.is_https(), httponly=True, samesite="Lax")
