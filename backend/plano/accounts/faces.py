"""What the JSON faces of accounts share: the place of a request, and the cookies of an answer."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token, rotate_token

from plano.accounts import actions, devices, options, policies
from plano.accounts.actions import Place, SignedIn
from plano.accounts.addresses import network_of
from plano.accounts.devices import Device
from plano.accounts.middleware import address_of
from plano.accounts.models import Session, User
from plano.accounts.session_store import SessionStore
from plano.kernel.errors import Unauthenticated

CLEAR = '"cache", "storage"'  # not "cookies": the device stays known, or strangers could keep its owner out


def place_of(request: HttpRequest) -> Place:
    """Network, device and browser of the request."""
    return Place(
        network=network_of(address_of(request)),
        device=devices.read(request.COOKIES.get(options.cookie_name(devices.COOKIE))),
        user_agent=request.headers.get("User-Agent", "")[:400],
    )


def store_of(request: HttpRequest) -> SessionStore:
    """The session of the request as our middleware made it."""
    return cast("SessionStore", request.session)


def session_row(request: HttpRequest) -> Session | None:
    """The live session's row, or None."""
    _ = request.user.is_authenticated  # loads
    return store_of(request).row


def own_session(request: HttpRequest) -> Session:
    """The live session's row of somebody signed in."""
    row = session_row(request)
    if row is None or row.user is None:
        raise Unauthenticated
    return row


def require_recent_proof(request: HttpRequest) -> None:
    """For any feature: refuse unless the password was given within ten minutes (R-30)."""
    policies.require_proof(session_row(request))


def welcome(request: HttpRequest, response: HttpResponse, signed_in: SignedIn) -> None:
    """The cookies of a new session: its key, a new CSRF token, the device that knows the account."""
    store_of(request).adopt(signed_in.session, signed_in.key)
    rotate_token(request)
    remember(response, signed_in.device)


def start_session(request: HttpRequest, response: HttpResponse, *, user: User) -> None:
    """Sign in somebody who has just got an account by an invitation."""
    signed_in = actions.start_session(user=user, place=place_of(request), previous=session_row(request))
    welcome(request, response, signed_in)


def renew(request: HttpRequest, session: Session, key: str) -> None:
    """The cookie of a session under a new key."""
    store_of(request).adopt(session, key)
    rotate_token(request)


def remember(response: HttpResponse, device: Device) -> None:
    """The long-lived cookie of a known device."""
    response.set_cookie(
        options.cookie_name(devices.COOKIE),
        devices.write(device),
        max_age=devices.LIFETIME_SECONDS,
        path="/",
        secure=options.is_https(),
        httponly=True,
        samesite="Lax",
    )


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """After sign-out the browser forgets everything (R-45), except that it is a known device."""
    store_of(request).forget()
    response["Clear-Site-Data"] = CLEAR
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")


def csrf_token(request: HttpRequest) -> str:
    """The token for `X-CSRF-Token`, the very value of the cookie."""
    get_token(request)
    return str(request.META["CSRF_COOKIE"])
