"""Requests to other hosts: to none but those that the configuration names, and never into our own network (R-80, R-81).

`request(...)` gives an answer, or raises Refused (it will never be sent) or Failed (it may work later).
"""

from plano.platform.outbound.allowed import AllowList
from plano.platform.outbound.base import Answer, Failed, Outbound, Reason, Refused
from plano.platform.outbound.chosen import request, use

__all__ = ["AllowList", "Answer", "Failed", "Outbound", "Reason", "Refused", "request", "use"]
