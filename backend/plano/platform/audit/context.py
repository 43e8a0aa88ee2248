"""From where the present request comes. The face sets it once; actions need not carry it."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The client's address (from declared proxies only, R-26) and the request's identifier."""

    network: str = ""
    request_id: str = ""


NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("plano_audit_origin", default=NOWHERE)


def current_origin() -> Origin:
    """The origin of the present request; empty in jobs and on the command line."""
    return _current.get()


class origin:  # noqa: N801 - used as `with origin(…):`; a generator would cost as much as what it guards
    """Everything recorded inside carries this origin."""

    __slots__ = ("_origin", "_token")

    def __init__(self, *, network: str, request_id: str) -> None:
        self._origin = Origin(network=network, request_id=request_id)

    def __enter__(self) -> None:
        self._token = _current.set(self._origin)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)
