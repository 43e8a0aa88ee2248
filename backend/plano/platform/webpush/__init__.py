"""Telling a browser that is closed, through its maker's push service, without telling that service what (row R3).

`post(...)` sends one sealed message (RFC 8030, 8291, 8292) and says what became of it; `public_key()` is what a browser
subscribes with. Written on `cryptography`, which we have: the libraries for it bring an HTTP client of their own, and
requests leave by one door only (`platform.outbound`).
"""

from plano.platform.webpush.delivery import Outcome, is_on, may_go_to, post, public_key
from plano.platform.webpush.sealing import BadSubscription, check

__all__ = ["BadSubscription", "Outcome", "check", "is_on", "may_go_to", "post", "public_key"]
