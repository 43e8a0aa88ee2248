"""From where the present request comes. The face sets it once; actions need not carry it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The client's address (from declared proxies only, R-26) and the request's identifier."""

    network: str = ""
    request_id: str = ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("plano_audit_origin", default=NOWHERE)


def current_origin() -> Origin:
    """The origin of the present request; empty in jobs and on the command line."""
    return _origin.get()


@contextmanager
def origin(*, network: str, request_id: str) -> Iterator[None]:
    """Everything recorded inside carries this origin."""
    token = _origin.set(Origin(network=network, request_id=request_id))
    try:
        yield
    finally:
        _origin.reset(token)
